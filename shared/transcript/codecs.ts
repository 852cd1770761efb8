// The one global of the platform that decoding needs; Node and the browser share it.
declare const TextDecoder: new (
  label: string,
  options?: { fatal?: boolean; ignoreBOM?: boolean },
) => { decode(bytes: Uint8Array, options?: { stream?: boolean }): string }

/** One step of decoding: how many bytes were read and the text they stand for. Reused between steps. */
export interface Step {
  size: number
  text: string
  /** The bytes are no valid sequence; `text` is U+FFFD. */
  isInvalid: boolean
}

/** A stateless character encoding, both ways. */
export interface Codec {
  /** Reads the character at `at` into `step`. */
  read(bytes: Uint8Array, at: number, step: Step): void
  /** Bytes of one character (a code point), `null` where the encoding has none for it. */
  write(character: string): readonly number[] | null
}

export const encodings = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'gb18030',
  'big5',
  'shift_jis',
  'euc-jp',
  'euc-kr',
  'windows-1250',
  'windows-1251',
  'windows-1252',
  'windows-1253',
  'windows-1254',
  'windows-1255',
  'windows-1256',
  'windows-1257',
  'koi8-r',
] as const

/** Labels of the WHATWG Encoding Standard, lower case. */
export type Encoding = (typeof encodings)[number]

const replacement = '\uFFFD'

function set(step: Step, size: number, text: string, isInvalid = false): void {
  step.size = size
  step.text = text
  step.isInvalid = isInvalid
}

/** The text of bytes that are valid UTF-8, a byte order mark among it; `null` for others. Many times as fast as character by character.
 *  @param isCut the bytes may end within a character, which is left out */
export function validUtf8(bytes: Uint8Array, isCut = false): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, { stream: isCut })
  } catch {
    return null
  }
}

const utf8: Codec = {
  // Lengths and ranges after table 3-7 of the Unicode Standard; an invalid byte is one U+FFFD.
  read(bytes, at, step) {
    const first = bytes[at] as number
    if (first < 0x80) return set(step, 1, String.fromCharCode(first))
    const size =
      first >= 0xc2 && first <= 0xdf
        ? 2
        : first >= 0xe0 && first <= 0xef
          ? 3
          : first >= 0xf0 && first <= 0xf4
            ? 4
            : 0
    if (size === 0 || at + size > bytes.length) return set(step, 1, replacement, true)
    let point = first & (0xff >> (size + 1))
    for (let index = 1; index < size; index++) {
      const next = bytes[at + index] as number
      if ((next & 0xc0) !== 0x80) return set(step, 1, replacement, true)
      point = (point << 6) | (next & 0x3f)
    }
    const isShortest = size === 2 || (size === 3 ? point >= 0x800 : point >= 0x10000)
    if (!isShortest || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff))
      return set(step, 1, replacement, true)
    set(step, size, String.fromCodePoint(point))
  },
  write(character) {
    const point = character.codePointAt(0) as number
    if (point < 0x80) return [point]
    if (point < 0x800) return [0xc0 | (point >> 6), 0x80 | (point & 0x3f)]
    if (point >= 0xd800 && point <= 0xdfff) return null
    if (point < 0x10000) return [0xe0 | (point >> 12), 0x80 | ((point >> 6) & 0x3f), 0x80 | (point & 0x3f)]
    return [
      0xf0 | (point >> 18),
      0x80 | ((point >> 12) & 0x3f),
      0x80 | ((point >> 6) & 0x3f),
      0x80 | (point & 0x3f),
    ]
  },
}

function utf16(isLittle: boolean): Codec {
  return {
    read(bytes, at, step) {
      if (at + 2 > bytes.length) return set(step, 1, replacement, true)
      const low = bytes[at + (isLittle ? 0 : 1)] as number
      const high = bytes[at + (isLittle ? 1 : 0)] as number
      set(step, 2, String.fromCharCode((high << 8) | low))
    },
    write(character) {
      const out: number[] = []
      for (let index = 0; index < character.length; index++) {
        const unit = character.charCodeAt(index)
        if (isLittle) out.push(unit & 0xff, unit >> 8)
        else out.push(unit >> 8, unit & 0xff)
      }
      return out
    },
  }
}

/** 0x80 to 0x9f of windows-1252, after the Encoding Standard's index: Node up to 22 decodes them as ISO 8859-1. */
const windows1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

function singleByte(label: string): Codec {
  const decoder = new TextDecoder(label)
  const table = Array.from({ length: 256 }, (_, byte) =>
    label === 'windows-1252' && byte >= 0x80 && byte < 0xa0
      ? (windows1252[byte - 0x80] as string)
      : decoder.decode(Uint8Array.of(byte)),
  )
  const reverse = new Map<string, readonly number[]>()
  for (const [byte, text] of table.entries())
    if (text !== replacement && !reverse.has(text)) reverse.set(text, [byte])
  return {
    read(bytes, at, step) {
      const text = table[bytes[at] as number] as string
      set(step, 1, text, text === replacement)
    },
    write: (character) => reverse.get(character) ?? null,
  }
}

/** Encodings in which a lead byte opens a sequence of `size` bytes (1: none). */
function multiByte(label: string, sizeAt: (bytes: Uint8Array, at: number) => number): Codec {
  const decoder = new TextDecoder(label, { fatal: true, ignoreBOM: true })
  const known = new Map<number, string | null>()
  const decode = (bytes: Uint8Array, at: number, size: number): string | null => {
    let key = size
    for (let index = 0; index < size; index++) key = key * 256 + (bytes[at + index] as number)
    const found = known.get(key)
    if (found !== undefined) return found
    let text: string | null
    try {
      text = decoder.decode(bytes.subarray(at, at + size))
    } catch {
      text = null
    }
    known.set(key, text)
    return text
  }
  let reverse: Map<string, readonly number[]> | null = null
  const reverseTable = () => {
    const table = new Map<string, readonly number[]>()
    const pair = new Uint8Array(2)
    for (let first = 0; first < 256; first++) {
      pair[0] = first
      const single = sizeAt(pair.subarray(0, 1), 0) === 1 ? decode(pair, 0, 1) : null
      if (single !== null && single !== '' && !table.has(single)) table.set(single, [first])
      for (let second = 0; second < 256; second++) {
        pair[1] = second
        if (sizeAt(pair, 0) !== 2) continue
        const text = decode(pair, 0, 2)
        if (text !== null && text !== '' && [...text].length === 1 && !table.has(text))
          table.set(text, [first, second])
      }
    }
    return table
  }
  return {
    read(bytes, at, step) {
      const size = Math.min(sizeAt(bytes, at), bytes.length - at)
      const text = decode(bytes, at, size)
      if (text !== null && text !== '') return set(step, size, text)
      set(step, 1, replacement, true)
    },
    write(character) {
      reverse ??= reverseTable()
      return reverse.get(character) ?? (label === 'gb18030' ? gb18030Ranges(character) : null)
    },
  }
}

// The four-byte sequences are numbered in order; decoding is monotonic in that number within the basic plane and linear above
// it, so a search finds the sequence of any character that has no shorter one.
function gb18030Ranges(character: string): readonly number[] | null {
  const point = character.codePointAt(0) as number
  if (point >= 0xd800 && point <= 0xdfff) return null
  const bytesOf = (index: number) => [
    0x81 + Math.floor(index / 12600),
    0x30 + (Math.floor(index / 1260) % 10),
    0x81 + (Math.floor(index / 10) % 126),
    0x30 + (index % 10),
  ]
  if (point >= 0x10000) return bytesOf(point - 0x10000 + 189000)
  const decoder = new TextDecoder('gb18030')
  let low = 0
  let high = 39419
  while (low <= high) {
    const middle = (low + high) >> 1
    const found = decoder.decode(Uint8Array.from(bytesOf(middle))).codePointAt(0) as number
    if (found === point) return bytesOf(middle)
    if (found < point) low = middle + 1
    else high = middle - 1
  }
  return null
}

const inRange = (byte: number | undefined, low: number, high: number) =>
  byte !== undefined && byte >= low && byte <= high

const sizes: Record<
  'gb18030' | 'big5' | 'shift_jis' | 'euc-jp' | 'euc-kr',
  (bytes: Uint8Array, at: number) => number
> = {
  gb18030: (bytes, at) => (!inRange(bytes[at], 0x81, 0xfe) ? 1 : inRange(bytes[at + 1], 0x30, 0x39) ? 4 : 2),
  big5: (bytes, at) => (inRange(bytes[at], 0x81, 0xfe) ? 2 : 1),
  shift_jis: (bytes, at) => (inRange(bytes[at], 0x81, 0x9f) || inRange(bytes[at], 0xe0, 0xfc) ? 2 : 1),
  'euc-jp': (bytes, at) =>
    bytes[at] === 0x8f ? 3 : bytes[at] === 0x8e || inRange(bytes[at], 0xa1, 0xfe) ? 2 : 1,
  'euc-kr': (bytes, at) => (inRange(bytes[at], 0x81, 0xfe) ? 2 : 1),
}

const made = new Map<Encoding, Codec>()

/** The codec of an encoding; made once, since tables take some milliseconds. */
export function codecOf(encoding: Encoding): Codec {
  const found = made.get(encoding)
  if (found) return found
  const codec = makeCodec(encoding)
  made.set(encoding, codec)
  return codec
}

function makeCodec(encoding: Encoding): Codec {
  switch (encoding) {
    case 'utf-8':
      return utf8
    case 'utf-16le':
      return utf16(true)
    case 'utf-16be':
      return utf16(false)
    case 'gb18030':
    case 'big5':
    case 'shift_jis':
    case 'euc-jp':
    case 'euc-kr':
      return multiByte(encoding, sizes[encoding])
    default:
      return singleByte(encoding)
  }
}

export function isEncoding(label: string): label is Encoding {
  return (encodings as readonly string[]).includes(label)
}

/** The text of bytes that are in an encoding throughout, without its byte order mark; `null` where they are not. */
export function decodeStrictly(
  bytes: Uint8Array,
  encoding: 'utf-8' | 'utf-16le' | 'utf-16be',
): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}
