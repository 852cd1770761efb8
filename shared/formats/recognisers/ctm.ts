import type { HeardPart } from '../../alignment/byText/heardWords'
import { err, ok } from '../../result'
import type { TextFormat } from './format'

const line = /^(\S+)\s+(\S+)\s+(\d+(?:\.\d+)?)\s+(\d+(?:\.\d+)?)\s+(\S+)(?:\s+\S+){0,2}\s*$/u

const linesOf = (text: string) =>
  text.split(/\r\n?|\n/u).map((written, index) => ({ written, number: index + 1 }))
const isContent = ({ written }: { written: string }) => written.trim() !== '' && !written.startsWith(';;')

/** CTM of NIST's scoring tools: `recording channel start duration word [confidence]`, seconds. */
export const ctm: TextFormat = {
  name: 'CTM',
  isShape: (text) => {
    const first = linesOf(text.slice(0, 20_000)).slice(0, 60).filter(isContent).slice(0, 20)
    return first.length > 0 && first.filter(({ written }) => line.test(written)).length >= 0.8 * first.length
  },
  read: (text) => {
    const parts: HeardPart[] = []
    for (const entry of linesOf(text).filter(isContent)) {
      const match = line.exec(entry.written)
      if (!match) return err(`line ${entry.number}`)
      const [, , , start = '', duration = '', word = ''] = match
      // Silence, noise and hesitations without a word.
      if (/^(?:<.*>|@.*|\[.*\])$/u.test(word)) continue
      parts.push({ text: word, start: Number(start), end: Number(start) + Number(duration) })
    }
    return ok(parts)
  },
}
