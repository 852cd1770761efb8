import type { ChangeDesc, Transaction } from '@codemirror/state'
import { ChangeSet, type Text } from '@codemirror/state'

/** What becomes of a text while somebody works on what it was. */
export class FollowedText {
  #changes: ChangeDesc | null
  #doc: Text

  constructor(doc: Text) {
    this.#doc = doc
    this.#changes = ChangeSet.empty(doc.length).desc
  }

  /** Since it was begun to follow, as one; `null` where another text has taken its place. */
  get changes(): ChangeDesc | null {
    return this.#changes
  }

  /** Told every change, in order. */
  change({ startState, newDoc, changes, docChanged }: Transaction): void {
    if (!docChanged || !this.#changes || startState.doc !== this.#doc) return
    this.#changes = this.#changes.composeDesc(changes.desc)
    this.#doc = newDoc
  }

  /** Told what text there is behind each change of the session. @returns whether it is still this one */
  isNow(doc: Text | null): boolean {
    if (doc !== this.#doc) this.#changes = null
    return this.#changes !== null
  }
}
