import { spawnSync } from 'node:child_process'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from './inputs'

interface Counts {
  passed: number
  failed: number
  skipped: number
}

const results = join(root, 'test-results')

/** What is run, with its arguments: a part of the faults, half a minute of the soak. */
const steps: readonly (readonly [name: string, ...args: string[]])[] = [
  ['lint'],
  ['types'],
  ['test:unit'],
  ['test:faults', '--quick'],
  ['test:e2e'],
  ['test:soak', '0.5'],
]

/** Runs everything that must hold. Stops at the first kind that fails. */
async function main(): Promise<number> {
  await mkdir(results, { recursive: true })
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 }
  for (const [name, ...args] of steps) {
    console.log(`\n— ${name}`)
    const started = Date.now()
    const { status } = spawnSync(
      'npm',
      ['run', '--silent', name, ...(args.length > 0 ? ['--', ...args] : [])],
      {
        stdio: 'inherit',
        cwd: root,
        shell: process.platform === 'win32',
      },
    )
    if (name === 'test:unit') await addUnit(counts)
    if (name === 'test:faults') await addFaults(counts)
    if (name === 'test:e2e') await addEndToEnd(counts)
    console.log(
      `— ${name}: ${status === 0 ? 'passed' : 'FAILED'} in ${Math.round((Date.now() - started) / 1000)} s`,
    )
    if (status !== 0) {
      closing({ ...counts, failed: Math.max(1, counts.failed) })
      return 1
    }
  }
  closing(counts)
  return 0
}

function closing({ passed, failed, skipped }: Counts): void {
  console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`)
}

async function report(name: string): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(join(results, name), 'utf8').catch(() => '{}')) as Record<string, unknown>
}

async function addUnit(counts: Counts): Promise<void> {
  const {
    numPassedTests = 0,
    numFailedTests = 0,
    numPendingTests = 0,
  } = (await report('unit.json')) as Record<string, number>
  counts.passed += numPassedTests
  counts.failed += numFailedTests
  counts.skipped += numPendingTests
}

async function addFaults(counts: Counts): Promise<void> {
  const { passed = 0, failed = 0, skipped = 0 } = (await report('faults.json')) as Record<string, number>
  counts.passed += passed
  counts.failed += failed
  counts.skipped += skipped
}

async function addEndToEnd(counts: Counts): Promise<void> {
  const { stats } = (await report('e2e.json')) as {
    stats?: { expected: number; unexpected: number; flaky: number; skipped: number }
  }
  if (!stats) return
  counts.passed += stats.expected + stats.flaky
  counts.failed += stats.unexpected
  counts.skipped += stats.skipped
}

process.exit(await main())
