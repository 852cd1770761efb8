import { beforeAll, describe, expect, it } from 'vitest'
import { type Speech, SpeechActivity } from '../../../shared/recording/speechActivity'
import { applauses, music, noise, noises } from '../../support/sounds'
import { speak, speakers } from '../../support/voices'

const rate = 22050
type Stretches = Speech

function found(samples: Float32Array, sampleRate = rate): Stretches {
  const activity = new SpeechActivity(sampleRate)
  for (let at = 0; at < samples.length; at += 10_000) activity.add([samples.subarray(at, at + 10_000)])
  return activity.segments()
}

const seconds = (stretches: Stretches, from: number, to: number) =>
  stretches.reduce((sum, [start, end]) => sum + Math.max(0, Math.min(end, to) - Math.max(start, from)), 0)

const secondsWithin = (stretches: Stretches, spoken: Stretches) =>
  spoken.reduce((sum, [start, end]) => sum + seconds(stretches, start, end), 0)

function joined(...parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

describe('what is said', () => {
  it.each(speakers)('is found: $name', async (speaker) => {
    const { samples, spoken } = await speak(speaker, 24)
    const stretches = found(samples)
    for (const [start, end] of spoken)
      expect(seconds(stretches, start, end) / (end - start)).toBeGreaterThan(0.85)
    const pauses = 24 - spoken.reduce((sum, [start, end]) => sum + end - start, 0)
    const inPauses =
      stretches.reduce((sum, [start, end]) => sum + end - start, 0) - secondsWithin(stretches, spoken)
    expect(inPauses / pauses).toBeLessThan(0.1)
  })

  let clean: Awaited<ReturnType<typeof speak>>
  beforeAll(async () => {
    clean = await speak(speakers[0] as (typeof speakers)[number], 24)
  })

  it('begins and ends where it is heard to', () => {
    for (const [start, end] of clean.spoken) {
      const stretches = found(clean.samples)
      expect(Math.min(...stretches.map(([from]) => Math.abs(from - start)))).toBeLessThan(0.06)
      expect(Math.min(...stretches.map(([, to]) => Math.abs(to - end)))).toBeLessThan(0.12)
    }
  })

  it('is found when it is quiet, and under noise 15 dB below it', () => {
    const rustle = noise(24, rate, 1, 1)
    const power = (samples: Float32Array) =>
      samples.reduce((sum, value) => sum + value * value, 0) / samples.length
    const share = Math.sqrt(power(clean.samples) / power(rustle)) / 10 ** (15 / 20)
    for (const samples of [
      clean.samples.map((value) => value * 0.02),
      clean.samples.map((value, index) => value + (rustle[index] as number) * share),
    ]) {
      const stretches = found(samples)
      for (const [start, end] of clean.spoken)
        expect(seconds(stretches, start, end) / (end - start)).toBeGreaterThan(0.8)
    }
  })

  it('is one stretch across a short pause', () => {
    const [start, end] = clean.spoken[0] as readonly [number, number]
    const words = clean.samples.slice(Math.floor(start * rate), Math.floor(end * rate))
    const pause = new Float32Array(Math.floor(0.1 * rate))
    const silence = new Float32Array(rate)
    const stretches = found(joined(silence, words, pause, words, silence))
    const length = words.length / rate
    expect(stretches.some(([from, to]) => from < 1 + length - 0.3 && to > 1 + length + 0.3)).toBe(true)
  })

  it('is told from the music before it and the applause after it', () => {
    const [opening, clapping] = [music.find(({ name }) => name === 'band'), applauses[2]].map((sound) =>
      sound?.make(10, rate),
    ) as [Float32Array, Float32Array]
    const stretches = found(joined(opening, clean.samples, clapping))
    expect(seconds(stretches, 0, 9)).toBeLessThan(0.5)
    expect(seconds(stretches, 35, 44)).toBeLessThan(0.5)
    const said = clean.spoken.reduce((sum, [start, end]) => sum + end - start, 0)
    const heard = clean.spoken.reduce(
      (sum, [start, end]) => sum + seconds(stretches, start + 10, end + 10),
      0,
    )
    expect(heard / said).toBeGreaterThan(0.85)
  })

  it.each([8000, 16000, 44100, 48000])('is found at %i samples a second', (sampleRate) => {
    const samples = new Float32Array(Math.floor((clean.samples.length * sampleRate) / rate)).map(
      (_, index) => {
        const place = (index * rate) / sampleRate
        const before = clean.samples[Math.floor(place)] ?? 0
        const after = clean.samples[Math.floor(place) + 1] ?? 0
        return before + (after - before) * (place % 1)
      },
    )
    const stretches = found(samples, sampleRate)
    for (const [start, end] of clean.spoken)
      expect(seconds(stretches, start, end) / (end - start)).toBeGreaterThan(0.8)
    expect(found((music[0] as (typeof music)[number]).make(20, sampleRate), sampleRate)).toEqual([])
  })

  it('is the same when a later part was heard by another', () => {
    const samples = joined(clean.samples, (music[2] as (typeof music)[number]).make(10, rate))
    const seam = 15 * rate
    const first = new SpeechActivity(rate)
    first.add([samples.subarray(0, seam)])
    const second = new SpeechActivity(rate)
    second.prime(samples.subarray(seam - 8192, seam))
    second.add([samples.subarray(seam)])
    first.append(second.trace())
    const whole = new SpeechActivity(rate)
    whole.add([samples])
    expect(first.trace()).toEqual(whole.trace())
    expect(first.segments()).toEqual(found(samples))
  })
})

describe('what is not said', () => {
  const isDrums = ({ name }: { readonly name: string }) => name === 'drums'
  it.each([...music.filter((sound) => !isDrums(sound)), ...applauses, ...noises])(
    'is left out: $name',
    ({ make }) => {
      const stretches = found(make(30, rate))
      expect(seconds(stretches, 0, 30)).toBeLessThan(1.5)
    },
  )

  it('is left out up to where somebody speaks', async () => {
    const room = music.find(({ name }) => name.includes('rustles'))?.make(20, rate) as Float32Array
    const { samples, spoken } = await speak(speakers[0] as (typeof speakers)[number], 12)
    const stretches = found(joined(room, samples))
    expect(seconds(stretches, 0, 19)).toBeLessThan(1)
    for (const [start, end] of spoken)
      expect(seconds(stretches, start + 20, end + 20) / (end - start)).toBeGreaterThan(0.8)
  })

  it('is mostly left out where drums are alone', () => {
    const stretches = found(music.filter(isDrums)[0]?.make(30, rate) as Float32Array)
    expect(seconds(stretches, 0, 30)).toBeLessThan(10)
  })

  it('is silence', () => {
    expect(found(new Float32Array(5 * rate))).toEqual([])
    expect(found(new Float32Array(0))).toEqual([])
  })
})

describe('where the voice changes', () => {
  const changes = async (names: readonly string[]) => {
    const parts: Float32Array[] = []
    for (const name of names) {
      const speaker = speakers.find((one) => one.name === name) as (typeof speakers)[number]
      parts.push((await speak(speaker, 12)).samples)
    }
    const stretches = found(joined(...parts))
    const seams = parts.map((_, part) => stretches.findIndex(([start]) => start > 12 * part))
    return {
      atSeams: seams.slice(1).map((index) => stretches[index]?.[2] ?? 0),
      elsewhere: stretches.filter((_, index) => !seams.includes(index)).map(([, , change = 0]) => change),
    }
  }

  it('a man behind a woman is another voice, the same woman is none', async () => {
    const { atSeams, elsewhere } = await changes(['woman, English', 'man, English', 'woman, Spanish'])
    for (const change of atSeams) expect(change).toBe(1)
    for (const change of elsewhere) expect(change).toBeLessThan(0.5)
  })
})
