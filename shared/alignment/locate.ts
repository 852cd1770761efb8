import type { AlignOptions, Pin } from './alignment'
import { type Belonging, belongingOf } from './confidence/belonging'
import { confidences, sureWithoutLead } from './confidence/confidence'
import { leadsOf } from './confidence/runnerUp'
import type { Learned } from './realign'
import { withLostText } from './repair/lostText'
import { regrouped } from './repair/regroup'
import { secondChance } from './repair/secondChance'
import { alikeLengths, lengthsOf } from './repair/unitLengths'
import { withoutUnlikely } from './repair/unlikely'
import { type Searched, searchInRounds } from './rounds'
import type { Levels } from './search/calibrate'
import { type Chain, chainOf } from './search/chain'
import { tolerant } from './search/costs'
import { betweenPins, firstPlacement, gapsBetween, voicesOf, withoutRest } from './search/firstModels'
import { Scorer } from './search/phoneModels'
import { learn, movedTo, type Placed, type Stage, scattered, stagePins } from './search/placing'
import { type SaidPart, saidParts } from './search/saidPart'
import type { Track } from './sound/track'
import type { Unit } from './text/segments'
import type { Clip, Clips } from './voice/clips'

/** Sounds from which on a turn is hardly ever said in other words from end to end. */
const hardlyOtherwise = 15
/** Share of the work that reading the text aloud is. */
export const readShare = 0.3

/** Text that is looked for, and the sound in which it is. */
export interface Sought {
  readonly units: readonly Unit[]
  /** One a unit. */
  readonly clips: readonly Clip[]
  readonly clipsOf: Clips
  readonly track: Track
  readonly pins: readonly Pin[]
}

/** Where units are said, one entry a unit. */
export interface Located {
  readonly placed: readonly (Placed | null)[]
  /** The placement of the round before. */
  readonly earlier: readonly (Placed | null)[]
  readonly leads: readonly (number | null)[] | null
  readonly levels: Levels | null
  readonly belonging: Belonging
  readonly learned: Learned
}

/** Text whose units all have sounds. */
interface SoundingText {
  readonly units: readonly Unit[]
  /** One a unit. */
  readonly clips: readonly Clip[]
}

/** Finds where units are said, and whether they are.
 *  @param progress is told the share of all work that is done */
export async function locate(
  sought: Sought,
  options: AlignOptions,
  progress: (share: number) => Promise<void>,
): Promise<Located> {
  const { units: all, clips: read, clipsOf, track, pins } = sought
  const audible = all.flatMap((_, k) => ((read[k] as Clip).phones > 0 ? [k] : []))
  const text = partOf({ units: all, clips: read }, audible)
  // Where much of the text was never recorded, it would draw the rest to false places.
  const parts = pins.length > 0 ? null : await saidParts(text.clips, track, () => progress(readShare))
  const indices = parts
    ? parts.flatMap(({ first, last }) => Array.from({ length: last - first }, (_, k) => first + k))
    : audible.map((_, index) => index)
  const spoken = partOf(text, indices)
  const voices = voicesOf(spoken.units, spoken.clips)
  const perVoice = 2 * clipsOf.phoneCount
  const work = { done: readShare, span: 0.15 }
  const enter = (done: number, span: number) => Object.assign(work, { done, span })
  const stage: Stage = {
    track,
    chain: chainFor(spoken, (k) => voices.of[k] as number, perVoice),
    from: 0,
    to: track.frames,
    pins: stagePins(pins, spoken.units, track.frames),
    breathe: (frame) => progress(Math.min(1, work.done + (work.span * frame) / track.frames)),
  }
  const stretches = parts ? withoutRest(parts) : betweenPins(stage)
  const first = await firstPlacement(stage, stretches, spoken.clips, clipsOf, voices, perVoice)
  const searched = await searchInRounds(
    stage,
    spoken.units,
    { ...first, voices, gaps: parts ? gapsBetween(stretches) : [], hasTextGap: hasTextGap(parts ?? []) },
    enter,
  )

  // What was passed over may have been said after all.
  enter(0.99, 0)
  const voiceOf = new Map(spoken.units.map(({ speaker }, k) => [speaker, voices.of[k] as number]))
  const ownVoices = new Map(indices.map((index, k) => [index, searched.voices[k] as number]))
  const whole: Stage =
    indices.length === audible.length
      ? searched.stage
      : {
          ...stage,
          chain: chainFor(
            text,
            (k) => ownVoices.get(k) ?? voiceOf.get((text.units[k] as Unit).speaker) ?? 0,
            perVoice,
          ),
        }
  const inWhole = (list: readonly (Placed | null)[]) => movedTo(whole.chain, stage.chain, indices, list)
  const { levels: known, plain } = searched
  const found = {
    placed: inWhole(searched.placed),
    earlier: inWhole(searched.earlier),
    models: searched.models,
  }
  const { placed, earlier, levels, models } = known
    ? await withLostText(whole, { ...found, levels: known })
    : { ...found, levels: null }
  const sure = confidences({ placed, earlier, clips: text.clips, levels, track })
  const belonging = options.isKnownToBelong
    ? 'own'
    : await belongingOf(
        whole,
        placed,
        indices.map((index) => sure[index] as number | null),
        spoken.clips,
        models,
        stretches,
      )
  const returned = plain.levels
    ? secondChance(placed, inWhole(plain.placed), plain.levels.filler, {
        track,
        phones: whole.chain.phones,
        levels: plain.levels,
      })
    : placed
  const end = levels
    ? await settle(whole, { placed: returned, earlier, levels, models }, text)
    : { placed: returned, leads: null }
  // What got its second chance has not been learned from.
  const isReturned = (k: number) => !placed[k] && Boolean(end.placed[k])
  const learnsMore = end.placed.some((_, k) => isReturned(k))
  const isTrusted = (unit: Placed, k: number) =>
    (isReturned(k) && unit === returned[k]) || unit.score > (levels?.filler ?? 0)
  return {
    placed: scattered(end.placed, audible, all.length),
    earlier: scattered(earlier, audible, all.length),
    leads: end.leads && scattered(end.leads, audible, all.length),
    levels,
    belonging,
    learned: {
      sounds: clipsOf.sounds,
      models: learnsMore ? learn(whole, end.placed, isTrusted, models) : models,
      levels,
      lengths: levels && lengthsOf(whole.chain.phones, end.placed, levels),
      alike: alikeLengths(end.placed, text.clips),
      leastScore: Math.min(
        plain.levels?.filler ?? Number.POSITIVE_INFINITY,
        levels?.filler ?? Number.NEGATIVE_INFINITY,
      ),
      loudness: { quiet: track.quiet, high: track.high, silentBelow: track.silentBelow },
      voices: voiceOf,
      otherVoices: new Map(
        spoken.units.flatMap(({ text }, k) =>
          searched.voices[k] === voices.of[k] ? [] : [[text, searched.voices[k] as number]],
        ),
      ),
    },
  }
}

function partOf({ units, clips }: SoundingText, indices: readonly number[]): SoundingText {
  return { units: indices.map((k) => units[k] as Unit), clips: indices.map((k) => clips[k] as Clip) }
}

function hasTextGap(parts: readonly SaidPart[]): boolean {
  return parts.some(({ first }, k) => k > 0 && first > (parts[k - 1] as SaidPart).last)
}

// Leaves out what nobody said, shares out the sounds of nobody, and tells how far each place leads.
async function settle(
  stage: Stage,
  {
    placed,
    earlier,
    levels,
    models,
  }: Pick<Searched, 'placed' | 'earlier' | 'models'> & { readonly levels: Levels },
  { units, clips }: SoundingText,
): Promise<{ readonly placed: readonly (Placed | null)[]; readonly leads: readonly (number | null)[] }> {
  const { track } = stage
  const scorer = new Scorer(track, models)
  const sure = confidences({ placed, earlier, clips, levels, track })
  const likely = withoutUnlikely({ placed, confidence: sure, units, clips, levels })
  const lengths = lengthsOf(stage.chain.phones, likely, levels)
  const alike = alikeLengths(likely, clips)
  const shared = regrouped(
    stage,
    scorer,
    likely,
    units,
    levels,
    lengths,
    clips.map((clip) => alike.of(clip)),
  )
  const surer = confidences({ placed: shared, earlier, clips, levels, track })
  // A turn may have come back, or moved, to a sound that is not like it.
  const end = withoutUnlikely({ placed: shared, confidence: surer, units, clips, levels }, hardlyOtherwise)
  const isUnsure = (k: number) => (surer[k] as number) < sureWithoutLead
  const leads = await leadsOf(stage, scorer, end, levels, tolerant(levels, 2, 10), isUnsure)
  return { placed: end, leads }
}

function chainFor(
  { units, clips }: SoundingText,
  voiceOf: (index: number) => number,
  perVoice: number,
): Chain {
  return chainOf(
    units.map(({ turn, isAfterUnknown }, k) => ({
      words: (clips[k] as Clip).words,
      turn,
      voice: voiceOf(k),
      isAfterUnknown,
    })),
    perVoice,
  )
}
