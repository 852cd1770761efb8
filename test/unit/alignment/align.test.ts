import { beforeAll, describe, expect, it } from 'vitest'
import { openSpeech, randomNumbers, sampleRate } from '../../../electron/dev/speech'
import { align } from '../../../shared/alignment/align'
import type { AlignmentText } from '../../../shared/alignment/alignment'
import { FeatureCollector, type Features } from '../../../shared/alignment/sound/features'
import { unitsOf } from '../../../shared/alignment/text/segments'
import { openEspeak } from '../../../shared/alignment/voice/openEspeak'
import { GatheredReadings, readAloud } from '../../../shared/alignment/voice/readAloud'
import { phrasesOf } from '../../../shared/alignment/voice/voice'

const sentences = [
  'The meeting of the harbour board is called to order.',
  'We have the minutes of the last meeting before us.',
  'Are there any corrections from the members?',
  'Page three should say that the ferry was repaired in spring.',
  'Thank you, the clerk will change it.',
  'The next item is the new lighthouse keeper.',
  'Seven people have asked for the position.',
  'Two of them can also mend nets and paint boats.',
]
const german = [
  'Wir beginnen heute mit der Frage nach dem neuen Schwimmbad.',
  'Der Kämmerer hat die Zahlen gründlich geprüft.',
  'Im kommenden Jahr fehlen uns etwa vierzigtausend Mark.',
  'Vielleicht könnten die Vereine einen Teil übernehmen.',
  'Darüber müssen wir noch einmal in Ruhe sprechen.',
  'Gibt es dazu Wortmeldungen aus dem Publikum?',
  'Dann schließe ich diesen Punkt der Tagesordnung.',
  'Die nächste Sitzung findet am Donnerstag statt.',
]

/** One sentence a turn. */
function textOf(list: readonly string[]): AlignmentText {
  let at = 0
  const pieces = list.map((text, turn) => {
    const from = at
    at += text.length + 1
    return { from, to: at - 1, text, turn, speaker: null, kind: 'speech' as const }
  })
  return { turns: list.length, pieces }
}

/** Says sentences, another voice than the reader's, after pauses and over a little noise. */
async function recorded(list: readonly string[]): Promise<{ features: Features; starts: number[] }> {
  const say = await openSpeech()
  const random = randomNumbers(5)
  const parts: Float32Array[] = []
  const starts: number[] = []
  let length = 0
  const add = (part: Float32Array) => {
    parts.push(part)
    length += part.length
  }
  for (const [index, sentence] of list.entries()) {
    add(new Float32Array(Math.round(sampleRate * (0.4 + random() * 0.8))))
    starts.push(length / sampleRate)
    add(say(sentence, { voice: index % 2 ? 'en-gb+f3' : 'en-gb+m3', rate: 160, pitch: 40 }))
  }
  add(new Float32Array(sampleRate))
  const collector = new FeatureCollector(sampleRate)
  for (const part of parts) collector.add([part.map((value) => value + (random() - 0.5) * 0.002)])
  return { features: collector.finish(), starts }
}

const options = { openVoice: openEspeak }
let own: { features: Features; starts: number[] }

beforeAll(async () => {
  own = await recorded(sentences)
})

describe('aligning', () => {
  it('places every sentence, the same way in every run and with readings of another thread', async () => {
    const text = textOf(sentences)
    const once = await align(text, own.features, options)
    expect(once.refused).toBeUndefined()
    for (const [index, { start }] of once.sentences.entries())
      expect(Math.abs((start as number) - (own.starts[index] as number)), `sentence ${index}`).toBeLessThan(
        0.2,
      )
    const gathered = new GatheredReadings()
    const job = { phrases: phrasesOf(unitsOf(text, []).units), highest: own.features.highest }
    await readAloud(job, openEspeak, (message) => gathered.take(structuredClone(message)))
    const refusing = () => Promise.reject(new Error('not needed'))
    expect(await align(text, own.features, { openVoice: refusing, readings: gathered.all })).toEqual(once)
  })

  it('reads the text itself where the other thread died', async () => {
    const { features } = await recorded(sentences.slice(0, 2))
    const readings = Promise.reject(new Error('the thread died'))
    const { sentences: found } = await align(textOf(sentences.slice(0, 2)), features, {
      ...options,
      readings,
    })
    expect(found.map(({ start }) => typeof start)).toEqual(['number', 'number'])
  })

  it('keeps text on its side of a pin, even of one that is wrong', async () => {
    const text = textOf(sentences)
    const [at, time] = [text.pieces[4]?.from as number, (own.starts[3] as number) + 0.2]
    const { sentences: found } = await align(text, own.features, { ...options, pins: [{ at, time }] })
    for (const { from, start, end } of found) {
      if (start === null || end === null) continue
      if (from < at) expect(end).toBeLessThanOrEqual(time + 0.05)
      else expect(start).toBeGreaterThanOrEqual(time - 0.05)
    }
    expect(found[7]?.start).toBeCloseTo(own.starts[7] as number, 0)
  })

  it('survives pins that contradict each other or lie outside', async () => {
    const text = textOf(sentences)
    const at = (index: number) => text.pieces[index]?.from as number
    const pins = [
      { at: at(5), time: 3 },
      { at: at(2), time: 20 },
      { at: at(2), time: 21 },
      { at: at(7), time: 1e6 },
      { at: 0, time: -5 },
    ]
    const { sentences: found } = await align(text, own.features, { ...options, pins })
    expect(found).toHaveLength(sentences.length)
    let last = 0
    for (const { start } of found) {
      if (start === null) continue
      expect(start).toBeGreaterThanOrEqual(last)
      last = start
    }
  })

  it('places nothing where the text is that of another meeting in another language', async () => {
    const { refused, sentences: found } = await align(textOf(german), own.features, options)
    expect(refused).toBe('foreignText')
    expect(found.every(({ start }) => start === null)).toBe(true)
    const known = await align(textOf(german), own.features, { ...options, isKnownToBelong: true })
    expect(known.refused).toBeUndefined()
  })

  it('is not sure of a few sentences that may be those of another recording', async () => {
    const { refused, turns, doubtfulBelow } = await align(textOf(german.slice(1, 3)), own.features, options)
    expect(refused === 'foreignText' || turns.every(({ confidence }) => confidence < doubtfulBelow)).toBe(
      true,
    )
    const { features } = await recorded(sentences.slice(0, 3))
    const right = await align(textOf(sentences.slice(0, 3)), features, options)
    expect(right.refused).toBeUndefined()
    expect(right.turns.every(({ confidence }) => confidence >= doubtfulBelow)).toBe(true)
  })

  it('answers to odd input', async () => {
    const { features } = own
    expect((await align({ turns: 0, pieces: [] }, features, options)).refused).toBe('noText')
    expect((await align(textOf(['…', '—', '?!']), features, options)).refused).toBe('noText')
    const silence = new FeatureCollector(sampleRate)
    silence.add([new Float32Array(sampleRate * 5)])
    expect((await align(textOf(sentences), silence.finish(), options)).refused).toBe('noSpeech')
    expect((await align(textOf(sentences), new FeatureCollector(8000).finish(), options)).refused).toBe(
      'noSpeech',
    )
    const long = Array.from({ length: 4 }, () => [...sentences, ...german]).flat()
    const longer = await align(textOf(long), features, options)
    expect(longer.turns).toHaveLength(long.length)
    const short = await align(textOf(['Order.']), features, options)
    expect(short.turns).toHaveLength(1)
    const endless = await align(textOf([`${'word '.repeat(1000)}.`]), features, options)
    expect(endless.turns).toHaveLength(1)
  })

  it('stops at every stage when it is cancelled', async () => {
    const reason = new Error('cancelled')
    for (const limit of [0, 0.1, 0.45, 0.7]) {
      const signal = {
        aborted: false,
        throwIfAborted() {
          if (this.aborted) throw reason
        },
      }
      let last = 0
      const running = align(textOf(sentences), own.features, {
        ...options,
        signal,
        onProgress: (share) => {
          last = share
          if (share >= limit) signal.aborted = true
        },
      })
      await expect(running).rejects.toBe(reason)
      expect(last).toBeLessThan(1)
    }
  })
})
