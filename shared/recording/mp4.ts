import type { ByteSource } from './byteSource'
import { type Box, boxesIn, boxesOf, boxIn } from './mp4Boxes'
import { type Fragments, type Gathered, readFragment } from './mp4Fragments'
import { lengthOf, type PacketTrack, type Stretch } from './packetTrack'

/** What MP4 and QuickTime files begin with. */
const firstBoxes = ['ftyp', 'moov', 'mdat', 'wide', 'free', 'skip', 'pnot']

/** Longest description and fragment that are read, bytes: ten hours of video have some ten million. */
const longestHead = 256 * 1024 * 1024

interface Track {
  readonly id: number
  /** `soun`, `vide` … */
  readonly handler: string
  /** What counts as a second in it. */
  readonly clock: number
  /** `null` where all of it is heard. */
  readonly edits: readonly Edit[] | null
  readonly samples: Box
}

/** @param length in the clock of the whole file @param from in the track's own, −1 for nothing */
interface Edit {
  readonly length: number
  readonly from: number
}

/** The packets of the first track of an MP4 or QuickTime file whose codec has this name (four letters); `null` where there is none.
 *  @param rateOf the sample rate that the codec's own description tells; `null` where it is damaged */
export async function readMp4Track(
  source: ByteSource,
  format: string,
  rateOf: (description: Uint8Array) => number | null,
): Promise<PacketTrack | null> {
  const head = await source.read(0, 8)
  if (head.length < 8 || !firstBoxes.includes(String.fromCharCode(...head.subarray(4, 8)))) return null
  let view: DataView | null = null
  let found: { track: Track; description: Uint8Array; rate: number } | null = null
  let tracks: readonly Track[] = []
  let clock = 1
  const fragments: Fragments = new Map()
  for await (const box of boxesOf(source)) {
    const { name, start, end } = box
    if (end - start > longestHead) continue
    if (name === 'moov' && !view) {
      const bytes = new Uint8Array(await source.read(start, end - start))
      view = new DataView(bytes.buffer)
      const all = { start: 0, end: bytes.length }
      clock = clockIn(view, boxIn(view, all, 'mvhd')) ?? 1
      tracks = readTracks(view, all)
      found = findTrack(view, tracks, format, rateOf)
      if (!found) return null
      for (const { id } of tracks)
        fragments.set(id, { defaults: defaultsOf(view, all, id), gathered: empty() })
      if (!boxIn(view, all, 'mvex')) break
    } else if (name === 'moof' && view) {
      const bytes = await source.read(start, end - start)
      readFragment(
        new DataView(bytes.buffer, bytes.byteOffset, bytes.length),
        start - 8,
        fragments,
        source.size,
      )
    }
  }
  if (!view || !found) return null
  const { track, description, rate } = found
  const gathered = empty()
  readTables(view, track.samples, source.size, gathered)
  const more = fragments.get(track.id)?.gathered
  if (more && more.sizes.length > 0) join(gathered, more)
  const toSamples = rate / track.clock
  const starts = new Float64Array(gathered.starts.length + 1)
  // Those that go back are met where the one before begins.
  for (const [index, start] of [...gathered.starts, gathered.end].entries())
    starts[index] = Math.max(starts[index - 1] ?? 0, Math.round(start * toSamples))
  const { offsets, sizes } = gathered
  const first = gathered.starts[0] ?? 0
  const origin = Math.min(...tracks.map((each) => beginOf(view as DataView, each, clock, fragments)))
  return {
    description,
    packets: { offsets: Float64Array.from(offsets), sizes: Uint32Array.from(sizes), starts },
    stretches: stretchesOf(track, { first, end: gathered.end }, { clock, rate, origin }),
  }
}

function empty(): Gathered {
  return { offsets: [], sizes: [], starts: [], end: 0 }
}

function join(one: Gathered, other: Gathered): void {
  for (let index = 0; index < other.sizes.length; index++) {
    one.offsets.push(other.offsets[index] as number)
    one.sizes.push(other.sizes[index] as number)
    one.starts.push(other.starts[index] as number)
  }
  one.end = other.end
}

function readTracks(view: DataView, all: Pick<Box, 'start' | 'end'>): readonly Track[] {
  const tracks: Track[] = []
  for (const box of boxesIn(view, all.start, all.end)) {
    if (box.name !== 'trak') continue
    const header = boxIn(view, box, 'tkhd')
    const handler = boxIn(view, box, 'mdia', 'hdlr')
    const clock = clockIn(view, boxIn(view, box, 'mdia', 'mdhd'))
    const samples = boxIn(view, box, 'mdia', 'minf', 'stbl')
    if (!header || !handler || !clock || !samples) continue
    const idAt = header.start + (view.getUint8(header.start) === 1 ? 20 : 12)
    if (idAt + 4 > header.end || handler.start + 12 > handler.end) continue
    const list = boxIn(view, box, 'edts', 'elst')
    tracks.push({
      id: view.getUint32(idAt),
      handler: nameAt(view, handler.start + 8),
      clock,
      edits: list && readEdits(view, list),
      samples,
    })
  }
  return tracks
}

function clockIn(view: DataView, box: Box | null): number | null {
  if (!box || box.end - box.start < 24) return null
  return view.getUint32(box.start + (view.getUint8(box.start) === 1 ? 20 : 12)) || null
}

function readEdits(view: DataView, { start, end }: Box): readonly Edit[] | null {
  if (end - start < 8) return null
  const isLong = view.getUint8(start) === 1
  const size = isLong ? 20 : 12
  const count = Math.min(view.getUint32(start + 4), Math.floor((end - start - 8) / size))
  const edits = Array.from({ length: count }, (_, index): Edit => {
    const at = start + 8 + index * size
    return isLong
      ? { length: Number(view.getBigUint64(at)), from: Number(view.getBigInt64(at + 8)) }
      : { length: view.getUint32(at), from: view.getInt32(at + 4) }
  })
  return edits.length > 0 ? edits : null
}

function findTrack(
  view: DataView,
  tracks: readonly Track[],
  format: string,
  rateOf: (description: Uint8Array) => number | null,
) {
  for (const track of tracks) {
    if (track.handler !== 'soun') continue
    const entries = boxIn(view, track.samples, 'stsd')
    const entry = entries && boxIn(view, { start: entries.start + 8, end: entries.end }, format)
    const description = entry && descriptionIn(view, entry, format)
    const rate = description && rateOf(description)
    if (rate) return { track, description, rate }
  }
  return null
}

// What the codec wants is in a box of its name, which lies in the entry or, in QuickTime files, in a box `wave` there. Behind the fields
// that all have come 16 or 36 bytes more in QuickTime's versions 1 and 2.
function descriptionIn(view: DataView, entry: Box, format: string): Uint8Array | null {
  if (entry.end - entry.start < 28) return null
  const version = view.getUint16(entry.start + 8)
  const start = entry.start + 28 + (version === 1 ? 16 : version === 2 ? 36 : 0)
  const within = { start, end: entry.end }
  const box = boxIn(view, within, format) ?? boxIn(view, within, 'wave', format)
  // A version and flags come first.
  return box && new Uint8Array(view.buffer, box.start + 4, Math.max(0, box.end - box.start - 4))
}

/** The tables of a track (section 8.6 and 8.7): how long packets last, how large they are, how many lie in each chunk and where. */
function readTables(view: DataView, samples: Box, fileSize: number, into: Gathered): void {
  const durations = tableIn(view, samples, 'stts', 8)
  const runs = tableIn(view, samples, 'stsc', 12)
  const long = tableIn(view, samples, 'co64', 8)
  const chunks = long ?? tableIn(view, samples, 'stco', 4)
  const box = boxIn(view, samples, 'stsz')
  if (!durations || !runs || !chunks || !box || box.end - box.start < 12) return
  const common = view.getUint32(box.start + 4)
  const most = Math.floor(common > 0 ? fileSize / common : (box.end - box.start - 12) / 4)
  const count = Math.min(view.getUint32(box.start + 8), most)
  let [run, inRun, entry] = [0, 0, 0]
  for (let chunk = 0; chunk < chunks.count && into.sizes.length < count; chunk++) {
    while (run + 1 < runs.count && view.getUint32(runs.start + (run + 1) * 12) <= chunk + 1) run++
    const packets = runs.count > 0 ? view.getUint32(runs.start + run * 12 + 4) : 0
    let offset = long
      ? Number(view.getBigUint64(chunks.start + chunk * 8))
      : view.getUint32(chunks.start + chunk * 4)
    for (let index = 0; index < packets && into.sizes.length < count; index++) {
      while (entry < durations.count && inRun >= view.getUint32(durations.start + entry * 8)) {
        entry++
        inRun = 0
      }
      if (entry >= durations.count) return
      inRun++
      const size = common || view.getUint32(box.start + 12 + into.sizes.length * 4)
      into.offsets.push(offset)
      into.sizes.push(size)
      into.starts.push(into.end)
      into.end += view.getUint32(durations.start + entry * 8 + 4)
      offset += size
    }
  }
}

function tableIn(view: DataView, within: Box, name: string, size: number) {
  const box = boxIn(view, within, name)
  if (!box || box.end - box.start < 8) return null
  const count = Math.min(view.getUint32(box.start + 4), Math.floor((box.end - box.start - 8) / size))
  return { start: box.start + 8, count }
}

function defaultsOf(view: DataView, all: Pick<Box, 'start' | 'end'>, id: number) {
  const list = boxIn(view, all, 'mvex')
  for (const box of list ? boxesIn(view, list.start, list.end) : [])
    if (box.name === 'trex' && box.end - box.start >= 24 && view.getUint32(box.start + 4) === id)
      return { duration: view.getUint32(box.start + 12), size: view.getUint32(box.start + 16) }
  return { duration: 0, size: 0 }
}

/** Seconds on the file's clock at which a track begins to be seen or heard. */
function beginOf(view: DataView, track: Track, clock: number, fragments: Fragments): number {
  if (track.handler !== 'soun' && track.handler !== 'vide') return Number.POSITIVE_INFINITY
  const offsets = tableIn(view, track.samples, 'ctts', 8)
  const shown = offsets && offsets.count > 0 ? view.getInt32(offsets.start + 4) : 0
  const isWhole = tableIn(view, track.samples, 'stts', 8)?.count
  const first = shown + (isWhole ? 0 : (fragments.get(track.id)?.gathered.starts[0] ?? 0))
  let empty = 0
  for (const { length, from } of track.edits ?? []) {
    if (from >= 0) return empty / clock + Math.max(0, first - from) / track.clock
    empty += length
  }
  return empty / clock + Math.max(0, first) / track.clock
}

/** @param media first and end, in the track's clock @param whole the file's clock, samples a second, and seconds of its clock that are zero */
function stretchesOf(
  track: Track,
  media: { readonly first: number; readonly end: number },
  whole: { readonly clock: number; readonly rate: number; readonly origin: number },
): readonly Stretch[] {
  const { rate } = whole
  const toSamples = (time: number) => Math.round((time / track.clock) * rate)
  const edits = track.edits?.filter(({ from, length }) => from >= 0 || length > 0) ?? []
  const heard = edits.some(({ from }) => from >= 0) ? edits : [...edits, { from: 0, length: 0 }]
  const stretches: Stretch[] = []
  for (const { from, length } of heard) {
    const wanted = Math.round((length / whole.clock) * rate)
    if (from < 0) {
      stretches.push({ from: null, samples: wanted })
      continue
    }
    const begin = Math.max(from, media.first)
    if (begin > from) stretches.push({ from: null, samples: toSamples(begin) - toSamples(from) })
    const rest = toSamples(media.end) - toSamples(begin)
    const left = wanted - (toSamples(begin) - toSamples(from))
    // The file's clock is coarse: what it leaves out by less than a tick is meant, and 0 is the whole.
    const isCut = length > 0 && rest - left > rate / whole.clock
    stretches.push({ from: toSamples(begin), samples: Math.max(0, isCut ? left : rest) })
  }
  return withoutStart(stretches, Math.round(whole.origin * rate))
}

function withoutStart(stretches: readonly Stretch[], samples: number): readonly Stretch[] {
  let left = Number.isFinite(samples) ? Math.min(samples, lengthOf(stretches)) : 0
  return stretches.flatMap(({ from, samples: length }) => {
    const cut = from === null ? Math.min(left, length) : 0
    left = from === null ? left - cut : 0
    return length > cut ? [{ from, samples: length - cut }] : []
  })
}

function nameAt(view: DataView, at: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((index) => view.getUint8(at + index)))
}
