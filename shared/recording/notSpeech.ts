import { blockRate, bytesPerBlock, hertzPerStep } from './soundCharacter'

/** Blocks of a window, and from one window to the next. */
const windowLength = 40
const step = 10

/** Decibels below the fourth loudest block of a window up to which a block counts: pauses say nothing about a sound. */
const activeRange = 25

/** Louder than this (decibels) a window is judged at all. */
const quietest = -75

/** Of the four windows over a step, those that must agree. */
const windowsAgreeing = 3

/** Steps in a row that are no speech by mistake, seldom: fewer are let pass. */
const fewestSteps = 3

// From the measurements in docs/speech-activity.md.
const steadyBelow = 3.1
const toneless = 0.36
const nearlyToneless = 0.49
const leapingAbove = 540
const tonal = 0.47
const hertzPerLikeness = 1500

/** Music that stays less than that is told by many windows: steps of such a stretch, the mean of the tones that stay in it, and how much of
 *  one window counts at most and must be there at least. */
const longStretch = 12
const tonalThroughout = 0.31
const mostTonal = 0.4
const leastTonal = 0.17

/** Finds the stretches of a recording that are music, applause or steady noise. In speech, loudness rises and falls by several decibels with the
 *  syllables; vowels repeat themselves, but do not hold their tones. A window is no speech when it is steady, when nothing in it repeats
 *  itself, or when its tones stay; several seconds together are none when their tones stay throughout, be it less.
 *  @param decibels loudness of each block @param blocks bytes of `CharacterMeter` of each block
 *  @returns a byte for each block: 1 where there is no speech */
export function findNotSpeech(decibels: Float32Array, blocks: Uint8Array): Uint8Array {
  const count = Math.min(decibels.length, Math.floor(blocks.length / bytesPerBlock))
  const steps = Math.ceil(count / step)
  const votes = new Uint8Array(steps)
  const voters = new Uint8Array(steps)
  const windows: Window[] = []
  for (let first = 0; first < count; first += step) {
    const last = Math.min(count, first + windowLength)
    if (last - first < windowLength / 2) break
    windows.push(judged(decibels, blocks, first, last))
  }
  const isMusic = tonalStretches(windows)
  for (const [index, window] of windows.entries()) {
    const first = index * step
    const last = Math.min(count, first + windowLength)
    const isNot = window.isNotSpeech || isMusic[index] === 1
    for (let at = first / step; at < Math.ceil(last / step); at++) {
      voters[at] = (voters[at] as number) + 1
      if (isNot) votes[at] = (votes[at] as number) + 1
    }
  }
  const found = new Uint8Array(count)
  let start = -1
  for (let at = 0; at <= steps; at++) {
    const isNot =
      at < steps &&
      (votes[at] as number) > 0 &&
      (votes[at] as number) >= Math.min(windowsAgreeing, voters[at] as number)
    if (isNot && start < 0) start = at
    if (isNot || start < 0) continue
    if (at - start >= fewestSteps) found.fill(1, start * step, Math.min(count, at * step))
    start = -1
  }
  return found
}

/** Seconds of one of the bytes that `findNotSpeech` gives. */
export const notSpeechUnit = 1 / blockRate

/** What is found out about a window. */
interface Window {
  readonly isNotSpeech: boolean
  /** How much its tones stay. */
  readonly tonal: number
}

// The windows of stretches whose tones stay throughout; those at their ends that are no tones themselves are not.
function tonalStretches(windows: readonly Window[]): Uint8Array {
  const found = new Uint8Array(windows.length)
  const counted = windows.map((window) => Math.min(mostTonal, window.tonal))
  let sum = 0
  for (const [index, value] of counted.entries()) {
    sum += value - (counted[index - longStretch] ?? 0)
    if (index + 1 >= longStretch && sum > tonalThroughout * longStretch)
      found.fill(1, index + 1 - longStretch, index + 1)
  }
  return found.map((isFound, index) => ((counted[index] as number) < leastTonal ? 0 : isFound))
}

function judged(decibels: Float32Array, blocks: Uint8Array, first: number, last: number): Window {
  const loudest = fourthLoudest(decibels, first, last)
  if (loudest < quietest) return { isNotSpeech: false, tonal: 0 }
  let count = 0
  let [level, levelSquare, repetition, likeness, frequency, frequencySquare] = [0, 0, 0, 0, 0, 0]
  for (let block = first; block < last; block++) {
    const value = decibels[block] as number
    if (value < loudest - activeRange) continue
    const at = block * bytesPerBlock
    const mean = (blocks[at + 2] as number) * hertzPerStep
    count++
    level += value
    levelSquare += value * value
    repetition += (blocks[at] as number) / 255
    likeness += (blocks[at + 1] as number) / 255
    frequency += mean
    frequencySquare += mean * mean
  }
  const spread = (sum: number, square: number) => Math.sqrt(Math.max(0, square / count - (sum / count) ** 2))
  const leaps = spread(frequency, frequencySquare)
  const staying = likeness / count - leaps / hertzPerLikeness
  const isNotSpeech =
    spread(level, levelSquare) < steadyBelow ||
    repetition / count < toneless ||
    (repetition / count < nearlyToneless && leaps > leapingAbove) ||
    staying > tonal
  return { isNotSpeech, tonal: staying }
}

function fourthLoudest(decibels: Float32Array, first: number, last: number): number {
  const top = [
    Number.NEGATIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ]
  for (let block = first; block < last; block++) {
    let value = decibels[block] as number
    for (let place = 0; place < top.length; place++) {
      const held = top[place] as number
      if (value <= held) continue
      top[place] = value
      value = held
    }
  }
  return Math.max(top[3] as number, (top[0] as number) - activeRange)
}
