import { EditorView } from '@codemirror/view'
import type { CommandId } from '../../shared/commands'
import { acceptSuggestion } from '../../shared/session/imported'
import { type ReviewItem, reviewItemsOf, setReviewDone } from '../../shared/session/reviewItems'
import { play, playbackStore, seek, setLoop } from '../state/playback'
import { attachedView, dispatch, sessionStore } from '../state/session'
import { settledOf } from '../state/settled'
import { viewStore } from '../state/view'
import type { Implementation } from './implementation'

/** Seconds of sound kept on each side of a passage that is looped. */
const margin = 1

function items(): readonly ReviewItem[] {
  const { state } = sessionStore.getState()
  return state ? reviewItemsOf(state) : []
}

/** Passages that are decided by listening. */
const heard: ReadonlySet<ReviewItem['kind']> = new Set(['inaudible', 'crosstalk', 'textAndSound', 'untold'])

/** Goes to a doubtful passage: selects its text, so that typing replaces it, and loops the sound around it. */
export function goToReviewItem(id: string): void {
  const item = items().find((entry) => entry.id === id)
  if (!item) return
  viewStore.setState({ selectedReviewItem: id, selectedTurn: item.turn, panel: 'review', isFollowing: true })
  dispatch({
    selection: { anchor: item.from, head: item.to },
    effects: EditorView.scrollIntoView(item.from, { y: 'center' }),
    userEvent: 'select.command',
  })
  attachedView()?.focus()
  if (item.start === null || item.end === null) return
  const loop = { start: Math.max(0, item.start - margin), end: item.end + margin, kind: 'passage' } as const
  const isHeard = heard.has(item.kind)
  setLoop(isHeard ? loop : null)
  seek(loop.start)
  if (isHeard) void play()
}

function step(direction: 1 | -1): void {
  const { state } = sessionStore.getState()
  if (!state) return
  const open = items().filter((item) => !item.isDone)
  const { from, to } = state.selection.main
  const selected = viewStore.getState().selectedReviewItem
  const at = open.findIndex((item) => item.id === selected && item.from === from && item.to === to)
  let next: ReviewItem | undefined
  if (at >= 0) next = open[at + direction]
  else if (direction > 0) next = open.find((item) => item.from >= from)
  else next = open.findLast((item) => item.to <= to)
  next ??= direction > 0 ? open[0] : open.at(-1)
  if (next) goToReviewItem(next.id)
}

function keep(argument: unknown): void {
  const { state } = sessionStore.getState()
  const id = typeof argument === 'string' ? argument : viewStore.getState().selectedReviewItem
  if (!state || id === null) return
  const item = items().find((entry) => entry.id === id)
  if (!item) return
  dispatch(setReviewDone(state, id, !item.isDone))
  if (playbackStore.getState().loop?.kind === 'passage') setLoop(null)
  if (!item.isDone && typeof argument !== 'string') step(1)
}

/** Writes what a recogniser heard at an inaudible mark in its place. */
function accept(argument: unknown): void {
  const { state } = sessionStore.getState()
  const id = typeof argument === 'string' ? argument : viewStore.getState().selectedReviewItem
  const item = items().find((entry) => entry.id === id)
  if (!state || !item || !dispatch(acceptSuggestion(state, item.from, item.to))) return
  if (playbackStore.getState().loop?.kind === 'passage') setLoop(null)
  attachedView()?.focus()
  if (typeof argument !== 'string') step(1)
}

const shownItems = () => {
  const { state } = sessionStore.getState()
  return state ? reviewItemsOf(settledOf(state)) : []
}

const hasSuggestion = () => {
  const id = viewStore.getState().selectedReviewItem
  return id !== null && shownItems().some((item) => item.id === id && item.suggestion !== null)
}

const hasOpenItems = () => shownItems().some((item) => !item.isDone)

export const reviewCommands = {
  'review.next': { run: () => step(1), isEnabled: hasOpenItems },
  'review.previous': { run: () => step(-1), isEnabled: hasOpenItems },
  'review.accept': { run: accept, isEnabled: hasSuggestion },
  'review.keep': { run: keep, isEnabled: () => viewStore.getState().selectedReviewItem !== null },
} satisfies Partial<Record<CommandId, Implementation>>
