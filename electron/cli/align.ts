import { basename, extname, resolve } from 'node:path'
import { ChangeSet } from '@codemirror/state'
import { align as alignText } from '../../shared/alignment/align'
import type { Alignment } from '../../shared/alignment/alignment'
import { combine } from '../../shared/alignment/byText/combine'
import type { HeardWord } from '../../shared/alignment/byText/heardWords'
import { transferTimes } from '../../shared/alignment/byText/transferTimes'
import { upperEdge } from '../../shared/alignment/sound/spectrum'
import { unitsOf } from '../../shared/alignment/text/segments'
import { openEspeak } from '../../shared/alignment/voice/openEspeak'
import { phrasesOf } from '../../shared/alignment/voice/voice'
import { decodeTimings, readTimings, type TimingsProblem } from '../../shared/formats/recognisers/readTimings'
import type { OpenedText } from '../../shared/formats/text'
import type { Speech } from '../../shared/recording/speechActivity'
import { spokenParts } from '../../shared/recording/spokenParts'
import { assertNever, ok } from '../../shared/result'
import { alignmentText } from '../../shared/session/alignmentText'
import { applyAlignment } from '../../shared/session/applyAlignment'
import { transcriptOf } from '../../shared/session/queries'
import { createSession, type Session } from '../../shared/session/session'
import { writeSidecar } from '../../shared/session/sidecar'
import { timedTurns } from '../../shared/session/timedTurns'
import { cuesFromTurns } from '../../shared/subtitles/cues'
import { writeSrt, writeVtt } from '../../shared/subtitles/writeSubtitles'
import { inspectTranscript } from '../../shared/transcript/inspectTranscript'
import { lineEndKind } from '../../shared/transcript/lineEnds'
import { parseTranscript } from '../../shared/transcript/parseTranscript'
import { hashOf } from '../files/fingerprint'
import { wordsForRecording } from './decodersFor'
import { givenLanguage } from './givenLanguage'
import { openTranscript } from './openTranscript'
import { recordingFeatures } from './recordingFeatures'
import { startReading } from './startReading'
import type { Terminal } from './terminal'
import { readArguments, UsageError, writeMessage } from './usage'
import { withTimestamps } from './withTimestamps'

export const alignHelp = `Usage: earmark align RECORDING TRANSCRIPT [--language L] [--words FILE] [--json | -o OUT]

Finds when each turn, sentence and word of a transcript is said in its recording.
Reads WAV, AIFF, CAF, MP3, FLAC, Apple Lossless, Ogg Vorbis and Ogg Opus; the app also
whatever Chromium decodes (AAC, WebM, the sound of MP4), in a window that is not shown.

  --language L   the language of the text (en, fr, pt-br, cmn …); otherwise it is recognised
  --words FILE   words that a recogniser heard in the same recording (Whisper, WhisperX,
                 whisper.cpp, Amazon, Deepgram, Google, Azure, AssemblyAI, Rev AI,
                 Speechmatics, Vosk, [{word,start,end}], SRT, VTT, CTM): what both
                 find is surer, what one of them misses the other may have
  --json         for programs: what 'inspect --json' prints, and times in seconds
  -o OUT         write OUT: times beside the text (.json), subtitles (.srt, .vtt),
                 or the text with a time before each label (.txt)
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
  if (values.json && values.output !== undefined) throw new UsageError('--json or -o OUT, not both')
  const language = values.language === undefined ? undefined : givenLanguage(values.language)
  const output = values.output === undefined ? null : outputOf(values.output, recording, transcript)
  const obstacle = output && (await terminal.obstacle(output.path))
  if (output && obstacle) {
    await terminal.error(
      `earmark: ${output.path}: ${writeMessage({ kind: 'unknown', name: output.path, detail: obstacle })}\n`,
    )
    return 1
  }
  const opened = await openTranscript(transcript, values.encoding, terminal)
  if (!opened) return 1
  const heard = values.words === undefined ? [] : await readHeard(values.words, terminal)
  if (!heard) return 1
  // Programs count in the file's own characters, the editor counts a line end as one.
  const text = output === null ? opened.text : opened.doc
  const parsed = parseTranscript(text)
  const spoken = alignmentText(text, parsed)
  let reading: ReturnType<typeof startReading> = null
  const read = await recordingFeatures(recording, terminal, (sampleRate) => {
    const { units } = unitsOf(spoken, [], language)
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
  const { features, speech } = read.value
  const found = await alignText(spoken, features, {
    openVoice: openEspeak,
    ...(readings ? { readings } : {}),
    ...(language ? { language } : {}),
  }).finally(stop)
  const byEar = { ...found, speechWithoutText: spokenParts(found.speechWithoutText, speech) }
  const { duration } = byEar
  const byText =
    heard.length > 0 ? transferTimes(spoken, heard, { duration, language: byEar.language }) : null
  if (byText?.alignment.refused)
    await terminal.error(`earmark: ${values.words}: these words do not belong to this text; left aside\n`)
  const alignment = byText ? combine(spoken, byEar, byText) : byEar
  if (alignment.refused) await terminal.error(`earmark: ${transcript}: ${refusals[alignment.refused]}\n`)
  if (output !== null) {
    if (alignment.refused) return 1
    const bytes = written(output.format, opened, alignment, byText, {
      language: language ?? null,
      transcript: { name: basename(transcript), hash: hashOf(opened.bytes) },
      recording: { name: basename(recording), key: '', duration: alignment.duration },
      speech,
    })
    if (!bytes.ok) {
      const { character, encoding } = bytes.error
      await terminal.error(`earmark: ${transcript}: ${character} cannot be written in ${encoding}\n`)
      return 1
    }
    const saved = await terminal.write(output.path, bytes.value)
    if (saved.ok) return 0
    await terminal.error(`earmark: ${output.path}: ${writeMessage(saved.error)}\n`)
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
      return `broken JSON at line ${problem.line}, character ${problem.column}`
    case 'malformedTimings':
      return `${problem.format}, but not as it should be at ${problem.place}`
    case 'noWords':
      return `${problem.format}, but without words that have times`
    default:
      return assertNever(problem)
  }
}

const formats: Readonly<Record<string, 'sidecar' | 'srt' | 'vtt' | 'text'>> = {
  '.json': 'sidecar',
  '.srt': 'srt',
  '.vtt': 'vtt',
  '.txt': 'text',
  '': 'text',
}

interface Output {
  readonly path: string
  readonly format: 'sidecar' | 'srt' | 'vtt' | 'text'
}

// What goes where. Neither of the files that are read is written over.
function outputOf(path: string, recording: string, transcript: string): Output {
  for (const read of [recording, transcript])
    if (resolve(path) === resolve(read)) throw new UsageError(`-o ${path} is a file that is read`)
  const extension = extname(path).toLowerCase()
  const own = extension === extname(transcript).toLowerCase() ? 'text' : undefined
  const format = Object.hasOwn(formats, extension) ? formats[extension] : own
  if (!format)
    throw new UsageError(`unknown format: ${extension.slice(1)} (known: json, srt, vtt, txt), in -o ${path}`)
  return { path, format }
}

// The session is what the window would have of it.
function written(
  format: Output['format'],
  opened: OpenedText,
  alignment: Alignment,
  byText: ReturnType<typeof transferTimes> | null,
  {
    language,
    speech,
    ...about
  }: Parameters<typeof writeSidecar>[1] & { readonly language: string | null; readonly speech: Speech },
) {
  const { doc } = opened
  const read = createSession({
    doc,
    language,
    recording: { duration: alignment.duration, speech },
  })
  const aligned = applyAlignment(
    read,
    alignment,
    transcriptOf(read),
    ChangeSet.empty(doc.length),
    byText ? { imported: { heard: [], suggestions: byText.suggestions } } : {},
  )
  const session = aligned ? read.update(aligned).state : read
  if (format === 'text') return withTimestamps(opened, session, '[HH:MM:SS]')
  return ok(new TextEncoder().encode(contentsOf(format, session, about)))
}

function contentsOf(
  format: 'sidecar' | 'srt' | 'vtt',
  session: Session,
  about: Parameters<typeof writeSidecar>[1],
): string {
  if (format === 'sidecar') return writeSidecar(session, about)
  const write = format === 'srt' ? writeSrt : writeVtt
  return write(cuesFromTurns(timedTurns(session)), { hasSpeakerNames: true })
}
