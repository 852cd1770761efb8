import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseTranscript } from '../../../shared/transcript/parseTranscript'
import { inspected, turnsOf } from '../../support/text'

/** A transcript and what must be recognised: `LABEL|text` of each turn. */
const conventions: readonly (readonly [string, string, readonly string[]])[] = [
  [
    'capitals and a colon',
    'CITY COUNCIL\nMarch 3, 2026\n\nMAYOR LOPEZ: Good evening.\n\nANA REED: Good evening, Mayor.\n\nMAYOR LOPEZ: Let us start.\n',
    ['MAYOR LOPEZ|Good evening.', 'ANA REED|Good evening, Mayor.', 'MAYOR LOPEZ|Let us start.'],
  ],
  [
    'names in mixed case',
    'Interview, May 4\n\nAna Berg: Where did you grow up?\n\nTom Lee: In a small town by the sea.\n\nAna Berg: And then?\n\nTom Lee: Then we moved.\n',
    [
      'Ana Berg|Where did you grow up?',
      'Tom Lee|In a small town by the sea.',
      'Ana Berg|And then?',
      'Tom Lee|Then we moved.',
    ],
  ],
  [
    'the label alone on its line, with and without a blank line behind it',
    'JEFF BERG:\n\nSomebody has to go first.\n\nMARY OKAFOR:\nI agree.\n\nJEFF BERG:\n\nThank you.\n',
    ['JEFF BERG|Somebody has to go first.', 'MARY OKAFOR|I agree.', 'JEFF BERG|Thank you.'],
  ],
  [
    'a full-width colon',
    '主席：各位好，现在开会。\n王明：谢谢主席。\n李华：我有一个问题。\n主席：请讲。\n',
    ['主席|各位好，现在开会。', '王明|谢谢主席。', '李华|我有一个问题。', '主席|请讲。'],
  ],
  [
    'a space or a no-break space before the colon',
    'MME DUBOIS : Bonsoir à tous.\n\nM. PETIT\u00a0: Merci, Madame.\n\nMME DUBOIS : Commençons.\n',
    ['MME DUBOIS|Bonsoir à tous.', 'M. PETIT|Merci, Madame.', 'MME DUBOIS|Commençons.'],
  ],
  ['a tab behind the colon', 'ANA:\tHello.\nBO:\tHi.\nANA:\tBye.\n', ['ANA|Hello.', 'BO|Hi.', 'ANA|Bye.']],
  [
    'labels behind an indentation',
    '    ANA: Hello.\n\n    BO: Hi there.\n\n    ANA: Bye.\n',
    ['ANA|Hello.', 'BO|Hi there.', 'ANA|Bye.'],
  ],
  [
    'right-to-left labels with invisible marks',
    '\u200fأحمد\u200f: مرحبا بكم جميعا.\n\n\u200fسارة\u200f: شكرا لك.\n\n\u200fأحمد\u200f: نبدأ الآن.\n',
    ['أحمد|مرحبا بكم جميعا.', 'سارة|شكرا لك.', 'أحمد|نبدأ الآن.'],
  ],
  [
    'Hebrew labels',
    'דוד כהן: ערב טוב לכולם.\n\nרות לוי: תודה רבה.\n\nדוד כהן: נתחיל.\n',
    ['דוד כהן|ערב טוב לכולם.', 'רות לוי|תודה רבה.', 'דוד כהן|נתחיל.'],
  ],
  [
    'arrows of closed captions',
    '>> Good morning.\n>> Morning, everyone.\n>>> In other news, it rains.\n>> ANA LIMA: It does.\n',
    ['>>|Good morning.', '>>|Morning, everyone.', '>>>|In other news, it rains.', '>> ANA LIMA|It does.'],
  ],
  [
    'a whole transcript on one line with arrows in it',
    ">> Good evening. We are live. >> We are? >> MAYOR: Yes. Let's begin.",
    ['>>|Good evening. We are live.', '>>|We are?', ">> MAYOR|Yes. Let's begin."],
  ],
  [
    'Q. and A.',
    'BY MS. LEE:\n\nQ. Where were you that night?\n\nA. At home.\n\nQ. Alone?\n\nA. With my brother.\n',
    ['Q|Where were you that night?', 'A|At home.', 'Q|Alone?', 'A|With my brother.'],
  ],
  [
    'Q: and A:',
    'Q: Is it new?\nA: It is.\nQ: Since when?\nA: June.\n',
    ['Q|Is it new?', 'A|It is.', 'Q|Since when?', 'A|June.'],
  ],
  [
    'Speaker 1',
    'Speaker 1: Hello.\n\nSpeaker 2: Hi.\n\nSpeaker 1: So.\n',
    ['Speaker 1|Hello.', 'Speaker 2|Hi.', 'Speaker 1|So.'],
  ],
  [
    'bold labels with the colon inside',
    '**Ana Berg:** Hello.\n\n**Tom Lee:** Hi, I met **Bill Drake** there.\n\n**Ana Berg:** Good.\n',
    ['Ana Berg|Hello.', 'Tom Lee|Hi, I met **Bill Drake** there.', 'Ana Berg|Good.'],
  ],
  [
    'bold labels without a colon',
    '**Ana** Hello there.\n\n**Tom** Hi, Ana.\n\n**Ana** Good to see you.\n\n**Tom** Likewise.\n',
    ['Ana|Hello there.', 'Tom|Hi, Ana.', 'Ana|Good to see you.', 'Tom|Likewise.'],
  ],
  ['labels in brackets', '[Ana]: Hello.\n[Bo]: Hi.\n[Ana]: Bye.\n', ['Ana|Hello.', 'Bo|Hi.', 'Ana|Bye.']],
  [
    'a time in the label',
    'Ana Berg (00:12:34): Hello.\n\nTom Lee (00:12:40): Hi.\n\nAna Berg (00:12:55): Bye.\n',
    ['Ana Berg|Hello.', 'Tom Lee|Hi.', 'Ana Berg|Bye.'],
  ],
  ['a time before the label', '[00:12:34] ANA: Hello.\n[00:12:40] BO: Hi.\n', ['ANA|Hello.', 'BO|Hi.']],
  [
    'a party behind the name, and a dash',
    'MS. ANA REED (Greens – Vermont) – Thank you, Chair. I rise to speak.\n\nMR. TOM LEE (Labour – Ohio) – I object to that.\n\nMS. ANA REED (Greens – Vermont) – On what ground?\n',
    [
      'MS. ANA REED (Greens – Vermont)|Thank you, Chair. I rise to speak.',
      'MR. TOM LEE (Labour – Ohio)|I object to that.',
      'MS. ANA REED (Greens – Vermont)|On what ground?',
    ],
  ],
  [
    'initials after a full name',
    'Anna Berg (AB): Where were you born?\n\nTom Lee (TL): In Oslo.\n\nAB: When was that?\n\nTL: In 1950.\n',
    ['Anna Berg (AB)|Where were you born?', 'Tom Lee (TL)|In Oslo.', 'AB|When was that?', 'TL|In 1950.'],
  ],
  [
    'the congressional record',
    '    The CHAIRMAN. The committee will come to order. We have\none witness today.\n    Mr. Hast of Florida. Thank you, Mr. Chairman. I have a\nquestion.\n    The CHAIRMAN. Please.\n    Ms. Lee. I reserve my time.\n    Mr. Hast of Florida. So do I.\n',
    [
      'The CHAIRMAN|The committee will come to order. We have one witness today.',
      'Mr. Hast of Florida|Thank you, Mr. Chairman. I have a question.',
      'The CHAIRMAN|Please.',
      'Ms. Lee|I reserve my time.',
      'Mr. Hast of Florida|So do I.',
    ],
  ],
  [
    'a deposition with numbered lines',
    ' 1      Q.  Please state your name for\n 2  the record.\n 3      A.  Ana Reed.\n 4      Q.  And where do you\n 5  live?\n 6      A.  In Salem.\n 7      MR. OKAFOR:  Objection.\n 8      Q.  You may answer.\n 9      A.  On Mill Street.\n10\n',
    [
      'Q|Please state your name for the record.',
      'A|Ana Reed.',
      'Q|And where do you live?',
      'A|In Salem.',
      'MR. OKAFOR|Objection.',
      'Q|You may answer.',
      'A|On Mill Street.',
    ],
  ],
  [
    'hard-wrapped text',
    'ANA REED: This is a long sentence that somebody broke at a\nfixed width because their program did so, and it goes\non for a while.\n\nBO DIAZ: I see. That is what I would have expected from\nit too.\n',
    [
      'ANA REED|This is a long sentence that somebody broke at a fixed width because their program did so, and it goes on for a while.',
      'BO DIAZ|I see. That is what I would have expected from it too.',
    ],
  ],
  [
    'a label column and a text column',
    'CHAIR REED:     Good evening. We begin with the\n                minutes of the last meeting.\n\nMR. DIAZ:       I move that they be approved\n                as read.\n\nCHAIR REED:     Thank you.\n',
    [
      'CHAIR REED|Good evening. We begin with the minutes of the last meeting.',
      'MR. DIAZ|I move that they be approved as read.',
      'CHAIR REED|Thank you.',
    ],
  ],
  [
    'hard-wrapped Chinese',
    '主席：各位好，现在我们开始今天的会议，请大家注意听\n讲，不要说话。\n\n王明：好的，谢谢主席，我们都已经准备好了，可以开\n始了。\n\n主席：好。\n',
    [
      '主席|各位好，现在我们开始今天的会议，请大家注意听讲，不要说话。',
      '王明|好的，谢谢主席，我们都已经准备好了，可以开始了。',
      '主席|好。',
    ],
  ],
  [
    'Japanese minutes with circles',
    '○議長（山田太郎君）　ただいまから会議を開きます。\n○佐藤花子君　質問があります。\n○議長（山田太郎君）　どうぞ。\n',
    [
      '議長（山田太郎君）|ただいまから会議を開きます。',
      '佐藤花子君|質問があります。',
      '議長（山田太郎君）|どうぞ。',
    ],
  ],
  [
    'Korean labels',
    '의장: 회의를 시작하겠습니다.\n김민수: 질문이 있습니다.\n의장: 말씀하십시오.\n김민수: 감사합니다.\n',
    ['의장|회의를 시작하겠습니다.', '김민수|질문이 있습니다.', '의장|말씀하십시오.', '김민수|감사합니다.'],
  ],
  [
    'Russian labels',
    'ПРЕДСЕДАТЕЛЬ: Добрый день. Начинаем.\n\nИВАНОВ: Спасибо. У меня вопрос.\n\nПРЕДСЕДАТЕЛЬ: Пожалуйста.\n',
    ['ПРЕДСЕДАТЕЛЬ|Добрый день. Начинаем.', 'ИВАНОВ|Спасибо. У меня вопрос.', 'ПРЕДСЕДАТЕЛЬ|Пожалуйста.'],
  ],
  [
    'a name and a time on a line of their own',
    'Ana Berg  0:05\nHello, everyone.\n\nTom Lee  0:12\nHi, Ana.\n\nAna Berg  0:20\nShall we?\n',
    ['Ana Berg|Hello, everyone.', 'Tom Lee|Hi, Ana.', 'Ana Berg|Shall we?'],
  ],
  [
    'initials of names that were written in full before',
    'Interviewer: When were you born?\n\nMrs. Olga Petrova: In 1931.\n\nInterviewer: And then?\n\nMrs. Olga Petrova: The war.\n\nI: What do you remember?\n\nOP: Hunger.\n',
    [
      'Interviewer|When were you born?',
      'Mrs. Olga Petrova|In 1931.',
      'Interviewer|And then?',
      'Mrs. Olga Petrova|The war.',
      'I|What do you remember?',
      'OP|Hunger.',
    ],
  ],
  [
    'a time, a name and the words on lines of their own',
    '00:00:03\nAnna Schmidt\nGuten Abend.\n\n00:00:12\nPeter Müller\nVielen Dank.\n\n00:00:20\nAnna Schmidt\nFangen wir an.\n',
    ['Anna Schmidt|Guten Abend.', 'Peter Müller|Vielen Dank.', 'Anna Schmidt|Fangen wir an.'],
  ],
  [
    'a court transcript with examinations',
    'THE COURT: Please be seated.\n\nMS. ROE: Good morning.\n\nDIRECT EXAMINATION\n\nBY MS. ROE:\n\nQ. Your name?\n\nA. Al Adams.\n\nMR. ADAMS: Objection.\n\nQ. Go on.\n\nA. Yes.\n\nTHE COURT: Thank you.\n',
    [
      'THE COURT|Please be seated.',
      'MS. ROE|Good morning.',
      'Q|Your name?',
      'A|Al Adams.',
      'MR. ADAMS|Objection.',
      'Q|Go on.',
      'A|Yes.',
      'THE COURT|Thank you.',
    ],
  ],
  [
    'French minutes with a full stop and a dash',
    'PRÉSIDENTE. — La séance est ouverte.\n\nM. DUPONT. — Merci.\n\nPRÉSIDENTE. — Je vous en prie.\n',
    ['PRÉSIDENTE|La séance est ouverte.', 'M. DUPONT|Merci.', 'PRÉSIDENTE|Je vous en prie.'],
  ],
  [
    'times behind the label and in running text',
    'ANA REED: [00:05:12] Go on. And [00:05:20] then?\n\nBO DIAZ: (0:05:31) Then we left (at 5:30).\n',
    ['ANA REED|Go on. And then?', 'BO DIAZ|Then we left (at 5:30).'],
  ],
  [
    'letters for speakers',
    'A: Can you hear me?\nB: Yes.\nA: Good. So: first things first.\nB: OK.\n',
    ['A|Can you hear me?', 'B|Yes.', 'A|Good. So: first things first.', 'B|OK.'],
  ],
  [
    'Chinese front matter',
    '会议记录\n时间：2020年5月1日\n地点：大礼堂\n主持：王强\n记录：李明\n出席人员：张三、李四\n\n王强：现在开会。今天的议程有两项：一、审议；二、表决。\n张三：我先说几句。\n王强：好。\n李四（副主任）：我补充一点：预算不够。\n',
    [
      '王强|现在开会。今天的议程有两项：一、审议；二、表决。',
      '张三|我先说几句。',
      '王强|好。',
      '李四（副主任）|我补充一点：预算不够。',
    ],
  ],
  [
    'Markdown headings, ornaments and a closing word',
    '# Town Hall\n\n**Mayor Lopez**: Good evening.\n\n## Questions\n\n* * *\n\n**Ana Reed**: Why so late?\n\n**Mayor Lopez**: Traffic.\n\nEND\n',
    ['Mayor Lopez|Good evening.', 'Ana Reed|Why so late?', 'Mayor Lopez|Traffic.'],
  ],
  [
    'front matter and a list of speakers',
    'Project: Voices of the Valley\nDate: May 4, 2025\nPlace: Salem\nInterviewer: Ana Berg\n\nSpeakers:\nAna Berg, interviewer\nTom Lee: a farmer\n\nAna Berg: Shall we start?\n\nTom Lee: Please.\n\nAna Berg: Tell me about the farm.\n\nTom Lee: It was small.\n',
    [
      'Ana Berg|Shall we start?',
      'Tom Lee|Please.',
      'Ana Berg|Tell me about the farm.',
      'Tom Lee|It was small.',
    ],
  ],
  [
    'what looks like labels and is none',
    'CHAIR: Good evening.\n\nNote: the sound begins late.\n\nAt 10:30: the doors opened. See https://example.org/a for more.\n\nOne thing is clear: we are late. There are two reasons: rain and snow.\n\nMS. REED: Yes.\n\n10:30: Adjourned.\n\nCHAIR: Good night.\n',
    [
      'CHAIR|Good evening.\nAt 10:30: the doors opened. See https://example.org/a for more.\nOne thing is clear: we are late. There are two reasons: rain and snow.',
      'MS. REED|Yes.\n10:30: Adjourned.',
      'CHAIR|Good night.',
    ],
  ],
  [
    'a colon in running Chinese text',
    '主席：我想问一个问题：我们什么时候开始？\n\n我的看法是：越早越好。\n\n王明：我同意。他说：现在就可以。\n\n主席：好。\n',
    [
      '主席|我想问一个问题：我们什么时候开始？\n我的看法是：越早越好。',
      '王明|我同意。他说：现在就可以。',
      '主席|好。',
    ],
  ],
  [
    'a turn that goes on through events and notes',
    'ANA REED: First.\n\n[Laughter]\n\nSecond.\n\nNote: The following is the output of a transcription.\n\nThird.\n\nBO DIAZ: Fourth.\n\n[END OF TRANSCRIPT]\n',
    ['ANA REED|First.\nSecond.\nThird.', 'BO DIAZ|Fourth.'],
  ],
  [
    'page furniture in the middle of a turn',
    `ANA REED: One.\n\nRiverton Council, March 3          Page 1 of 3\n\n\fTwo goes on here.\n\nBO DIAZ: Three.\n\nRiverton Council, March 3          Page 2 of 3\n\n\fANA REED: Four.\n\nRiverton Council, March 3          Page 3 of 3\n`,
    ['ANA REED|One.\nTwo goes on here.', 'BO DIAZ|Three.', 'ANA REED|Four.'],
  ],
  [
    'page numbers alone',
    'ANA REED: One.\n\n1\n\nBO DIAZ: Two.\n\n- 2 -\n\nANA REED: Three.\n\nPage 3\n',
    ['ANA REED|One.', 'BO DIAZ|Two.', 'ANA REED|Three.'],
  ],
  [
    'prose with colons',
    'It was late: the rain had stopped.\n\nHe said one word: no. And then: nothing.\n',
    ['null|It was late: the rain had stopped.\nHe said one word: no. And then: nothing.'],
  ],
  ['nothing', '', []],
  ['blank lines', '\n  \n\t\n', []],
]

describe('turns', () => {
  it.each(conventions)('from %s', (_name, text, expected) => {
    expect(turnsOf(text)).toEqual(expected)
  })

  it.each(conventions)('are the same with any line ends: %s', (_name, text, expected) => {
    expect(turnsOf(text.replaceAll('\n', '\r\n'))).toEqual(expected)
    expect(turnsOf(text.replaceAll('\n', '\r'))).toEqual(expected)
  })
})

it('has no speakers in prose', () => {
  expect(inspected('It was late: the rain had stopped. He said: no.\n').speakers).toEqual([])
})

it('reads times in labels', () => {
  expect(
    inspected('[00:12:34] ANA: Hello.\n[00:12:40] BO: Hi.\n').turns.map(({ start, end }) => [start, end]),
  ).toEqual([
    [754, 760],
    [760, null],
  ])
  expect(
    inspected('Ana Berg (1:02:03.5): Hello.\n\nTom Lee (1:02:09): Hi.\n').turns.map(({ start }) => start),
  ).toEqual([3723.5, 3729])
})

it('takes initials for the name that they were given with, and spellings for one speaker', () => {
  const { speakers } = inspected(
    'Anna Berg (AB): One.\n\nTom Lee (TL): Two.\n\nAB: Three.\n\nTL: Four.\n\nTom  LEE: Five.\n',
  )
  expect(speakers).toEqual([
    { name: 'Anna Berg', labels: ['Anna Berg (AB)', 'AB'], turns: 2 },
    { name: 'Tom Lee', labels: ['Tom Lee (TL)', 'TL', 'Tom  LEE'], turns: 3 },
  ])
})

it('points out names that look alike, and leaves numbered ones alone', () => {
  const alike = (text: string) => {
    const { alike: pairs, speakers } = parseTranscript(text)
    return pairs.map(({ first, second }) => `${speakers[first]?.name}~${speakers[second]?.name}`)
  }
  expect(
    alike('TAMANI WAIMAR: a.\n\nPETER: b.\n\nTAMANI WAIMARO: c.\n\nPETER MAJOR: d.\n\nPETER: e.\n'),
  ).toEqual(['TAMANI WAIMAR~TAMANI WAIMARO', 'PETER~PETER MAJOR'])
  expect(alike('Speaker 1: a.\n\nSpeaker 2: b.\n\nSpeaker 1: c.\n')).toEqual([])
})

describe('properties', () => {
  const piece = fc.constantFrom(
    'ANA: ',
    'Bo Lee: ',
    '>> ',
    'Q. ',
    'A. ',
    '主席：',
    '**Ana:** ',
    '[Laughter]',
    '(inaudible)',
    'hello there ',
    'Note: x',
    '\n',
    '\n\n',
    '\r\n',
    '\f',
    '  ',
    '[',
    ']',
    '(',
    ')',
    '：',
    ':',
    '12',
    '00:01:02',
    '😀',
    '\ud800',
    'Page 3',
    'Mr. Hast. Yes',
    '\t',
  )

  it('ranges lie in the text, in order, and say what stands there', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const text = pieces.join('')
        const { turns, marks } = parseTranscript(text)
        let last = 0
        for (const turn of turns) {
          expect(turn.from).toBeGreaterThanOrEqual(last)
          expect(turn.to).toBeLessThanOrEqual(text.length)
          expect(turn.to).toBeGreaterThanOrEqual(turn.from)
          if (turn.label) expect(text.slice(turn.label.from, turn.label.to)).toBe(turn.label.text)
          let at = turn.from
          for (const { from, to } of turn.paragraphs.flatMap((paragraph) => paragraph.pieces)) {
            expect(from).toBeGreaterThanOrEqual(at)
            expect(to).toBeGreaterThan(from)
            at = to
          }
          expect(turn.to).toBeGreaterThanOrEqual(at)
          last = turn.to
        }
        for (const mark of marks) expect(text.slice(mark.from, mark.to)).toBe(mark.text)
      }),
      { numRuns: 400 },
    )
  })

  it('takes a long line and thousands of colons', () => {
    expect(turnsOf(`ANA: ${'word: '.repeat(200_000)}\n`)).toHaveLength(1)
    expect(turnsOf(':'.repeat(100_000))).toHaveLength(1)
    expect(turnsOf('['.repeat(100_000))).toHaveLength(1)
    expect(turnsOf('ANA: yes.\n\nBO: no.\n\n'.repeat(5000))).toHaveLength(10_000)
  })

  it('takes one line of many turns, marks and times, and many headings of lists', () => {
    const { turns, marks } = inspected('>> Well (laughs) yes. [00:00:01] So.\u0020'.repeat(20_000))
    expect(turns).toHaveLength(20_000)
    expect(marks.map(({ turn }) => turn)).toEqual(turns.map(({ index }) => index))
    expect(turns.at(-1)?.text).toBe('Well (laughs) yes. So.')
    expect(turnsOf('Present:\n'.repeat(100_000))).toHaveLength(1)
  })
})

const real = new URL('../../../../shared/transcripts/000_ed77a6a0b51cbcea.txt', import.meta.url)
it.skipIf(!existsSync(real))('recognises a published transcript (skipped where it is not at hand)', () => {
  const text = readFileSync(real, 'utf8')
  const { turns, speakers, marks } = inspected(text)
  expect(turns).toHaveLength(179)
  expect(turns.filter(({ label }) => label === '>>')).toHaveLength(3)
  expect(speakers.flatMap(({ labels }) => labels)).toHaveLength(20)
  const kinds = (kind: string) => marks.filter((mark) => mark.kind === kind).length
  expect(kinds('inaudible')).toBe(5)
  expect(kinds('event') + kinds('crosstalk')).toBe(7)
  expect(marks.filter(({ kind }) => kind === 'note')).toMatchObject([{ turn: 0 }])
  expect(parseTranscript(text).torn.length).toBeGreaterThan(3)
  expect(parseTranscript(text).alike).toHaveLength(3)
})
