import { describe, expect, it } from 'vitest'
import { parseTranscript } from '../../../shared/transcript/parseTranscript'

const said = 'ANNA: We accept the budget as it is.\n\nBORIS: The ferry is late.\n\nANNA: Then we wait.\n\n'
const spoken = (text: string) =>
  parseTranscript(text)
    .turns.flatMap(({ paragraphs }) => paragraphs.flatMap(({ pieces }) => pieces))
    .map(({ from, to }) => text.slice(from, to).trim())
    .filter((part) => part !== '')

const words = 'accept anchor budget council ferry harbour island lighthouse meeting nets paint repair'.split(
  ' ',
)

describe('an index behind a transcript', () => {
  it('is nobody’s speech: words with their pages and lines, in the order of the alphabet', () => {
    const index = words.map((word, k) => `${word}  ${k + 1}:${k + 3}, ${k + 9}:2`).join('\n')
    expect(spoken(said + index)).toEqual(spoken(said))
  })

  it('may have letters as headings, blank lines and ranges of pages', () => {
    const index = words.map((word, k) => `${k === 2 ? '\nB\n' : ''}${word}, ${k + 1}–${k + 3}`).join('\n')
    expect(spoken(said + index)).toEqual(spoken(said))
  })

  it('is none where the lines follow no alphabet', () => {
    const votes = [...words].reverse().map((word, k) => `${word} ${k + 1}`)
    expect(spoken(said + votes.join('\n')).join('\n')).toContain('repair 1')
  })

  it('is none where there are few lines', () => {
    expect(spoken(`${said}accept 3\nbudget 4`).join('\n')).toContain('budget 4')
  })
})
