import { flacFrame, frameSamples, type SoundFormat, streamInfo } from './flac'

/** What `openingSegment` and `soundSegment` make, for `MediaSource`. */
export const segmentType = 'audio/mp4; codecs="flac"'

/** The beginning of a fragmented MP4 of FLAC (ISO/IEC 14496-12; "Encapsulation of FLAC in ISO Base Media File Format"). Its clock counts
 *  samples. */
export function openingSegment(format: SoundFormat): Uint8Array<ArrayBuffer> {
  const { channels, sampleRate } = format
  const flac = box(
    'fLaC',
    [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0],
    short(channels),
    short(16),
    [0, 0, 0, 0],
    // A 16.16 number that rates above 65535 do not fit in; STREAMINFO is what counts.
    short(sampleRate < 0x10000 ? sampleRate : 0),
    [0, 0],
    box('dfLa', word(0), [0x80, 0, 0, 34], streamInfo(format)),
  )
  const table = box(
    'stbl',
    box('stsd', word(0), word(1), flac),
    box('stts', word(0), word(0)),
    box('stsc', word(0), word(0)),
    box('stsz', word(0), word(0), word(0)),
    box('stco', word(0), word(0)),
  )
  const media = box(
    'mdia',
    box('mdhd', word(0), word(0), word(0), word(sampleRate), word(0), short(0x55c4), short(0)),
    box('hdlr', word(0), word(0), text('soun'), word(0), word(0), word(0), [0]),
    box(
      'minf',
      box('smhd', word(0), word(0)),
      box('dinf', box('dref', word(0), word(1), box('url ', word(1)))),
      table,
    ),
  )
  const zeros = (words: number) => new Uint8Array(words * 4)
  return joined([
    box('ftyp', text('iso6'), word(0), text('iso6'), text('mp41')),
    box(
      'moov',
      box(
        'mvhd',
        word(0),
        zeros(2),
        word(sampleRate),
        zeros(1),
        word(0x10000),
        short(0x100),
        short(0),
        zeros(2),
        matrix,
        zeros(6),
        word(2),
      ),
      box(
        'trak',
        box('tkhd', word(7), zeros(2), word(1), zeros(5), short(0x100), short(0), matrix, zeros(2)),
        media,
      ),
      box('mvex', box('trex', word(0), word(1), word(1), zeros(3))),
    ),
  ])
}

/** A piece of sound as a fragment that begins with sample `position` of the whole.
 *  @param number counts the fragments */
export function soundSegment(
  channels: readonly Int16Array[],
  position: number,
  sampleRate: number,
  number: number,
): Uint8Array<ArrayBuffer> {
  const length = channels[0]?.length ?? 0
  const frames: Uint8Array[] = []
  const run: Uint8Array[] = []
  for (let from = 0; from < length; from += frameSamples) {
    const parts = channels.map((channel) => channel.subarray(from, from + frameSamples))
    const frame = flacFrame(parts, position + from, sampleRate)
    frames.push(frame)
    run.push(word((parts[0] as Int16Array).length), word(frame.length))
  }
  const fragment = (dataAt: number) =>
    box(
      'moof',
      box('mfhd', word(0), word(number)),
      box(
        'traf',
        // Data is addressed from the fragment's own beginning.
        box('tfhd', word(0x020000), word(1)),
        box('tfdt', word(0x01000000), word(Math.floor(position / 2 ** 32)), word(position % 2 ** 32)),
        // An offset; a duration and a size for each frame.
        box('trun', word(0x000301), word(frames.length), word(dataAt), ...run),
      ),
    )
  const head = fragment(0)
  return joined([fragment(head.length + 8), box('mdat', ...frames)])
}

const matrix = joined([0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000].map(word))

type Bytes = Uint8Array | readonly number[]

function box(name: string, ...parts: Bytes[]): Uint8Array<ArrayBuffer> {
  const body = joined(parts)
  return joined([word(body.length + 8), text(name), body])
}

function word(value: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value)
}

function short(value: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.of(value >>> 8, value)
}

function text(value: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(value, (character) => character.charCodeAt(0))
}

function joined(parts: readonly Bytes[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
