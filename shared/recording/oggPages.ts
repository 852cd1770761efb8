import type { ByteSource } from './byteSource'

/** What the first and the last pages of an Ogg file tell (RFC 3533, section 6). */
export interface OggFacts {
  /** The first packet: the codec's own header. */
  readonly firstPacket: Uint8Array
  /** How far the positions of the pages go, in the codec's units, counted from where they begin: a stream that was cut out of a longer one
   *  keeps that one's. `null` where the last page belongs to another stream than the first, or tells none. */
  readonly length: number | null
  /** The last page is cut off. */
  readonly isTruncated: boolean
}

/** Longest a page can be, bytes. */
const longestPage = 27 + 255 + 255 * 255

/** A first page with sound that ends later than this many units was cut out of the middle; a page holds less than that of sound. */
const longestFirst = 5 * 48_000

/** @returns `null` for what is no Ogg */
export async function readOggFacts(source: ByteSource): Promise<OggFacts | null> {
  const head = await source.read(0, longestPage * 2)
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
    length: ofFirst ? last.position - beginningOf(head, first) : null,
    isTruncated,
  }
}

// The position before the first page with sound, to within that page; 0 where it is near.
function beginningOf(head: Uint8Array, first: Page): number {
  let at = 0
  for (let page: Page | null = first; page; page = pageAt(head, at)) {
    if (page.serial === first.serial && page.position > 0)
      return page.position > longestFirst ? page.position : 0
    at += page.length
  }
  return 0
}

type Page = NonNullable<ReturnType<typeof pageAt>>

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
