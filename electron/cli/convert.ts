import { extname } from 'node:path'
import { readTemplate } from '../../shared/formats/clock'
import { type OpenedText, saveText } from '../../shared/formats/text'
import { turnTimesOf } from '../../shared/session/queries'
import { createSession, type Session } from '../../shared/session/session'
import { applySidecar, readSidecar } from '../../shared/session/sidecar'
import { timedTurns } from '../../shared/session/timedTurns'
import { timestampChanges } from '../../shared/session/timestamps'
import { cuesFromTurns } from '../../shared/subtitles/cues'
import { isSubtitles, readSubtitles, transcriptFromCues } from '../../shared/subtitles/readSubtitles'
import { type SubtitleFormat, writeSrt, writeVtt } from '../../shared/subtitles/writeSubtitles'
import { parseTranscript } from '../../shared/transcript/parseTranscript'
import { sidecarPath } from '../files/sidecarFile'
import { openTranscript } from './openTranscript'
import type { Terminal } from './terminal'
import { readArguments, UsageError } from './usage'

export const convertHelp = `Usage: earmark convert IN OUT [--to FORMAT] [--timestamps TEMPLATE] [--encoding NAME]

Writes a transcript in another format. Times come from the text itself or from
the .earmark.json file beside it; IN may be subtitles too. IN and OUT may be - for
standard input and output.

  --to FORMAT             text, srt or vtt; otherwise by OUT's extension
  --timestamps TEMPLATE   write the time before each label, e.g. '[HH:MM:SS]'
  --encoding NAME         read IN in this encoding instead of the recognised one

A text converted to text without --timestamps is the same to the byte.
`

type Format = 'text' | SubtitleFormat

function formatOf(given: string | undefined, path: string): Format {
  const name = given ?? extname(path).slice(1).toLowerCase()
  if (name === 'srt' || name === 'vtt' || name === 'text') return name
  if (given === undefined || name === 'txt') return 'text'
  throw new UsageError(`unknown format: ${name} (known: text, srt, vtt)`)
}

async function sessionOf(opened: OpenedText, path: string, terminal: Terminal): Promise<Session> {
  const kept = path === '-' ? null : await terminal.read(sidecarPath(path)).catch(() => null)
  if (!kept) return createSession({ doc: opened.doc })
  const sidecar = readSidecar(new TextDecoder().decode(kept))
  if (!sidecar.ok) {
    await terminal.error(
      `earmark: ${sidecarPath(path)}: not used: ${sidecar.error.kind === 'newerSidecar' ? 'written by a later version' : 'damaged'}\n`,
    )
    return createSession({ doc: opened.doc })
  }
  const { anchors, lost } = applySidecar(opened.doc, sidecar.value)
  if (lost.length > 0)
    await terminal.error(`earmark: ${path}: ${lost.length} times could not be found again in the text\n`)
  const duration = sidecar.value.recording?.duration
  return createSession({
    doc: opened.doc,
    anchors,
    ...(duration ? { recording: { duration, speech: [] } } : {}),
  })
}

export async function convert(args: readonly string[], terminal: Terminal): Promise<number> {
  const options = {
    to: { type: 'string' },
    timestamps: { type: 'string' },
    encoding: { type: 'string' },
  } as const
  const { values, positionals } = readArguments(args, options, ['IN', 'OUT'])
  const [from, to] = positionals as [string, string]
  const format = formatOf(values.to, to)
  if (values.timestamps !== undefined) {
    if (format !== 'text') throw new UsageError('--timestamps goes with text')
    if (!readTemplate(values.timestamps).ok) throw new UsageError(`not a template: ${values.timestamps}`)
  }
  const opened = await openTranscript(from, values.encoding, terminal)
  if (!opened) return 1
  const bytes = isSubtitles(opened.text)
    ? fromSubtitles(opened, format)
    : format === 'text'
      ? await asText(opened, from, values.timestamps, terminal)
      : await asSubtitles(opened, from, format, terminal)
  if (!bytes) return 1
  if (to === '-') {
    await terminal.out(bytes)
    return 0
  }
  const saved = await terminal.write(to, bytes)
  if (saved.ok) return 0
  await terminal.error(`earmark: ${to}: ${saved.error.detail || saved.error.kind}\n`)
  return 1
}

async function asText(
  opened: OpenedText,
  path: string,
  template: string | undefined,
  terminal: Terminal,
): Promise<Uint8Array | null> {
  if (template === undefined) return opened.bytes
  const session = await sessionOf(opened, path, terminal)
  const starts = turnTimesOf(session).map(({ start }) => start)
  if (!starts.some((start) => start !== null)) return withoutTimes(path, terminal)
  const changes =
    timestampChanges(opened.doc, parseTranscript(opened.doc), starts, { template, offset: 0, only: 'all' }) ??
    []
  const set = session.changes([...changes])
  const ranges: { fromA: number; toA: number; fromB: number; toB: number }[] = []
  set.iterChanges((fromA, toA, fromB, toB) => ranges.push({ fromA, toA, fromB, toB }))
  const saved = saveText(opened, set.apply(session.doc).toString(), ranges)
  if (saved.ok) return saved.value
  await terminal.error(
    `earmark: ${path}: ${saved.error.character} cannot be written in ${saved.error.encoding}\n`,
  )
  return null
}

async function asSubtitles(
  opened: OpenedText,
  path: string,
  format: SubtitleFormat,
  terminal: Terminal,
): Promise<Uint8Array | null> {
  const turns = timedTurns(await sessionOf(opened, path, terminal))
  if (turns.length === 0) return withoutTimes(path, terminal)
  const cues = cuesFromTurns(turns)
  const write = format === 'srt' ? writeSrt : writeVtt
  return new TextEncoder().encode(write(cues, { hasSpeakerNames: true }))
}

// Cues keep their times; only what is written of them differs. A file converted to its own format is left alone.
function fromSubtitles(opened: OpenedText, format: Format): Uint8Array {
  const own: Format = /^\uFEFF?\s*WEBVTT/u.test(opened.text) ? 'vtt' : 'srt'
  if (format === own) return opened.bytes
  const cues = readSubtitles(opened.text)
  if (format === 'text') return new TextEncoder().encode(transcriptFromCues(cues))
  const write = format === 'srt' ? writeSrt : writeVtt
  const lines = cues.map((cue) => ({ ...cue, lines: cue.text.split('\n') }))
  return new TextEncoder().encode(write(lines, { hasSpeakerNames: true }))
}

async function withoutTimes(path: string, terminal: Terminal): Promise<null> {
  await terminal.error(
    `earmark: ${path}: no times: neither in the text nor in an .earmark.json file beside it\n`,
  )
  return null
}
