import { describe, expect, it } from 'vitest'
import {
  FeatureCollector,
  type Features,
  featuresBetween,
  loudnessLevels,
} from '../../../../shared/alignment/sound/features'
import { bandCount, cepstrumCount } from '../../../../shared/alignment/sound/spectrum'

const rate = 16000

function collected(samples: Float32Array): Features {
  const collector = new FeatureCollector(rate)
  collector.add([samples])
  return collector.finish()
}

describe('features', () => {
  it('are the same in whatever pieces the samples come', () => {
    const samples = Float32Array.from(
      { length: rate },
      (_, i) => 0.3 * Math.sin(i * 0.07) * Math.sin(i * 0.0004),
    )
    const features = collected(samples)
    const parts = new FeatureCollector(rate)
    for (let at = 0; at < samples.length; at += 777) {
      const part = samples.subarray(at, at + 777)
      parts.add([part, part])
    }
    expect(features.frames).toBe(98)
    expect(parts.finish()).toEqual(features)
  })

  it('tell the mean spectrum of what is loud from that of what is quiet', () => {
    const isLoud = (i: number) => i % (2 * rate) < rate
    const { loud, noise, speech } = collected(
      Float32Array.from({ length: 8 * rate }, (_, i) =>
        isLoud(i) ? 0.5 * Math.sin(i * 0.4) : 0.001 * Math.sin(i * 0.4),
      ),
    )
    // 500 times as loud: 12.4 in natural logarithms of power.
    const { quiet, high } = loudnessLevels(loud)
    expect((high - quiet) / 512).toBeGreaterThan(9)
    const mean = (spectrum: Float32Array) => spectrum.reduce((sum, level) => sum + level, 0) / bandCount
    expect(mean(speech) - mean(noise)).toBeGreaterThan(8)
    const strongest = speech.indexOf(Math.max(...speech))
    expect(noise.indexOf(Math.max(...noise))).toBe(strongest)
  })

  it('of a stretch are those of its frames, within the recording', () => {
    const features = collected(Float32Array.from({ length: 2 * rate }, (_, i) => Math.sin(i * i * 1e-6)))
    const part = featuresBetween(features, 0.5, 1.25)
    expect(part.frames).toBe(75)
    expect([...part.loud]).toEqual([...features.loud.subarray(50, 125)])
    expect([...part.cepstra]).toEqual([...features.cepstra.subarray(50 * cepstrumCount, 125 * cepstrumCount)])
    expect(part.noise).toBe(features.noise)
    expect(featuresBetween(features, -3, 99).frames).toBe(features.frames)
    expect(featuresBetween(features, 1.5, 1).frames).toBe(0)
  })
})
