import { describe, expect, it } from 'vitest'
import type { SpeechEngine } from '../../../../shared/alignment/alignment'
import {
  type GatheredReadings,
  type ReadingMessage,
  readAloud,
  sharesOf,
  startReaders,
} from '../../../../shared/alignment/voice/readAloud'

const engine: SpeechEngine = {
  set_voice: () => 0,
  set_rate: () => undefined,
  set_pitch: () => undefined,
  synthesize: (_, piece) => piece(new Int16Array(3000), []),
}
const phrases = (count: number, letters = 5) =>
  Array.from({ length: count }, (_, k) => ({ text: `${k} `.padEnd(letters, 'a'), language: 'en' }))

describe('a text that is read aloud', () => {
  it('is read by one voice, a long one by two, each about half of its letters', () => {
    expect(sharesOf(phrases(100))).toHaveLength(1)
    const list = [...phrases(2, 9000), ...phrases(300, 100)]
    const [one, other] = sharesOf(list)
    expect([...(one ?? []), ...(other ?? [])]).toEqual(list)
    expect(one).toHaveLength(2 + 60)
  })

  it('comes in some readings at a time, whose spectra are handed over', async () => {
    const messages: ReadingMessage[] = []
    const handed: number[] = []
    await readAloud(
      { phrases: phrases(70), highest: 6800 },
      async () => engine,
      (message, buffers) => {
        messages.push(message)
        handed.push(buffers.length)
      },
    )
    expect(
      messages.map((message) => (message.kind === 'read' ? message.readings.length : message.kind)),
    ).toEqual([32, 32, 6, 'done'])
    expect(handed).toEqual([32, 32, 6, 0])
  })

  it('tells why it failed', async () => {
    const messages: ReadingMessage[] = []
    await readAloud(
      { phrases: phrases(1), highest: 6800 },
      () => Promise.reject(new Error('no voice')),
      (message) => messages.push(message),
    )
    expect(messages).toEqual([{ kind: 'failed', detail: 'Error: no voice' }])
  })
})

describe('readers', () => {
  const start = () => {
    const told: GatheredReadings[] = []
    const ended: number[] = []
    const readers = startReaders(
      phrases(2, 20_000),
      (_, gathered) => told.push(gathered) - 1,
      (thread) => ended.push(thread),
    )
    return { told, ended, readers }
  }
  const reading = (text: string): ReadingMessage => ({
    kind: 'read',
    readings: [{ text, language: 'en', words: [], events: [], frames: 0, mel: new Int16Array(0) }],
  })

  it('give their readings in the order of the text, whoever is done first, and end', async () => {
    const { told, ended, readers } = start()
    expect(told).toHaveLength(2)
    told[1]?.take(reading('b'))
    told[1]?.take({ kind: 'done' })
    told[0]?.take(reading('a'))
    expect(ended).toEqual([])
    told[0]?.take({ kind: 'done' })
    expect((await readers.readings).map(({ text }) => text)).toEqual(['a', 'b'])
    expect(ended).toEqual([0, 1])
  })

  it('all end when one fails', async () => {
    const { told, ended, readers } = start()
    told[1]?.take({ kind: 'failed', detail: 'out of memory' })
    await expect(readers.readings).rejects.toThrow('out of memory')
    expect(ended).toEqual([0, 1])
  })
})
