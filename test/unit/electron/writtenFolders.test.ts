import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { temporaryFor } from '../../../electron/files/temporaries'
import { WrittenFolders } from '../../../electron/files/writtenFolders'

const later = () => Date.now() + 120_000

/** The number of a process that has ended. */
function endedProcess(): number {
  return spawnSync(process.execPath, ['-e', '']).pid
}

describe('the folders that were written into', () => {
  let notes: string
  let exports: string
  beforeEach(() => {
    const folder = mkdtempSync(join(tmpdir(), 'earmark-written-'))
    notes = join(folder, 'written')
    exports = join(folder, 'exports')
    mkdirSync(exports)
  })

  /** Makes the notes and temporaries of this process those of another. */
  const handOver = (to: number) => {
    for (const name of readdirSync(notes))
      renameSync(join(notes, name), join(notes, name.replace(`${process.pid}-`, `${to}-`)))
  }
  const temporaryOf = (owner: number) => {
    const name = basename(temporaryFor(join(exports, 'a.srt'))).replace(`.${process.pid}-`, `.${owner}-`)
    writeFileSync(join(exports, name), 'half a fi')
    return join(exports, name)
  }

  it('are cleaned at the next start of what a process that was killed left, and forgotten', async () => {
    await new WrittenFolders(notes).note(exports)
    const ended = endedProcess()
    handOver(ended)
    const stray = temporaryOf(ended)
    writeFileSync(join(exports, 'a.srt'), 'a file of the user')
    expect(await new WrittenFolders(notes).tidy(later())).toBe(true)
    expect([existsSync(stray), readdirSync(exports)]).toEqual([false, ['a.srt']])
    // A tool that outlived the process made it again.
    writeFileSync(stray, '')
    expect(await new WrittenFolders(notes).tidy(later())).toBe(true)
    expect(await new WrittenFolders(notes).tidy(later())).toBe(false)
    expect([readdirSync(exports), readdirSync(notes)]).toEqual([['a.srt'], []])
  })

  it('keep their note while what was left is too young, and are cleaned then', async () => {
    await new WrittenFolders(notes).note(exports)
    const ended = endedProcess()
    handOver(ended)
    const stray = temporaryOf(ended)
    expect(await new WrittenFolders(notes).tidy(Date.now())).toBe(true)
    expect([existsSync(stray), readdirSync(notes).length]).toEqual([true, 1])
    expect(await new WrittenFolders(notes).tidy(later())).toBe(true)
    expect(await new WrittenFolders(notes).tidy(later())).toBe(false)
    expect([existsSync(stray), readdirSync(notes)]).toEqual([false, []])
  })

  it('are left alone while the process that writes there runs', async () => {
    await new WrittenFolders(notes).note(exports)
    handOver(process.ppid)
    const temporary = temporaryOf(process.ppid)
    expect(await new WrittenFolders(notes).tidy(later())).toBe(false)
    expect([existsSync(temporary), readdirSync(notes).length]).toEqual([true, 1])
  })

  it('stay on record for this process, and each is written down once', async () => {
    const written = new WrittenFolders(notes)
    await Promise.all([written.note(exports), written.note(exports)])
    expect(await written.tidy(later())).toBe(false)
    expect(readdirSync(notes)).toHaveLength(1)
  })

  it('keep their note for three months while they are not there, as on a disk that was taken out', async () => {
    await new WrittenFolders(notes).note(exports)
    const ended = endedProcess()
    handOver(ended)
    temporaryOf(ended)
    renameSync(exports, `${exports} elsewhere`)
    expect(await new WrittenFolders(notes).tidy(later())).toBe(false)
    expect(readdirSync(notes)).toHaveLength(1)
    renameSync(`${exports} elsewhere`, exports)
    expect(await new WrittenFolders(notes).tidy(later())).toBe(true)
    expect(readdirSync(exports)).toEqual([])
    renameSync(exports, `${exports} elsewhere`)
    expect(await new WrittenFolders(notes).tidy(Date.now() + 91 * 24 * 3600 * 1000)).toBe(false)
    expect(readdirSync(notes)).toEqual([])
  })

  it('do no harm when their note is damaged or names nothing', async () => {
    mkdirSync(notes)
    const ended = endedProcess()
    const digits = '0123456789abcdef0123456789abcdef'
    for (const [index, text] of ['', '{', '7', '"\\u0000"'].entries())
      writeFileSync(join(notes, `${ended}-${index}${digits.slice(1)}.folder`), text)
    writeFileSync(join(notes, 'something else'), '')
    expect(await new WrittenFolders(notes).tidy(later())).toBe(false)
    expect(readdirSync(notes)).toEqual(['something else'])
  })

  it('keep no save from happening when they cannot be put on record', async () => {
    writeFileSync(notes, 'a file where the folder should be')
    await expect(new WrittenFolders(notes).note(exports)).resolves.toBeUndefined()
  })
})
