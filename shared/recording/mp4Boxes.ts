import type { ByteSource } from './byteSource'

/** A box (ISO/IEC 14496-12, section 4.2; QuickTime's atom): its name, and where its contents lie. */
export interface Box {
  readonly name: string
  readonly start: number
  readonly end: number
}

/** The boxes in a stretch of bytes, one behind the other, cut to it; what is no box ends them. */
export function* boxesIn(view: DataView, from: number, to: number): Generator<Box> {
  for (let at = from; at + 8 <= to; ) {
    const box = boxAt(view, at, to, 0)
    if (!box) return
    yield box
    at = box.end
  }
}

/** The first box at the end of such a path. */
export function boxIn(
  view: DataView,
  within: Pick<Box, 'start' | 'end'>,
  ...path: readonly string[]
): Box | null {
  let found: Box | null = null
  for (const name of path) {
    const { start, end }: Pick<Box, 'start' | 'end'> = found ?? within
    found = null
    for (const box of boxesIn(view, start, end))
      if (box.name === name) {
        found = box
        break
      }
    if (!found) return null
  }
  return found
}

const readAtOnce = 4096

/** The boxes of a file, cut to it, whose contents are not read. */
export async function* boxesOf(source: ByteSource): AsyncGenerator<Box> {
  // Fragments are small, and what follows one lies near.
  let near = { offset: 0, bytes: await source.read(0, readAtOnce) }
  for (let at = 0; at + 8 <= source.size; ) {
    if (at + 16 > near.offset + near.bytes.length)
      near = { offset: at, bytes: await source.read(at, readAtOnce) }
    const head = near.bytes.subarray(at - near.offset)
    if (head.length < 8) return
    const box = boxAt(new DataView(head.buffer, head.byteOffset, head.length), 0, source.size - at, at)
    if (!box) return
    yield box
    at = box.end
  }
}

/** Whether a file begins as MPEG-4 or QuickTime and holds samples, but not the table of them (`moov`), which recorders write last. */
export async function isUnfinishedMp4(source: ByteSource): Promise<boolean> {
  let hasSamples = false
  let isFirst = true
  for await (const { name } of boxesOf(source)) {
    if (name === 'moov' || (isFirst && name !== 'ftyp' && name !== 'wide')) return false
    isFirst = false
    if (name === 'mdat') hasSamples = true
  }
  return hasSamples
}

// A size of 1 has a longer one follow, one of 0 goes to the end.
function boxAt(view: DataView, at: number, to: number, offset: number): Box | null {
  const short = view.getUint32(at)
  const isLong = short === 1 && at + 16 <= view.byteLength
  const size = isLong ? Number(view.getBigUint64(at + 8)) : short === 0 ? to - at : short
  const header = isLong ? 16 : 8
  if (size < header) return null
  const name = String.fromCharCode(...[4, 5, 6, 7].map((index) => view.getUint8(at + index)))
  return { name, start: offset + at + header, end: offset + Math.min(to, at + size) }
}
