import { z } from 'zod'
import type { HeardPart } from '../../alignment/byText/heardWords'
import { at, head, jsonFormat } from './format'

const time = z.number().finite().nullish()

const schema = z.object({
  segments: z.array(
    z.object({
      text: z.string().optional(),
      start: time,
      end: time,
      words: z
        .array(
          z
            .object({ word: z.string().optional(), text: z.string().optional(), start: time, end: time })
            .refine(({ word, text }) => word !== undefined || text !== undefined),
        )
        .nullish(),
    }),
  ),
})

/** openai-whisper, faster-whisper, stable-ts and WhisperX (`segments[]`, in seconds): with word times, without, and with some missing. */
export const whisper = jsonFormat(
  'Whisper',
  (value) => head(at(value, 'segments')).some((entry) => at(entry, 'start') !== undefined && hasText(entry)),
  schema,
  ({ segments }) =>
    segments.flatMap(({ text = '', start = null, end = null, words }): HeardPart[] =>
      words && words.length > 0
        ? words.map((word) => ({
            text: word.word ?? word.text ?? '',
            start: word.start ?? null,
            end: word.end ?? null,
          }))
        : [{ text, start, end }],
    ),
)

function hasText(segment: unknown): boolean {
  return typeof at(segment, 'text') === 'string' || Array.isArray(at(segment, 'words'))
}
