import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type MarkedTranscript, readMarked } from '../../support/marked'
import { inspected } from '../../support/text'

const folder = new URL('../../fixtures/conventions/', import.meta.url)
const files = readdirSync(folder).sort()

const plain = (said: string) =>
  said
    .replaceAll('¶', '')
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(
      /(?<=[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]) | (?=[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef])/gu,
      '',
    )

const asked = ({ turns }: MarkedTranscript) =>
  turns.map(
    ({ speaker, said, label }) =>
      `${speaker === null ? label.replace(' :', '') : `${speaker}:`} ${plain(said)}`,
  )

function found({ text }: MarkedTranscript): string[] {
  return inspected(text)
    .turns.filter(({ label }) => label !== null)
    .map(({ speaker, label, text: said }) => `${speaker === null ? label : `${speaker}:`} ${plain(said)}`)
}

describe.each(files)('the conventions of %s', (file) => {
  const transcripts = readMarked(readFileSync(new URL(file, folder), 'utf8'))

  it.each(transcripts.map((transcript) => [transcript.name, transcript] as const))(
    '%s',
    (_name, transcript) => {
      expect(found(transcript)).toEqual(asked(transcript))
      const { turns, marks } = inspected(transcript.text)
      for (const [index, { from, label, said }] of transcript.turns.entries()) {
        const turn = turns[index]
        const written = turn?.label ?? ''
        const at = transcript.text.indexOf(written, turn?.from)
        expect([written, at >= from, at + written.length <= from + label.length]).toEqual([
          written,
          true,
          true,
        ])
        // Beside the name, a label has punctuation, times, numbers and the tags of the Knesset.
        expect(label.replace(written, '').replace(/<<[^<>]*>>/gu, '')).not.toMatch(/\p{L}{4}/u)
        if (said.includes('¶')) expect(turn?.text).toBe(said.split('¶').map(plain).join('\n'))
      }
      for (const from of transcript.remarks)
        expect(marks.some((mark) => mark.from <= from + 1 && mark.to > from)).toBe(true)
    },
  )
})
