import type { Transcript } from '../transcript/transcript'
import type { Anchor } from './anchors'

/** Seconds between two subtitles from which on the first has an end of its own. */
const shortestGap = 0.001

/** Turns the times written in a text into anchors, ends only where a subtitle goes before the next one comes. Times that run backwards are left out
 *  one by one; when most do, all are. Times of day (a first stamp past the first hour that then advances) count from the first stamp. */
export function importWrittenTimes(transcript: Transcript): readonly Anchor[] {
  const stamps = transcript.turns.flatMap(({ from, to, time, cue }) => {
    const seconds = time?.seconds ?? cue?.start
    return seconds === undefined ? [] : [{ from, to, seconds, end: cue?.end ?? null }]
  })
  if (stamps.length === 0) return []
  const kept: typeof stamps = []
  for (const stamp of stamps) if (stamp.seconds >= (kept.at(-1)?.seconds ?? 0)) kept.push(stamp)
  if (kept.length < stamps.length * 0.7) return []
  const first = kept[0]?.seconds ?? 0
  const isTimeOfDay = first >= 6 * 3600
  const anchor = (position: number, edge: Anchor['edge'], seconds: number): Anchor => ({
    position,
    edge,
    time: isTimeOfDay ? seconds - first : seconds,
    origin: 'imported',
    confidence: 0.9,
  })
  return kept.flatMap(({ from, to, seconds, end }, index) => {
    const next = kept[index + 1]?.seconds ?? Number.POSITIVE_INFINITY
    const start = anchor(from, 'start', seconds)
    const hasEnd = end !== null && end > seconds && next - end >= shortestGap
    return hasEnd ? [start, anchor(to, 'end', end)] : [start]
  })
}
