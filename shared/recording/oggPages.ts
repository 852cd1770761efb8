import type { ByteSource } from './byteSource'

/** What the first and the last page of an Ogg file tell (RFC 3533, section 6). */
export interface OggFacts {
  /** The first packet: the codec's own header. */
  readonly firstPacket: Uint8Array
  /** Position of the last page in the codec's units; `null` where it belongs to another stream than the first, or tells none. */
  readonly lastPosition: number | null
  /** The last page is cut off. */
  readonly isTruncated: boolean
}

/** Longest a page can be, bytes. */
const longestPage = 27 + 255 + 255 * 255

/** @returns `null` for what is no Ogg */
export async function readOggFacts(source: ByteSource): Promise<OggFacts | null> {
  const head = await source.read(0, longestPage)
  const first = pageAt(head, 0)
  if (!first || first.length > head.length) return null
  const from = Math.max(0, source.size - longestPage * 2)
  const tail = await source.read(from, longestPage * 2)
  let last = first
  let isTruncated = false
  for (let at = 0; at + 4 <= tail.length; ) {
    const page = pageAt(tail, at)
    if (!page) {
      at++
      continue
    }
    isTruncated = at + page.length > tail.length
    if (isTruncated) break
    last = page
    at += page.length
    // What is left of a page's header is a page as well.
    if (at < tail.length && at + 27 > tail.length) isTruncated = tail[at] === 0x4f
  }
  const ofFirst = last.serial === first.serial && last.position >= 0
  return {
    firstPacket: head.subarray(first.bodyStart, first.length),
    lastPosition: ofFirst ? last.position : null,
    isTruncated,
  }
}

function pageAt(bytes: Uint8Array, at: number) {
  if (bytes[at] !== 0x4f || bytes[at + 1] !== 0x67 || bytes[at + 2] !== 0x67 || bytes[at + 3] !== 0x53)
    return null
  if (at + 27 > bytes.length || bytes[at + 4] !== 0) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const segments = bytes[at + 26] as number
  const lengths = bytes.subarray(at + 27, at + 27 + segments)
  const bodyStart = 27 + segments
  return {
    position: Number(view.getBigInt64(at + 6, true)),
    serial: view.getUint32(at + 14, true),
    bodyStart,
    length: lengths.reduce((sum, value) => sum + value, bodyStart),
  }
}
