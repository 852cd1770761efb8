import { describe, expect, it } from 'vitest'
import { type Features, withOwnSpectra } from '../../../../shared/alignment/sound/features'
import {
  bandCount,
  cepstrum,
  cepstrumCount,
  cepstrumScale,
  melOf,
} from '../../../../shared/alignment/sound/spectrum'
import { Clips } from '../../../../shared/alignment/voice/clips'
import { melScale, type Reading } from '../../../../shared/alignment/voice/voice'

/** A smooth spectrum. */
const bands = (level: number, tilt: number) =>
  Float32Array.from(
    { length: bandCount },
    (_, band) => level + tilt * Math.cos((Math.PI * (band + 0.5)) / bandCount),
  )

/** Features of frames that are all quiet or all loud. */
function featuresOf(spectra: readonly Float32Array[], loud: readonly number[]): Features {
  const frames = spectra.length
  const cepstra = new Int16Array(frames * cepstrumCount)
  const row = new Float32Array(cepstrumCount)
  for (const [frame, spectrum] of spectra.entries()) {
    cepstrum(spectrum, 0, row, 0)
    for (let c = 0; c < cepstrumCount; c++)
      cepstra[frame * cepstrumCount + c] = Math.round((row[c] as number) * cepstrumScale)
  }
  const none = new Float32Array(bandCount)
  return { frames, highest: 8000, cepstra, loud: Int16Array.from(loud), noise: none, speech: none }
}

const near = (one: ArrayLike<number>, other: ArrayLike<number>, digits = 1) => {
  for (let band = 0; band < bandCount; band++) expect(one[band]).toBeCloseTo(other[band] as number, digits)
}

describe('a spectrum', () => {
  it('comes back from its cepstra', () => {
    const spectrum = bands(-4, 2)
    const row = new Float32Array(cepstrumCount)
    cepstrum(spectrum, 0, row, 0)
    const back = new Float32Array(bandCount)
    melOf(row, 0, 1, back, 0)
    near(back, spectrum, 4)
  })

  it('of what is quiet and of what is loud is that of the part alone', () => {
    const [quiet, loud] = [bands(-9, 1), bands(-2, -1)]
    const part = withOwnSpectra(
      featuresOf(
        Array.from({ length: 40 }, (_, k) => (k % 2 ? loud : quiet)),
        Array.from({ length: 40 }, (_, k) => (k % 2 ? -1000 : -4000)),
      ),
    )
    near(part.noise, quiet)
    near(part.speech, loud)
  })
})

describe('clips', () => {
  const reading: Reading = {
    text: 'Yes.',
    language: 'en',
    words: [{ from: 0, to: 3, isAfterMark: false, phones: ['j', 'E'] }],
    events: [{ phone: 'j', frame: 0 }],
    frames: 8,
    mel: Int16Array.from(
      Array.from({ length: 8 }, (_, frame) => [...bands(frame < 4 ? -12 : -3, 1)]).flat(),
      (value) => Math.round(value * melScale),
    ),
  }
  const frames = (noise: number): Features => ({
    ...featuresOf([], []),
    noise: bands(noise, 0),
    speech: bands(-3, 1),
  })

  it('that are fitted to a noisier part hide in its noise, and keep their sounds', () => {
    const whole = new Clips([{ ...reading, mel: reading.mel.slice() }], frames(-12))
    const noisy = whole.fittedTo(frames(-5), [reading])
    const [before, after] = [whole.of(reading), noisy.of(reading)]
    expect(before.loud[0]).toBeLessThan(-9)
    expect(after.loud[0]).toBeGreaterThan(-5.1)
    expect(after.loud[6] as number).toBeCloseTo(before.loud[6] as number, 0)
    expect(after.words).toEqual(before.words)
    expect(noisy.phoneCount).toBe(whole.phoneCount)
    expect(noisy.all).toHaveLength(1)
  })
})
