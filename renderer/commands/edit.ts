import { redo, redoDepth, undo, undoDepth } from '@codemirror/commands'
import type { CommandId } from '../../shared/commands'
import { joinTorn } from '../../shared/session/labelEdits'
import { type Correction, transcriptOf } from '../../shared/session/queries'
import { removeTimestamps, timestampTurns } from '../../shared/session/timestamps'
import { attachedView, dispatch, sessionStore, setSession } from '../state/session'
import { settingsStore } from '../state/settings'
import { viewStore } from '../state/view'
import type { Implementation } from './implementation'

const hasSession = () => sessionStore.getState().state !== null

function travel(step: typeof undo): void {
  const { state } = sessionStore.getState()
  if (!state) return
  const target = attachedView() ?? {
    state,
    dispatch: (transaction: { state: typeof state }) => setSession(transaction.state),
  }
  step(target)
}

/** Joins a paragraph that a page break tore; `torn` is an index into `Transcript.torn`. */
export function joinTornParagraph(torn: number): void {
  const { state } = sessionStore.getState()
  if (state) dispatch(joinTorn(state, torn))
}

function joinAtCaret(): void {
  const { state } = sessionStore.getState()
  if (!state) return
  const { torn } = transcriptOf(state)
  const { head } = state.selection.main
  const line = state.doc.lineAt(head)
  const index = torn.findIndex((entry) => entry.to >= line.from && entry.from <= line.to)
  if (index >= 0) joinTornParagraph(index)
}

/** Writes the times as the settings say. */
export function writeTimestamps(): void {
  const { state } = sessionStore.getState()
  const {
    timestampTemplate: template,
    timestampOffset: offset,
    timestampOnly: only,
  } = settingsStore.getState()
  if (state) dispatch(timestampTurns(state, { template, offset, only }))
}

export const editCommands = {
  'edit.undo': { run: () => travel(undo), isEnabled: () => undoDepthOf(undoDepth) > 0 },
  'edit.redo': { run: () => travel(redo), isEnabled: () => undoDepthOf(redoDepth) > 0 },
  'edit.find': { run: () => viewStore.setState({ isSearching: true }), isEnabled: hasSession },
  'edit.joinTorn': {
    run: (argument) => (typeof argument === 'number' ? joinTornParagraph(argument) : joinAtCaret()),
    isEnabled: hasSession,
  },
  'edit.timestamp': {
    run: () => viewStore.setState({ dialog: { kind: 'timestamp' } }),
    isEnabled: hasSession,
  },
  'edit.removeTimestamps': {
    run: () => {
      const { state } = sessionStore.getState()
      if (state) dispatch(removeTimestamps(state))
    },
    isEnabled: hasSession,
  },
} satisfies Partial<Record<CommandId, Implementation>>

function undoDepthOf(depth: typeof undoDepth): number {
  const { state } = sessionStore.getState()
  return state ? depth(state) : 0
}

/** Shows a correction in the text. */
export function goToCorrection({ from, to }: Correction): void {
  dispatch({ selection: { anchor: from, head: to }, scrollIntoView: true, userEvent: 'select.command' })
  attachedView()?.focus()
}

/** Brings back what stood there before. One undo step. */
export function revertCorrection({ from, to, before }: Correction): void {
  dispatch({ changes: { from, to, insert: before }, userEvent: 'revert' })
}
