import { isolateHistory } from '@codemirror/commands'
import type { ChangeSpec, EditorState, TransactionSpec } from '@codemirror/state'
import type { Transcript, Turn } from '../transcript/transcript'
import { type Anchor, anchorsOf, setAnchorsEffect } from './anchors'
import { timeAtPosition, transcriptOf } from './queries'

function gesture(changes: ChangeSpec, userEvent: string): TransactionSpec {
  return { changes, userEvent, annotations: isolateHistory.of('full'), scrollIntoView: true }
}

/** What stands between a label's name and the speech: colon, gap, closing markup. */
function closing(session: EditorState, turn: Turn): string {
  const body = turn.paragraphs[0]?.pieces[0]?.from ?? turn.to
  return turn.label ? session.sliceDoc(turn.label.to, Math.max(turn.label.to, body)) : ''
}

interface LabelStyle {
  /** Before the name: indentation is not part of it. */
  readonly opening: string
  /** From the name to the speech. */
  readonly closing: string
  /** Between the end of one turn and the label of the next. */
  readonly between: string
}

function isNamed(turn: Turn | undefined): turn is Turn & { label: NonNullable<Turn['label']> } {
  return turn?.label !== null && turn?.label !== undefined && turn.speaker !== null
}

// The style of the nearest named label; a text without any gets `NAME: text` and a blank line between turns.
function styleNear(session: EditorState, transcript: Transcript, index: number): LabelStyle {
  const { turns } = transcript
  for (let distance = 0; distance < turns.length; distance++) {
    for (const turn of [turns[index - distance], turns[index + distance]]) {
      if (!isNamed(turn)) continue
      const written = closing(session, turn)
      const plain = written.replace(/[[(（<]?\d{1,3}(?::\d{2}){1,2}(?:[.,]\d+)?[\])）>]?/gu, '')
      const opening = session
        .sliceDoc(turn.time && turn.time.to <= turn.label.from ? turn.time.to : turn.from, turn.label.from)
        .trimStart()
      return {
        opening,
        closing: /\S/u.test(plain) ? plain.replace(/\n+/gu, (ends) => ends) : ': ',
        between: betweenTurns(session, turns),
      }
    }
  }
  return { opening: '', closing: ': ', between: betweenTurns(session, turns) }
}

function betweenTurns(session: EditorState, turns: readonly Turn[]): string {
  // A blank line ends a subtitle.
  if (turns.some(({ cue }) => cue !== null)) return '\n'
  let blank = 0
  let tight = 0
  for (let index = 1; index < Math.min(turns.length, 40); index++) {
    const gap = session.sliceDoc((turns[index - 1] as Turn).to, (turns[index] as Turn).from)
    if (/\n[^\S\n]*\n/u.test(gap)) blank++
    else tight++
  }
  return tight > blank ? '\n' : '\n\n'
}

/** Splits the turn that `position` stands in; what follows becomes a turn labelled `label` in the style of its neighbours. An empty
 *  label or `>>` stands for an unknown speaker. The new turn is timed by the place of the split. */
export function splitTurn(session: EditorState, position: number, label: string): TransactionSpec | null {
  const transcript = transcriptOf(session)
  const turn = transcript.turns.findLast(({ from }) => from <= position)
  if (!turn) return null
  const bodyStart = turn.paragraphs[0]?.pieces[0]?.from ?? turn.to
  const at = Math.min(Math.max(position, bodyStart), turn.to)
  const name = label.trim().replace(/\s+/gu, ' ')
  const style = styleNear(session, transcript, turn.index)
  const written = name === '' || name === '>>' ? '>> ' : style.opening + name + style.closing
  let from = at
  let to = at
  while (from > bodyStart && /\s/u.test(session.sliceDoc(from - 1, from))) from--
  while (to < turn.to && /\s/u.test(session.sliceDoc(to, to + 1))) to++
  const changes = session.changes({ from, to, insert: style.between + written })
  const time = timeAtPosition(session, at)
  const spec = gesture(changes, 'turn.split')
  const labelAt = from + style.between.length
  const caret = { anchor: labelAt + written.length }
  if (time === null) return { ...spec, selection: caret }
  const moved = anchorsOf(session).map(
    (anchor): Anchor => ({
      ...anchor,
      position: changes.mapPos(anchor.position, anchor.edge === 'start' ? 1 : -1),
    }),
  )
  const own: Anchor = { position: labelAt, edge: 'start', time, origin: 'estimated', confidence: 0.3 }
  return { ...spec, selection: caret, effects: setAnchorsEffect.of([...moved, own]) }
}

/** Takes a turn's label away, so that it goes on as a paragraph of the turn before. */
export function mergeTurnWithPrevious(session: EditorState, turn: number): TransactionSpec | null {
  const { turns } = transcriptOf(session)
  const entry = turns[turn]
  if (!entry?.label || turn === 0) return null
  const body = entry.paragraphs[0]?.pieces[0]?.from ?? entry.to
  const changes = session.changes({ from: entry.from, to: body })
  const limit = turns[turn + 1]?.from ?? Number.POSITIVE_INFINITY
  const kept = anchorsOf(session).filter(({ position, edge }) => {
    const isOwnStart = edge === 'start' && position >= entry.from && position < limit
    const isEndBefore = edge === 'end' && position > (turns[turn - 1] as Turn).from && position <= entry.from
    return !isOwnStart && !isEndBefore
  })
  const moved = kept.map(
    (anchor): Anchor => ({
      ...anchor,
      position: changes.mapPos(anchor.position, anchor.edge === 'start' ? 1 : -1),
    }),
  )
  return { ...gesture(changes, 'turn.merge'), effects: setAnchorsEffect.of(moved) }
}

// Replaces the name in a label; colon, markup, gaps and times stay. A bare `>>` gets a colon, and a label that becomes unknown
// loses it.
function relabel(
  session: EditorState,
  transcript: Transcript,
  turn: Turn,
  name: string,
): { from: number; to: number; insert: string } | null {
  if (!turn.label) return null
  const clean = name.trim().replace(/\s+/gu, ' ')
  const { label } = turn
  if (turn.speaker === null) {
    if (clean === '' || clean === '>>') return null
    const body = turn.paragraphs[0]?.pieces[0]?.from ?? label.to
    const style = styleNear(session, transcript, turn.index)
    return { from: label.from, to: body, insert: style.opening + clean + style.closing }
  }
  if (clean === '' || clean === '>>') {
    const body = turn.paragraphs[0]?.pieces[0]?.from ?? label.to
    return { from: turn.time && turn.time.to <= label.from ? label.from : turn.from, to: body, insert: '>> ' }
  }
  return label.text === clean ? null : { from: label.from, to: label.to, insert: clean }
}

/** Gives one turn another speaker; `>>` or nothing makes the speaker unknown. */
export function changeSpeaker(session: EditorState, turn: number, name: string): TransactionSpec | null {
  const transcript = transcriptOf(session)
  const entry = transcript.turns[turn]
  const change = entry && relabel(session, transcript, entry, name)
  return change ? gesture(change, 'turn.speaker') : null
}

/** Writes `name` into every label of a speaker (index into `Transcript.speakers`), whatever the spelling. One undo step. */
export function renameSpeaker(session: EditorState, speaker: number, name: string): TransactionSpec | null {
  const transcript = transcriptOf(session)
  const changes = transcript.turns.flatMap((turn) => {
    const change = turn.speaker === speaker ? relabel(session, transcript, turn, name) : null
    return change ? [change] : []
  })
  return changes.length > 0 ? gesture(changes, 'turn.rename') : null
}

/** Joins a paragraph that was torn; index into `Transcript.torn`. */
export function joinTorn(session: EditorState, torn: number): TransactionSpec | null {
  const entry = transcriptOf(session).torn[torn]
  return entry ? gesture({ from: entry.from, to: entry.to, insert: entry.joint }, 'turn.join') : null
}
