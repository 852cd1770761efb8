import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import * as nodeFiles from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { EditorState } from '@codemirror/state'
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
import { anchorsOf } from '../../shared/session/anchors'
import { importedOf } from '../../shared/session/imported'
import {
  journalHead,
  journalRecord,
  readJournal,
  recoveredEffects,
  sealed,
} from '../../shared/session/journal'
import { reviewDoneField } from '../../shared/session/review'
import { createSession } from '../../shared/session/session'
import { applySidecar, readSidecar, writeSidecar } from '../../shared/session/sidecar'
import { exportedTurns } from '../../shared/session/timedTurns'
import { wordTimingsOf } from '../../shared/session/words'
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

const about = {
  transcript: { name: 'a.txt', hash: 'x' },
  recording: { name: 'a.mp3', key: 'k', duration: 9 },
}
const started = createSession({
  doc: 'ANA: We would [inaudible] it now.\n\nBO: two words\n',
  anchors: [{ position: 0, edge: 'start', time: 1, origin: 'pinned', confidence: 1 }],
  reviewDone: [{ kind: 'inaudible', position: 14 }],
  suggestions: [{ from: 14, to: 25, text: 'like to see', start: 1, end: 2 }],
  timings: {
    words: [
      { from: 5, to: 7, start: 1, end: 1.5, confidence: 0.9 },
      { from: 8, to: 13, start: 1.5, end: 2, confidence: 0.4 },
    ],
    doubts: [{ from: 5, to: 20, start: null, end: null, confidence: 0.1 }],
    untold: [{ position: 33, start: 5, end: 6 }],
    doubtfulBelow: 0.5,
  },
})
const known = started.update({ changes: { from: 8, insert: 'really ' } }).state
const keptFiles = [
  writeSidecar(known, about),
  journalHead(known, 'x') +
    journalRecord(known, known.update({ changes: { from: 0, to: 4, insert: 'EVA:' } }).state),
].map((text) => Buffer.from(text))

/** Everything that a session knows of places in its text lies in it. */
function checkSession(session: EditorState): void {
  const { words, doubts, untold } = wordTimingsOf(session)
  const stretches = [...words, ...doubts, ...importedOf(session).suggestions]
  const places = [
    ...[...anchorsOf(session), ...session.field(reviewDoneField), ...untold].map(({ position }) => position),
    ...stretches.flatMap(({ from, to }) => [from, to]),
  ]
  for (const place of places) {
    expect(place).toBeGreaterThanOrEqual(0)
    expect(place).toBeLessThanOrEqual(session.doc.length)
  }
  for (const { from, to } of stretches) expect(to).toBeGreaterThan(from)
  expect(readSidecar(writeSidecar(session, about)).ok).toBe(true)
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
  'a sidecar: all that it gives lies in the text': (bytes) => {
    const sidecar = readSidecar(textOf(bytes))
    if (!sidecar.ok) return
    for (const doc of ['ANA: one\nBO: two\n', known.doc.toString()]) {
      const { lost: _lost, ...kept } = applySidecar(doc, sidecar.value)
      checkSession(createSession({ doc, ...kept }))
    }
  },
  'a journal: all that it leads to lies in the text': (bytes) => {
    // A record that is damaged is refused by its checksum: what it holds is looked at with the right one, too.
    const lines = textOf(bytes).split('\n')
    const resealed = lines.map((line) => sealed(line.replace(/^[0-9a-f]{8} /u, '')))
    for (const journal of [lines, resealed, [journalHead(known, 'x').trimEnd(), ...resealed]]) {
      const recovered = readJournal(journal.join('\n'))
      if (!recovered) continue
      const session = createSession({ doc: recovered.text })
      checkSession(session.update({ effects: recoveredEffects(session, recovered) }).state)
    }
  },
  'a range: within the file': (bytes) => {
    const size = bytes.length * 7
    for (const header of [textOf(bytes), `bytes=${textOf(bytes)}`]) {
      const range = readRange(header, size)
      const parts = range.kind === 'parts' ? range.parts : range.kind === 'part' ? [range] : []
      for (const { start, end } of parts) {
        expect(start).toBeGreaterThanOrEqual(0)
        expect(end).toBeGreaterThanOrEqual(start)
        expect(end).toBeLessThan(size)
      }
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
  damaged(keptFiles, 4000),
)

fuzz(readers, anything)
