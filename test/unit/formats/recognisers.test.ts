import { describe, expect, it } from 'vitest'
import { decodeTimings, readTimings, shapeOfTimings } from '../../../shared/formats/recognisers/readTimings'

function read(value: unknown) {
  const result = readTimings(typeof value === 'string' ? value : JSON.stringify(value))
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

const shown = (value: unknown) => read(value).words.map(({ text, start, end }) => [text, start, end])

function problem(text: string) {
  const result = readTimings(text)
  return result.ok ? null : result.error
}

const tick = 10_000_000

describe('reads words and times of', () => {
  const good: readonly (readonly [string, unknown, string])[] = [
    [
      'openai-whisper',
      {
        text: ' Good evening.',
        segments: [
          {
            id: 0,
            start: 1,
            end: 2.5,
            text: ' Good evening.',
            words: [
              { word: ' Good', start: 1, end: 1.4, probability: 0.9 },
              { word: ' evening.', start: 1.4, end: 2.5, probability: 0.8 },
            ],
          },
        ],
        language: 'en',
      },
      'Whisper',
    ],
    [
      'WhisperX',
      {
        segments: [
          {
            start: 1,
            end: 2.5,
            text: 'Good evening.',
            words: [
              { word: 'Good', start: 1, end: 1.4, score: 0.7 },
              { word: 'evening.', start: 1.4, end: 2.5, score: 0.7, speaker: 'SPEAKER_00' },
            ],
          },
        ],
        word_segments: [],
      },
      'Whisper',
    ],
    [
      'whisper.cpp',
      {
        systeminfo: '',
        transcription: [
          {
            timestamps: { from: '00:00:01,000', to: '00:00:02,500' },
            offsets: { from: 1000, to: 2500 },
            text: ' Good evening.',
            tokens: [
              { text: '[_BEG_]', offsets: { from: 1000, to: 1000 } },
              { text: ' Good', offsets: { from: 1000, to: 1400 } },
              { text: ' even', offsets: { from: 1400, to: 2000 } },
              { text: 'ing', offsets: { from: 2000, to: 2400 } },
              { text: '.', offsets: { from: 2400, to: 2500 } },
              { text: '[_TT_75]', offsets: { from: 2500, to: 2500 } },
            ],
          },
        ],
      },
      'whisper.cpp',
    ],
    [
      'Amazon Transcribe',
      {
        jobName: 'a',
        results: {
          transcripts: [{ transcript: 'Good evening.' }],
          items: [
            {
              type: 'pronunciation',
              start_time: '1.0',
              end_time: '1.4',
              alternatives: [{ confidence: '0.9', content: 'Good' }],
            },
            {
              type: 'pronunciation',
              start_time: '1.4',
              end_time: '2.5',
              alternatives: [{ confidence: '0.9', content: 'evening' }],
            },
            { type: 'punctuation', alternatives: [{ confidence: '0.0', content: '.' }] },
          ],
        },
      },
      'Amazon Transcribe',
    ],
    [
      'Deepgram',
      {
        metadata: {},
        results: {
          channels: [
            {
              alternatives: [
                {
                  transcript: 'Good evening.',
                  words: [
                    { word: 'good', punctuated_word: 'Good', start: 1, end: 1.4, confidence: 0.9 },
                    { word: 'evening', punctuated_word: 'evening.', start: 1.4, end: 2.5, confidence: 0.9 },
                  ],
                },
              ],
            },
          ],
        },
      },
      'Deepgram',
    ],
    [
      'Google Speech-to-Text',
      {
        results: [
          {
            alternatives: [
              {
                transcript: 'Good evening.',
                words: [
                  { startTime: '1s', endTime: '1.400s', word: 'Good' },
                  { startTime: { seconds: '1', nanos: 400000000 }, endTime: '2.500s', word: 'evening.' },
                ],
              },
            ],
          },
        ],
      },
      'Google Speech-to-Text',
    ],
    [
      'Azure, live',
      {
        RecognitionStatus: 'Success',
        Offset: tick,
        Duration: 1.5 * tick,
        NBest: [
          {
            Display: 'Good evening.',
            Words: [
              { Word: 'Good', Offset: tick, Duration: 0.4 * tick },
              { Word: 'evening.', Offset: 1.4 * tick, Duration: 1.1 * tick },
            ],
          },
        ],
      },
      'Azure Speech',
    ],
    [
      'Azure, batch',
      {
        recognizedPhrases: [
          {
            offsetInTicks: tick,
            durationInTicks: 1.5 * tick,
            nBest: [
              {
                display: 'Good evening.',
                words: [
                  { word: 'Good', offsetInTicks: tick, durationInTicks: 0.4 * tick },
                  { word: 'evening.', offsetInTicks: 1.4 * tick, durationInTicks: 1.1 * tick },
                ],
              },
            ],
          },
        ],
      },
      'Azure Speech',
    ],
    [
      'Azure, fast',
      {
        phrases: [
          {
            text: 'Good evening.',
            offsetMilliseconds: 1000,
            durationMilliseconds: 1500,
            words: [
              { text: 'Good', offsetMilliseconds: 1000, durationMilliseconds: 400 },
              { text: 'evening.', offsetMilliseconds: 1400, durationMilliseconds: 1100 },
            ],
          },
        ],
      },
      'Azure Speech',
    ],
    [
      'AssemblyAI',
      {
        id: 'a',
        words: [
          { text: 'Good', start: 1000, end: 1400, confidence: 0.9 },
          { text: 'evening.', start: 1400, end: 2500, confidence: 0.9 },
        ],
      },
      'AssemblyAI',
    ],
    [
      'Rev AI',
      {
        monologues: [
          {
            speaker: 0,
            elements: [
              { type: 'text', value: 'Good', ts: 1, end_ts: 1.4, confidence: 0.9 },
              { type: 'punct', value: ' ' },
              { type: 'text', value: 'evening', ts: 1.4, end_ts: 2.5, confidence: 0.9 },
              { type: 'punct', value: '.' },
            ],
          },
        ],
      },
      'Rev AI',
    ],
    [
      'Speechmatics',
      {
        format: '2.9',
        results: [
          { type: 'word', start_time: 1, end_time: 1.4, alternatives: [{ content: 'Good' }] },
          { type: 'word', start_time: 1.4, end_time: 2.5, alternatives: [{ content: 'evening' }] },
          { type: 'punctuation', start_time: 2.5, end_time: 2.5, alternatives: [{ content: '.' }] },
        ],
      },
      'Speechmatics',
    ],
    [
      'a list of words',
      [
        { word: 'Good', start: 1, end: 1.4 },
        { word: 'evening.', start: 1.4, end: 2.5 },
      ],
      'JSON',
    ],
    [
      'WebVTT with times inside',
      'WEBVTT\n\n00:01.000 --> 00:02.500\n<v Ana>Good <00:00:01.400><c>evening.</c>\n',
      'VTT',
    ],
    [
      'CTM',
      ';; made by hand\na 1 1.00 0.40 Good 0.9\na 1 1.40 1.10 evening. 0.9\na 1 3.00 0.1 <eps>\n',
      'CTM',
    ],
    [
      'JSON with a byte order mark',
      `\uFEFF${JSON.stringify({
        words: [
          { word: 'Good', start: 1, end: 1.4 },
          { word: 'evening.', start: 1.4, end: 2.5 },
        ],
      })}`,
      'JSON',
    ],
  ]
  it.each(good)('%s', (_, value, format) => {
    expect(read(value).format).toBe(format)
    expect(shown(value)).toEqual([
      ['Good', 1, 1.4],
      ['evening.', 1.4, 2.5],
    ])
    expect(read(value).words.every(({ isTimed }) => isTimed)).toBe(true)
  })

  it('Vosk, results written one after the other as they come', () => {
    const results =
      '{"result": [{"word": "good", "start": 1, "end": 1.4, "conf": 1}], "text": "good"}\n{\n "text": ""\n}\n'
    expect(shown(`${results}{"result": [{"word": "evening", "start": 1.4, "end": 2.5}]}`)).toEqual([
      ['good', 1, 1.4],
      ['evening', 1.4, 2.5],
    ])
  })
})

describe('stretches of several words', () => {
  it('share their time by syllables, and only the first word has a time of its own', () => {
    const segments = [{ start: 0, end: 2, text: ' no, elevated' }]
    const [first, second] = read({ segments }).words
    expect(first).toMatchObject({ text: 'no,', start: 0, isTimed: true })
    expect(second).toMatchObject({ text: 'elevated', end: 2, isTimed: false })
    expect(second?.start).toBeCloseTo(0.4, 5)
  })

  it('are read from SRT, from the table of Whisper and from whisper.cpp without tokens alike', () => {
    const srt = '1\n00:00:01,000 --> 00:00:02,000\nGood evening.\n'
    const tsv = 'start\tend\ttext\n1000\t2000\tGood evening.\n'
    const cpp = { transcription: [{ offsets: { from: 1000, to: 2000 }, text: ' Good evening.' }] }
    expect(shown(tsv)).toEqual(shown(srt))
    expect(shown(cpp)).toEqual(shown(srt))
    expect(shown(srt)).toHaveLength(2)
    expect(read(srt).isSubtitles).toBe(true)
    expect(read(tsv).isSubtitles).toBe(false)
  })

  it('in Chinese become words', () => {
    const { words } = read({ segments: [{ start: 0, end: 3, text: '我们今天讨论预算。' }] })
    expect(words.length).toBeGreaterThan(2)
    expect(words.map(({ text }) => text).join('')).toBe('我们今天讨论预算。')
  })
})

it('gives a word without a time what lies between its neighbours', () => {
  const words = [{ word: 'in', start: 1, end: 1.2 }, { word: '2013' }, { word: 'we', start: 2, end: 2.2 }]
  const result = read({ segments: [{ start: 1, end: 2.2, text: 'in 2013 we', words }] }).words
  expect(result[1]).toMatchObject({ text: '2013', start: 1.2, end: 2, isTimed: false })
})

it('counts lines that a rolling caption shows again once', () => {
  const vtt = `WEBVTT

00:00:00.000 --> 00:00:02.000
good<00:00:01.000><c> evening</c>

00:00:02.000 --> 00:00:02.010
good evening

00:00:02.010 --> 00:00:04.000
good evening
and<00:00:03.000><c> welcome</c>
`
  expect(shown(vtt).map(([text]) => text)).toEqual(['good', 'evening', 'and', 'welcome'])
})

it('leaves out the words that Google says again when it tells speakers apart', () => {
  const word = (text: string, start: number) => ({
    word: text,
    startTime: `${start}s`,
    endTime: `${start + 1}s`,
  })
  const result = (...words: unknown[]) => ({ alternatives: [{ words }] })
  const results = [result(word('a', 1)), result(word('b', 2)), result(word('a', 1), word('b', 2))]
  expect(shown({ results }).map(([text]) => text)).toEqual(['a', 'b'])
})

it('sets the channels of a stereo recording in the order of time', () => {
  const channel = (word: string, start: number) => ({
    alternatives: [{ words: [{ word, start, end: start + 1 }] }],
  })
  expect(
    shown({ results: { channels: [channel('second', 2), channel('first', 1)] } }).map(([text]) => text),
  ).toEqual(['first', 'second'])
})

describe('what is not as it should be', () => {
  it('is no format at all', () => {
    for (const text of [
      '',
      'ANA: Hello.',
      '[00:01:02] ANA: Hello.',
      '[inaudible] yes',
      '{"a": 1}',
      '[]',
      '{}',
      'a b c\n',
    ])
      expect(problem(text), text).toEqual({ kind: 'notTimings' })
  })

  it('breaks off', () => {
    const place = (line: number, column: number) => ({ kind: 'brokenJson', line, column })
    expect(problem('{"segments": [{"start": 1, "text": "a')).toEqual(place(1, 36))
    expect(problem('{"segments": [\n  {"start": 1,\n   "end" 2}]}\n')).toEqual(place(3, 10))
    expect(problem('{"word": "a", "start": 1}\n{"word": b}\n')).toEqual(place(2, 10))
  })

  it('is named with its place', () => {
    expect(
      problem('{"segments": [{"start": 1, "end": 2, "text": "a"}, {"start": "x", "text": "b"}]}'),
    ).toEqual({
      kind: 'malformedTimings',
      format: 'Whisper',
      place: 'segments.1.start',
    })
    expect(problem('a 1 1.0 0.4 good\na 1 1.4 0.4 evening\na 1 2.0 0.4 all\na 1 3 3 x\na 1 oops\n')).toEqual({
      kind: 'malformedTimings',
      format: 'CTM',
      place: 'line 5',
    })
  })

  it('has no words, or none with a time', () => {
    expect(problem('{"segments": [{"start": 1, "end": 2, "text": " "}]}')).toEqual({
      kind: 'noWords',
      format: 'Whisper',
    })
    expect(problem('{"segments": [{"start": null, "end": null, "text": "good"}]}')).toEqual({
      kind: 'noWords',
      format: 'Whisper',
    })
    expect(problem('{"words": [{"word": "a", "start": 1e12, "end": 1e12}]}')).toMatchObject({
      kind: 'noWords',
    })
  })
})

it('knows timings from transcripts by their shape', () => {
  expect(shapeOfTimings('{"segments": [{"start": "x", "text": "b"}]}')).toBe('words')
  expect(shapeOfTimings('a 1 1.00 0.40 Good 0.9\n')).toBe('words')
  expect(shapeOfTimings('WEBVTT\n\n00:01.000 --> 00:02.500\nGood evening.\n')).toBe('subtitles')
  for (const text of [
    'ANA: Good evening.\n\nBO: Good evening.\n',
    '00:01 ANA: Good evening.\n00:05 BO: Thank you.\n',
    '[inaudible] yes',
    '[00:01:02] ANA: Hello.',
    '',
  ])
    expect(shapeOfTimings(text), text).toBeNull()
})

it('reads files in UTF-8, in UTF-16, and subtitles in an old encoding', () => {
  const written = '1\n00:00:01,000 --> 00:00:02,000\nLes élus ont décidé que l’école serait fermée cet été.\n'
  const utf16 = new Uint8Array([
    0xff,
    0xfe,
    ...[...written].flatMap((c) => [c.charCodeAt(0) & 255, c.charCodeAt(0) >> 8]),
  ])
  const latin = Uint8Array.from(written, (c) => (c === '’' ? 0x92 : c.charCodeAt(0)))
  for (const bytes of [new TextEncoder().encode(written), utf16, latin])
    expect(decodeTimings(bytes)).toBe(written)
})
