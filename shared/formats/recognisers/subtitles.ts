import type { HeardPart } from '../../alignment/byText/heardWords'
import { ok } from '../../result'
import { isSubtitles, plainCueText, readCues, timeOf } from '../../subtitles/readSubtitles'
import type { TextFormat } from './format'

const stamp = /<((?:\d{1,4}:)?\d{1,2}:\d{2}\.\d{1,3})>/u

/** SubRip and WebVTT. Times inside a cue (`<00:00:01.000>`) give words their own; lines that a rolling caption shows again count once. */
export const subtitles: TextFormat = {
  name: 'SRT, VTT',
  isShape: isSubtitles,
  read: (text) => {
    const parts: HeardPart[] = []
    const cues = readCues(text)
    const isRolling = cues.some(({ text: said }) => stamp.test(said))
    let shown: readonly string[] = []
    for (const { start, end, text: said } of cues) {
      const lines = said.split('\n')
      const fresh = isRolling ? lines.filter((line) => !shown.includes(plainCueText(line).words)) : lines
      shown = lines.map((line) => plainCueText(line).words)
      parts.push(...partsOf(fresh.join('\n'), start, end))
    }
    return ok(parts)
  },
}

function partsOf(said: string, start: number, end: number): HeardPart[] {
  const pieces = said.split(new RegExp(stamp, 'gu'))
  const parts: HeardPart[] = []
  for (let k = 0; k < pieces.length; k += 2) {
    const { words } = plainCueText(pieces[k] as string)
    const from = k === 0 ? start : timeOf(pieces[k - 1] as string)
    const to = k + 1 < pieces.length ? timeOf(pieces[k + 1] as string) : end
    if (words !== '') parts.push({ text: words, start: from, end: to })
  }
  return parts
}
