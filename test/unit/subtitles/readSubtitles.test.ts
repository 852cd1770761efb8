import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isSubtitles, readSubtitles } from '../../../shared/subtitles/readSubtitles'
import { writeSrt, writeVtt } from '../../../shared/subtitles/writeSubtitles'

describe('reading', () => {
  it('takes WebVTT with notes, styles, settings and voices', () => {
    const text = `\uFEFFWEBVTT Kind: captions

NOTE a remark
over two lines

STYLE
::cue { color: red }

intro
00:01.000 --> 00:02.000 align:start position:10%
<v.loud Ana &amp; Bo>Hello <b>you</b>
&lt;there&gt;

01:00:00.500 --> 01:00:01.000
Bye.
`
    expect(readSubtitles(text)).toEqual([
      { speaker: 'Ana & Bo', start: 1, end: 2, text: 'Hello you\n<there>' },
      { speaker: null, start: 3600.5, end: 3601, text: 'Bye.' },
    ])
  })

  it('takes SubRip without numbers and without blank lines', () => {
    const text = '00:00:01,000 --> 00:00:02,000\nOne\n2\n00:00:02,000 --> 00:00:03,000\n主席：两\n'
    expect(readSubtitles(text)).toEqual([
      { speaker: null, start: 1, end: 2, text: 'One' },
      { speaker: '主席', start: 2, end: 3, text: '两' },
    ])
  })

  it('makes nothing of nonsense', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(Array.isArray(readSubtitles(text))).toBe(true)
      }),
    )
    expect(readSubtitles('00:00:02,000 --> 00:00:01,000\nBackwards\n')).toEqual([])
  })

  it('tells subtitles from transcripts', () => {
    expect(isSubtitles('WEBVTT\n')).toBe(true)
    expect(isSubtitles('1\n00:00:01,000 --> 00:00:02,000\nHi\n')).toBe(true)
    expect(isSubtitles('ANA: see 00:00:01,000 --> 00:00:02,000\n')).toBe(false)
    expect(isSubtitles('WEBVTTS are a format\n')).toBe(false)
    expect(isSubtitles('')).toBe(false)
  })
})

it('reads back what was written', () => {
  const cue = fc.record({
    length: fc.integer({ min: 1, max: 9000 }),
    words: fc.constantFrom('Hello.', 'a & b < c', '中文', 'two words'),
  })
  fc.assert(
    fc.property(fc.array(cue, { maxLength: 20 }), (list) => {
      let start = 0
      const cues = list.map(({ length, words }) => {
        const own = { start: start / 1000, end: (start + length) / 1000, lines: [words], speaker: 'ANA' }
        start += length
        return own
      })
      const expected = cues.map(({ lines, ...rest }) => ({ ...rest, text: lines[0] }))
      expect(readSubtitles(writeVtt(cues, { hasSpeakerNames: true }))).toEqual(expected)
      const plain = expected.map((entry) => ({ ...entry, speaker: null }))
      expect(
        readSubtitles(writeSrt(cues, { hasSpeakerNames: false })).filter(
          ({ text }) => !text.includes('a & b'),
        ),
      ).toEqual(plain.filter(({ text }) => text !== 'a & b < c'))
    }),
  )
})
