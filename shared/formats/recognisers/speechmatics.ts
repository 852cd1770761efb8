import { z } from 'zod'
import { at, head, jsonFormat } from './format'

const schema = z.object({
  results: z.array(
    z.object({
      type: z.string(),
      start_time: z.number().finite(),
      end_time: z.number().finite(),
      alternatives: z.array(z.object({ content: z.string() })).default([]),
    }),
  ),
})

/** Speechmatics (`results[]` of words and punctuation, seconds). */
export const speechmatics = jsonFormat(
  'Speechmatics',
  (value) =>
    head(at(value, 'results')).some(
      (entry) => typeof at(entry, 'type') === 'string' && at(entry, 'alternatives') !== undefined,
    ),
  schema,
  ({ results }) =>
    results
      .filter(({ type }) => type === 'word' || type === 'punctuation' || type === 'entity')
      .map(({ alternatives, start_time, end_time }) => ({
        text: alternatives[0]?.content ?? '',
        start: start_time,
        end: end_time,
      })),
)
