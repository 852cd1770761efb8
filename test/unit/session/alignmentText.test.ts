import { expect, it } from 'vitest'
import { alignmentText } from '../../../shared/session/alignmentText'
import { parseTranscript } from '../../../shared/transcript/parseTranscript'

const spoken = (text: string) => alignmentText(text, parseTranscript(text)).pieces.map((piece) => piece.text)

const cues = [
  ['00:00:02', '100', '00:00:07', '600', 'Good morning, counsel. We are on the record.'],
  [
    '00:00:07',
    '600',
    '00:00:14',
    '000',
    'Thank you. My name is Joanna Whitfield,\nand I live at Orchard Lane.',
  ],
  ['00:00:14', '100', '00:00:17', '700', 'Please state your name and address for the record.'],
] as const

const said = (text: string) => spoken(text).join(' ').replace(/\s+/gu, ' ')
const all = cues.map(([, , , , words]) => words.replace('\n', ' ')).join(' ')

it('of subtitles that are opened as a text, numbers and times are not spoken', () => {
  const subRip = cues.map(([a, b, c, d, words], index) => `${index + 1}\n${a},${b} --> ${c},${d}\n${words}\n`)
  expect(said(subRip.join('\n'))).toBe(all)
  const web = cues.map(([a, b, c, d, words]) => `${a}.${b} --> ${c}.${d} align:start\n${words}\n`)
  expect(said(['WEBVTT\n', ...web].join('\n'))).toBe(all)
  const short = cues.map(([a, b, c, d, words]) => `${a.slice(3)}.${b} --> ${c.slice(3)}.${d}\n${words}\n`)
  expect(said(['WEBVTT\n', ...short].join('\n'))).toBe(all)
})
