import { describe, expect, it } from 'vitest'
import { inspectTranscript } from '../../../shared/transcript/inspectTranscript'
import { parseTranscript } from '../../../shared/transcript/parseTranscript'
import type { MarkKind } from '../../../shared/transcript/transcript'
import { inspected } from '../../support/text'

const inLine: readonly (readonly [string, MarkKind | null])[] = [
  ['（听不清楚）', 'inaudible'],
  ['[inaudible]', 'inaudible'],
  ['(unintelligible)', 'inaudible'],
  ['((inaudible))', 'inaudible'],
  ['(indiscernible)', 'inaudible'],
  ['[???]', 'inaudible'],
  ['(ph)', 'inaudible'],
  ['¿?', 'inaudible'],
  ['[неразборчиво]', 'inaudible'],
  ['[inaudible 00:12:34]', 'inaudible'],
  ['(inaudible 0:12)', 'inaudible'],
  ['[聞き取れず]', 'inaudible'],
  ['[불분명]', 'inaudible'],
  ['[unverständlich]', 'inaudible'],
  ['[incompréhensible]', 'inaudible'],
  ['(não audível)', 'inaudible'],
  ['[incomprensible]', 'inaudible'],
  ['[off microphone]', 'inaudible'],
  ['(Hors micro)', 'inaudible'],
  ['(fuori microfono)', 'inaudible'],
  ['(fuera de micrófono)', 'inaudible'],
  ['(вне микрофона)', 'inaudible'],
  ['(Ride)', 'event'],
  ['(смеётся)', 'event'],
  ['[shuffling of papers]', 'event'],
  ['(ride my bike)', null],
  ['(No audible response.)', 'event'],
  ['[发言人同时说话。]', 'crosstalk'],
  ['(CROSSTALK)', 'crosstalk'],
  ['[crosstalk]', 'crosstalk'],
  ['[笑声]', 'event'],
  ['[Laughter]', 'event'],
  ['[Applause]', 'event'],
  ['(laughs)', 'event'],
  ['(WCIT)', null],
  ['（ICT）', null],
  ['(2013)', null],
  ['(which rang all day in the old house by the river)', null],
  ['[the]', null],
  ['(Whereupon, a recess was taken.)', 'event'],
  ['(Whereupon, at 3:15 p.m., the hearing was adjourned.)', 'event'],
  ['(Off the record.)', 'event'],
  ['(Pause.)', 'event'],
  ['(No response.)', 'event'],
  ['(Recess)', 'event'],
  ['(Exhibit 4 was marked for identification.)', 'event'],
  ["(Defendant's Exhibit 12 received in evidence)", 'event'],
  ['(Lunch recess taken at 12:03 p.m.)', 'event'],
  ['(Brief off-the-record discussion.)', 'event'],
  ['(The witness was duly sworn.)', 'event'],
  ['(Beifall bei der SPD sowie bei Abgeordneten der FDP)', 'event'],
  ['(Applaudissements sur les bancs du groupe vert.)', 'event'],
  ['(La séance est suspendue à 15 h 10.)', 'event'],
  ['(Se suspende la sesión a las once.)', 'event'],
  ['(Продолжительные аплодисменты.)', 'event'],
  ['(see Exhibit 4)', null],
  ['(a brief pause in the work)', null],
  ['(the meeting was long)', null],
  ['(discussion was over)', null],
  ['(of the audience)', null],
]

const ownLine: readonly (readonly [string, MarkKind])[] = [
  ['[笑声]', 'event'],
  ['(书记员音频连接中断)', 'event'],
  ['[录音结束]', 'event'],
  ['[END OF TRANSCRIPT]', 'event'],
  ['[发言人同时说话。]', 'crosstalk'],
  ['(Whereupon, at 5:15 p.m., the committee adjourned.)', 'event'],
  ['注：下文由音频抄录而成，仅供参考。', 'note'],
  ['Note: the following is the output of a transcription service.', 'note'],
  ['[inaudible]', 'inaudible'],
]

describe('marks', () => {
  it.each(inLine)('inside a line, %s is %s and stays in the text', (written, kind) => {
    const { marks, turns } = inspected(`ANA: We went to ${written} then.\n\nBO: Yes.\n`)
    expect(marks.map((mark) => [mark.kind, mark.text, mark.turn])).toEqual(kind ? [[kind, written, 0]] : [])
    expect(turns[0]?.text).toBe(`We went to ${written} then.`)
  })

  it.each(ownLine)('on a line of its own, %s is %s and no speech', (written, kind) => {
    const { marks, turns } = inspected(`ANA: We went.\n\n${written}\n\nThen we left.\n\nBO: Yes.\n`)
    expect(marks.map((mark) => [mark.kind, mark.text, mark.turn])).toEqual([[kind, written, 0]])
    expect(turns.map(({ text }) => text)).toEqual(['We went.\nThen we left.', 'Yes.'])
  })

  it.each([
    ['I never said --', '--'],
    ['“I never said --”', '--'],
    ['And then he…', '…'],
    ['我没有说过——', '——'],
    ['I wonder ...', '...'],
  ])('%s ends in an interruption, which is marked and stays speech', (said, sign) => {
    const text = `ANA: ${said}\n\nBO: Yes.\n`
    const transcript = parseTranscript(text)
    expect(transcript.marks).toMatchObject([{ kind: 'interruption', text: sign, turn: 0 }])
    expect(inspectTranscript(text, transcript)).toMatchObject({ marks: [], turns: [{ text: said }, {}] })
  })

  it.each(['We met in 1990–', 'a -- b', 'Well-'])('%s is no interruption', (said) => {
    expect(parseTranscript(`ANA: ${said}\n\nBO: Yes.\n`).marks).toEqual([])
  })

  it('is an event between sentences where what is seen or heard has a sentence of its own in brackets', () => {
    const { marks, turns } = inspected('ANA: It is here. (The gavel falls twice.) Go on.\n\nBO: Yes.\n')
    expect(marks).toMatchObject([{ kind: 'event', text: '(The gavel falls twice.)', turn: 0 }])
    expect(turns[0]?.text).toBe('It is here. (The gavel falls twice.) Go on.')
  })

  it('are one remark where a line end falls into the brackets', () => {
    const { marks, turns } = inspected(
      'ANA: We went.\n     (Whereupon, at 11:02 a.m., the case. BO: in the\nabove-entitled matter was submitted.)\nBO: Yes.\n[ANNA, from\nafar: inaudible]\nBO: No (or\nso).\nANA: Well.\n',
    )
    expect(turns.map(({ text }) => text)).toEqual(['We went.', 'Yes.', 'No (or so).', 'Well.'])
    expect(marks.map(({ kind, turn }) => [kind, turn])).toEqual([
      ['event', 0],
      ['event', 1],
    ])
    expect(marks[0]?.text).toBe(
      '(Whereupon, at 11:02 a.m., the case. BO: in the\nabove-entitled matter was submitted.)',
    )
  })

  it('are not the question marks of an astonished question', () => {
    expect(inspected('ANA: You did what???\n\nBO: Yes ??? it.\n').marks).toMatchObject([
      { kind: 'inaudible', turn: 1 },
    ])
  })

  it('knows the words that the user adds', () => {
    const { marks } = parseTranscript('ANA: It was [garbled] there.\n\nBO: Yes.\n', {
      inaudibleWords: ['garbled'],
    })
    expect(marks).toMatchObject([{ kind: 'inaudible', text: '[garbled]' }])
  })

  it('belong to no turn before the first one', () => {
    expect(inspected('[Start of recording]\n\nANA: Hello.\n\nBO: Hi.\n').marks).toMatchObject([
      { kind: 'event', turn: null },
    ])
  })

  it('say what they say without the numbers of the lines that they are broken over', () => {
    const lines = [
      'MS. LEE: Yes.',
      'Q. Who?',
      'A. Ann.',
      'Q. When?',
      '(Exhibit 4 was marked',
      'for identification.)',
      'A. In May.',
      'Q. Why?',
      'A. It rained.',
    ]
    const { marks } = inspected(lines.map((line, index) => `${index + 1}  ${line}\n`).join(''))
    expect(marks).toMatchObject([{ kind: 'event', text: '(Exhibit 4 was marked for identification.)' }])
  })

  it('hold brackets inside where they have a line for themselves', () => {
    expect(inspected('ANA: Yes.\n\n(He took a question under Rule 149(8))\n\nBO: No.\n').marks).toMatchObject(
      [{ kind: 'event', text: '(He took a question under Rule 149(8))', turn: 0 }],
    )
  })
})
