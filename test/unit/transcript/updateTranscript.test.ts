import { ChangeSet, Text } from '@codemirror/state'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseTranscript } from '../../../shared/transcript/parseTranscript'
import { turnCount, turnsWithin } from '../../../shared/transcript/patchTranscript'
import { updateTranscript } from '../../../shared/transcript/updateTranscript'
import { plain } from '../../support/plain'

const spoken =
  'The council has heard from residents about the bus stops, and in the spring new trees were planted on the corner of the square. We shall vote on it again next week, with care and after some more thought -- perhaps'
const chinese = '我们今天讨论公共汽车站的问题，居民们提出了很多意见，下个星期再投票决定，请大家认真考虑一下。'

/** Each has lines long enough for the short way and lines that are not. */
const texts = {
  labels: `ANNA BERG: ${spoken}\n\nBO LI: Thank you. [inaudible] ${spoken}.\n\n${spoken}\n\nANNA BERG: Yes.\n\n[Laughter]\n\nBO LI: ${spoken}`,
  torn: `ANNA: ${spoken} of the\n\nsame ${spoken}\n\nBO: Good.\n\nANNA: ${spoken}\n\n${spoken} and`,
  frontMatter: `City Council\nPresent:\nAnna Berg, mayor ${spoken}\nBo Li\n\nMODERATOR: Jane Doe\n\nANNA: ${spoken}\nBO: ${spoken}\nANNA: ok`,
  chevrons: `>> ANNA: ${spoken}. >> BO: ${spoken}. >> Thank you. >> ${spoken} (crosstalk) done.`,
  times: `[00:00:10] ANNA: ${spoken} [00:01:00] ${spoken}\n[00:02:10] BO: ${spoken}\n00:03:00\nCy\n${spoken}\n00:04:00\nAnna\n${spoken}`,
  pages: Array.from(
    { length: 4 },
    (_, page) =>
      `ANNA: ${spoken}.\nBO: Fine.\n\nMinutes of the council ${page + 1}\n\f\nPage ${page + 1}\n${spoken}`,
  ).join('\n'),
  numbered: Array.from(
    { length: 12 },
    (_, line) => `${line + 1}  ${line % 3 ? spoken : 'Q. And then?'}`,
  ).join('\n'),
  wrapped: `ANNA: ${spoken.replace(/(.{50}\S*) /g, '$1\n   ')}\nBO: ${spoken.replace(/(.{50}\S*) /g, '$1\n   ')}\nNote: this is\nno speech.\n${spoken}${spoken}`,
  chinese: `主席：${chinese.repeat(3)}（听不清楚）${chinese}\n王建国：${chinese.repeat(2)}\n\n[笑声]\n主席：好。\n${chinese.repeat(3)}`,
  remarks: `ANNA: ${spoken}.\n\n(Whereupon, the\nmeeting ended. ANNA: so\n)\nBO: ${spoken}\n(a break of ${spoken.slice(0, 100)}\n${spoken}.)\nANNA: ${spoken}`,
  headings: `ANNA: ${spoken}.\n\nOpening Remarks\n\nBO: ${spoken}.\n\n${spoken}.\n\nItem 4. Parks\n\n[Laughter]\n\nANNA: ${spoken}.\n\nThank you\n\nBO: ok.`,
  oneLine: `Anna Berg: ${spoken}. Tom Hale: ${spoken}. Anna Berg: Yes. Tom Hale: ${spoken}: no.`,
  subtitles: `1\n00:00:01,000 --> 00:00:09,000\n${spoken}\n\n2\n00:00:10,000 --> 00:00:12,000\nYes.\n\n3\n00:00:13,000 --> 00:00:20,000\n${spoken}\n${spoken}`,
  labelledSubtitles: `WEBVTT\n\n00:01.000 --> 00:09.000\n- ${spoken}\n- No.\n\nNOTE\n${spoken}\n\n00:10.000 --> 00:12.000\nANNA: Yes. ${spoken}\n\n00:13.000 --> 00:20.000\n${spoken}\nBO: ${spoken}`,
  none: `${spoken}\n\n${spoken}: ${spoken}\n\nA heading\n\n${spoken}`,
}

const inserted = fc.constantFrom(
  ...[
    'x',
    ' ',
    '.',
    ',',
    ':',
    '\n',
    '\n\n',
    '\f',
    '>>',
    ' >> ',
    '[',
    ']',
    '[inaudible]',
    '(ph)',
    '-',
    '--',
    '…',
    '?',
    '7',
    '12:30',
  ],
  ...[
    '\nANNA: ',
    '\nBO: well. ',
    ' and the',
    '主席：',
    '好',
    '。',
    'ß',
    '\t',
    '  ',
    '\u200e',
    '[00:01:02]',
    '#',
    'word ',
    '"',
    '|',
    '–',
    '\n2\n00:00:05,000 --> 00:00:06,000\n',
  ],
)
const edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.oneof(
    { weight: 3, arbitrary: fc.constant(0) },
    { weight: 2, arbitrary: fc.integer({ min: 1, max: 4 }) },
    { weight: 1, arbitrary: fc.integer({ min: 5, max: 300 }) },
  ),
  insert: fc.oneof(fc.constant(''), inserted, inserted),
  /** Goes on where the last one ended, as typing does. */
  isNext: fc.boolean(),
  /** Somebody looks at the transcript before the next edit. */
  isSeen: fc.boolean(),
})

function changeOf(text: Text, at: number, length: number, insert: string) {
  const to = Math.min(text.length, at + length)
  return ChangeSet.of({ from: at, to, insert: Text.of(insert.split('\n')) }, text.length)
}

describe('a transcript after edits', () => {
  for (const [name, start] of Object.entries(texts)) {
    it(`is what reading the text anew gives: ${name}`, () => {
      fc.assert(
        fc.property(fc.array(edit, { minLength: 1, maxLength: 14 }), (edits) => {
          let text = Text.of(start.split('\n'))
          let transcript = parseTranscript(text.toString())
          let end = 0
          for (const { at, length, insert, isNext, isSeen } of edits) {
            const from = isNext ? Math.min(end, text.length) : Math.floor(at * text.length)
            const changes = changeOf(text, from, length, insert)
            const after = changes.apply(text)
            transcript = updateTranscript(transcript, changes, text, after)
            text = after
            end = from + insert.length
            const anew = parseTranscript(text.toString())
            expect(turnCount(transcript)).toBe(anew.turns.length)
            const near = [...turnsWithin(transcript, from - 20, end + 20)].reverse()
            expect(plain({ ...anew, turns: near }).turns).toEqual(
              anew.turns.filter((turn) => turn.from <= end + 20 && turn.to >= from - 20),
            )
            if (isSeen) expect(plain(transcript)).toEqual(anew)
          }
          expect(plain(transcript)).toEqual(parseTranscript(text.toString()))
        }),
        { numRuns: 60 },
      )
    })
  }

  it('is right after several places were changed at once', () => {
    const text = Text.of(texts.labels.split('\n'))
    const changes = ChangeSet.of(
      [
        { from: 30, insert: 'so ' },
        { from: 300, to: 310, insert: '' },
        { from: text.length - 60, insert: '. Yes' },
      ],
      text.length,
    )
    const after = changes.apply(text)
    const updated = updateTranscript(parseTranscript(text.toString()), changes, text, after)
    expect(plain(updated)).toEqual(parseTranscript(after.toString()))
  })

  it('keeps what stands before an edit of words, and finds user words in the edited line', () => {
    const text = Text.of(texts.labels.split('\n'))
    const options = { inaudibleWords: ['mumble'] }
    const first = parseTranscript(text.toString(), options)
    const at = (first.turns[1]?.from ?? 0) + 60
    const changes = changeOf(text, at, 0, ' (mumbles)')
    const updated = updateTranscript(first, changes, text, changes.apply(text), options)
    expect(updated.turns[0]).toBe(first.turns[0])
    expect(updated.marks.filter(({ kind }) => kind === 'inaudible')).toHaveLength(2)
    expect(plain(updated)).toEqual(parseTranscript(changes.apply(text).toString(), options))
  })
})

it('does not read the text again for a full stop or a comma at the end of a line', () => {
  let text = Text.of(`ANNA BERG: ${spoken}\n\nBO LI: ${spoken}.\n\nANNA BERG: ${spoken}.`.split('\n'))
  let transcript = parseTranscript(text.toString())
  for (const insert of [' ', 'and', ',', ' then', '.', ' Yes', '?']) {
    const changes = ChangeSet.of({ from: text.line(1).to, insert }, text.length)
    const after = changes.apply(text)
    const updated = updateTranscript(transcript, changes, text, after)
    // What was read anew has new lists.
    expect(updated.alike).toBe(transcript.alike)
    ;[text, transcript] = [after, updated]
  }
  expect(plain(transcript)).toEqual(parseTranscript(text.toString()))
})
