import { boxesIn, boxIn } from './mp4Boxes'

/** Packets as they are counted together: starts and the end in the track's own clock. */
export interface Gathered {
  readonly offsets: number[]
  readonly sizes: number[]
  readonly starts: number[]
  end: number
}

/** What is known of the tracks of a file that is written in fragments, by the track's number. */
export type Fragments = Map<number, { readonly defaults: Defaults; readonly gathered: Gathered }>

interface Defaults {
  readonly duration: number
  readonly size: number
}

/** Gathers the packets of one fragment (ISO/IEC 14496-12, section 8.8).
 *  @param view the contents of its box @param offset where the box begins in the file, which its data are addressed from
 *  @param most packets that there can be of a track */
export function readFragment(view: DataView, offset: number, tracks: Fragments, most: number): void {
  for (const fragment of boxesIn(view, 0, view.byteLength)) {
    if (fragment.name !== 'traf') continue
    const header = boxIn(view, fragment, 'tfhd')
    if (!header || header.end - header.start < 8) continue
    const track = tracks.get(view.getUint32(header.start + 4))
    if (!track) continue
    const fields = new Fields(view, header.start, header.end)
    const flags = fields.flags()
    fields.word()
    const base = flags & 0x1 ? fields.long() : offset
    if (flags & 0x2) fields.word()
    const duration = flags & 0x8 ? fields.word() : track.defaults.duration
    const size = flags & 0x10 ? fields.word() : track.defaults.size
    const { gathered } = track
    const begin = boxIn(view, fragment, 'tfdt')
    if (begin && begin.end - begin.start >= 8) {
      const time = new Fields(view, begin.start + 4, begin.end)
      gathered.end = view.getUint8(begin.start) === 1 ? time.long() : time.word()
    }
    let at = base
    for (const run of boxesIn(view, fragment.start, fragment.end))
      if (run.name === 'trun')
        at = readRun(new Fields(view, run.start, run.end), { base, at, duration, size, most }, gathered)
  }
}

function readRun(
  fields: Fields,
  given: { base: number; at: number; duration: number; size: number; most: number },
  into: Gathered,
): number {
  const flags = fields.flags()
  const count = fields.word()
  let offset = flags & 0x1 ? given.base + fields.signed() : given.at
  if (flags & 0x4) fields.word()
  const own = [0x100, 0x200, 0x400, 0x800].filter((flag) => flags & flag).length
  const most = own > 0 ? Math.floor(fields.left / (own * 4)) : given.most
  for (let index = 0; index < Math.min(count, most) && into.sizes.length < given.most; index++) {
    const lasts = flags & 0x100 ? fields.word() : given.duration
    const bytes = flags & 0x200 ? fields.word() : given.size
    if (flags & 0x400) fields.word()
    if (flags & 0x800) fields.word()
    into.offsets.push(offset)
    into.sizes.push(bytes)
    into.starts.push(into.end)
    into.end += lasts
    offset += bytes
  }
  return offset
}

/** Reads one field after the other; behind the end all are 0. */
class Fields {
  constructor(
    private readonly view: DataView,
    private at: number,
    private readonly end: number,
  ) {}

  get left(): number {
    return Math.max(0, this.end - this.at)
  }

  /** Those behind the version, three bytes. */
  flags(): number {
    return this.word() & 0xffffff
  }

  word(): number {
    this.at += 4
    return this.at <= this.end ? this.view.getUint32(this.at - 4) : 0
  }

  signed(): number {
    return this.word() | 0
  }

  long(): number {
    const high = this.word()
    return high * 2 ** 32 + this.word()
  }
}
