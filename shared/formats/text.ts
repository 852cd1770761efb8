import { err, ok, type Result } from '../result'
import { type Codec, codecOf, type Encoding, type Step, validUtf8 } from '../transcript/codecs'
import { detectEncoding, isBinary } from '../transcript/encoding'
import { dominantLineEnd, type LineEnds, lineEndsOf } from '../transcript/lineEnds'

/** Largest transcript that is opened, bytes. */
const largest = 64 * 1024 * 1024

/** Characters of the document between two entries of `OpenedText.checkpoints`. */
const checkpointDistance = 2048

/** A text file as it was read. Its bytes stay the ground that every save starts from. */
export interface OpenedText {
  readonly bytes: Uint8Array
  readonly encoding: Encoding
  readonly hasBom: boolean
  readonly lineEnds: LineEnds
  /** The decoded text, line ends as in the file. Offsets that the command line prints count in this. */
  readonly text: string
  /** The text with every line end as one `\n`: what the editor holds. Its offsets are those of a session. */
  readonly doc: string
  /** Byte offset of every 2048th character of `doc`, or of the first character after it. */
  readonly checkpoints: readonly { readonly position: number; readonly byte: number }[]
  /** Bytes that are not valid in the encoding; shown as U+FFFD, kept as they are unless edited. */
  readonly invalidBytes: number
}

export type OpenProblem =
  | { readonly kind: 'binary' }
  | { readonly kind: 'tooLarge'; readonly bytes: number; readonly limit: number }

export interface UnencodableProblem {
  readonly kind: 'unencodable'
  readonly encoding: Encoding
  /** The first character that the encoding cannot hold. */
  readonly character: string
  /** Its offset in the edited document. */
  readonly position: number
}

/** A stretch of the opened document and what stands there now, like CodeMirror's changed ranges. */
export interface ChangedStretch {
  readonly fromA: number
  readonly toA: number
  readonly fromB: number
  readonly toB: number
}

/** Reads a text in the encoding that it is in, or in the one given. */
export function openText(
  bytes: Uint8Array,
  options: { readonly encoding?: Encoding } = {},
): Result<OpenedText, OpenProblem> {
  if (bytes.length > largest) return err({ kind: 'tooLarge', bytes: bytes.length, limit: largest })
  // Who asks for UTF-16 says that zero bytes are text.
  if (!options.encoding?.startsWith('utf-16') && isBinary(bytes)) return err({ kind: 'binary' })
  const detected = detectEncoding(bytes)
  const encoding = options.encoding ?? detected.encoding
  const bomLength = encoding === detected.encoding ? detected.bomLength : 0
  const valid = encoding === 'utf-8' ? validUtf8(bytes.subarray(bomLength)) : null
  const { text, checkpoints, invalidBytes } =
    valid === null
      ? decoded(bytes, bomLength, encoding)
      : { text: valid, checkpoints: checkpointsOf(valid, bomLength), invalidBytes: 0 }
  return ok({
    bytes,
    encoding,
    hasBom: bomLength > 0,
    lineEnds: lineEndsOf(text),
    text,
    doc: text.replace(/\r\n?/g, '\n'),
    checkpoints,
    invalidBytes,
  })
}

type Checkpoints = { position: number; byte: number }[]

// Of valid UTF-8.
function checkpointsOf(text: string, from: number): Checkpoints {
  const checkpoints: Checkpoints = []
  let position = 0
  let next = 0
  let byte = from
  for (let at = 0, previous = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    // A checkpoint never stands between the halves of a line end.
    if (unit !== 0x0a || previous !== 0x0d) {
      if (position >= next) {
        checkpoints.push({ position, byte })
        next = position + checkpointDistance
      }
      position++
    }
    previous = unit
    if (unit < 0x80) byte++
    else if (unit < 0x800) byte += 2
    else if (unit < 0xd800 || unit > 0xdfff) byte += 3
    else {
      byte += 4
      position++
      at++
    }
  }
  return checkpoints
}

// Character by character, whatever the bytes are.
function decoded(bytes: Uint8Array, from: number, encoding: Encoding) {
  const codec = codecOf(encoding)
  const parts: string[] = []
  const checkpoints: Checkpoints = []
  let position = 0
  let next = 0
  let invalidBytes = 0
  let previous = ''
  const step: Step = { size: 0, text: '', isInvalid: false }
  const isAscii = !encoding.startsWith('utf-16')
  for (let at = from; at < bytes.length; at += step.size) {
    const run = isAscii ? plainRun(bytes, at, next > position ? next - position : checkpointDistance) : 0
    if (run > 0) {
      step.size = run
      step.text = String.fromCharCode(...bytes.subarray(at, at + run))
      step.isInvalid = false
    } else codec.read(bytes, at, step)
    if (step.isInvalid) invalidBytes += step.size
    const isSecondOfPair = step.text === '\n' && previous === '\r'
    // A checkpoint never stands between the halves of a line end.
    if (position >= next && !isSecondOfPair) {
      checkpoints.push({ position, byte: at })
      next = position + checkpointDistance
    }
    if (!isSecondOfPair) position += step.text.length
    previous = step.text
    parts.push(step.text)
  }
  return { text: parts.join(''), checkpoints, invalidBytes }
}

// How many bytes from `at` are letters and signs of ASCII, which every encoding but UTF-16 has in common; most files are little else.
function plainRun(bytes: Uint8Array, at: number, most: number): number {
  const end = Math.min(bytes.length, at + most)
  let to = at
  while (to < end && (bytes[to] as number) >= 0x20 && (bytes[to] as number) < 0x7f) to++
  return to - at
}

/** Where `position` (offset in `opened.doc`) begins in the bytes. */
export function byteOffset(opened: OpenedText, position: number): number {
  const { checkpoints, bytes } = opened
  let low = 0
  let high = checkpoints.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((checkpoints[middle] as { position: number }).position <= position) low = middle
    else high = middle - 1
  }
  const start = checkpoints[low]
  if (!start) return bytes.length
  const codec = codecOf(opened.encoding)
  const step: Step = { size: 0, text: '', isInvalid: false }
  let at = start.byte
  let reached = start.position
  while (reached < position && at < bytes.length) {
    codec.read(bytes, at, step)
    at += step.size
    reached += step.text.length
    if (step.text === '\r' && at < bytes.length) {
      codec.read(bytes, at, step)
      if ((step.text as string) === '\n') at += step.size
    }
  }
  return at
}

/** The file with the changes written into it: bytes outside the changed stretches are those of `opened`, and so are those inside
 *  them whose text came back. New line ends are like the file's most frequent ones.
 *  @param doc the edited document
 *  @param changes from `opened.doc` to `doc`, in order */
export function saveText(
  opened: OpenedText,
  doc: string,
  changes: readonly ChangedStretch[],
): Result<Uint8Array, UnencodableProblem> {
  const pieces: Uint8Array[] = []
  const codec = codecOf(opened.encoding)
  const lineEnd = dominantLineEnd(opened.lineEnds)
  const [carriageReturn, lineFeed] = ['\r', '\n'].map((end) => Uint8Array.from(codec.write(end) ?? [])) as [
    Uint8Array,
    Uint8Array,
  ]
  // A lone CR that comes to stand before an LF would be read with it as one line end: it becomes a CRLF of its own.
  const push = (piece: Uint8Array) => {
    const last = pieces.at(-1)
    if (piece.length === 0) return
    if (last && endsWith(last, carriageReturn) && endsWith(piece.subarray(0, lineFeed.length), lineFeed))
      pieces.push(lineFeed)
    pieces.push(piece)
  }
  let kept = 0
  for (const change of changes.flatMap((change) => refine(opened.doc, doc, change))) {
    const inserted = encode(codec, doc, change.fromB, change.toB, lineEnd)
    if (typeof inserted === 'number') {
      return err({
        kind: 'unencodable',
        encoding: opened.encoding,
        character: String.fromCodePoint(doc.codePointAt(inserted) as number),
        position: inserted,
      })
    }
    push(opened.bytes.subarray(kept, byteOffset(opened, change.fromA)))
    push(inserted)
    kept = byteOffset(opened, change.toA)
  }
  push(opened.bytes.subarray(kept))
  return ok(concatenate(pieces))
}

/** The same document in another encoding, with a byte order mark where that is usual (UTF-16). */
export function reencode(
  opened: OpenedText,
  doc: string,
  encoding: Encoding,
): Result<OpenedText, UnencodableProblem | OpenProblem> {
  const hasMark =
    encoding === 'utf-16le' || encoding === 'utf-16be' || (encoding === 'utf-8' && opened.hasBom)
  const lineEnd = dominantLineEnd(opened.lineEnds)
  const codec = codecOf(encoding)
  const body = encode(codec, doc, 0, doc.length, lineEnd)
  if (typeof body === 'number') {
    const character = String.fromCodePoint(doc.codePointAt(body) as number)
    return err({ kind: 'unencodable', encoding, character, position: body })
  }
  const mark = Uint8Array.from(hasMark ? (codec.write('\uFEFF') ?? []) : [])
  return openText(concatenate([mark, body]), { encoding })
}

// The encoded stretch, or the offset of the first character that has no bytes.
function encode(codec: Codec, doc: string, from: number, to: number, lineEnd: string): Uint8Array | number {
  const out: number[] = []
  for (let at = from; at < to; ) {
    const character = String.fromCodePoint(doc.codePointAt(at) as number)
    if (character === '\n') {
      for (const part of lineEnd) out.push(...(codec.write(part) ?? []))
    } else {
      const bytes = codec.write(character)
      if (!bytes) return at
      for (const byte of bytes) out.push(byte)
    }
    at += character.length
  }
  return Uint8Array.from(out)
}

function endsWith(bytes: Uint8Array, end: Uint8Array): boolean {
  const from = bytes.length - end.length
  return from >= 0 && end.every((byte, index) => bytes[from + index] === byte)
}

function concatenate(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}

// Splits a changed stretch into what really differs: common ends are dropped, then common lines in the middle are kept.
function refine(before: string, after: string, change: ChangedStretch): ChangedStretch[] {
  const trimmed = trim(before, after, change)
  if (!trimmed) return []
  const a = before.slice(trimmed.fromA, trimmed.toA)
  const b = after.slice(trimmed.fromB, trimmed.toB)
  if (!a.includes('\n') || !b.includes('\n')) return [trimmed]
  return commonLines(a, b).flatMap((part) => {
    const shifted = {
      fromA: trimmed.fromA + part.fromA,
      toA: trimmed.fromA + part.toA,
      fromB: trimmed.fromB + part.fromB,
      toB: trimmed.fromB + part.toB,
    }
    const left = trim(before, after, shifted)
    return left ? [left] : []
  })
}

function isLowSurrogate(text: string, at: number): boolean {
  const unit = text.charCodeAt(at)
  return unit >= 0xdc00 && unit <= 0xdfff
}

function trim(before: string, after: string, change: ChangedStretch): ChangedStretch | null {
  let { fromA, toA, fromB, toB } = change
  while (fromA < toA && fromB < toB && before[fromA] === after[fromB]) {
    fromA++
    fromB++
  }
  // Half a surrogate pair has no bytes of its own.
  while (fromA > change.fromA && (isLowSurrogate(before, fromA) || isLowSurrogate(after, fromB))) {
    fromA--
    fromB--
  }
  while (toA > fromA && toB > fromB && before[toA - 1] === after[toB - 1]) {
    toA--
    toB--
  }
  while (toA < change.toA && (isLowSurrogate(before, toA) || isLowSurrogate(after, toB))) {
    toA++
    toB++
  }
  return fromA === toA && fromB === toB ? null : { fromA, toA, fromB, toB }
}

// Lines that occur once on each side and in the same order are kept (patience diff); the rest is changed.
function commonLines(a: string, b: string): ChangedStretch[] {
  const linesA = offsets(a)
  const linesB = offsets(b)
  const uniqueB = unique(linesB)
  const pairs: { a: Line; b: Line }[] = []
  for (const [text, line] of unique(linesA)) {
    const other = uniqueB.get(text)
    if (line && other) pairs.push({ a: line, b: other })
  }
  pairs.sort((x, y) => x.a.from - y.a.from)
  const kept = increasing(pairs)
  const changes: ChangedStretch[] = []
  let fromA = 0
  let fromB = 0
  for (const pair of [
    ...kept,
    { a: { from: a.length, to: a.length }, b: { from: b.length, to: b.length } },
  ]) {
    if (pair.a.from > fromA || pair.b.from > fromB)
      changes.push({ fromA, toA: pair.a.from, fromB, toB: pair.b.from })
    fromA = pair.a.to
    fromB = pair.b.to
  }
  return changes
}

interface Line {
  readonly from: number
  readonly to: number
}

function offsets(text: string): (Line & { text: string })[] {
  const lines: (Line & { text: string })[] = []
  let from = 0
  while (from < text.length) {
    const end = text.indexOf('\n', from)
    const to = end < 0 ? text.length : end + 1
    lines.push({ from, to, text: text.slice(from, to) })
    from = to
  }
  return lines
}

function unique(lines: readonly (Line & { text: string })[]): Map<string, Line | null> {
  const found = new Map<string, Line | null>()
  for (const line of lines) found.set(line.text, found.has(line.text) ? null : line)
  return found
}

// Longest run of pairs that increases on both sides.
function increasing(pairs: readonly { a: Line; b: Line }[]): { a: Line; b: Line }[] {
  const tails: number[] = []
  const before: number[] = []
  for (const [index, pair] of pairs.entries()) {
    let low = 0
    let high = tails.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((pairs[tails[middle] as number] as { b: Line }).b.from < pair.b.from) low = middle + 1
      else high = middle
    }
    before[index] = low > 0 ? (tails[low - 1] as number) : -1
    tails[low] = index
  }
  const run: { a: Line; b: Line }[] = []
  for (let index = tails.at(-1) ?? -1; index >= 0; index = before[index] as number)
    run.unshift(pairs[index] as { a: Line; b: Line })
  return run
}
