import { createHash } from 'node:crypto'
import { afterEach, expect, test, vi } from 'vitest'
import { openEspeak } from '../../../../shared/alignment/voice/openEspeak'

afterEach(() => {
  vi.restoreAllMocks()
})

async function spokenAt(milliseconds: number): Promise<string> {
  vi.spyOn(Date, 'now').mockReturnValue(milliseconds)
  const engine = await openEspeak()
  vi.restoreAllMocks()
  const hash = createHash('sha256')
  for (const voice of ['en-us', 'en-us+f3', 'cmn']) {
    engine.set_voice(voice)
    engine.synthesize('Good evening, everyone. 各位晚上好。', (audio) => {
      if (audio) hash.update(Int16Array.from(audio))
    })
  }
  return hash.digest('hex')
}

test('the voice says the same at any time of day', async () => {
  expect(await spokenAt(86_400_000)).toBe(await spokenAt(1_700_000_000_000))
})
