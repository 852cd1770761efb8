import { analyse } from 'chardet'
import { codecOf, type Encoding, isEncoding, type Step, validUtf8 } from './codecs'

export interface DetectedEncoding {
  readonly encoding: Encoding
  /** Length of the byte order mark, bytes; 0 without one. */
  readonly bomLength: number
}

/** How many bytes are looked at where a whole file would be slow. */
const sampleLength = 200_000

function startsWith(bytes: Uint8Array, ...start: readonly number[]): boolean {
  return start.every((byte, index) => bytes[index] === byte)
}

/** Signatures of files that are no text, whatever their name says. */
const signatures: readonly (readonly number[])[] = [
  [0x25, 0x50, 0x44, 0x46], // PDF
  [0x50, 0x4b, 0x03, 0x04], // zip, docx
  [0xd0, 0xcf, 0x11, 0xe0], // doc
  [0x49, 0x44, 0x33], // mp3 with ID3
  [0x66, 0x4c, 0x61, 0x43], // flac
  [0x4f, 0x67, 0x67, 0x53], // ogg
  [0x52, 0x49, 0x46, 0x46], // wav
  [0x1a, 0x45, 0xdf, 0xa3], // webm
  [0x89, 0x50, 0x4e, 0x47], // png
  [0xff, 0xd8, 0xff], // jpeg
  [0x7f, 0x45, 0x4c, 0x46], // elf
  [0x1f, 0x8b], // gzip
]

/** No text in any encoding known here: a known signature, or control characters that text does not have. */
export function isBinary(bytes: Uint8Array): boolean {
  if (signatures.some((signature) => startsWith(bytes, ...signature))) return true
  if (utf16Guess(bytes) !== null) return false
  const length = Math.min(bytes.length, sampleLength)
  let controls = 0
  for (let index = 0; index < length; index++) {
    const byte = bytes[index] as number
    if (byte === 0) return true
    if (
      byte < 0x20 &&
      byte !== 9 &&
      byte !== 10 &&
      byte !== 12 &&
      byte !== 13 &&
      byte !== 0x1b &&
      byte !== 0x1a
    )
      controls++
  }
  return controls > Math.max(2, length * 0.02)
}

function byteOrderMark(bytes: Uint8Array): DetectedEncoding | null {
  if (startsWith(bytes, 0xef, 0xbb, 0xbf)) return { encoding: 'utf-8', bomLength: 3 }
  if (startsWith(bytes, 0xff, 0xfe)) return { encoding: 'utf-16le', bomLength: 2 }
  if (startsWith(bytes, 0xfe, 0xff)) return { encoding: 'utf-16be', bomLength: 2 }
  return null
}

/** Characters that running text is made of, and halves of pairs. A line end or a space read the wrong way round is U+0A00, U+0D00 or
 *  U+2000, which no text has. */
const ofText =
  /[\t\n\f\r -~\u00a0-\u024f\u02b0-\u052f\u0590-\u06ff\u0900-\u09ff\u0e00-\u0e7f\u10a0-\u10ff\u1e00-\u1fff\u2001-\u218f\u2190-\u23ff\u2460-\u27bf\u2e80-\u33ff\u3400-\u9fff\uac00-\udfff\uf900-\ufaff\ufe10-\ufe1f\ufe30-\uffef]/u

// In UTF-16 line ends, spaces and ASCII punctuation have a zero byte; no other encoding known here has any.
function utf16Guess(bytes: Uint8Array): Encoding | null {
  if (startsWith(bytes, 0xff, 0xfe)) return 'utf-16le'
  if (startsWith(bytes, 0xfe, 0xff)) return 'utf-16be'
  const length = Math.min(bytes.length, sampleLength) & ~1
  if (bytes.length < 4 || !bytes.subarray(0, length).includes(0)) return null
  let best: Encoding | null = null
  let fewest = length / 2 / 50
  for (const encoding of ['utf-16le', 'utf-16be'] as const) {
    const high = encoding === 'utf-16le' ? 1 : 0
    let odd = 0
    let ascii = 0
    for (let index = 0; index < length; index += 2) {
      const unit = ((bytes[index + high] as number) << 8) | (bytes[index + 1 - high] as number)
      if (unit === 0) return null
      if (unit < 0x80) ascii++
      if (unit >= 0xd800 && unit < 0xe000) continue
      if (!ofText.test(String.fromCharCode(unit))) odd++
    }
    if (ascii > 0 && odd < fewest) {
      best = encoding
      fewest = odd
    }
  }
  return best
}

interface Reading {
  readonly text: string
  readonly invalid: number
  readonly characters: number
}

function readSample(bytes: Uint8Array, encoding: Encoding): Reading {
  const codec = codecOf(encoding)
  const step: Step = { size: 0, text: '', isInvalid: false }
  const parts: string[] = []
  const length = Math.min(bytes.length, sampleLength)
  let invalid = 0
  for (let at = 0; at < length; at += step.size) {
    codec.read(bytes, at, step)
    // A sequence that the end of the sample cuts is not a mistake.
    if (step.isInvalid && (bytes.length <= length || at < length - 4)) invalid++
    parts.push(step.text)
  }
  return { text: parts.join(''), invalid, characters: parts.length }
}

// The most frequent characters of running text. What a wrong guess yields is mostly rare characters.
const common = {
  simplified:
    '的一是了我不人在他有这个上们来到时大地为子中你说生国年着就那和要她出也得里后自以会家可下而过天去能对小多然于心学么之都好看起发当没成只如事把还用第样道想作种开们会议发言主席谢谢问题我们非常',
  traditional:
    '的一是了我不人在他有這個上們來到時大地為子中你說生國年著就那和要她出也得裡後自以會家可下而過天去能對小多然於心學麼之都好看起發當沒成只如事把還用第樣道想作種開議員主席謝問題非常請',
}

function share(text: string, test: (character: string) => boolean): number {
  let hits = 0
  let total = 0
  for (const character of text) {
    if (character.charCodeAt(0) < 0x80) continue
    total++
    if (test(character)) hits++
  }
  return total === 0 ? 0 : hits / total
}

const hanzi = new Set([...common.simplified, ...common.traditional])
const isKana = (character: string) => /[\u3040-\u30ff]/u.test(character)
const isHangul = (character: string) => /[\uac00-\ud7a3]/u.test(character)
const isAsianPunctuation = (character: string) =>
  /[\u3001\u3002\uff0c\uff1a\uff1f\uff01\u300c\u300d\uff08\uff09]/u.test(character)

// Letters by how usual they are in running text of the languages that an encoding serves; others count as implausible.
const usualLetters: Partial<Record<Encoding, RegExp>> = {
  'windows-1250': /[ąćęłńśźżĄĆĘŁŃŚŹŻăâîşţĂÂÎŞŢáčďéěíňóřšťúůýžÁČĎÉÍŇÓŘŠŤÚŮÝŽäöüÄÖÜßőűŐŰđĐ„”“–—’…\u00a0]/u,
  'windows-1251': /[а-яА-ЯёЁіїєґІЇЄҐ«»„“”–—№’…\u00a0]/u,
  'windows-1252':
    /[àâçéèêëîïôùûüÿœæÀÂÇÉÈÊËÎÏÔÙÛÜŒÆäöüßÄÖÜñáíóúÁÍÓÚÑ¿¡ãõÃÕåÅøØìòÌÒ«»“”„‘’‚–—…•™®©·°§€£¥\u00a0ªº]/u,
  'windows-1253': /[α-ωΑ-Ωάέήίόύώϊϋΐΰς«»–—’“”·\u00a0]/u,
  'windows-1254': /[ğışĞİŞçöüÇÖÜâîûÂÎÛ“”‘’–—…\u00a0]/u,
  'windows-1255': /[\u05d0-\u05ea\u05b0-\u05c3“”–—’…\u00a0\u200e\u200f]/u,
  'windows-1256': /[\u0621-\u064a\u064b-\u0652،؛؟“”–—’…\u00a0\u200c-\u200f]/u,
  'windows-1257': /[āčēģīķļņšūžĀČĒĢĪĶĻŅŠŪŽąęėįųĄĘĖĮŲõäöüÕÄÖÜ„“”–—…\u00a0]/u,
  'koi8-r': /[а-яА-ЯёЁ\u00a0]/u,
}

/** Of a hundred letters of Russian, Ukrainian or Bulgarian, so many are one of these; of another script read as Cyrillic hardly a third. */
const commonCyrillic = /[оеаинтсрвлОЕАИНТСРВЛі]/u
const leastCommonCyrillic = 0.45

function cyrillicPlausibility(text: string): number {
  const letters = text.match(/\p{Script=Cyrillic}/gu) ?? []
  const usual = letters.filter((letter) => commonCyrillic.test(letter)).length
  const small = letters.filter((letter) => /\p{Ll}/u.test(letter)).length
  // Whole texts in capitals are what the other Cyrillic encoding, and Hebrew, look like.
  return (usual >= letters.length * leastCommonCyrillic ? 1 : 0.7) * (small >= letters.length * 0.3 ? 1 : 0.8)
}

// Capitals inside words are what Cyrillic read in the wrong Cyrillic encoding looks like; letters beside Latin ones what Western
// text read as Cyrillic looks like.
function wordPlausibility(text: string): number {
  const words = text.match(/\p{L}*[^\p{ASCII}]\p{L}*/gu) ?? []
  if (words.length === 0) return 1
  let good = 0
  for (const word of words) {
    const isCase = !/\p{Ll}\p{Lu}/u.test(word)
    const scripts = [
      /\p{Script=Latin}/u,
      /\p{Script=Cyrillic}/u,
      /\p{Script=Arabic}/u,
      /\p{Script=Hebrew}/u,
      /\p{Script=Greek}/u,
    ]
    const isOneScript = scripts.filter((script) => script.test(word)).length <= 1
    // Western words are not made of accented letters.
    const accented = word.match(/[^\p{ASCII}]/gu)?.length ?? 0
    const isWestern = word.length < 4 || accented <= word.length * 0.7 || !/\p{Script=Latin}/u.test(word)
    if (isCase && isOneScript && isWestern) good++
  }
  return good / words.length
}

const legacy: readonly Encoding[] = encodingsToTry()

function encodingsToTry(): readonly Encoding[] {
  return [
    'gb18030',
    'big5',
    'shift_jis',
    'euc-jp',
    'euc-kr',
    'windows-1252',
    'windows-1250',
    'windows-1251',
    'windows-1256',
    'windows-1255',
    'windows-1253',
    'windows-1254',
    'windows-1257',
    'koi8-r',
  ]
}

function plausibility(encoding: Encoding, reading: Reading): number {
  if (reading.invalid > reading.characters * 0.002) return -1
  const { text } = reading
  if (/[\u0080-\u0084\u0086-\u009f\ue000-\uf8ff]/u.test(text)) return -0.5
  switch (encoding) {
    case 'gb18030':
    case 'big5':
      return (
        0.35 + share(text, (c) => hanzi.has(c) || isAsianPunctuation(c)) - share(text, (c) => isKana(c)) * 0.5
      )
    case 'shift_jis':
    case 'euc-jp': {
      const halfWidth = share(text, (c) => /[\uff61-\uff9f]/u.test(c))
      return share(text, (c) => isKana(c)) > 0.1
        ? 0.6 + share(text, (c) => isKana(c) || isAsianPunctuation(c)) * 0.5 - halfWidth
        : 0.2 - halfWidth
    }
    case 'euc-kr':
      return share(text, isHangul) * 1.1
    default: {
      const usual = usualLetters[encoding]
      const isCyrillic = encoding === 'windows-1251' || encoding === 'koi8-r'
      return (
        (usual ? share(text, (c) => usual.test(c)) : 0) *
        wordPlausibility(text) *
        (isCyrillic ? cyrillicPlausibility(text) : 1)
      )
    }
  }
}

// What a handful of accented letters leaves open is decided for the encodings that files come in most.
function isWidespread(encoding: Encoding): boolean {
  return !/^(?:euc|koi8|windows-125[3-57])/u.test(encoding)
}

// A long text may be plain ASCII for as long as a sample is; the part that tells begins where it is not.
function tellingPart(bytes: Uint8Array): Uint8Array {
  if (bytes.length <= sampleLength) return bytes
  let first = 0
  while (first < bytes.length && (bytes[first] as number) < 0x80) first++
  const from = first === bytes.length ? 0 : bytes.lastIndexOf(0x0a, Math.max(0, first - 1000)) + 1
  return bytes.subarray(from, from + sampleLength)
}

/** Which encoding a text is in. A byte order mark decides; then valid UTF-8; then UTF-16 without a mark; then the legacy encoding
 *  whose reading looks most like running text, statistics of `chardet` settling what is close. Plain ASCII is `utf-8`. */
export function detectEncoding(bytes: Uint8Array): DetectedEncoding {
  const marked = byteOrderMark(bytes)
  if (marked) return marked
  const wide = utf16Guess(bytes)
  if (wide) return { encoding: wide, bomLength: 0 }
  const part = tellingPart(bytes)
  if (validUtf8(part, part.length < bytes.length) !== null) return { encoding: 'utf-8', bomLength: 0 }
  const utf8 = readSample(part, 'utf-8')
  const multibyte = share(utf8.text, (character) => character !== '\uFFFD')
  if (utf8.invalid === 0 || (multibyte > 0.9 && utf8.invalid < utf8.characters * 0.01))
    return { encoding: 'utf-8', bomLength: 0 }
  const sample = part
  const votes = new Map<string, number>()
  for (const { name, confidence } of analyse(sample)) {
    const label = name
      .toLowerCase()
      .replace('iso-8859-1', 'windows-1252')
      .replace('iso-8859-2', 'windows-1250')
    votes.set(label, Math.max(votes.get(label) ?? 0, confidence / 100))
  }
  let best: Encoding = 'windows-1252'
  let bestScore = -Infinity
  for (const encoding of legacy) {
    const score =
      plausibility(encoding, readSample(sample, encoding)) +
      (votes.get(encoding) ?? 0) * 0.25 +
      (isWidespread(encoding) ? 0.1 : 0)
    if (score > bestScore + 1e-9) {
      best = encoding
      bestScore = score
    }
  }
  return { encoding: isEncoding(best) ? best : 'windows-1252', bomLength: 0 }
}
