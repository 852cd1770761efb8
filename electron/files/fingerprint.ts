import { createHash } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import { open } from 'node:fs/promises'

/** Bytes per sample of a recording's key. */
const sampleSize = 64 * 1024

export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** Names a recording's state by size, time of change and samples of its contents, without reading it whole. */
export async function recordingKey(path: string): Promise<{ key: string; size: number }> {
  const handle = await open(path, 'r')
  try {
    const { size, mtimeMs } = await handle.stat()
    const hash = createHash('sha256').update(`${size}:${Math.round(mtimeMs)}:`)
    for (const share of [0, 0.25, 0.5, 0.75, 1]) {
      hash.update(await sample(handle, Math.max(0, Math.floor((size - sampleSize) * share))))
    }
    return { key: hash.digest('hex'), size }
  } finally {
    await handle.close()
  }
}

async function sample(handle: FileHandle, position: number): Promise<Uint8Array> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(sampleSize), 0, sampleSize, position)
  return buffer.subarray(0, bytesRead)
}
