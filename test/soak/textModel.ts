/** What the text must be after edits, undo and redo; a step is what one undo takes back. */
export class TextModel {
  private undone: string[] = []
  private done: string[] = []

  constructor(public text: string) {}

  replace(from: number, to: number, insert: string): void {
    this.done.push(this.text)
    this.undone = []
    this.text = this.text.slice(0, from) + insert + this.text.slice(to)
  }

  /** @returns whether there was a step to take back */
  undo(): boolean {
    const before = this.done.pop()
    if (before === undefined) return false
    this.undone.push(this.text)
    this.text = before
    return true
  }

  redo(): boolean {
    const after = this.undone.pop()
    if (after === undefined) return false
    this.done.push(this.text)
    this.text = after
    return true
  }

  /** A step that is no change of the text was made: what lies before it is out of reach. */
  forgetSteps(): void {
    this.done = []
    this.undone = []
  }
}
