import { z } from 'zod'
import { at, head, jsonFormat } from './format'

const schema = z.object({
  monologues: z.array(
    z.object({
      elements: z.array(
        z.object({
          type: z.string(),
          value: z.string().default(''),
          ts: z.number().finite().nullish(),
          end_ts: z.number().finite().nullish(),
        }),
      ),
    }),
  ),
})

/** Rev AI (`monologues[].elements[]`, seconds). */
export const revAi = jsonFormat(
  'Rev AI',
  (value) => head(at(value, 'monologues')).some((entry) => Array.isArray(at(entry, 'elements'))),
  schema,
  ({ monologues }) =>
    monologues.flatMap(({ elements }) =>
      elements
        .filter(({ type }) => type === 'text' || type === 'punct')
        .map(({ value, ts = null, end_ts = null }) => ({ text: value, start: ts, end: end_ts })),
    ),
)
