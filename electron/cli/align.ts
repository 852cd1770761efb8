import { basename, extname } from 'node:path'
import { align as alignText } from '../../shared/alignment/align'
import type { Alignment } from '../../shared/alignment/alignment'
import { transferTimes } from '../../shared/alignment/byText/transferTimes'
import { combine } from '../../shared/alignment/combine'
import type { HeardWord } from '../../shared/alignment/heardWords'
import { openEspeak } from '../../shared/alignment/openEspeak'
import { unitsOf } from '../../shared/alignment/segments'
import { upperEdge } from '../../shared/alignment/spectrum'
import { phrasesOf } from '../../shared/alignment/voice'
import { decodeTimings, readTimings, type TimingsProblem } from '../../shared/formats/recognisers/readTimings'
import { assertNever } from '../../shared/result'
import { alignmentText } from '../../shared/session/alignmentText'
import type { Anchor } from '../../shared/session/anchors'
import { turnTimesOf } from '../../shared/session/queries'
import { createSession } from '../../shared/session/session'
import { writeSidecar } from '../../shared/session/sidecar'
import { timedTurns } from '../../shared/session/timedTurns'
import { timestampChanges } from '../../shared/session/timestamps'
import { cuesFromTurns } from '../../shared/subtitles/cues'
import { writeSrt, writeVtt } from '../../shared/subtitles/writeSubtitles'
import { inspectTranscript } from '../../shared/transcript/inspectTranscript'
import { lineEndKind } from '../../shared/transcript/lineEnds'
import { parseTranscript } from '../../shared/transcript/parseTranscript'
import { hashOf } from '../files/fingerprint'
import { wordsForRecording } from './decodersFor'
import { openTranscript } from './openTranscript'
import { recordingFeatures } from './recordingFeatures'
import { startReading } from './startReading'
import type { Terminal } from './terminal'
import { readArguments } from './usage'

export const alignHelp = `Usage: earmark align RECORDING TRANSCRIPT [--language L] [--words FILE] [--json | -o OUT]

Finds when each turn, sentence and word of a transcript is said in its recording.
Reads WAV, AIFF, CAF, MP3, FLAC, Apple Lossless, Ogg Vorbis and Ogg Opus; the app also
whatever Chromium decodes (AAC, WebM, the sound of MP4), in a window that is not shown.

  --language L   the language of the text (en, fr, cmn …); otherwise it is recognised
  --words FILE   words that a recogniser heard in the same recording (Whisper, WhisperX,
                 whisper.cpp, Amazon, Deepgram, Google, Azure, AssemblyAI, Rev AI,
                 Speechmatics, Vosk, [{word,start,end}], SRT, VTT, CTM): what both
                 find is surer, what one of them misses the other may have
  --json         for programs: what 'inspect --json' prints, and times in seconds
  -o OUT         write OUT: times beside the text (.json), subtitles (.srt, .vtt),
                 or the text with a time before each label
  --encoding NAME   read the transcript in this encoding
`

const refusals = {
  foreignText: 'the text does not seem to belong to this recording',
  noText: 'no text to align',
  noSpeech: 'nobody speaks in the recording',
} as const

export async function align(args: readonly string[], terminal: Terminal): Promise<number> {
  const options = {
    language: { type: 'string' },
    words: { type: 'string' },
    json: { type: 'boolean' },
    output: { type: 'string', short: 'o' },
    encoding: { type: 'string' },
  } as const
  const { values, positionals } = readArguments(args, options, ['RECORDING', 'TRANSCRIPT'])
  const [recording, transcript] = positionals as [string, string]
  const opened = await openTranscript(transcript, values.encoding, terminal)
  if (!opened) return 1
  const heard = values.words === undefined ? [] : await readHeard(values.words, terminal)
  if (!heard) return 1
  // Programs count in the file's own characters, the editor counts a line end as one.
  const text = values.output === undefined ? opened.text : opened.doc
  const parsed = parseTranscript(text)
  const spoken = alignmentText(text, parsed)
  let reading: ReturnType<typeof startReading> = null
  const read = await recordingFeatures(recording, terminal, (sampleRate) => {
    const { units } = unitsOf(spoken, [], values.language)
    reading = startReading({ phrases: phrasesOf(units), highest: upperEdge(sampleRate) })
  })
  const { readings = null, stop = null } = (reading as ReturnType<typeof startReading>) ?? {}
  if (!read.ok) {
    await stop?.()
    await terminal.error(`earmark: ${recording}: ${wordsForRecording(read.error, terminal)}\n`)
    return 1
  }
  // The result is the same, it only comes later.
  const inThisThread = (reason: string) =>
    terminal.error(
      `earmark: the text is read aloud in the thread that aligns, which takes longer: ${reason}\n`,
    )
  if (readings) readings.catch((reason: Error) => inThisThread(reason.message))
  else await inThisThread('there is no other')
  const byEar = await alignText(spoken, read.value, {
    openVoice: openEspeak,
    ...(readings ? { readings } : {}),
    ...(values.language ? { language: values.language } : {}),
  }).finally(stop)
  const { duration, language } = byEar
  const byText = heard.length > 0 ? transferTimes(spoken, heard, { duration, language }) : null
  if (byText?.alignment.refused)
    await terminal.error(`earmark: ${values.words}: these words do not belong to this text; left aside\n`)
  const alignment = byText ? combine(spoken, byEar, byText) : byEar
  if (alignment.refused) await terminal.error(`earmark: ${transcript}: ${refusals[alignment.refused]}\n`)
  if (values.output !== undefined) {
    if (alignment.refused) return 1
    const bytes = written(values.output, opened.doc, alignment, {
      transcript: { name: basename(transcript), hash: hashOf(opened.bytes) },
      recording: { name: basename(recording), key: '', duration: alignment.duration },
    })
    const saved = await terminal.write(values.output, bytes)
    if (saved.ok) return 0
    await terminal.error(`earmark: ${values.output}: ${saved.error.detail || saved.error.kind}\n`)
    return 1
  }
  const inspection = inspectTranscript(text, parsed)
  const turns = inspection.turns.map((turn, index) => {
    const { start = null, end = null, confidence = 0, placement = 'notPlaced' } = alignment.turns[index] ?? {}
    return { ...turn, start, end, confidence, placement }
  })
  if (values.json) {
    const suggestions = byText ? { suggestions: byText.suggestions } : {}
    const { sentences, words, speechWithoutText, doubtfulBelow, refused } = alignment
    const head = {
      format: 'text',
      encoding: opened.encoding,
      bom: opened.hasBom,
      eol: lineEndKind(opened.lineEnds),
    }
    await terminal.out(
      `${JSON.stringify({ ...head, ...inspection, turns, sentences, words, speechWithoutText, doubtfulBelow, language: alignment.language, duration: alignment.duration, ...suggestions, ...(refused ? { refused } : {}) })}\n`,
    )
  } else {
    for (const { start, end, confidence, label, text: said } of turns)
      await terminal.out(
        `${start === null ? 'not placed      ' : `${start.toFixed(2)}–${(end ?? start).toFixed(2)}`} ${confidence.toFixed(2)} ${label ?? '-'}: ${said.replace(/\n/gu, ' ').slice(0, 60)}\n`,
      )
  }
  return alignment.refused ? 1 : 0
}

async function readHeard(path: string, terminal: Terminal): Promise<readonly HeardWord[] | null> {
  const read = readTimings(decodeTimings(await terminal.read(path)))
  if (read.ok) return read.value.words
  await terminal.error(`earmark: ${path}: ${wordsFor(read.error)}\n`)
  return null
}

function wordsFor(problem: TimingsProblem): string {
  switch (problem.kind) {
    case 'notTimings':
      return "no words with times in a format that is known here (see 'earmark align --help')"
    case 'brokenJson':
      return `broken JSON: ${problem.detail}`
    case 'malformedTimings':
      return `${problem.format}, but not as it should be at ${problem.place}`
    case 'noWords':
      return `${problem.format}, but without words that have times`
    default:
      return assertNever(problem)
  }
}

function written(
  path: string,
  doc: string,
  alignment: Alignment,
  about: Parameters<typeof writeSidecar>[1],
): Uint8Array {
  const { turns } = parseTranscript(doc)
  const anchors = alignment.turns.flatMap(({ turn, start, end, confidence }): Anchor[] => {
    const range = turns[turn]
    if (!range || start === null || end === null) return []
    const common = { origin: 'aligned', confidence } as const
    return [
      { position: range.from, edge: 'start', time: start, ...common },
      { position: range.to, edge: 'end', time: end, ...common },
    ]
  })
  const session = createSession({ doc, anchors, recording: { duration: alignment.duration, speech: [] } })
  const encoder = new TextEncoder()
  const extension = extname(path).toLowerCase()
  if (extension === '.json') return encoder.encode(writeSidecar(session, about))
  if (extension === '.srt' || extension === '.vtt') {
    const write = extension === '.srt' ? writeSrt : writeVtt
    return encoder.encode(write(cuesFromTurns(timedTurns(session)), { hasSpeakerNames: true }))
  }
  const starts = turnTimesOf(session).map(({ start }) => start)
  const changes = timestampChanges(doc, parseTranscript(doc), starts, {
    template: '[HH:MM:SS]',
    offset: 0,
    only: 'all',
  })
  return encoder.encode(
    session
      .changes([...(changes ?? [])])
      .apply(session.doc)
      .toString(),
  )
}
