import { type Command, type CommandId, commands } from '../../shared/commands'
import { viewStore } from '../state/view'
import { isEnabled, runCommand } from './run'

const isMac = /mac/i.test(navigator.platform)

const allCommands: readonly (Command & { readonly id: CommandId })[] = commands

/** The keys of a command on this platform, CodeMirror notation; the first is the one to show. */
export function commandKeys(id: CommandId): readonly string[] {
  const command = allCommands.find((entry) => entry.id === id)
  return (isMac && command?.macKeys) || (command?.keys ?? [])
}

/** A key as this platform writes it: `Ctrl+Shift+F`, `⇧⌘F`. */
export function keyLabel(key: string): string {
  const parts = key.split(/-(?=.)/)
  const names: Record<string, string> = isMac
    ? { Mod: '⌘', Ctrl: '⌃', Alt: '⌥', Shift: '⇧', Enter: '⏎', Backspace: '⌫', Escape: 'Esc' }
    : { Mod: 'Ctrl', Enter: '⏎', Backspace: '⌫', Escape: 'Esc' }
  const arrows: Record<string, string> = {
    ArrowLeft: '←',
    ArrowRight: '→',
    ArrowUp: '↑',
    ArrowDown: '↓',
    Space: '␣',
  }
  const shown = parts.map(
    (part) => names[part] ?? arrows[part] ?? (part.length === 1 ? part.toUpperCase() : part),
  )
  return isMac ? shown.join('') : shown.join('+')
}

interface Stroke {
  readonly key: string
  readonly isControl: boolean
  readonly isMeta: boolean
  readonly isAlt: boolean
  readonly isShift: boolean
}

function parse(notation: string): Stroke {
  const parts = notation.split(/-(?=.)/)
  const key = parts.at(-1) ?? ''
  const has = (name: string) => parts.slice(0, -1).includes(name)
  return {
    key: key === 'Space' ? ' ' : key.toLowerCase(),
    isControl: has('Ctrl') || (has('Mod') && !isMac),
    isMeta: has('Meta') || (has('Mod') && isMac),
    isAlt: has('Alt'),
    isShift: has('Shift'),
  }
}

const everywhere = allCommands.flatMap((command) =>
  ((isMac && command.macKeys) || command.keys).map((key) => ({ id: command.id, stroke: parse(key) })),
)
const outsideText = allCommands.flatMap((command) =>
  (command.outsideText ?? []).map((key) => ({ id: command.id, stroke: parse(key) })),
)

// With Shift or Alt held, `key` is what the layout types; the physical key names letters and digits independently of that.
function namesOf(event: KeyboardEvent): readonly string[] {
  const physical = /^(?:Key|Digit)(.)$/.exec(event.code)?.[1]
  const punctuation: Record<string, string> = { Comma: ',', Period: '.', Minus: '-', Equal: '=' }
  return [event.key, physical, punctuation[event.code]].flatMap((name) => (name ? [name.toLowerCase()] : []))
}

function matches(event: KeyboardEvent, stroke: Stroke): boolean {
  if (event.ctrlKey !== stroke.isControl || event.metaKey !== stroke.isMeta || event.altKey !== stroke.isAlt)
    return false
  // `?` is typed with Shift on most layouts: the character decides, not the modifier.
  if (stroke.key === '?') return event.key === '?'
  return event.shiftKey === stroke.isShift && namesOf(event).includes(stroke.key)
}

function isTextField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))
  )
}

// Space activates what has the focus; only where nothing would be activated it plays.
function usesSpace(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('button, a, [role], summary') !== null
}

/** The command that a key press means now. An input method that is composing gets every key, and so does whoever types with
 *  AltGr or in a dialog; the search panel gets Escape. */
export function commandFor(event: KeyboardEvent): CommandId | null {
  if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return null
  // AltGr types a character; some systems report it as Ctrl and Alt.
  if (event.getModifierState('AltGraph')) return null
  const { dialog, isDragging } = viewStore.getState()
  if (dialog || (isDragging && event.key === 'Escape')) return null
  const { target } = event
  const isEditor = target instanceof HTMLElement && target.closest('.cm-content') !== null
  if (
    event.key === 'Escape' &&
    !isEditor &&
    target instanceof HTMLElement &&
    target.closest('.cm-panel, [role="menu"], [role="listbox"][data-popover]')
  )
    return null
  const found = everywhere.find(({ stroke }) => matches(event, stroke))
  if (found) return found.id
  if (isTextField(target)) return null
  if (event.key === ' ' && usesSpace(target)) return null
  return outsideText.find(({ stroke }) => matches(event, stroke))?.id ?? null
}

/** Listens to the whole window, before any control sees the key.
 *  @returns a function that ends it */
export function listenToKeys(): () => void {
  const listener = (event: KeyboardEvent) => {
    const id = commandFor(event)
    if (id === null) return
    event.preventDefault()
    event.stopPropagation()
    if (isEnabled(id)) runCommand(id)
  }
  window.addEventListener('keydown', listener, { capture: true })
  return () => window.removeEventListener('keydown', listener, { capture: true })
}
