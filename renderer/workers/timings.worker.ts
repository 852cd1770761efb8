import { z } from 'zod'
import { combine } from '../../shared/alignment/byText/combine'
import { alignmentFromWords } from '../../shared/alignment/byText/fromWords'
import { transferTimes } from '../../shared/alignment/byText/transferTimes'
import { decodeTimings, readTimings } from '../../shared/formats/recognisers/readTimings'
import type { TimingsJob, TimingsMessage } from './timingsMessages'

// Compiled validators would need eval, which the page's policy forbids.
z.config({ jitless: true })

const scope = globalThis as unknown as {
  onmessage: ((event: MessageEvent<TimingsJob>) => void) | null
  postMessage(message: TimingsMessage): void
}

scope.onmessage = ({ data: { file, text, pins, duration, language, present } }) => {
  const read = readTimings(decodeTimings(file))
  if (!read.ok) return scope.postMessage({ kind: 'failed', problem: read.error })
  const { words: heard, format } = read.value
  const transfer = transferTimes(text, heard, {
    pins,
    ...(duration > 0 ? { duration } : {}),
    ...(language === null ? {} : { language }),
  })
  const { suggestions } = transfer
  const isCombined = present !== null && transfer.alignment.refused === undefined
  const alignment = isCombined
    ? combine(text, alignmentFromWords(text, present.words, present.doubtfulBelow, duration), transfer)
    : transfer.alignment
  scope.postMessage({ kind: 'done', format, alignment, isCombined, heard, suggestions })
}
