import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

/** Milliseconds for each reader; `FUZZ_MS=60000` looks longer. */
const budget = Number(process.env.FUZZ_MS ?? 1000)

/** No input may take longer, milliseconds; inputs here are of a few kilobytes. */
const slowest = 5000

const corpus = fileURLToPath(new URL('../fixtures/fuzz', import.meta.url))

/** Reads what may be anything. Must not throw, and must keep what it promises. */
export type Reader = (bytes: Uint8Array) => void | Promise<void>

export const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

/** Bytes of one of these files with a stretch replaced.
 *  @param reach the stretch begins within so many bytes */
export function damaged(files: readonly Uint8Array[], reach: number): fc.Arbitrary<Uint8Array> {
  return fc
    .tuple(fc.constantFrom(...files), fc.nat(reach), fc.nat(40), fc.uint8Array({ maxLength: 20 }))
    .map(([bytes, at, length, insert]) => {
      const from = at % (bytes.length + 1)
      return Buffer.concat([bytes.subarray(0, from), insert, bytes.subarray(from + length)])
    })
}

/** Every reader with everything that was ever found, then with new inputs for as long as there is time. */
export function fuzz(readers: Readonly<Record<string, Reader>>, anything: fc.Arbitrary<Uint8Array>): void {
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
          expect(outcome.failed, fc.defaultReportMessage(outcome)?.slice(0, 3000)).toBe(false)
          expect(outcome.numRuns).toBeGreaterThan(0)
        },
        budget + 60_000,
      )
    }
  })
}

async function readInTime(read: Reader, bytes: Uint8Array): Promise<void> {
  const started = performance.now()
  await read(new Uint8Array(bytes))
  if (performance.now() - started > slowest) throw new Error('took too long')
}
