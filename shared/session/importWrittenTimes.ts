import type { Transcript } from '../transcript/transcript'
import type { Anchor } from './anchors'

/** Turns the times written in a text into anchors. Times that run backwards are left out one by one; when most do, all are.
 *  Times of day (a first stamp past the first hour that then advances) count from the first stamp. */
export function importWrittenTimes(transcript: Transcript): readonly Anchor[] {
  const stamps = transcript.turns.flatMap((turn) =>
    turn.time ? [{ position: turn.from, seconds: turn.time.seconds }] : [],
  )
  if (stamps.length === 0) return []
  const kept: typeof stamps = []
  for (const stamp of stamps) if (stamp.seconds >= (kept.at(-1)?.seconds ?? 0)) kept.push(stamp)
  if (kept.length < stamps.length * 0.7) return []
  const first = kept[0]?.seconds ?? 0
  const isTimeOfDay = first >= 6 * 3600
  return kept.map(({ position, seconds }) => ({
    position,
    edge: 'start',
    time: isTimeOfDay ? seconds - first : seconds,
    origin: 'imported',
    confidence: 0.9,
  }))
}
