import { z } from 'zod'
import type { HeardPart } from '../../alignment/byText/heardWords'
import { at, head, jsonFormat } from './format'

const duration = z
  .union([
    z
      .string()
      .regex(/^\d+(?:\.\d+)?s$/u)
      .transform((written) => Number(written.slice(0, -1))),
    z
      .object({ seconds: z.coerce.number().default(0), nanos: z.number().default(0) })
      .transform(({ seconds, nanos }) => seconds + nanos / 1e9),
  ])
  .optional()

const word = z.object({
  word: z.string(),
  startTime: duration,
  endTime: duration,
  startOffset: duration,
  endOffset: duration,
})

const schema = z.object({
  results: z.array(
    z.object({
      alternatives: z
        .array(z.object({ transcript: z.string().optional(), words: z.array(word).default([]) }))
        .default([]),
      resultEndTime: duration,
      resultEndOffset: duration,
    }),
  ),
})

type Words = readonly z.infer<typeof word>[]

/** Google Speech-to-Text, versions 1 and 2 (`results[].alternatives[].words[]`, times as `1.300s`). A zero time is left out there. */
export const googleSpeech = jsonFormat(
  'Google Speech-to-Text',
  (value) =>
    head(at(value, 'results')).some(
      (entry) =>
        Array.isArray(at(entry, 'alternatives', 0, 'words')) ||
        at(entry, 'resultEndTime') !== undefined ||
        at(entry, 'resultEndOffset') !== undefined,
    ),
  schema,
  ({ results }) => {
    const lists = results.map(({ alternatives }): Words => alternatives[0]?.words ?? [])
    const last = lists.at(-1) ?? []
    const others = lists.slice(0, -1).reduce((sum, { length }) => sum + length, 0)
    // With speakers told apart, the last result says every word of the others again.
    if (others > 0 && last.length >= others && startOf(last[0]) <= startOf(lists[0]?.[0]))
      return last.map(partOf)
    let end = 0
    return results.flatMap(({ alternatives, resultEndTime, resultEndOffset }, k): HeardPart[] => {
      const words = (lists[k] as Words).map(partOf)
      const from = end
      end = resultEndTime ?? resultEndOffset ?? words.at(-1)?.end ?? end
      if (words.length > 0) return words
      const text = alternatives[0]?.transcript ?? ''
      return text.trim() === '' ? [] : [{ text, start: from, end }]
    })
  },
)

function startOf(entry: Words[number] | undefined): number {
  return entry?.startTime ?? entry?.startOffset ?? 0
}

function partOf(entry: Words[number]): HeardPart {
  return { text: entry.word, start: startOf(entry), end: entry.endTime ?? entry.endOffset ?? null }
}
