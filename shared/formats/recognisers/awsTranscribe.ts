import { z } from 'zod'
import { at, jsonFormat } from './format'

const seconds = z
  .union([z.string().regex(/^\d+(?:\.\d+)?$/u), z.number().finite()])
  .transform(Number)
  .optional()

const schema = z.object({
  results: z.object({
    items: z.array(
      z.object({
        start_time: seconds,
        end_time: seconds,
        alternatives: z.array(z.object({ content: z.string() })).min(1),
      }),
    ),
  }),
})

/** Amazon Transcribe (`results.items[]`): times are strings of seconds, punctuation has none. */
export const awsTranscribe = jsonFormat(
  'Amazon Transcribe',
  (value) => Array.isArray(at(value, 'results', 'items')),
  schema,
  ({ results }) =>
    results.items.map(({ start_time, end_time, alternatives }) => ({
      text: alternatives[0]?.content ?? '',
      start: start_time ?? null,
      end: end_time ?? null,
    })),
)
