import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkCue, columnsOf, cuesFromTurns, usualStyle } from '../../../shared/subtitles/cues'
import { writeSrt, writeVtt } from '../../../shared/subtitles/writeSubtitles'

const squeezed = (text: string) => text.replace(/\s/g, '')

describe('columns', () => {
  it.each([
    ['abc', 3],
    ['中文', 4],
    ['ｆｕｌｌ', 8],
    ['e\u0301', 1],
    ['한글', 4],
    ['😀', 2],
    ['', 0],
  ])('of %j are %i', (text, columns) => {
    expect(columnsOf(text)).toBe(columns)
  })
})

describe('cues', () => {
  const words = fc.array(
    fc.constantFrom(
      'word',
      'a',
      'longer',
      'end.',
      'clause,',
      '中文字幕',
      '（笑）',
      '“so”',
      'x'.repeat(70),
      '3.5',
      'Dr.',
      'مرحبا',
    ),
    { minLength: 1, maxLength: 80 },
  )

  it('hold every character once and in order, within the lines', () => {
    fc.assert(
      fc.property(words, fc.double({ min: 0.5, max: 200, noNaN: true }), (parts, length) => {
        const text = parts.join(' ')
        const cues = cuesFromTurns([{ speaker: 'ANA', start: 3, end: 3 + length, text }])
        expect(squeezed(cues.flatMap(({ lines }) => lines).join(''))).toBe(squeezed(text))
        for (const [index, { start, end, lines }] of cues.entries()) {
          expect(lines.length).toBeLessThanOrEqual(2)
          for (const line of lines) expect(columnsOf(line)).toBeLessThanOrEqual(usualStyle.columns)
          expect(end).toBeGreaterThan(start)
          if (index > 0) expect(start).toBeCloseTo(cues[index - 1]?.end as number, 6)
        }
        expect(cues[0]?.start).toBe(3)
        expect(cues.at(-1)?.end).toBeCloseTo(3 + length, 6)
      }),
    )
  })

  it('end where sentences end', () => {
    const text =
      'This is the first sentence of the turn. And here is another one that is a little longer than it. Short one.'
    const cues = cuesFromTurns([{ speaker: null, start: 0, end: 12, text }])
    expect(cues.map(({ lines }) => lines.join(' '))).toEqual([
      'This is the first sentence of the turn.',
      'And here is another one that is a little longer than it.',
      'Short one.',
    ])
  })

  it('count wide characters double', () => {
    const cues = cuesFromTurns([
      {
        speaker: null,
        start: 0,
        end: 20,
        text: '各位晚上好，欢迎大家参加今天的会议。我们现在开始讨论第一个问题，请大家发言。',
      },
    ])
    for (const { lines } of cues) for (const line of lines) expect(columnsOf(line)).toBeLessThanOrEqual(42)
    expect(cues.length).toBeGreaterThan(0)
  })

  it('are warned about when they cannot be read in time', () => {
    const cues = cuesFromTurns([
      { speaker: null, start: 0, end: 0.5, text: 'Far too many words for half a second.' },
    ])
    expect(checkCue(cues, 0)).toEqual(['tooFast', 'tooShort'])
  })

  it('of nothing are none', () => {
    expect(
      cuesFromTurns([
        { speaker: null, start: 1, end: 1, text: 'x' },
        { speaker: null, start: 1, end: 2, text: '  ' },
      ]),
    ).toEqual([])
  })
})

describe('files', () => {
  const cues = [
    { start: 0, end: 1.5, lines: ['Hello <you> & all,', 'a --> b'], speaker: 'ANA "A"' },
    { start: 1.5, end: 360_001.0004, lines: ['Bye.'], speaker: 'BO\n<b>' },
  ]

  it('in SubRip', () => {
    expect(writeSrt(cues, { hasSpeakerNames: true })).toBe(
      '1\n00:00:00,000 --> 00:00:01,500\nANA "A": Hello <you> & all,\na → b\n\n2\n00:00:01,500 --> 100:00:01,000\nBO <b>: Bye.\n',
    )
  })

  it('in WebVTT, with voices and nothing that could be markup', () => {
    expect(writeVtt(cues, { hasSpeakerNames: true })).toBe(
      'WEBVTT\n\n00:00:00.000 --> 00:00:01.500\n<v ANA "A">Hello &lt;you&gt; &amp; all,\na → b</v>\n\n00:00:01.500 --> 100:00:01.000\n<v BO &lt;b&gt;>Bye.</v>\n',
    )
  })

  it('never end a cue before it starts, nor make two overlap, by rounding', () => {
    const instants = fc.array(fc.double({ min: 0, max: 20, noNaN: true }), { minLength: 2, maxLength: 12 })
    fc.assert(
      fc.property(instants, (times) => {
        const sorted = [...times].sort((a, b) => a - b)
        const list = sorted
          .slice(1)
          .map((end, index) => ({ start: sorted[index] as number, end, lines: ['x'], speaker: null }))
        const written = [
          ...writeSrt(list, { hasSpeakerNames: false }).matchAll(/(\d+):(\d+):(\d+),(\d+)/g),
        ].map(([, h, m, s, ms]) => Number(h) * 3_600_000 + Number(m) * 60_000 + Number(s) * 1000 + Number(ms))
        for (let index = 0; index < written.length; index += 2)
          expect(written[index + 1]).toBeGreaterThan(written[index] as number)
      }),
    )
  })

  it('begin and end with their words, where these have times', () => {
    const said = [
      'The first sentence is said at once.',
      'Then, after a long silence, the second one follows.',
    ]
    const text = said.join(' ')
    let ink = 0
    const words = text.split(' ').map((word, index) => {
      const from = ink
      ink += word.length
      // The second sentence begins ten seconds later.
      const start = 5 + index * 0.3 + (index >= 7 ? 10 : 0)
      return { from, to: ink, start, end: start + 0.25 }
    })
    const cues = cuesFromTurns([{ speaker: null, start: 5, end: 30, text, words }])
    expect(cues.map(({ lines, start, end }) => [lines.join(' '), start, end])).toEqual([
      [said[0], 5, expect.closeTo(5 + 6 * 0.3 + 0.25 + 0.4)],
      [said[1], expect.closeTo(15 + 7 * 0.3), expect.closeTo(15 + 15 * 0.3 + 0.25 + 0.4)],
    ])
  })

  it('stay in order and in their turn, whichever of the words have times', () => {
    const text = Array.from({ length: 60 }, (_, index) => `word${index}${index % 9 === 8 ? '.' : ''}`).join(
      ' ',
    )
    const list = fc.array(fc.tuple(fc.boolean(), fc.double({ min: 0, max: 2, noNaN: true })), {
      minLength: 60,
      maxLength: 60,
    })
    fc.assert(
      fc.property(list, (paces) => {
        let [ink, time] = [0, 3]
        const words = text.split(' ').flatMap((word, index) => {
          const [isKnown, pace] = paces[index] as [boolean, number]
          const entry = { from: ink, to: ink + word.length, start: time, end: time + pace / 2 }
          ink += word.length
          time += pace
          return isKnown ? [entry] : []
        })
        const cues = cuesFromTurns([{ speaker: null, start: 4, end: 50, text, words }])
        let before = 4
        for (const { start, end } of cues) {
          expect(start).toBeGreaterThanOrEqual(before)
          expect(end).toBeGreaterThanOrEqual(start)
          expect(end).toBeLessThanOrEqual(50)
          before = end
        }
      }),
    )
  })
})
