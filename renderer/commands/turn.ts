import type { CommandId } from '../../shared/commands'
import { moveBoundary, reflowFrom, unpinBoundary } from '../../shared/session/boundaries'
import {
  changeSpeaker,
  mergeTurnWithPrevious,
  renameSpeaker,
  splitTurn,
} from '../../shared/session/labelEdits'
import { transcriptOf, turnAtPosition, turnTimesOf } from '../../shared/session/queries'
import type { Session } from '../../shared/session/session'
import { currentTime, goTo } from '../state/playback'
import { dispatch, sessionStore } from '../state/session'
import { viewStore } from '../state/view'
import type { Implementation } from './implementation'

const session = (): Session | null => sessionStore.getState().state

/** The turn that keys act on: the selected one, or the one the caret is in. */
export function selectedTurn(): number | null {
  const state = session()
  if (!state) return null
  const { selectedTurn: selected } = viewStore.getState()
  return selected ?? turnAtPosition(state, state.selection.main.head)
}

const hasTurn = () => selectedTurn() !== null

/** Selects a turn everywhere: caret at its text, its start on the waveform. */
export function selectTurn(turn: number, options: { seek?: boolean; moveCaret?: boolean } = {}): void {
  const state = session()
  if (!state) return
  const entry = transcriptOf(state).turns[turn]
  if (!entry) return
  viewStore.setState({ selectedTurn: turn })
  if (options.moveCaret !== false) {
    const text = entry.paragraphs[0]?.pieces[0]
    const caret = text?.from ?? entry.to
    dispatch({ selection: { anchor: caret }, scrollIntoView: true, userEvent: 'select.command' })
  }
  const start = turnTimesOf(state)[turn]?.start
  if (options.seek !== false && start !== null && start !== undefined) goTo(start)
}

function step(direction: 1 | -1): void {
  const state = session()
  if (!state) return
  const turn = selectedTurn()
  const count = transcriptOf(state).turns.length
  const next = turn === null ? 0 : turn + direction
  if (next >= 0 && next < count) selectTurn(next)
}

function nudge(seconds: number): void {
  const state = session()
  const turn = selectedTurn()
  if (!state || turn === null) return
  const start = turnTimesOf(state)[turn]?.start
  if (start === null || start === undefined) return
  dispatch(moveBoundary(state, turn, start + seconds))
}

function stamp(edge: 'both' | 'end'): void {
  const state = session()
  const turn = selectedTurn()
  if (!state || turn === null) return
  dispatch(moveBoundary(state, turn, currentTime(), { edge }))
}

const nudging = (seconds: number): Implementation => ({ run: () => nudge(seconds), isEnabled: hasTurn })

function ofTurn(edit: (state: Session, turn: number) => Parameters<typeof dispatch>[0]): Implementation {
  return {
    run: (argument) => {
      const state = session()
      const turn = typeof argument === 'number' ? argument : selectedTurn()
      if (state && turn !== null) dispatch(edit(state, turn))
    },
    isEnabled: hasTurn,
  }
}

function openForTurn(kind: 'typeTime' | 'changeSpeaker'): Implementation {
  return {
    run: (argument) => {
      const turn = typeof argument === 'number' ? argument : selectedTurn()
      if (turn !== null) viewStore.setState({ dialog: { kind, turn } })
    },
    isEnabled: hasTurn,
  }
}

/** Sets the start of a turn to a typed time (seconds). */
export function placeBoundary(turn: number, time: number): void {
  const state = session()
  if (state) dispatch(moveBoundary(state, turn, time))
}

/** Splits at `position` (offset in the transcript); the new turn gets `label`. */
export function splitTurnAt(position: number, label: string): void {
  const state = session()
  if (state) dispatch(splitTurn(state, position, label))
}

/** Gives one turn another speaker. */
export function giveTurn(turn: number, name: string): void {
  const state = session()
  if (state) dispatch(changeSpeaker(state, turn, name))
}

/** Renames a speaker in every label. */
export function renameEverywhere(speaker: number, name: string): void {
  const state = session()
  if (state) dispatch(renameSpeaker(state, speaker, name))
}

export const turnCommands = {
  'turn.next': { run: () => step(1), isEnabled: () => session() !== null },
  'turn.previous': { run: () => step(-1), isEnabled: () => session() !== null },
  'turn.stampStart': { run: () => stamp('both'), isEnabled: hasTurn },
  'turn.stampEnd': { run: () => stamp('end'), isEnabled: hasTurn },
  'turn.nudgeBack10': nudging(-0.01),
  'turn.nudgeForward10': nudging(0.01),
  'turn.nudgeBack100': nudging(-0.1),
  'turn.nudgeForward100': nudging(0.1),
  'turn.typeTime': openForTurn('typeTime'),
  'turn.unpin': ofTurn(unpinBoundary),
  'turn.reflow': ofTurn(reflowFrom),
  'turn.split': {
    run: () => {
      const state = session()
      if (state) viewStore.setState({ dialog: { kind: 'splitTurn', position: state.selection.main.head } })
    },
    isEnabled: () => {
      const state = session()
      return state !== null && turnAtPosition(state, state.selection.main.head) !== null
    },
  },
  'turn.merge': ofTurn(mergeTurnWithPrevious),
  'turn.changeSpeaker': openForTurn('changeSpeaker'),
  'turn.renameSpeaker': {
    run: (argument) => {
      const state = session()
      const turn = selectedTurn()
      const speaker =
        typeof argument === 'number'
          ? argument
          : state && turn !== null
            ? transcriptOf(state).turns[turn]?.speaker
            : null
      if (speaker !== null && speaker !== undefined)
        viewStore.setState({ dialog: { kind: 'renameSpeaker', speaker } })
    },
    isEnabled: hasTurn,
  },
} satisfies Partial<Record<CommandId, Implementation>>

/** Goes to a turn: caret, waveform and playhead. */
export function goToTurn(turn: number): void {
  selectTurn(turn)
}

/** The turn that the caret is in becomes the selected one. */
export function selectTurnOfCaret(state: Session): void {
  const turn = turnAtPosition(state, state.selection.main.head)
  if (turn !== viewStore.getState().selectedTurn) viewStore.setState({ selectedTurn: turn })
}
