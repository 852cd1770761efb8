const sampleRates: readonly (readonly number[])[] = [
  [11025, 12000, 8000],
  [],
  [22050, 24000, 16000],
  [44100, 48000, 32000],
]
const kilobits: Readonly<Record<string, readonly number[]>> = {
  '1-1': [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
  '1-2': [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
  '1-3': [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  '2-1': [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
  '2-2': [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
}

/** Length in bytes of the MPEG audio frame whose header (ISO 11172-3, 2.4.1.3) stands at `at`; 0 where there is none. */
export function frameLength(bytes: Uint8Array, at: number): number {
  if (bytes[at] !== 0xff || ((bytes[at + 1] ?? 0) & 0xe0) !== 0xe0) return 0
  const second = bytes[at + 1] as number
  const third = bytes[at + 2] ?? 0xff
  const version = (second >> 3) & 3
  const layer = 4 - ((second >> 1) & 3)
  const rate = sampleRates[version]?.[(third >> 2) & 3]
  if (version === 1 || layer === 4 || !rate) return 0
  const table = version === 3 ? `1-${layer}` : layer === 1 ? '2-1' : '2-2'
  const bitrate = kilobits[table]?.[third >> 4]
  if (!bitrate) return 0
  const padding = (third >> 1) & 1
  if (layer === 1) return (Math.floor((12 * bitrate * 1000) / rate) + padding) * 4
  const samples = layer === 3 && version !== 3 ? 72 : 144
  return Math.floor((samples * bitrate * 1000) / rate) + padding
}

/** Samples that the frame at `at` gives, per channel. */
export function samplesPerFrame(bytes: Uint8Array, at: number): number {
  const second = bytes[at + 1] as number
  const layer = 4 - ((second >> 1) & 3)
  if (layer === 1) return 384
  return layer === 3 && ((second >> 3) & 3) !== 3 ? 576 : 1152
}

/** The frame at `at` has one channel. */
export function isMono(bytes: Uint8Array, at: number): boolean {
  return (bytes[at + 3] as number) >> 6 === 3
}

/** Samples a second of the frame at `at`. */
export function sampleRateAt(bytes: Uint8Array, at: number): number {
  const version = ((bytes[at + 1] as number) >> 3) & 3
  const base = [44100, 48000, 32000][((bytes[at + 2] as number) >> 2) & 3] ?? 0
  return version === 3 ? base : version === 2 ? base / 2 : base / 4
}

/** Samples by which a decoder is late (the polyphase filter bank and the overlapping transform, less one). */
const decoderDelay = 529

/** What an encoder's information frame tells. */
export interface Tag {
  /** Samples of all frames but the tag's own; 0 where it does not say. */
  readonly samples: number
  readonly trimmedAtStart: number
  readonly padding: number
}

/** Reads the information frame that encoders put first (Xing's VBR header with LAME's extension). It holds no sound.
 *  @returns `null` where the first frame is one of sound */
export function readTag(bytes: Uint8Array): Tag | null {
  const isFirstVersion = (((bytes[1] as number) >> 3) & 3) === 3
  const sideInfo = isMono(bytes, 0) ? (isFirstVersion ? 17 : 9) : isFirstVersion ? 32 : 17
  let at = 4 + sideInfo
  const name = String.fromCharCode(...bytes.subarray(at, at + 4))
  if (name !== 'Xing' && name !== 'Info') return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const flags = view.getUint32(at + 4)
  at += 8
  const count = flags & 1 ? view.getUint32(at) : 0
  for (const [flag, length] of [
    [1, 4],
    [2, 4],
    [4, 100],
    [8, 4],
  ] as const)
    if (flags & flag) at += length
  const samples = count * samplesPerFrame(bytes, 0)
  if (bytes[at] === 0 || samples === 0) return { samples, trimmedAtStart: 0, padding: 0 }
  const both = view.getUint32(at + 20) & 0xffffff
  return {
    samples,
    trimmedAtStart: (both >> 12) + decoderDelay,
    padding: Math.max(0, (both & 0xfff) - decoderDelay),
  }
}

/** Samples that are left to be heard. */
export function soundingSamples({ samples, trimmedAtStart, padding }: Tag): number {
  return Math.max(0, samples - trimmedAtStart - padding)
}
