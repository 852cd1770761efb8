import type { ByteSource } from '../../shared/recording/byteSource'

/** Reads a recording through byte ranges of its address. */
export function rangeSource(url: string, size: number, signal: AbortSignal): ByteSource {
  return {
    size,
    async read(offset, length) {
      if (offset >= size || length <= 0) return new Uint8Array(0)
      const end = Math.min(size, offset + length) - 1
      const answer = await fetch(url, { headers: { range: `bytes=${offset}-${end}` }, signal })
      if (!answer.ok) throw new Error(`the recording answered ${answer.status}`)
      return new Uint8Array(await answer.arrayBuffer())
    },
  }
}
