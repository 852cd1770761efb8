import { z } from 'zod'
import type { HeardPart } from '../../alignment/byText/heardWords'
import { at, head, jsonFormat } from './format'

const offsets = z.object({ from: z.number().finite(), to: z.number().finite() })

const schema = z.object({
  transcription: z.array(
    z.object({
      offsets,
      text: z.string(),
      tokens: z.array(z.object({ text: z.string(), offsets: offsets.optional() })).optional(),
    }),
  ),
})

type Segment = z.infer<typeof schema>['transcription'][number]

/** whisper.cpp (`transcription[]`, milliseconds), with tokens (`-ojf`) or without. */
export const whisperCpp = jsonFormat(
  'whisper.cpp',
  (value) => head(at(value, 'transcription')).some((entry) => at(entry, 'offsets') !== undefined),
  schema,
  ({ transcription }) => transcription.flatMap((segment) => fromTokens(segment) ?? [whole(segment)]),
)

function whole({ text, offsets: { from, to } }: Segment): HeardPart {
  return { text, start: from / 1000, end: to / 1000 }
}

// A token that begins with a space begins a word. Tokens can be halves of a character; then only the segment's text is good.
function fromTokens({ tokens = [] }: Segment): HeardPart[] | null {
  const words: { text: string; start: number; end: number }[] = []
  for (const { text, offsets: place } of tokens) {
    if (/^\[_.*_\]$|^\[_TT_\d+\]$|^<\|.*\|>$/u.test(text.trim())) continue
    if (text.includes('\uFFFD') || !place) return null
    const last = words.at(-1)
    if (last && !/^\s/u.test(text) && !/\p{Script=Han}/u.test(text)) {
      last.text += text
      last.end = place.to / 1000
    } else words.push({ text, start: place.from / 1000, end: place.to / 1000 })
  }
  return words.length > 0 ? words : null
}
