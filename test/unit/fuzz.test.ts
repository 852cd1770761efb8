import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readRange } from '../../electron/recording/ranges'
import { readClock, readTemplate } from '../../shared/formats/clock'
import { openText, saveText } from '../../shared/formats/text'
import { requestSchemas } from '../../shared/ipcSchemas'
import { openWav } from '../../shared/recording/wav'
import { readJournal } from '../../shared/session/journal'
import { createSession } from '../../shared/session/session'
import { applySidecar, readSidecar } from '../../shared/session/sidecar'
import { readSubtitles } from '../../shared/subtitles/readSubtitles'
import { subtitleTurns, transcriptOf } from '../../shared/subtitles/subtitleTurns'
import { parseTranscript } from '../../shared/transcript/parseTranscript'

/** Milliseconds for each reader; `FUZZ_MS=60000` looks longer. */
const budget = Number(process.env.FUZZ_MS ?? 1000)

/** No input may take longer, milliseconds; inputs here are of a few kilobytes. */
const slowest = 5000

const corpus = fileURLToPath(new URL('../fixtures/fuzz', import.meta.url))
const transcripts = fileURLToPath(new URL('../fixtures/transcripts', import.meta.url))

/** Reads what may be anything. Must not throw, and must keep what it promises. */
type Reader = (bytes: Uint8Array) => void | Promise<void>

const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

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
  'a wave file: decoded or refused by name': async (bytes) => {
    const source = {
      size: bytes.length,
      read: async (offset: number, length: number) => bytes.slice(offset, offset + length),
    }
    await openWav(source).catch((reason) => expect(reason).toHaveProperty('problem'))
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
  // A real transcript with a stretch replaced.
  fc
    .tuple(fc.constantFrom(...fixtures), fc.nat(), fc.nat(40), fc.uint8Array({ maxLength: 20 }))
    .map(([bytes, at, length, insert]) => {
      const from = at % (bytes.length + 1)
      return Buffer.concat([bytes.subarray(0, from), insert, bytes.subarray(from + length)])
    }),
)

async function readInTime(read: Reader, bytes: Uint8Array): Promise<void> {
  const started = performance.now()
  await read(new Uint8Array(bytes))
  if (performance.now() - started > slowest) throw new Error('took too long')
}

describe('whatever a file holds', () => {
  for (const [name, read] of Object.entries(readers)) {
    it(`${name}: what was found before`, async () => {
      const found = readdirSync(corpus)
      expect(found.length).toBeGreaterThan(0)
      for (const file of found) await readInTime(read, readFileSync(join(corpus, file)))
    })

    it(
      `${name}: new inputs`,
      async () => {
        const outcome = await fc.check(
          fc.asyncProperty(anything, (bytes) => readInTime(read, bytes)),
          { numRuns: 1_000_000, interruptAfterTimeLimit: budget, markInterruptAsFailure: false },
        )
        if (outcome.failed && outcome.counterexample) {
          // What was found is kept, and tried first from now on.
          const [bytes] = outcome.counterexample
          mkdirSync(corpus, { recursive: true })
          const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 16)
          writeFileSync(join(corpus, `${hash}.bin`), bytes)
        }
        expect(outcome.failed, fc.defaultReportMessage(outcome)).toBe(false)
        expect(outcome.numRuns).toBeGreaterThan(0)
      },
      budget + 60_000,
    )
  }
})
