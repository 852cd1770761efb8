/** What stands behind a command id. `argument` is what a click adds: an item's id, a name. */
export interface Implementation {
  readonly run: (argument?: unknown) => void | Promise<void>
  /** Missing: always. */
  readonly isEnabled?: () => boolean
  /** For commands that show a tick. */
  readonly isChecked?: () => boolean
}
