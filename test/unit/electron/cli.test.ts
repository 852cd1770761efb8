import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { isCommandLine, runCommandLine } from '../../../electron/cli/runCommandLine'
import type { Terminal } from '../../../electron/cli/terminal'
import { waveHead } from '../../../electron/dev/waveHead'
import { durationOf, readAudiowaveformDat } from '../../../shared/recording/audiowaveformDat'
import { err, ok } from '../../../shared/result'

let folder = ''
let out = ''
let error = ''

const terminal: Terminal = {
  version: '9.9.9',
  out: async (text) => {
    out += typeof text === 'string' ? text : new TextDecoder().decode(text)
  },
  error: async (text) => {
    error += text
  },
  read: (path) => readFile(join(folder, path)),
  open: async (path) => {
    const bytes = await readFile(join(folder, path))
    return {
      size: bytes.length,
      read: async (offset, length) => bytes.subarray(offset, offset + length),
      close: async () => undefined,
    }
  },
  write: async (path, bytes) => {
    try {
      writeFileSync(join(folder, path), bytes)
      return ok(null)
    } catch (reason) {
      return err({ kind: 'gone', name: path, detail: `${(reason as NodeJS.ErrnoException).code}: open` })
    }
  },
  obstacle: async (path) => (path.startsWith('nowhere/') ? 'ENOENT' : null),
  decodeInWindow: null,
  runInApp: null,
}

const run = (...args: string[]) => runCommandLine(args, terminal)
const put = (name: string, text: string | Uint8Array) => writeFileSync(join(folder, name), text)
const get = (name: string) => readFileSync(join(folder, name), 'utf8')

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'earmark-cli-'))
  out = ''
  error = ''
})

describe('inspect', () => {
  it('prints what is recognised, with offsets of the decoded text', async () => {
    put('a.txt', Buffer.from('\uFEFFANA REED: Hi.\r\n\r\n>> [laughs] Yes?\r\n', 'utf8'))
    expect(await run('inspect', 'a.txt', '--json')).toBe(0)
    expect(JSON.parse(out)).toEqual({
      format: 'text',
      encoding: 'utf-8',
      bom: true,
      eol: 'crlf',
      speakers: [{ name: 'ANA REED', labels: ['ANA REED'], turns: 1 }],
      turns: [
        {
          index: 0,
          label: 'ANA REED',
          speaker: 'ANA REED',
          text: 'Hi.',
          from: 0,
          to: 13,
          start: null,
          end: null,
        },
        {
          index: 1,
          label: '>>',
          speaker: null,
          text: '[laughs] Yes?',
          from: 17,
          to: 33,
          start: null,
          end: null,
        },
      ],
      marks: [{ kind: 'event', text: '[laughs]', from: 20, to: 28, turn: 1 }],
    })
    expect(error).toBe('')
  })

  it('has a form for people', async () => {
    put('a.txt', 'ANA: Hi.\nBO: Ho.\n')
    expect(await run('inspect', 'a.txt')).toBe(0)
    expect(out).toContain('2 turns, 2 speakers')
  })
})

describe('convert', () => {
  it('from text to text is the same to the byte', async () => {
    const bytes = Buffer.from('ANA: Grüße\r\nBO: \xe4\n', 'latin1')
    put('a.txt', bytes)
    expect(await run('convert', 'a.txt', 'b.txt')).toBe(0)
    expect(readFileSync(join(folder, 'b.txt'))).toEqual(bytes)
  })

  it('writes and updates times', async () => {
    put('a.txt', '[00:01] ANA: Hi.\r\n[00:05] BO: Ho.\r\n')
    expect(await run('convert', 'a.txt', 'b.txt', '--timestamps', '(hh:mm:ss.t)')).toBe(0)
    expect(get('b.txt')).toBe('(00:00:01.0) ANA: Hi.\r\n(00:00:05.0) BO: Ho.\r\n')
  })

  it('writes subtitles', async () => {
    put('a.txt', '[00:01] ANA: Hi.\n[00:05] BO: Ho.\n')
    expect(await run('convert', 'a.txt', 'b.srt')).toBe(0)
    expect(get('b.srt')).toContain('00:00:01,000 --> 00:00:05,000\nANA: Hi.\n')
    expect(await run('convert', 'a.txt', '-', '--to', 'vtt')).toBe(0)
    expect(out).toContain('<v BO>Ho.</v>')
  })

  it('writes a page and a table, with times or without, from subtitles too', async () => {
    put('a.txt', '[00:01] ANA: <b>Hi</b>.\n[00:05] BO: =1+1\n')
    expect(await run('convert', 'a.txt', 'a.html')).toBe(0)
    expect(get('a.html')).toContain(
      '<time>0:00:01</time><h2 dir="auto">ANA</h2><p dir="auto">&lt;b&gt;Hi&lt;/b&gt;.</p>',
    )
    expect(await run('convert', 'a.txt', '-', '--to', 'csv')).toBe(0)
    expect(
      out
        .replace(/^\uFEFF/u, '')
        .split('\r\n')
        .slice(0, 3),
    ).toEqual([
      'start,end,speaker,text',
      '00:00:01.000,00:00:05.000,"ANA","<b>Hi</b>."',
      expect.stringMatching(/^00:00:05\.000,[\d:.]+,"BO","'=1\+1"$/),
    ])
    put('b.txt', 'ANA: Hi.\n')
    expect(await run('convert', 'b.txt', 'b.csv')).toBe(0)
    expect(get('b.csv')).toContain(',,"ANA","Hi."\r\n')
    put('c.srt', '1\n00:00:01,000 --> 00:00:02,500\nANA: Hi.\n')
    expect(await run('convert', 'c.srt', 'c.csv')).toBe(0)
    expect(get('c.csv')).toContain('00:00:01.000,00:00:02.500,"ANA","Hi."')
  })

  it('reads subtitles, and leaves a file alone that is in the format already', async () => {
    put(
      'a.srt',
      '1\r\n00:00:01,000 --> 00:00:02,500\r\nANA: <i>Hi</i> there.\r\n\r\n00:00:03,000 --> 00:00:04,000\r\nAnd again.\r\n',
    )
    expect(await run('convert', 'a.srt', 'b.vtt')).toBe(0)
    expect(get('b.vtt')).toBe(
      'WEBVTT\n\n00:00:01.000 --> 00:00:02.500\n<v ANA>Hi there.</v>\n\n00:00:03.000 --> 00:00:04.000\nAnd again.\n',
    )
    expect(await run('convert', 'b.vtt', 'c.txt')).toBe(0)
    expect(get('c.txt')).toBe('ANA: Hi there. And again.\n')
    expect(await run('convert', 'a.srt', 'd.srt')).toBe(0)
    expect(readFileSync(join(folder, 'd.srt'))).toEqual(readFileSync(join(folder, 'a.srt')))
  })

  it('shows subtitles with their format, and the turns that voices and labels make', async () => {
    put('a.vtt', 'WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ana>Hi.\n\n00:02.000 --> 00:03.000\nAnd again.\n')
    expect(await run('inspect', 'a.vtt', '--json')).toBe(0)
    expect(JSON.parse(out)).toMatchObject({
      format: 'vtt',
      speakers: [{ name: 'Ana', labels: ['Ana'], turns: 1 }],
      turns: [{ index: 0, label: 'Ana', speaker: 'Ana', text: 'Hi. And again.', start: 1, end: 3 }],
    })
    put(
      'b.srt',
      '1\r\n00:00:01,000 --> 00:00:03,000\r\nWE BEGIN. >> MAYOR: THANKS\r\nA LOT. [APPLAUSE]\r\n\r\n2\r\n00:00:04,000 --> 00:00:05,000\r\n>> YES.\r\n',
    )
    out = ''
    expect(await run('inspect', 'b.srt', '--json')).toBe(0)
    const shown = JSON.parse(out)
    expect(shown).toMatchObject({
      format: 'srt',
      eol: 'crlf',
      turns: [
        { label: null, text: 'WE BEGIN.', start: 1 },
        { label: '>> MAYOR', speaker: 'MAYOR', text: 'THANKS A LOT. [APPLAUSE]', end: 3 },
        { label: '>>', speaker: null, text: 'YES.', start: 4, end: 5 },
      ],
      marks: [{ kind: 'event', text: '[APPLAUSE]', turn: 1 }],
    })
    const written = get('b.srt')
    for (const { from, to, text } of shown.marks) expect(written.slice(from, to)).toBe(text)
    put('c.srt', '1\n00:00:01,000 --> 00:00:02,000\n你好\n世界\n\n2\n00:00:02,000 --> 00:00:03,000\n再见\n')
    out = ''
    expect(await run('inspect', 'c.srt', '--json')).toBe(0)
    expect(JSON.parse(out).turns.map((turn: { text: string }) => turn.text)).toEqual(['你好世界', '再见'])
  })

  it('writes subtitles as text, with times where they are asked for', async () => {
    put('a.vtt', 'WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ana>Hi.\n\n01:02.000 --> 01:03.000\n<v Bo>Ho.\n')
    expect(await run('convert', 'a.vtt', '-', '--timestamps', '[HH:MM:SS]')).toBe(0)
    expect(out).toBe('[00:00:01] Ana: Hi.\n\n[00:01:02] Bo: Ho.\n')
    put(
      'b.srt',
      '1\n00:00:01,000 --> 00:00:02,000\nOne\n\n2\n00:00:02,100 --> 00:00:03,000\ntwo.\n\n3\n00:00:09,000 --> 00:00:10,000\nThree.\n',
    )
    expect(await run('convert', 'b.srt', 'b.txt')).toBe(0)
    expect(get('b.txt')).toBe('One two.\n\nThree.\n')
  })

  it('leaves subtitles on standard input as they are when nothing asks for another format', async () => {
    put('a.srt', '1\n00:00:01,000 --> 00:00:02,000\nOne\n')
    expect(await run('convert', 'a.srt', '-')).toBe(0)
    expect(out).toBe(get('a.srt'))
  })

  it('takes the times beside the text', async () => {
    put('a.txt', 'ANA: Hi.\nBO: Ho.\n')
    const anchor = {
      before: '',
      after: 'ANA: Hi.\nBO: Ho.\n',
      edge: 'start',
      origin: 'pinned',
      confidence: 1,
    }
    const anchors = [
      { ...anchor, position: 0, time: 2 },
      { ...anchor, position: 9, before: 'ANA: Hi.\n', after: 'BO: Ho.\n', time: 4 },
    ]
    put(
      'a.earmark.json',
      JSON.stringify({
        format: 'earmark',
        version: 1,
        transcript: { name: 'a.txt', length: 17, hash: '' },
        recording: { name: 'a.mp3', key: '', duration: 6 },
        anchors,
        reviewed: [],
      }),
    )
    expect(await run('convert', 'a.txt', 'b.srt')).toBe(0)
    expect(get('b.srt')).toContain('00:00:04,000 --> 00:00:06,000\nBO: Ho.\n')
  })
})

describe('mistakes', () => {
  it.each([
    [['inspect'], 2, 'FILE is missing'],
    [['inspect', 'a', 'b'], 2, 'unexpected argument: b'],
    [['inspect', 'a', '--xml'], 2, "Unknown option '--xml'"],
    [['frobnicate'], 2, 'unknown verb: frobnicate'],
    [[], 2, 'Usage'],
    [['inspect', 'none.txt'], 1, 'no such file'],
    [['inspect', 'bin.txt'], 1, 'not a text'],
    [['convert', 'plain.txt', 'out.srt'], 1, 'no times'],
    [['convert', 'plain.txt', 'out.srt', '--timestamps', '[HH:MM:SS]'], 2, '--timestamps goes with text'],
    [['convert', 'plain.txt', 'out.txt', '--timestamps', 'noon'], 2, 'not a template: noon'],
    [['convert', 'plain.txt', 'out', '--to', 'pdf'], 2, 'unknown format: pdf'],
    [['convert', 'plain.txt', 'out.docx'], 2, 'unknown format: docx'],
    [['convert', 'plain.txt', 'none/out.txt'], 1, 'no such folder'],
    [['convert', 'cue.srt', 'cue.srt', '--to', 'text'], 1, 'is the file that is read'],
    [['inspect', 'plain.txt', '--encoding', 'ebcdic'], 2, 'unknown encoding: ebcdic'],
  ])('%j end with %i: %s', async (args, code, message) => {
    put('plain.txt', 'ANA: Hi.\nBO: Ho.\n')
    put('cue.srt', '1\n00:00:01,000 --> 00:00:02,000\nOne\n')
    put('bin.txt', Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0]))
    expect(await run(...args)).toBe(code)
    expect(error).toContain(message)
    expect(out).toBe('')
  })

  it.each([['--help'], ['inspect', '--help'], ['convert', '-h'], ['--version']])(
    '%s %s is answered',
    async (...args) => {
      expect(await run(...args.filter((word): word is string => word !== undefined))).toBe(0)
      expect(out).toMatch(/Usage|9\.9\.9/)
      expect(error).toBe('')
    },
  )
})

describe('peaks', () => {
  const clicks = readFileSync(new URL('../../fixtures/recordings/clicks.mp3', import.meta.url))
  const dat = (name: string) => readAudiowaveformDat(new Uint8Array(readFileSync(join(folder, name))))

  it('writes the waveform beside the recording, and never over what lies there', async () => {
    put('talk.mp3', clicks)
    expect(await run('peaks', 'talk.mp3')).toBe(0)
    const written = dat('talk.dat')
    if (!written) throw new Error('no data file')
    expect(written).toMatchObject({ version: 2, bits: 16, channels: 1 })
    expect(durationOf(written)).toBeCloseTo(3.5, 1)
    expect(Math.max(...written.values)).toBeGreaterThan(10_000)
    expect(await run('peaks', 'talk.mp3')).toBe(1)
    expect(error).toContain('talk.dat: is there already')
    expect(await run('peaks', 'talk.mp3', '-o', 'talk.dat', '--bits', '8')).toBe(0)
    expect(dat('talk.dat')?.bits).toBe(8)
  })

  it('reads Apple Lossless without a window', async () => {
    put('memo.m4a', readFileSync(new URL('../../fixtures/recordings/clicks-alac.m4a', import.meta.url)))
    expect(await run('peaks', 'memo.m4a')).toBe(0)
    const written = dat('memo.dat')
    if (!written) throw new Error('no data file')
    expect(durationOf(written)).toBeCloseTo(1, 2)
    expect(Math.max(...written.values)).toBeGreaterThan(10_000)
  })

  it('takes the number of pixels that is asked for', async () => {
    put('talk.mp3', clicks)
    expect(await run('peaks', 'talk.mp3', '-o', 'out.dat', '--pixels-per-second', '20')).toBe(0)
    const written = dat('out.dat')
    expect((written?.sampleRate ?? 0) / (written?.samplesPerPixel ?? 1)).toBe(20)
  })

  it('says what it cannot use', async () => {
    put('text.mp3', 'The meeting came to order.')
    put('empty.mp3', '')
    expect(await run('peaks', 'text.mp3', '-o', 'out.dat')).toBe(1)
    expect(error).toContain('not decodable here')
    expect(await run('peaks', 'empty.mp3', '-o', 'out.dat')).toBe(1)
    expect(error).toContain('there is no sound in it')
    expect(await run('peaks', 'missing.mp3', '-o', 'out.dat')).toBe(1)
    for (const wrong of [
      ['--bits', '12'],
      ['--pixels-per-second', '0'],
      ['--pixels-per-second', 'many'],
    ])
      expect(await run('peaks', 'text.mp3', ...wrong)).toBe(2)
    expect(() => readFileSync(join(folder, 'out.dat'))).toThrow()
  })
})

it('tells verbs from files', () => {
  expect(isCommandLine(['inspect', 'a.txt'])).toBe(true)
  expect(isCommandLine(['--no-sandbox', '--version'])).toBe(true)
  expect(isCommandLine(['talk.mp3', 'talk.txt'])).toBe(false)
  expect(isCommandLine([])).toBe(false)
})

function silence(): Uint8Array {
  return Buffer.concat([waveHead({ rate: 16000, size: 64000 }), Buffer.alloc(64000)])
}

describe('align', () => {
  it('says so where a recording can only be decoded in the window', async () => {
    put('talk.ogg', 'OggS and so on')
    put('talk.txt', 'ANA: Hello.\n\nBEN: Yes.\n')
    expect(await run('align', 'talk.ogg', 'talk.txt', '--json')).toBe(1)
    expect(error).toContain('talk.ogg: not decodable here')
    expect(out).toBe('')
  })

  it('prints null times for a recording in which nobody speaks', async () => {
    put('still.wav', silence())
    put('talk.txt', 'ANA: Hello.\n\nBEN: Yes.\n')
    expect(await run('align', 'still.wav', 'talk.txt', '--json')).toBe(1)
    const printed = JSON.parse(out)
    expect(printed.refused).toBe('noSpeech')
    expect(printed.sentences).toHaveLength(2)
    expect(printed.turns[0]).toMatchObject({ start: null, placement: 'notPlaced' })
  })

  it('takes the times of words that a recogniser heard, where the sound says nothing', async () => {
    put('still.wav', silence())
    put('talk.txt', 'ANA: Good evening to you.\n\nBEN: We [inaudible] the bridge.\n')
    const said = 'good evening to you we have seen the bridge'
    const words = said.split(' ').map((word, k) => ({ word, start: k / 8, end: k / 8 + 0.1 }))
    put('heard.json', JSON.stringify({ segments: [{ start: 0, end: 2, text: said, words }] }))
    expect(await run('align', 'still.wav', 'talk.txt', '--words', 'heard.json', '--json')).toBe(0)
    const { turns, suggestions, refused } = JSON.parse(out)
    expect(refused).toBeUndefined()
    expect(turns.map(({ start }: { start: number }) => start)).toEqual([0, 0.5])
    expect(suggestions).toEqual([{ from: 35, to: 46, text: 'have seen', start: 0.625, end: 0.85 }])
    expect(await run('align', 'still.wav', 'talk.txt', '--words', 'heard.json', '-o', 'out.srt')).toBe(0)
    expect(get('out.srt')).toContain('00:00:00,500 --> ')
  })

  it('writes the times of the words beside the text, and times into the text in its own bytes', async () => {
    put('still.wav', silence())
    put('talk.txt', Buffer.from('ANA: Good evening, Grüße.\r\n\nBEN: We close.\r\n', 'latin1'))
    const words = 'good evening grüße we close'
      .split(' ')
      .map((word, k) => ({ word, start: k / 4, end: k / 4 + 0.2 }))
    put('heard.json', JSON.stringify(words))
    const common = ['align', 'still.wav', 'talk.txt', '--words', 'heard.json', '--language', 'German', '-o']
    expect(await run(...common, 'times.json')).toBe(0)
    const times = JSON.parse(get('times.json'))
    expect(times.language).toBe('de')
    expect(times.words.turns).toHaveLength(2)
    expect(await run(...common, 'out.txt')).toBe(0)
    expect(readFileSync(join(folder, 'out.txt'), 'latin1')).toBe(
      '[00:00:00] ANA: Good evening, Grüße.\r\n\n[00:00:00] BEN: We close.\r\n',
    )
  })

  it.each([
    ['still.wav', 'is a file that is read'],
    ['talk.txt', 'is a file that is read'],
    ['./talk.txt', 'is a file that is read'],
    ['out.doc', 'unknown format: doc'],
  ])('refuses to write %s before anything is read', async (path, message) => {
    put('still.wav', silence())
    put('talk.txt', 'ANA: Hello.\n')
    expect(await run('align', 'still.wav', 'talk.txt', '-o', path)).toBe(2)
    expect(error).toContain(message)
    expect(get('talk.txt')).toBe('ANA: Hello.\n')
  })

  it('says before it aligns that nothing can be written there', async () => {
    expect(await run('align', 'missing.wav', 'missing.txt', '-o', 'nowhere/out.srt')).toBe(1)
    expect(error).toBe('earmark: nowhere/out.srt: no such folder\n')
  })

  it.each(['xx', '', 'Klingon'])('names the languages it knows when given «%s»', async (language) => {
    expect(await run('align', 'a.wav', 'a.txt', '--language', language)).toBe(2)
    expect(error).toContain(`unknown language: '${language}' (known: af, am,`)
  })

  it('takes --json or -o, not both', async () => {
    expect(await run('align', 'a.wav', 'a.txt', '--json', '-o', 'a.json')).toBe(2)
  })

  it.each([
    ['{"segments": [{"start": 1, "end": 2, "text": "a"}, {"start": "x"}]}', 'segments.1.start'],
    ['{"segments": [', 'broken JSON'],
    ['Good evening.', 'no words with times'],
    ['{"segments": [{"start": 1, "end": 2, "text": ""}]}', 'without words'],
  ])('says what is wrong with a file of words: %s', async (file, message) => {
    put('still.wav', silence())
    put('talk.txt', 'ANA: Hello.\n')
    put('heard.json', file)
    expect(await run('align', 'still.wav', 'talk.txt', '--words', 'heard.json')).toBe(1)
    expect(error).toContain('heard.json: ')
    expect(error).toContain(message)
    expect(out).toBe('')
  })
})
