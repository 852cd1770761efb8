import { describe, expect, test } from 'vitest'
import { randomNumbers } from '../../../../electron/dev/speech'
import { plainBandPowers, simdBandPowers } from '../../../../shared/alignment/kernel/bandPowers'
import { melSettings, upperEdge } from '../../../../shared/alignment/sound/spectrum'

describe('the kernel of spectra', () => {
  test.runIf(simdBandPowers(melSettings(16000, 6800))).each([8000, 16000, 22050, 44100])(
    'gives the same to the last bit with SIMD at %d Hz',
    (rate) => {
      const settings = melSettings(rate, upperEdge(rate))
      const [simd, plain] = [simdBandPowers(settings), plainBandPowers(settings)]
      const random = randomNumbers(rate)
      const samples = Float32Array.from(
        { length: 3 * settings.shape.length },
        (_, i) => 0.4 * Math.sin(i / 5) + 0.1 * random(),
      )
      for (const at of [0, 1, 700 % settings.shape.length, 2 * settings.shape.length]) {
        const expected = [...plain(samples, at, 0.25)]
        expect(Math.min(...expected)).toBeGreaterThan(0)
        expect([...(simd?.(samples, at, 0.25) ?? [])]).toEqual(expected)
      }
    },
  )

  test('finds a tone in its bands', () => {
    const [rate, highest, tone] = [16000, 6800, 1000]
    const samples = Float32Array.from({ length: 400 }, (_, i) => Math.sin((2 * Math.PI * tone * i) / rate))
    const powers = plainBandPowers(melSettings(rate, highest))(samples, 0, 0)
    const mel = (hz: number) => 1127 * Math.log(1 + hz / 700)
    const band = ((mel(tone) - mel(100)) / (mel(highest) - mel(100))) * 25 - 1
    expect(Math.abs(powers.indexOf(Math.max(...powers)) - band)).toBeLessThan(1)
  })
})
