import { blockRate, bytesPerBlock, pitchStepsPerOctave } from './soundCharacter'

/** Where a stretch of speech lies: blocks of 1/25 s, `end` exclusive. */
interface Blocks {
  readonly start: number
  readonly end: number
}

/** Seconds of speech on either side that are compared, and of pause beyond which others may speak. */
const compared = 4
const longestPause = 0.6
/** How much a block repeats itself, of 255, that is part of a vowel, and how many of them tell a voice's pitch. */
const voiced = 0.6 * 255
const fewest = 5
/** Octaves by which one voice's pitch hardly ever leaps from one sentence to the next. */
const widest = 0.25

/** How likely somebody else speaks from each stretch on: how far the pitch lies from that of what was said before.
 *  @param blocks bytes of `CharacterMeter`
 *  @returns for each stretch 0 (the same, or not to be told) to 1 (a quarter of an octave or more) */
export function voiceChanges(stretches: readonly Blocks[], blocks: Uint8Array): number[] {
  const counts = new Uint32Array(256)
  return stretches.map((_, index) => {
    if (index === 0) return 0
    const before = pitchOf(stretches, index - 1, -1, blocks, counts)
    const after = pitchOf(stretches, index, 1, blocks, counts)
    if (before === null || after === null) return 0
    return Math.min(1, Math.abs(after - before) / pitchStepsPerOctave / widest)
  })
}

// Median pitch, in steps, of what is said from the begin of a stretch on, or up to its end; `counts` is used for counting.
function pitchOf(
  stretches: readonly Blocks[],
  from: number,
  step: 1 | -1,
  blocks: Uint8Array,
  counts: Uint32Array,
): number | null {
  counts.fill(0)
  let [left, all] = [compared * blockRate, 0]
  for (let index = from; left > 0; index += step) {
    const stretch = stretches[index]
    const last = stretches[index - step]
    if (!stretch) break
    const pause = last && (step > 0 ? stretch.start - last.end : last.start - stretch.end)
    if (index !== from && (pause ?? 0) > longestPause * blockRate) break
    const length = Math.min(left, stretch.end - stretch.start)
    const start = step > 0 ? stretch.start : stretch.end - length
    for (let block = start; block < start + length; block++) {
      const at = block * bytesPerBlock
      if ((blocks[at] as number) < voiced) continue
      const pitch = blocks[at + 3] as number
      counts[pitch] = (counts[pitch] as number) + 1
      all++
    }
    left -= length
  }
  if (all < fewest) return null
  let passed = 0
  return counts.findIndex((count) => {
    passed += count
    return passed * 2 >= all
  })
}
