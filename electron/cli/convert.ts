import { basename, extname, resolve } from 'node:path'
import { type ClockTemplate, readTemplate } from '../../shared/formats/clock'
import type { ExportedTurn } from '../../shared/formats/exportedTurn'
import type { OpenedText } from '../../shared/formats/text'
import { writePage } from '../../shared/formats/writePage'
import { writeTable } from '../../shared/formats/writeTable'
import { turnTimesOf } from '../../shared/session/queries'
import { createSession, type Session } from '../../shared/session/session'
import { applySidecar, readSidecar } from '../../shared/session/sidecar'
import { exportedTurns, timedTurns } from '../../shared/session/timedTurns'
import { cuesFromTurns } from '../../shared/subtitles/cues'
import { isSubtitles, readSubtitles, subtitleFormat } from '../../shared/subtitles/readSubtitles'
import { subtitleTurns, transcriptOf } from '../../shared/subtitles/subtitleTurns'
import { type SubtitleFormat, writeSrt, writeVtt } from '../../shared/subtitles/writeSubtitles'
import { sidecarPath } from '../files/sidecarFile'
import { openTranscript } from './openTranscript'
import type { Terminal } from './terminal'
import { readArguments, UsageError, writeMessage } from './usage'
import { withTimestamps } from './withTimestamps'

export const convertHelp = `Usage: earmark convert IN OUT [--to FORMAT] [--timestamps TEMPLATE] [--encoding NAME]

Writes a transcript in another format. Times come from the text itself or from
the .earmark.json file beside it; IN may be subtitles too. IN and OUT may be - for
standard input and output.

  --to FORMAT             text, srt, vtt, html (a page to print) or csv (a table);
                          otherwise by OUT's extension, or IN's format
  --timestamps TEMPLATE   write the time before each label, e.g. '[HH:MM:SS]'
  --encoding NAME         read IN in this encoding instead of the recognised one

A text converted to text without --timestamps is the same to the byte.
`

type Format = 'text' | 'html' | 'csv' | SubtitleFormat

const formats: Readonly<Record<string, Format>> = {
  text: 'text',
  txt: 'text',
  srt: 'srt',
  vtt: 'vtt',
  html: 'html',
  csv: 'csv',
}
const known = 'text, srt, vtt, html, csv'

// By name, by the extension, or, where OUT tells nothing, what IN is.
function formatOf(given: string | undefined, to: string, from: string): Format | null {
  const own = (name: string) => (Object.hasOwn(formats, name) ? (formats[name] as Format) : null)
  if (given !== undefined) {
    const format = own(given)
    if (!format) throw new UsageError(`unknown format: ${given} (known: ${known})`)
    return format
  }
  const extension = extname(to).slice(1).toLowerCase()
  if (to === '-' || extension === '') return null
  const format = own(extension) ?? (extension === extname(from).slice(1).toLowerCase() ? 'text' : null)
  if (!format) throw new UsageError(`unknown format: ${extension} (known: ${known}); give it with --to`)
  return format
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
  const wanted = formatOf(values.to, to, from)
  const template = values.timestamps === undefined ? null : readTemplate(values.timestamps)
  if (template && !template.ok) throw new UsageError(`not a template: ${values.timestamps}`)
  if (template && wanted !== null && wanted !== 'text') throw new UsageError('--timestamps goes with text')
  const opened = await openTranscript(from, values.encoding, terminal)
  if (!opened) return 1
  const own: Format = isSubtitles(opened.text) ? subtitleFormat(opened.text) : 'text'
  const format = wanted ?? (template ? 'text' : own)
  const bytes =
    own !== 'text'
      ? fromSubtitles(opened, from, own, format, template?.value ?? null)
      : format === 'text'
        ? await asText(opened, from, values.timestamps, terminal)
        : format === 'html' || format === 'csv'
          ? asTurns(exportedTurns(await sessionOf(opened, from, terminal)), from, format)
          : await asSubtitles(opened, from, format, terminal)
  if (!bytes) return 1
  if (own !== format && to !== '-' && resolve(from) === resolve(to)) {
    await terminal.error(`earmark: ${to}: is the file that is read; it would become ${format}\n`)
    return 1
  }
  if (to === '-') {
    await terminal.out(bytes)
    return 0
  }
  const saved = await terminal.write(to, bytes)
  if (saved.ok) return 0
  await terminal.error(`earmark: ${to}: ${writeMessage(saved.error)}\n`)
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
  if (!turnTimesOf(session).some(({ start }) => start !== null)) return withoutTimes(path, terminal)
  const saved = withTimestamps(opened, session, template)
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

function asTurns(turns: readonly ExportedTurn[], path: string, format: 'html' | 'csv'): Uint8Array {
  return new TextEncoder().encode(format === 'csv' ? writeTable(turns) : writePage(basename(path), turns))
}

// Cues keep their times; only what is written of them differs. A file converted to its own format is left alone.
function fromSubtitles(
  opened: OpenedText,
  path: string,
  own: Format,
  format: Format,
  template: ClockTemplate | null,
): Uint8Array {
  if (format === own) return opened.bytes
  if (format === 'text') return new TextEncoder().encode(transcriptOf(subtitleTurns(opened.text), template))
  if (format === 'html' || format === 'csv') return asTurns(readSubtitles(opened.text), path, format)
  const write = format === 'srt' ? writeSrt : writeVtt
  const lines = readSubtitles(opened.text).map((cue) => ({ ...cue, lines: cue.text.split('\n') }))
  return new TextEncoder().encode(write(lines, { hasSpeakerNames: true }))
}

async function withoutTimes(path: string, terminal: Terminal): Promise<null> {
  await terminal.error(
    `earmark: ${path}: no times: neither in the text nor in an .earmark.json file beside it\n`,
  )
  return null
}
