import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { speakTranscript, type Truth } from '../../../electron/dev/sample'
import { sampleRate } from '../../../electron/dev/speech'
import { align } from '../../../shared/alignment/align'
import type { AlignmentText } from '../../../shared/alignment/alignment'
import { type Learned, realign } from '../../../shared/alignment/realign'
import { FeatureCollector, type Features } from '../../../shared/alignment/sound/features'
import { openEspeak } from '../../../shared/alignment/voice/openEspeak'
import { alignmentText } from '../../../shared/session/alignmentText'
import { parseTranscript } from '../../../shared/transcript/parseTranscript'

const folder = join(fileURLToPath(new URL('../../..', import.meta.url)), 'assets/sample/en')
const text = readFileSync(join(folder, 'council-meeting.txt'), 'utf8')
const transcript = parseTranscript(text)
const whole = alignmentText(text, transcript)

let features: Features
let truth: Truth
let learned: Learned

const startOf = (turn: number) => truth.turns[turn]?.start as number

/** The text of turns `first` up to `last`, exclusive. */
const part = (first: number, last: number): AlignmentText => ({
  ...whole,
  pieces: whole.pieces.filter(({ turn }) => turn >= first && turn < last),
})

beforeAll(async () => {
  const spoken = await speakTranscript(text, JSON.parse(readFileSync(join(folder, 'spoken.json'), 'utf8')))
  truth = spoken.truth
  const collector = new FeatureCollector(sampleRate)
  collector.add([spoken.samples])
  features = collector.finish()
  let told: Learned | null = null
  await align(whole, features, {
    openVoice: openEspeak,
    onLearned: (value) => {
      told = value
    },
  })
  if (!told) throw new Error('nothing was learned')
  learned = told
}, 120_000)

describe('a stretch that is aligned again', () => {
  it('has its turns where they are said, in the times of the recording', async () => {
    const from = startOf(1) - 0.1
    const to = startOf(4) - 0.1
    const { turns, words } = await realign(part(1, 4), features, learned, {
      from,
      to,
      pins: [],
      openVoice: openEspeak,
    })
    for (const turn of [1, 2, 3])
      expect(Math.abs((turns[turn]?.start as number) - startOf(turn)), `turn ${turn}`).toBeLessThan(0.3)
    for (const { start, end } of words) {
      expect(start ?? from).toBeGreaterThanOrEqual(from)
      expect(end ?? to).toBeLessThanOrEqual(to)
    }
  })

  it('has a sentence over the sound of its length, though somebody said it in other words', async () => {
    for (const [said, written] of [
      ['All those in favor, please raise your hand.', 'Zigzag fuzzy jazz, fifty blue mugs, sixteen owls.'],
      ['Yes, I am afraid so.', 'Sausage zoo fish.'],
    ] as const) {
      const at = text.indexOf(said)
      const turn = transcript.turns.findIndex(({ to }) => at < to)
      const other = text.slice(0, at) + written + text.slice(at + said.length)
      const startIn = async ({ turns, pieces }: AlignmentText) => {
        const own = { turns, pieces: pieces.filter((piece) => piece.turn === turn) }
        const from = startOf(turn) - 0.1
        const to = (truth.turns[turn]?.end as number) + 0.1
        const found = await realign(own, features, learned, { from, to, pins: [], openVoice: openEspeak })
        return found.sentences.find((sentence) => sentence.from === at)?.start ?? Number.NaN
      }
      const right = await startIn(whole)
      const found = await startIn(alignmentText(other, parseTranscript(other)))
      expect(Math.abs(found - right), written).toBeLessThan(0.15)
    }
  })

  it('leaves out any number of turns that nobody says there', async () => {
    const at = text.indexOf('PRIYA RAMAN:')
    const surplus = Array.from(
      { length: 14 },
      (_, k) => `ERIK ${k}: Wir sprechen über den Bahnhof Nummer ${k + 20}.`,
    )
    const other = `${text.slice(0, at)}${surplus.join('\n\n')}\n\n${text.slice(at)}`
    const longer = alignmentText(other, parseTranscript(other))
    const [first, behind] = [3, 3 + 1 + surplus.length]
    const own = {
      ...longer,
      pieces: longer.pieces.filter(({ turn }) => turn >= first && turn <= behind),
    }
    const { turns } = await realign(own, features, learned, {
      from: startOf(3) - 0.1,
      to: startOf(5) - 0.1,
      pins: [],
      openVoice: openEspeak,
    })
    expect(Math.abs((turns[behind]?.start as number) - startOf(4))).toBeLessThan(0.3)
    expect(turns.slice(first + 1, behind).every(({ start }) => start === null)).toBe(true)
  })

  it('never crosses a pin, however wrong', async () => {
    const wrong = startOf(3) + 4
    const at = transcript.turns[3]?.from as number
    const pins = [{ at, time: wrong }]
    const { words } = await realign(part(2, 5), features, learned, {
      from: startOf(2) - 0.1,
      to: startOf(5) - 0.1,
      pins,
      openVoice: openEspeak,
    })
    for (const { from, start, end } of words) {
      if (from < at) expect(end ?? 0).toBeLessThanOrEqual(wrong + 0.01)
      else expect(start ?? wrong).toBeGreaterThanOrEqual(wrong)
    }
  })

  it('is the same every time', async () => {
    const options = { from: startOf(1), to: startOf(3), pins: [], openVoice: openEspeak }
    const one = await realign(part(1, 3), features, learned, options)
    expect(await realign(part(1, 3), features, learned, options)).toEqual(one)
  })

  it('ends when it is cancelled', async () => {
    const controller = new AbortController()
    controller.abort(new Error('enough'))
    const { signal } = controller
    const running = realign(part(0, 6), features, learned, {
      from: 0,
      to: 100,
      pins: [],
      signal,
      openVoice: openEspeak,
    })
    await expect(running).rejects.toThrow('enough')
  })
})
