import { z } from 'zod'
import { at, jsonFormat } from './format'

const word = z.object({
  word: z.string(),
  punctuated_word: z.string().optional(),
  start: z.number().finite(),
  end: z.number().finite(),
})

const schema = z.object({
  results: z.object({
    channels: z.array(z.object({ alternatives: z.array(z.object({ words: z.array(word).default([]) })) })),
  }),
})

/** Deepgram (`results.channels[].alternatives[].words[]`, seconds): the best alternative of every channel. */
export const deepgram = jsonFormat(
  'Deepgram',
  (value) => Array.isArray(at(value, 'results', 'channels')),
  schema,
  ({ results }) =>
    results.channels
      .flatMap(({ alternatives }) => alternatives[0]?.words ?? [])
      .sort((a, b) => a.start - b.start)
      .map(({ word: plain, punctuated_word, start, end }) => ({
        text: punctuated_word ?? plain,
        start,
        end,
      })),
)
