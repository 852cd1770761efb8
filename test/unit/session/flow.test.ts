import { describe, expect, it } from 'vitest'
import { moveBoundary, recordingFactsInPieces, setRecordingFacts } from '../../../shared/session/boundaries'
import {
  positionAtTime,
  timeAtPosition,
  transcriptOf,
  turnTimesOf,
  turnWeight,
} from '../../../shared/session/queries'
import { createSession, type Session } from '../../../shared/session/session'

const turns = 400
const doc = Array.from(
  { length: turns },
  (_, k) => `${k % 2 === 0 ? 'ANA' : 'BO'}: One two three four.\n`,
).join('\n')

function opened(): Session {
  const session = createSession({ doc })
  return session.update(setRecordingFacts(session, { duration: 4000, speech: [] })).state
}

function moved(session: Session, turn: number, by: number): Session {
  const start = turnTimesOf(session)[turn]?.start as number
  const spec = moveBoundary(session, turn, start + by)
  return spec ? session.update(spec).state : session
}

const startOf = (session: Session, turn: number) => turnTimesOf(session)[turn]?.start as number

describe('estimates around a boundary that is moved', () => {
  it('flow near it, and stay where they are far from it when it moved a little', () => {
    const session = opened()
    const after = moved(session, 200, 6)
    expect(startOf(after, 199)).toBeGreaterThan(startOf(session, 199))
    expect(startOf(after, 201)).toBeGreaterThan(startOf(session, 201))
    expect(startOf(after, 40)).toBe(startOf(session, 40))
    expect(startOf(after, 360)).toBe(startOf(session, 360))
  })

  it('all flow when it moved far', () => {
    const session = opened()
    const after = moved(session, 200, 300)
    expect(startOf(after, 40)).toBeGreaterThan(startOf(session, 40))
    expect(startOf(after, 360)).toBeGreaterThan(startOf(session, 360))
    const starts = turnTimesOf(after).map(({ start }) => start as number)
    expect(starts).toEqual([...starts].sort((a, b) => a - b))
  })
})

it('are worked out in pieces as they are at once', () => {
  const session = createSession({ doc })
  const facts = { duration: 4000, speech: Array.from({ length: 900 }, (_, k) => [k * 4, k * 4 + 3] as const) }
  const pieces = recordingFactsInPieces(session, facts)
  let count = 0
  let piece = pieces.next()
  for (; !piece.done; piece = pieces.next()) count++
  // Twice over the turns: their weights, then their starts.
  expect(count).toBe(7)
  const starts = (state: Session) => turnTimesOf(state).map(({ start }) => start)
  const found = starts(session.update(piece.value).state)
  expect(found).toEqual(starts(session.update(setRecordingFacts(session, facts)).state))
  expect(found.at(-1)).toBeGreaterThan(3500)
})

it('weighs a turn by its text as it is now', () => {
  const session = opened()
  const weight = (state: Session, turn: number) => {
    const entry = transcriptOf(state).turns[turn]
    return entry ? turnWeight(state, entry) : 0
  }
  const before = weight(session, 0)
  const longer = session.update({ changes: { from: 5, insert: 'Remember remember. ' } }).state
  expect(weight(longer, 0)).toBe(before + 6)
  expect(weight(longer, 1)).toBe(weight(session, 1))
})

it('finds about where the text of a long turn has come to, and the way back', () => {
  const said = Array.from({ length: 200 }, (_, k) => `This is sentence ${'abcd'[k % 4]} of many.`).join(' ')
  const session = createSession({ doc: `ANA: ${said}\n\nBO: Yes.` })
  const speech = [
    [0, 40],
    [60, 100],
  ] as const
  const opened = session.update(setRecordingFacts(session, { duration: 100, speech })).state
  for (const time of [5, 30, 70, 90]) {
    const position = positionAtTime(opened, 0, time) as number
    expect(Math.abs((timeAtPosition(opened, position) as number) - time)).toBeLessThan(2)
  }
  // Nobody speaks meanwhile.
  expect(positionAtTime(opened, 0, 41)).toBe(positionAtTime(opened, 0, 59))
  expect(positionAtTime(opened, 2, 1)).toBeNull()
})
