import { readFile } from 'node:fs/promises'

import { expect, it } from 'vitest'
import type { ByteSource } from '../../../shared/recording/byteSource'
import { Mpg123 } from '../../../shared/recording/mpg123'
import { sparseOverview } from '../../../shared/recording/sparseOverview'

function source(bytes: Uint8Array): ByteSource {
  return { size: bytes.length, read: async (offset, length) => bytes.slice(offset, offset + length) }
}

it('sees which half of an mp3 is silent, how loud the other is, and how long the whole', async () => {
  // 10 s of silence, 10 s of a tone at half of full scale.
  const bytes = new Uint8Array(
    await readFile(new URL('../../fixtures/recordings/half-silent.mp3', import.meta.url)),
  )
  const overview = await sparseOverview(source(bytes), () => new Mpg123(), 40)
  expect(overview).not.toBeNull()
  const { pairs, duration } = overview as NonNullable<typeof overview>
  expect(Math.abs(duration - 20)).toBeLessThan(0.4)
  for (let part = 0; part < 18; part++) {
    expect(Math.abs(pairs[part * 2] as number)).toBeLessThanOrEqual(2)
    expect(Math.abs(pairs[part * 2 + 1] as number)).toBeLessThanOrEqual(2)
  }
  for (let part = 22; part < 38; part++) {
    expect(Math.abs((pairs[part * 2] as number) + 64)).toBeLessThan(8)
    expect(Math.abs((pairs[part * 2 + 1] as number) - 64)).toBeLessThan(8)
  }
})

it('has nothing to say of what is no mp3', async () => {
  expect(await sparseOverview(source(new Uint8Array(100_000)), () => new Mpg123())).toBeNull()
})
