import { z } from 'zod'
import type { HeardPart } from '../../alignment/byText/heardWords'
import { at, head, jsonFormat } from './format'

const time = z.number().finite().nullish()

const word = z
  .object({ word: z.string().optional(), text: z.string().optional(), start: time, end: time })
  .refine(({ word: own, text }) => own !== undefined || text !== undefined)

type Word = z.infer<typeof word>

const isWord = (entry: unknown) =>
  at(entry, 'start') !== undefined &&
  (typeof at(entry, 'word') === 'string' || typeof at(entry, 'text') === 'string')

function partOf({ word: own, text, start = null, end = null }: Word, unit: number): HeardPart {
  return {
    text: own ?? text ?? '',
    start: start === null ? null : start / unit,
    end: end === null ? null : end / unit,
  }
}

/** AssemblyAI (`words[]` of `text`, whole milliseconds). */
export const assemblyAi = jsonFormat(
  'AssemblyAI',
  (value) => isMilliseconds(at(value, 'words')),
  z.object({ words: z.array(word) }),
  ({ words }) => words.map((entry) => partOf(entry, 1000)),
)

// Seconds have fractions; a recogniser that counts milliseconds has none, and its words last more than a hundred of them.
function isMilliseconds(words: unknown): boolean {
  const entries = Array.isArray(words) ? words : []
  return (
    entries.length > 0 &&
    typeof at(entries[0], 'text') === 'string' &&
    entries.every((entry) =>
      [at(entry, 'start'), at(entry, 'end')].every((value) => Number.isInteger(value)),
    ) &&
    entries.some((entry) => Number(at(entry, 'end')) - Number(at(entry, 'start')) >= 50)
  )
}

/** Any `[{ word, start, end }]` or `{ words: [{ word, start, end }] }`, in seconds; `text` may stand for `word`. */
export const plainWords = jsonFormat(
  'JSON',
  (value) => head(Array.isArray(value) ? value : at(value, 'words')).some(isWord),
  z.union([z.array(word), z.object({ words: z.array(word) }).transform(({ words }) => words)]),
  (words) => words.map((entry) => partOf(entry, 1)),
)
