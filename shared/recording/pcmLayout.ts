import { readAiffLayout } from './aiff'
import type { ByteSource } from './byteSource'
import { readCafLayout } from './caf'
import type { PcmLayout } from './pcm'
import { readW64Layout } from './w64'
import { readWavLayout } from './wav'

/** Where and how the samples lie in any file of uncompressed ones (WAV, Wave64, AIFF, CAF); `null` for anything else. */
export async function readPcmLayout(source: ByteSource): Promise<PcmLayout | null> {
  return (
    (await readWavLayout(source)) ??
    (await readW64Layout(source)) ??
    (await readAiffLayout(source)) ??
    (await readCafLayout(source))
  )
}
