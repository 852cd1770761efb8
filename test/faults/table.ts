import { writeFileSync } from 'node:fs'
import { leftovers, type Place, type RunOptions, runSaver, type State, stateOf } from './bench'

/** One kind of fault. */
interface Row {
  readonly fault: string
  runs: number
  old: number
  new: number
  failures: string[]
}
const rows: Row[] = []
const skipped: string[] = []

/** A fault that cannot be made here, and why. */
export function skip(reason: string): void {
  skipped.push(reason)
}

function rowOf(fault: string): Row {
  const known = rows.find((row) => row.fault === fault)
  if (known) return known
  const row: Row = { fault, runs: 0, old: 0, new: 0, failures: [] }
  rows.push(row)
  return row
}

/** Counts a run: the file must be wholly old or wholly new, and there must be no other problem. */
export function judge(fault: string, place: Place, problems: readonly (string | false)[] = []): State {
  const row = rowOf(fault)
  const state = stateOf(place)
  row.runs++
  if (state === 'old') row.old++
  else if (state === 'new') row.new++
  else row.failures.push(state)
  row.failures.push(...problems.filter((problem) => problem !== false))
  return state
}

/** One fault with an outcome that must be named so and leave the old file. */
export function expectNamed(
  bundle: string,
  fault: string,
  place: Place,
  options: RunOptions,
  outcome: string,
): void {
  const said = runSaver(bundle, place, options).outcome
  const state = stateOf(place)
  judge(fault, place, [
    said !== outcome && `said ${said}, not ${outcome}`,
    state !== 'old' && `the file is ${state}`,
    leftovers(place).length > 0 && 'a temporary was left',
  ])
}

/** Prints the table and what failed.
 *  @returns kinds of fault that failed */
export function printTable(): number {
  const width = Math.max(...rows.map(({ fault }) => fault.length))
  const lines = [
    `| ${'fault'.padEnd(width)} | runs | wholly old | wholly new | failed |`,
    `| ${'-'.repeat(width)} | ---: | ---: | ---: | ---: |`,
    ...rows.map(
      (row) =>
        `| ${row.fault.padEnd(width)} | ${row.runs} | ${row.old} | ${row.new} | ${row.failures.length} |`,
    ),
  ]
  console.log(lines.join('\n'))
  for (const row of rows) for (const failure of row.failures) console.log(`FAILED ${row.fault}: ${failure}`)
  for (const reason of skipped) console.log(`skipped ${reason}`)
  const failed = rows.filter(({ failures }) => failures.length > 0).length
  console.log(
    `${rows.reduce((sum, { runs }) => sum + runs, 0)} runs, ${rows.length - failed} kinds of fault passed, ${failed} failed, ${skipped.length} skipped`,
  )
  writeFileSync(
    'test-results/faults.json',
    JSON.stringify({ passed: rows.length - failed, failed, skipped: skipped.length }),
  )
  return failed
}
