import { z } from 'zod'
import { at, head, jsonFormat } from './format'

const one = z.object({
  result: z
    .array(z.object({ word: z.string(), start: z.number().finite(), end: z.number().finite() }))
    .default([]),
})

/** Vosk and Kaldi (`result[]`, seconds): one result, or a list of them as they came. */
export const vosk = jsonFormat(
  'Vosk',
  (value) => [value, ...head(value)].some((entry) => Array.isArray(at(entry, 'result'))),
  z.union([z.array(one), one.transform((single) => [single])]),
  (results) =>
    results.flatMap(({ result }) => result.map(({ word, start, end }) => ({ text: word, start, end }))),
)
