import { z } from 'zod'
import type { HeardPart } from '../../alignment/byText/heardWords'
import { at, head, jsonFormat } from './format'

/** A tick is 100 ns. */
const ticks = z
  .number()
  .finite()
  .transform((count) => count / 1e7)
const milliseconds = z
  .number()
  .finite()
  .transform((count) => count / 1000)

const live = z.object({
  Offset: ticks,
  Duration: ticks,
  DisplayText: z.string().optional(),
  NBest: z
    .array(
      z.object({
        Display: z.string().optional(),
        Words: z.array(z.object({ Word: z.string(), Offset: ticks, Duration: ticks })).optional(),
      }),
    )
    .default([]),
})

const batchWord = z.object({ word: z.string(), offsetInTicks: ticks, durationInTicks: ticks })

const batch = z.object({
  recognizedPhrases: z.array(
    z.object({
      offsetInTicks: ticks,
      durationInTicks: ticks,
      nBest: z
        .array(
          z.object({
            display: z.string().default(''),
            words: z.array(batchWord).optional(),
            displayWords: z
              .array(z.object({ displayText: z.string(), offsetInTicks: ticks, durationInTicks: ticks }))
              .optional(),
          }),
        )
        .default([]),
    }),
  ),
})

const fast = z.object({
  phrases: z.array(
    z.object({
      text: z.string(),
      offsetMilliseconds: milliseconds,
      durationMilliseconds: milliseconds,
      words: z
        .array(
          z.object({
            text: z.string(),
            offsetMilliseconds: milliseconds,
            durationMilliseconds: milliseconds,
          }),
        )
        .optional(),
    }),
  ),
})

function part(text: string, start: number, length: number): HeardPart {
  return { text, start, end: start + length }
}

/** Azure Speech as it comes while it listens (`NBest[].Words[]`, ticks of 100 ns), one result or a list of them. */
export const azureLive = jsonFormat(
  'Azure Speech',
  (value) =>
    [value, ...head(value)].some(
      (entry) => Array.isArray(at(entry, 'NBest')) && at(entry, 'Offset') !== undefined,
    ),
  z.union([z.array(live), live.transform((one) => [one])]),
  (results) =>
    results.flatMap(({ Offset, Duration, DisplayText = '', NBest: [best] }) =>
      best?.Words && best.Words.length > 0
        ? best.Words.map((word) => part(word.Word, word.Offset, word.Duration))
        : [part(best?.Display ?? DisplayText, Offset, Duration)],
    ),
)

/** Azure Speech, batch (`recognizedPhrases[].nBest[]`, ticks of 100 ns). */
export const azureBatch = jsonFormat(
  'Azure Speech',
  (value) => Array.isArray(at(value, 'recognizedPhrases')),
  batch,
  ({ recognizedPhrases }) =>
    recognizedPhrases.flatMap(({ offsetInTicks, durationInTicks, nBest: [best] }) => {
      if (best?.displayWords && best.displayWords.length > 0)
        return best.displayWords.map((word) =>
          part(word.displayText, word.offsetInTicks, word.durationInTicks),
        )
      if (best?.words && best.words.length > 0)
        return best.words.map((word) => part(word.word, word.offsetInTicks, word.durationInTicks))
      return [part(best?.display ?? '', offsetInTicks, durationInTicks)]
    }),
)

/** Azure Speech, fast transcription (`phrases[].words[]`, milliseconds). */
export const azureFast = jsonFormat(
  'Azure Speech',
  (value) => head(at(value, 'phrases')).some((entry) => at(entry, 'offsetMilliseconds') !== undefined),
  fast,
  ({ phrases }) =>
    phrases.flatMap(({ text, offsetMilliseconds, durationMilliseconds, words }) =>
      words && words.length > 0
        ? words.map((word) => part(word.text, word.offsetMilliseconds, word.durationMilliseconds))
        : [part(text, offsetMilliseconds, durationMilliseconds)],
    ),
)
