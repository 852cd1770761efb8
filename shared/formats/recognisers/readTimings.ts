import { type HeardPart, type HeardWord, heardWords } from '../../alignment/byText/heardWords'
import { err, ok, type Result } from '../../result'
import { subtitleFormat } from '../../subtitles/readSubtitles'
import { decodeStrictly } from '../../transcript/codecs'
import { openText } from '../text'
import { awsTranscribe } from './awsTranscribe'
import { azureBatch, azureFast, azureLive } from './azureSpeech'
import { ctm } from './ctm'
import { deepgram } from './deepgram'
import type { JsonFormat, TextFormat } from './format'
import { googleSpeech } from './googleSpeech'
import { jsonStop } from './jsonStop'
import { assemblyAi, plainWords } from './plainWords'
import { revAi } from './revAi'
import { speechmatics } from './speechmatics'
import { subtitles } from './subtitles'
import { vosk } from './vosk'
import { whisper } from './whisper'
import { whisperCpp } from './whisperCpp'
import { whisperTsv } from './whisperTsv'

/** What recognisers write as JSON; the first whose shape fits is taken. */
export const jsonFormats: readonly JsonFormat[] = [
  whisperCpp,
  whisper,
  awsTranscribe,
  deepgram,
  speechmatics,
  googleSpeech,
  azureLive,
  azureBatch,
  azureFast,
  revAi,
  vosk,
  assemblyAi,
  plainWords,
]

export const textFormats: readonly TextFormat[] = [whisperTsv, subtitles, ctm]

/** Words with times, from one of the formats above. */
export interface Timings {
  /** Name of the format. */
  readonly format: string
  /** It is text that a person may have written and may want to edit (subtitles), no recogniser's own output. */
  readonly isSubtitles: boolean
  readonly words: readonly HeardWord[]
}

/** Counted from 1. */
interface TextPlace {
  readonly line: number
  readonly column: number
}

export type TimingsProblem =
  /** In none of the formats. */
  | { readonly kind: 'notTimings' }
  /** JSON that breaks off or has a mistake. */
  | ({ readonly kind: 'brokenJson' } & TextPlace)
  /** In `format`, but not as it should be at `place`: `segments.3.start`, `line 12`. */
  | { readonly kind: 'malformedTimings'; readonly format: string; readonly place: string }
  /** In `format`, without a word that has a time. */
  | { readonly kind: 'noWords'; readonly format: string }

const jsonBeginning = /^\s*(?:\{\s*["}]|\[\s*[[{\]])/u

/** Longest recording, seconds; a later time is none. */
const longest = 1000 * 3600

/** Reads a recogniser's words, recognised by their shape. */
export function readTimings(text: string): Result<Timings, TimingsProblem> {
  const plain = text.replace(/^\uFEFF/u, '')
  if (/^\s*[[{]/u.test(plain) && !/^\s*\[\d/u.test(plain)) {
    const values = jsonValues(plain)
    if (values.ok) return fromJson(values.value)
    return jsonBeginning.test(plain)
      ? err({ kind: 'brokenJson', ...placeIn(plain, values.error) })
      : err({ kind: 'notTimings' })
  }
  const format = textFormats.find(({ isShape }) => isShape(plain))
  return format
    ? finished(
        format === subtitles ? subtitleFormat(plain).toUpperCase() : format.name,
        format.read(plain),
        format === subtitles,
      )
    : err({ kind: 'notTimings' })
}

/** What a file looks like by its beginning: a recogniser's own output (`words`), subtitles, which may also be a transcript, or neither. */
export function shapeOfTimings(text: string): 'words' | 'subtitles' | null {
  const plain = text.replace(/^\uFEFF/u, '')
  if (jsonBeginning.test(plain)) return 'words'
  const format = textFormats.find(({ isShape }) => isShape(plain))
  return format === undefined ? null : format === subtitles ? 'subtitles' : 'words'
}

/** The text of a file of words: UTF-8 or UTF-16 as programs write it; subtitles also in what people's computers once wrote. */
export function decodeTimings(bytes: Uint8Array): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe
  const decoded = decodeStrictly(bytes, isUtf16 ? 'utf-16le' : 'utf-8')
  if (decoded !== null) return decoded
  const opened = openText(bytes)
  return opened.ok ? opened.value.text : ''
}

function fromJson(value: unknown): Result<Timings, TimingsProblem> {
  const format = jsonFormats.find(({ isShape }) => isShape(value))
  return format ? finished(format.name, format.read(value), false) : err({ kind: 'notTimings' })
}

function finished(
  format: string,
  read: Result<readonly HeardPart[], string>,
  areSubtitles: boolean,
): Result<Timings, TimingsProblem> {
  if (!read.ok) return err({ kind: 'malformedTimings', format, place: read.error })
  const isTime = (time: number | null) => time === null || (time >= 0 && time < longest)
  const words = heardWords(read.value.filter(({ start, end }) => isTime(start) && isTime(end)))
  return words.some(({ isTimed }) => isTimed)
    ? ok({ format, isSubtitles: areSubtitles, words })
    : err({ kind: 'noWords', format })
}

// One value, or several on end, as programs write results while they come.
// The error is where it stops being JSON.
function jsonValues(text: string): Result<unknown, number> {
  try {
    return ok(JSON.parse(text))
  } catch {
    const values: unknown[] = []
    for (const [from, part] of topLevelObjects(text)) {
      try {
        values.push(JSON.parse(part))
      } catch {
        return err(from + jsonStop(part))
      }
    }
    return values.length > 1 ? ok(values) : err(jsonStop(text))
  }
}

function placeIn(text: string, position: number): TextPlace {
  const before = text.slice(0, position)
  const lines = before.split('\n')
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 }
}

// With where each begins.
function topLevelObjects(text: string): [number, string][] {
  const parts: [number, string][] = []
  let [depth, from, isString] = [0, 0, false]
  for (let k = 0; k < text.length; k++) {
    const character = text[k]
    if (isString) {
      if (character === '\\') k++
      else if (character === '"') isString = false
    } else if (character === '"') isString = true
    else if (character === '{' || character === '[') {
      if (depth === 0) from = k
      depth++
    } else if (character === '}' || character === ']') {
      depth--
      if (depth === 0) parts.push([from, text.slice(from, k + 1)])
    }
  }
  if (depth !== 0) parts.push([from, text.slice(from)])
  return parts
}
