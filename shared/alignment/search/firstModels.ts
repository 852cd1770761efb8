import type { Position } from '../sound/track'
import type { Unit } from '../text/segments'
import type { Clip, Clips } from '../voice/clips'
import { placeByVoice } from './firstPlacement'
import { estimateModels, type PhoneModels, Statistics } from './phoneModels'
import { addSilence, type Gap, type Stage } from './placing'
import type { SaidPart } from './saidPart'

/** Sounds from which on a speaker has models of his own, and how many speakers have, at most. */
const voicePhones = 300
const mostVoices = 6
/** Frames from a unit's edge where the first placement no longer jumps over pauses. */
const inside = 6

/** Whose models score each unit. */
export interface Voices {
  readonly count: number
  readonly of: readonly number[]
  /** Those of one named speaker each. */
  readonly named: ReadonlySet<number>
}

/** Who says much gets models of his own; the others share voice 0. */
export function voicesOf(units: readonly Unit[], clips: readonly Clip[]): Voices {
  const said = new Map<number | null, number>()
  for (const [k, { speaker }] of units.entries())
    said.set(speaker, (said.get(speaker) ?? 0) + (clips[k] as Clip).phones)
  const own = [...said]
    .filter(([, phones]) => phones >= voicePhones)
    .sort((a, b) => b[1] - a[1])
    .slice(0, mostVoices)
    .map(([speaker]) => speaker)
  const others = own.length < said.size ? 1 : 0
  return {
    count: Math.max(1, own.length + others),
    of: units.map(({ speaker }) => Math.max(0, own.indexOf(speaker) + others)),
    named: new Set(own.flatMap((speaker, index) => (speaker === null ? [] : [index + others]))),
  }
}

/** Parts of the text, counted in the units of these parts alone. */
export function withoutRest(parts: readonly SaidPart[]): readonly SaidPart[] {
  let units = 0
  return parts.map(({ first, last, from, to }) => {
    units += last - first
    return { first: units - (last - first), last: units, from, to }
  })
}

/** The sound between such parts. */
export function gapsBetween(parts: readonly SaidPart[]): readonly Gap[] {
  return parts
    .slice(1)
    .map(({ first: unit, from }, k) => ({ unit, from: (parts[k] as SaidPart).to, to: from }))
}

/** The text and the sound between pins. */
export function betweenPins({ chain, from, to, pins }: Stage): readonly SaidPart[] {
  const stops = [{ unit: 0, frame: from }, ...pins, { unit: chain.units, frame: to }]
  let last = 0
  return stops.slice(1).map((stop, k) => {
    const first = last
    last = Math.max(last, stop.unit)
    return { first, last, from: (stops[k] as (typeof stops)[number]).frame, to: stop.frame }
  })
}

/** Places units by the synthetic voice, each of the `stretches` by itself, and learns the first models there.
 *  @returns `null` for units without sounds */
export async function firstPlacement(
  { track, breathe }: Stage,
  stretches: readonly SaidPart[],
  clips: readonly Clip[],
  { all }: Clips,
  voices: Voices,
  perVoice: number,
): Promise<{ readonly positions: (Position | null)[]; readonly models: PhoneModels }> {
  const synthetic = new Statistics(perVoice)
  const natural = new Statistics(voices.count * perVoice)
  for (const clip of all) eachSound(clip, (sound, frame) => synthetic.add(sound, clip, frame))
  const positions: (Position | null)[] = clips.map(() => null)
  for (const { first, last, from, to } of stretches) {
    const own = clips.slice(first, last)
    const map = own.length > 0 && to > from ? placeByVoice(own, track, from, to) : () => -1
    own.forEach((clip, k) => {
      positions[first + k] = positionOf(clip, (t) => map(k, t))
      const base = (voices.of[first + k] as number) * perVoice
      eachSound(clip, (sound, t) => {
        const at = map(k, t)
        if (at >= 0) natural.add(base + sound, track, at)
      })
    })
    await breathe(to)
  }
  addSilence(synthetic, track)
  addSilence(natural, track)
  const prior = estimateModels(synthetic, perVoice, null, { priorFrames: 2, voiceFrames: 2 })
  return { positions, models: estimateModels(natural, perVoice, prior) }
}

function positionOf(clip: Clip, map: (frame: number) => number): Position | null {
  const first = clip.events.find(({ phone }) => phone > 0)
  if (!first) return null
  let [start, end] = [-1, -1]
  for (let t = first.frame + inside; t < clip.frames && start < 0; t++) start = map(t)
  for (let t = clip.frames - 1 - inside; t > 0 && end < 0; t--) end = map(t)
  if (start < 0 || end < 0) return null
  return { start: Math.max(0, start - inside), end: Math.max(start + 1, end + inside) }
}

function eachSound(clip: Clip, use: (sound: number, frame: number) => void): void {
  clip.events.forEach(({ phone, frame }, index) => {
    const to = Math.min(clip.frames, clip.events[index + 1]?.frame ?? clip.frames)
    if (phone === 0) return
    for (let t = frame; t < to; t++) use(2 * phone + (t - frame >= (to - frame) / 2 ? 1 : 0), t)
  })
}
