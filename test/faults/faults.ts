import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, linkSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  bundleSaver,
  killDuring,
  leftovers,
  makePlace,
  type Place,
  type RunOptions,
  runSaver,
  type State,
  startAgain,
  stateOf,
} from './bench'

/** The user that faults of permission are tried as; any that is not root and owns nothing. */
const nobody = 65534

const isQuick = process.argv.includes('--quick')
const randomKills = isQuick ? 10 : 200
const isRoot = process.getuid?.() === 0

interface Row {
  readonly fault: string
  runs: number
  old: number
  new: number
  failures: string[]
}
const rows: Row[] = []
const skipped: string[] = []

function rowOf(fault: string): Row {
  const known = rows.find((row) => row.fault === fault)
  if (known) return known
  const row: Row = { fault, runs: 0, old: 0, new: 0, failures: [] }
  rows.push(row)
  return row
}

function judge(fault: string, place: Place, problems: readonly (string | false)[] = []): State {
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
function expectNamed(
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

const makeLinked = () => {
  const place = makePlace()
  linkSync(place.path, join(place.folder, 'other name.txt'))
  return place
}

async function killAtEveryStep(bundle: string, fault: string, make: () => Place): Promise<void> {
  const { steps } = runSaver(bundle, make())
  for (let step = 1; step <= steps; step++) {
    const place = make()
    const { outcome } = runSaver(bundle, place, { step })
    await startAgain(place)
    judge(fault, place, [
      outcome !== 'killed' && `step ${step} was ${outcome}`,
      leftovers(place).length > 0 && `step ${step} left a temporary`,
    ])
  }
}

async function killAtRandom(bundle: string, fault: string, make: () => Place): Promise<void> {
  for (let run = 0; run < randomKills; run++) {
    const place = make()
    await killDuring(bundle, place, Math.random() * 60)
    await startAgain(place)
    judge(fault, place, [leftovers(place).length > 0 && 'a temporary was left'])
  }
}

/** A file system of `size` bytes for as long as `use` runs; skipped where mounting is not allowed. */
function onFileSystem(name: string, size: string, use: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'earmark-fault-mount-'))
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder]).status !== 0) {
    skipped.push(`${name}: no right to mount`)
    return
  }
  try {
    use(folder)
  } finally {
    spawnSync('umount', [folder])
  }
}

function fullDisk(bundle: string): void {
  onFileSystem('full disk', '150k', (folder) => {
    const place = makePlace(folder)
    expectNamed(bundle, 'disk nearly full (short write)', place, {}, 'full')
    // What is left is taken to the last byte.
    spawnSync('dd', ['if=/dev/zero', `of=${join(folder, 'ballast')}`, 'bs=4096'])
    expectNamed(bundle, 'disk full at once: replacing', place, {}, 'full')
    linkSync(place.path, join(folder, 'other name.txt'))
    expectNamed(bundle, 'disk full at once: in place', place, {}, 'full')
  })
}

function readOnlyMount(bundle: string): void {
  onFileSystem('read-only mount', '4m', (folder) => {
    const place = makePlace(folder)
    spawnSync('mount', ['-o', 'remount,ro', folder])
    expectNamed(bundle, 'read-only mount', place, {}, 'readOnly')
  })
}

function fileSizeLimit(bundle: string): void {
  if (spawnSync('prlimit', ['--version']).status !== 0) {
    skipped.push('file size limit: no prlimit')
    return
  }
  expectNamed(
    bundle,
    'file size limit (RLIMIT_FSIZE)',
    makePlace(),
    { wrapper: ['prlimit', '--fsize=60000'] },
    'full',
  )
}

function permissions(bundle: string): void {
  const user = isRoot ? nobody : process.getuid?.()
  const asUser = isRoot ? { user: nobody } : {}
  const give = (place: Place) => {
    if (isRoot && user !== undefined)
      for (const path of [place.folder, place.path, place.safety]) chownSync(path, user, user)
    return place
  }
  const unwritable = give(makePlace())
  chmodSync(unwritable.path, 0o444)
  expectNamed(bundle, 'file without the right to write', unwritable, asUser, 'notAllowed')
  const folder = give(makePlace())
  chmodSync(folder.folder, 0o555)
  const { outcome } = runSaver(bundle, folder, asUser)
  const state = stateOf(folder)
  judge('folder without the right to write: in place', folder, [
    outcome !== 'saved' && `said ${outcome}`,
    state !== 'new' && `the file is ${state}`,
  ])
  chmodSync(folder.folder, 0o755)
}

/** Extended attributes and access lists by the system's tools, when they are there. */
function attributes(bundle: string): void {
  const place = makePlace()
  const python = (code: string) => spawnSync('python3', ['-c', code, place.path], { encoding: 'utf8' })
  const isSet = python("import os,sys; os.setxattr(sys.argv[1], 'user.earmark', b'kept')").status === 0
  if (!isSet) {
    skipped.push('extended attributes: nothing here that sets them')
    return
  }
  const { outcome } = runSaver(bundle, place)
  const kept = python(
    "import os,sys; print(os.getxattr(sys.argv[1], 'user.earmark').decode())",
  ).stdout?.trim()
  judge('extended attribute kept', place, [
    outcome !== 'saved' && `said ${outcome}`,
    kept !== 'kept' && 'the attribute is gone',
  ])
  // An entry for user 12345, as the kernel stores it: version 2, then tag, rights, id of each.
  const list = 'import os,sys,struct; e=[(1,6,-1),(2,4,12345),(4,4,-1),(16,4,-1),(32,4,-1)]; '
  const encoded = "b=struct.pack('<I',2)+b''.join(struct.pack('<HHi',*x) for x in e); "
  const listed = makePlace()
  const run = (code: string) =>
    spawnSync('python3', ['-c', list + encoded + code, listed.path], { encoding: 'utf8' })
  if (run("os.setxattr(sys.argv[1],'system.posix_acl_access',b)").status !== 0) {
    skipped.push('access lists: this file system has none')
    return
  }
  const said = runSaver(bundle, listed).outcome
  const same = run("print(os.getxattr(sys.argv[1],'system.posix_acl_access')==b)").stdout?.trim()
  judge('access list kept', listed, [
    said !== 'saved' && `said ${said}`,
    same !== 'True' && 'the list is gone or changed',
  ])
}

async function main(): Promise<number> {
  if (process.platform === 'win32') {
    console.log('The faults are those of POSIX systems; nothing was run.')
    return 0
  }
  const bundle = await bundleSaver()
  await killAtEveryStep(bundle, 'kill -9 before every step: replacing', makePlace)
  await killAtEveryStep(bundle, 'kill -9 before every step: in place', makeLinked)
  await killAtRandom(bundle, 'kill -9 at a random moment: replacing', makePlace)
  await killAtRandom(bundle, 'kill -9 at a random moment: in place', makeLinked)
  fullDisk(bundle)
  readOnlyMount(bundle)
  fileSizeLimit(bundle)
  permissions(bundle)
  attributes(bundle)

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
  return failed === 0 ? 0 : 1
}

process.exit(await main())
