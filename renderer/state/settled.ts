import { StateEffect, StateField } from '@codemirror/state'
import type { EditorView } from '@codemirror/view'
import { anchorsOf } from '../../shared/session/anchors'
import { importedField } from '../../shared/session/imported'
import { recordingFactsOf, transcriptOf } from '../../shared/session/queries'
import { reviewDoneField } from '../../shared/session/review'
import type { Session } from '../../shared/session/session'
import { wordsField } from '../../shared/session/words'
import { turnCount } from '../../shared/transcript/patchTranscript'

const settleEffect = StateEffect.define<null>()

const parts = [
  anchorsOf,
  recordingFactsOf,
  transcriptOf,
  (state: Session) => state.field(wordsField),
  (state: Session) => state.field(reviewDoneField),
  (state: Session) => state.field(importedField),
]

/** Behind keys that leave the turns as many as they were, the session as it was before them, until `settle`. */
export const settledField = StateField.define<Session>({
  create: (state) => state,
  update(settled, { state, startState, docChanged, effects }) {
    if (effects.some((effect) => effect.is(settleEffect))) return state
    if (turnCount(transcriptOf(state)) !== turnCount(transcriptOf(settled))) return state
    return docChanged || parts.every((part) => part(state) === part(startState)) ? settled : state
  },
})

/** The session whose times and doubts are shown: working out ten thousand estimates takes longer than a key may. It has the same turns, but
 *  its positions in the text may be those before the last keys. */
export function settledOf(session: Session): Session {
  return session.field(settledField, false) ?? session
}

/** What is shown is the session as it is. */
export function isSettled(session: Session): boolean {
  return transcriptOf(settledOf(session)) === transcriptOf(session)
}

/** Shows times and doubts as they are, now that the keys leave time for that. */
export function settle(view: EditorView): void {
  if (!isSettled(view.state)) view.dispatch({ effects: settleEffect.of(null) })
}
