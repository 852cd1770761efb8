import type { ByteSource } from './byteSource'

/** Codecs by the numbers that WAV files give them (RFC 2361). */
const wavCodecs: Readonly<Record<number, string>> = {
  2: 'Microsoft ADPCM',
  17: 'IMA ADPCM',
  34: 'TrueSpeech',
  49: 'GSM 6.10',
  66: 'G.723.1',
  69: 'G.726',
  352: 'WMA',
  353: 'WMA',
  354: 'WMA',
  8192: 'AC-3',
}

/** `RIFF` and `WAVE`. */
const riff = 0x52494646
const wave = 0x57415645

const oggCodecs: readonly (readonly [string, string])[] = [
  ['\x7fFLAC', 'Ogg FLAC'],
  ['Speex', 'Speex'],
]

/** What files begin with whose sound nothing here decodes. */
const beginnings: readonly (readonly [string, string])[] = [
  ['\x30\x26\xb2\x75\x8e\x66\xcf\x11', 'WMA'],
  ['#!AMR', 'AMR'],
  ['MThd', 'MIDI'],
  ['.ra\xfd', 'RealAudio'],
  ['.RMF', 'RealAudio'],
  ['MAC ', "Monkey's Audio"],
  ['wvpk', 'WavPack'],
  ['TTA1', 'True Audio'],
  ['MPCK', 'Musepack'],
  ['DSD ', 'DSD'],
  ['\x0bw', 'AC-3'],
  ['.snd', 'Sun AU'],
]

/** The number that a WAV file gives its codec; `null` for anything else. @param bytes the beginning of the file */
export function wavFormatTag(bytes: Uint8Array): number | null {
  if (bytes.length < 12) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  if (view.getUint32(0) !== riff || view.getUint32(8) !== wave) return null
  const format = chunkIn(view, 'fmt ', true)
  return format === null || format + 2 > view.byteLength ? null : view.getUint16(format, true)
}

/** Names the codec of a recording that none of our decoders reads, for the user to know what to convert; `null` when it is not known. */
export async function foreignCodec(source: ByteSource): Promise<string | null> {
  const bytes = await source.read(0, 64 * 1024)
  const head = String.fromCharCode(...bytes.subarray(0, 64))
  const known = beginnings.find(([beginning]) => head.startsWith(beginning))
  if (known) return known[1]
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const kind = head.slice(0, 4) + head.slice(8, 12)
  const tag = wavFormatTag(bytes)
  if (tag !== null) return wavCodecs[tag] ?? `WAV 0x${tag.toString(16).padStart(4, '0')}`
  // The first packet of an Ogg stream is alone on its page.
  if (head.startsWith('OggS'))
    return oggCodecs.find(([beginning]) => head.slice(28).startsWith(beginning))?.[1] ?? null
  if (kind === 'RIFFAVI ') return 'AVI'
  if (kind === 'FORMAIFC') {
    const common = chunkIn(view, 'COMM', false)
    return common === null || common + 22 > view.byteLength ? null : nameAt(view, common + 18)
  }
  // Apple's Core Audio Format: the description is its first chunk.
  if (head.startsWith('caff') && head.slice(8, 12) === 'desc') return `CAF ${nameAt(view, 28)}`
  return null
}

// Where the contents of a chunk begin, in what was read of a RIFF or IFF file.
function chunkIn(view: DataView, name: string, isLittleEndian: boolean): number | null {
  for (let at = 12; at + 8 <= view.byteLength; ) {
    const length = view.getUint32(at + 4, isLittleEndian)
    if (nameAt(view, at) === name.trim()) return at + 8
    at += 8 + length + (length % 2)
  }
  return null
}

function nameAt(view: DataView, at: number): string {
  return [0, 1, 2, 3]
    .map((index) => String.fromCharCode(view.getUint8(at + index)))
    .join('')
    .trim()
}
