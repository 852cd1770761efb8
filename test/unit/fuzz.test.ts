import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import * as nodeFiles from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { expect } from 'vitest'
import { finishInPlace } from '../../electron/files/inPlace'
import { OpenNote } from '../../electron/files/openNote'
import { readRange } from '../../electron/recording/ranges'
import { loadSettings, settingsStore } from '../../renderer/state/settings'
import { readClock, readTemplate } from '../../shared/formats/clock'
import { contained } from '../../shared/formats/exportedTurn'
import { openText, saveText } from '../../shared/formats/text'
import { writePage } from '../../shared/formats/writePage'
import { writeTable } from '../../shared/formats/writeTable'
import { requestSchemas } from '../../shared/ipcSchemas'
import { readJournal } from '../../shared/session/journal'
import { createSession } from '../../shared/session/session'
import { applySidecar, readSidecar } from '../../shared/session/sidecar'
import { exportedTurns } from '../../shared/session/timedTurns'
import { readSubtitles } from '../../shared/subtitles/readSubtitles'
import { subtitleTurns, transcriptOf } from '../../shared/subtitles/subtitleTurns'
import { writeSrt, writeVtt } from '../../shared/subtitles/writeSubtitles'
import { parseTranscript } from '../../shared/transcript/parseTranscript'
import { damaged, fuzz, type Reader, textOf } from '../support/fuzz'

const transcripts = fileURLToPath(new URL('../fixtures/transcripts', import.meta.url))

function checkTranscript(text: string): void {
  const { turns, marks } = parseTranscript(text)
  const places = turns.map(({ from, to }) => [from, to] as const)
  for (const [from, to] of [...places, ...marks.map((mark) => [mark.from, mark.to] as const)]) {
    expect(from).toBeGreaterThanOrEqual(0)
    expect(to).toBeGreaterThanOrEqual(from)
    expect(to).toBeLessThanOrEqual(text.length)
  }
  for (let at = 1; at < places.length; at++)
    expect((places[at] as readonly [number, number])[0]).toBeGreaterThanOrEqual(
      (places[at - 1] as readonly [number, number])[1],
    )
}

const readers: Readonly<Record<string, Reader>> = {
  'a transcript: turns lie in the text, in order, apart': (bytes) =>
    checkTranscript(textOf(bytes).replace(/\r\n?/gu, '\n')),
  'a text file: saved unchanged it is the same bytes': (bytes) => {
    const opened = openText(bytes)
    if (!opened.ok) return
    const saved = saveText(opened.value, opened.value.doc, [])
    expect(saved.ok && Buffer.compare(saved.value, bytes)).toBe(0)
  },
  'a session over any text': (bytes) => {
    const doc = textOf(bytes).replace(/\r\n?/gu, '\n')
    expect(createSession({ doc }).doc.toString()).toBe(doc)
  },
  'subtitles: times are numbers, in a transcript that can be read': (bytes) => {
    const cues = readSubtitles(textOf(bytes))
    for (const { start, end } of cues) expect(Number.isFinite(start) && Number.isFinite(end)).toBe(true)
    const turns = subtitleTurns(textOf(bytes))
    for (const { from, to, start, end } of turns) expect(from <= to && start <= end).toBe(true)
    checkTranscript(transcriptOf(turns, null).replace(/\r\n?/gu, '\n'))
  },
  'a sidecar: anchors lie in the text': (bytes) => {
    const sidecar = readSidecar(textOf(bytes))
    if (!sidecar.ok) return
    const doc = 'ANA: one\nBO: two\n'
    for (const { position } of applySidecar(doc, sidecar.value).anchors)
      expect(position).toBeLessThanOrEqual(doc.length)
  },
  'a journal: anchors lie in the text': (bytes) => {
    const journal = readJournal(textOf(bytes))
    for (const { position } of journal?.anchors ?? [])
      expect(position).toBeLessThanOrEqual(journal?.text.length ?? 0)
  },
  'a range: within the file': (bytes) => {
    const size = bytes.length * 7
    for (const header of [textOf(bytes), `bytes=${textOf(bytes)}`]) {
      const range = readRange(header, size)
      if (range.kind !== 'part') continue
      expect(range.start).toBeGreaterThanOrEqual(0)
      expect(range.end).toBeGreaterThanOrEqual(range.start)
      expect(range.end).toBeLessThan(size)
    }
  },
  'a clock and a template': (bytes) => {
    const time = readClock(textOf(bytes))
    expect(time === null || (Number.isFinite(time) && time >= 0)).toBe(true)
    readTemplate(textOf(bytes))
  },
  'requests: refused or taken, never thrown at': (bytes) => {
    const values: unknown[] = [textOf(bytes), bytes, null, undefined, [bytes]]
    try {
      values.push(JSON.parse(textOf(bytes)))
    } catch {
      // Most inputs are no JSON.
    }
    for (const schema of Object.values(requestSchemas))
      for (const value of [
        ...values,
        ...values.map((id) => ({ id, transcript: id, record: id, key: id, bytes: id })),
      ])
        schema.safeParse(value)
  },
  'exports of any text: as many turns come out as went in': (bytes) => {
    const doc = textOf(bytes).replace(/\r\n?/gu, '\n')
    const turns = exportedTurns(createSession({ doc }))
    expect(writePage('name', turns).match(/<section>/gu)?.length ?? 0).toBe(turns.length)
    expect(writeTable(turns).endsWith('\r\n')).toBe(true)
    expect(contained(contained(doc))).toBe(contained(doc))
  },
  'subtitles written of any cues are read as the same cues': (bytes) => {
    const said =
      textOf(bytes)
        .replace(/[<>&{}\r\n\0\s]+/gu, ' ')
        .trim() || 'x'
    const cue = { speaker: null, start: 1, end: 2, text: said, lines: [said] }
    for (const write of [writeSrt, writeVtt])
      expect(
        readSubtitles(write([cue, { ...cue, start: 3, end: 4 }], { hasSpeakerNames: false })),
      ).toHaveLength(2)
  },
  'settings: every entry is one of ours, or the usual': (bytes) => {
    const values: unknown[] = [textOf(bytes), null]
    try {
      values.push(JSON.parse(textOf(bytes)))
    } catch {
      // Most inputs are no JSON.
    }
    for (const value of [...values, { theme: values[0], textSize: values.at(-1), inaudibleWords: values }]) {
      loadSettings(value, 'en')
      const { theme, textSize, inaudibleWords } = settingsStore.getState()
      expect(['system', 'light', 'dark']).toContain(theme)
      expect(textSize).toBeGreaterThanOrEqual(10)
      expect(Array.isArray(inaudibleWords)).toBe(true)
    }
  },
  'a record of an interrupted write: touches nothing that it does not fit': async (bytes) => {
    const folder = mkdtempSync(join(tmpdir(), 'earmark-fuzz-'))
    const target = join(folder, 'a.txt')
    writeFileSync(target, 'mine')
    writeFileSync(join(folder, 'x.in-place'), bytes)
    const head = JSON.stringify({ target, oldLength: 4, newLength: bytes.length, hash: 'x' })
    writeFileSync(join(folder, 'y.in-place'), Buffer.concat([Buffer.from(`${head}\n`), bytes]))
    await finishInPlace(nodeFiles, folder)
    expect(readFileSync(target, 'utf8')).toBe('mine')
    await nodeFiles.rm(folder, { recursive: true })
  },
  'a note that a file is open: read or passed over': async (bytes) => {
    const folder = mkdtempSync(join(tmpdir(), 'earmark-fuzz-'))
    writeFileSync(join(folder, '.a.txt.earmark-open'), bytes)
    const note = new OpenNote()
    expect(await note.take(join(folder, 'a.txt'))).toBeNull()
    await note.release()
    await nodeFiles.rm(folder, { recursive: true })
  },
}

const pieces =
  'ANA LIMA: |Q. |>> |[inaudible 00:01:02]|[crosstalk|00:00:01,000 --> 00:00:02,000\n|WEBVTT\n\n|<v Bo>|\u202e|\u2066|<script>|=1+1|\n\n|\r|\t|"|{|}|[1,|null|bytes=|-|1-2|99999999999999999999|RIFF$\0\0\0WAVEfmt |data|\0|\ufeff|主席：|（听不清）|é'.split(
    '|',
  )
const fixtures = readdirSync(transcripts).map((name) => readFileSync(join(transcripts, name)))
const anything = fc.oneof(
  fc.uint8Array({ maxLength: 2000 }),
  fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((parts) => Buffer.from(parts.join(''))),
  fc.json().map((json) => Buffer.from(json)),
  damaged(fixtures, 1_000_000),
)

fuzz(readers, anything)
