import type { HeardPart } from '../../alignment/byText/heardWords'
import { err, ok } from '../../result'
import type { TextFormat } from './format'

/** The table that Whisper writes: `start`, `end`, `text`, apart by tabs, milliseconds. */
export const whisperTsv: TextFormat = {
  name: 'Whisper TSV',
  isShape: (text) => /^start\tend\ttext[ \t]*\r?(?:\n|$)/u.test(text),
  read: (text) => {
    const parts: HeardPart[] = []
    for (const [index, written] of text.split(/\r\n?|\n/u).entries()) {
      if (index === 0 || written.trim() === '') continue
      const match = /^(\d+)\t(\d+)\t(.*)$/u.exec(written)
      if (!match) return err(`line ${index + 1}`)
      const [, start, end, said = ''] = match
      parts.push({ text: said, start: Number(start) / 1000, end: Number(end) / 1000 })
    }
    return ok(parts)
  },
}
