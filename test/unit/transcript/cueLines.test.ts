import { describe, expect, it } from 'vitest'
import { spokenText } from '../../../shared/transcript/paragraphs'
import { parseTranscript } from '../../../shared/transcript/parseTranscript'

/** `speaker start–end text` of each turn. */
function turnsOf(text: string): string[] {
  const { turns, speakers } = parseTranscript(text)
  return turns.map((turn) => {
    const name = turn.speaker === null ? '-' : (speakers[turn.speaker]?.name ?? '-')
    return `${name} ${turn.cue?.start ?? ''}–${turn.cue?.end ?? ''} ${spokenText(text, turn)}`
  })
}

const subRip = `1
00:00:01,000 --> 00:00:03,500
Good evening, everybody,
and welcome.

2
00:00:04,000 --> 00:00:06,000
[Applause]

3
00:00:06,500 --> 00:00:09,000
- Is everybody here?
- Yes.

4
00:00:10,000 --> 00:00:12,000
1984
`

describe('subtitles in which nobody is named', () => {
  it('have a turn for each, whatever stands in it', () => {
    expect(turnsOf(subRip)).toEqual([
      '- 1–3.5 Good evening, everybody, and welcome.',
      '- 4–6 ',
      '- 6.5–9 - Is everybody here?\n- Yes.',
      '- 10–12 1984',
    ])
    const { turns, marks } = parseTranscript(subRip)
    expect(marks).toMatchObject([{ kind: 'event', turn: 1, from: turns[1]?.from }])
  })

  it('are told from the rest of a WebVTT file', () => {
    const text = `WEBVTT - The meeting
Kind: captions

STYLE
::cue { color: red }

NOTE
This is nobody's speech.

opening
00:01.000 --> 00:03.500 align:start
Good evening.

00:04.000 --> 00:06.000
Note that we begin.
`
    expect(turnsOf(text)).toEqual(['- 1–3.5 Good evening.', '- 4–6 Note that we begin.'])
  })

  it('may lack the blank line between them, or have one too many', () => {
    expect(turnsOf(subRip.replaceAll('\n\n', '\n'))).toEqual(turnsOf(subRip))
    expect(turnsOf(subRip.replace('everybody,\n', 'everybody,\n\n'))[0]).toContain('and welcome.')
    expect(turnsOf(subRip.replaceAll('\n', '\r\n'))).toEqual(turnsOf(subRip))
  })

  it('are not offered to be joined where a sentence goes on, nor taken for headings', () => {
    const text = subRip
      .replace('and welcome.', 'and')
      .replace('[Applause]', 'welcome')
      .replace('1984', 'CHAPTER ONE')
    expect(parseTranscript(text).torn).toEqual([])
    expect(turnsOf(text).at(-1)).toBe('- 10–12 CHAPTER ONE')
  })
})

it('subtitles that name who speaks have a turn for each label, shown from its first to its last', () => {
  const text = `1
00:00:01,000 --> 00:00:03,000
Before anybody.

2
00:00:04,000 --> 00:00:06,000
ANA REED: Good evening.

3
00:00:06,500 --> 00:00:09,000
We begin.
BO LI: Thank you.

4
00:00:10,000 --> 00:00:12,000
ANA REED: The first item.
`
  expect(turnsOf(text)).toEqual([
    '- 1–3 Before anybody.',
    'ANA REED 4–9 Good evening.\nWe begin.',
    'BO LI – Thank you.',
    'ANA REED 10–12 The first item.',
  ])
})

it('a transcript that speaks of a time with an arrow is none of subtitles', () => {
  const text = 'ANA: It was\n00:00:01,000 --> 00:00:03,500\nin the file.\n'
  expect(parseTranscript(text).turns.map(({ cue }) => cue)).toEqual([null])
})

it('a turn of a subtitle ends before the label that stands in its first line', () => {
  const said = 'The council has heard from residents about the bus stops.'
  const text = `2\n00:00:05,000 --> 00:00:06,000\n${said} Anna Berg: ${said} Tom Hale: ${said} Anna Berg: Yes. Tom Hale: No.\n`
  const { turns } = parseTranscript(text)
  expect(turns.length).toBeGreaterThan(2)
  for (const [index, turn] of turns.entries())
    expect(turn.to).toBeLessThanOrEqual(turns[index + 1]?.from ?? text.length)
})
