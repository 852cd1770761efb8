import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { OpenNote, removeStaleNotes } from '../../../electron/files/openNote'

let folder = ''
let path = ''
const notes = () => readdirSync(folder).filter((name) => name.endsWith('.earmark-open'))
const note = () => join(folder, '.a.txt.earmark-open')
const putNote = (id: string, host: string, process: number) =>
  writeFileSync(note(), JSON.stringify({ id, host, process }))

/** The number of a process that has ended. */
const ended = () => spawnSync(process.execPath, ['-e', '']).pid

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'earmark-note-'))
  path = join(folder, 'a.txt')
  writeFileSync(path, 'text')
})

describe('a note that a transcript is open', () => {
  it('keeps a second one away until it is released, under another name too', async () => {
    const first = new OpenNote()
    expect(await first.take(path)).toBeNull()
    expect(await first.take(path)).toBeNull()
    symlinkSync('a.txt', join(folder, 'link.txt'))
    // Another process of this computer that runs: this one's parent.
    putNote('other', hostname(), process.ppid)
    const second = new OpenNote()
    expect(await second.take(path)).toEqual({ host: hostname(), isHere: true })
    expect(await second.take(join(folder, 'link.txt'))).toEqual({ host: hostname(), isHere: true })
    await second.release()
    expect(notes()).toHaveLength(1)
  })

  it('of another computer counts while it gives signs of life', async () => {
    putNote('other', 'elsewhere.example', 1)
    expect(await new OpenNote().take(path)).toEqual({ host: 'elsewhere.example', isHere: false })
    utimesSync(note(), new Date(), new Date(Date.now() - 10 * 60_000))
    const mine = new OpenNote()
    expect(await mine.take(path)).toBeNull()
    await mine.release()
    expect(notes()).toEqual([])
  })

  it('of a process that is gone is taken over, and removed at the start', async () => {
    putNote('other', hostname(), ended())
    const mine = new OpenNote()
    expect(await mine.take(path)).toBeNull()
    await mine.release()
    putNote('other', hostname(), ended())
    writeFileSync(
      join(folder, '.b.txt.earmark-open'),
      JSON.stringify({ id: 'x', host: 'elsewhere', process: 1 }),
    )
    await removeStaleNotes([folder, join(folder, 'no such')])
    expect(notes()).toEqual(['.b.txt.earmark-open'])
  })

  it('can be made ours, and then another one does not remove it', async () => {
    const theirs = new OpenNote()
    expect(await theirs.take(path)).toBeNull()
    const mine = new OpenNote()
    await mine.takeOver(path)
    await theirs.release()
    expect(notes()).toHaveLength(1)
    await mine.release()
    expect(notes()).toEqual([])
  })

  it('follows to the next transcript', async () => {
    writeFileSync(join(folder, 'b.txt'), '')
    const mine = new OpenNote()
    await mine.take(path)
    await mine.take(join(folder, 'b.txt'))
    await vi.waitFor(() => expect(notes()).toEqual(['.b.txt.earmark-open']))
    await mine.release()
  })

  it('is done without where the folder cannot be written, and what is no note is left for a minute', async () => {
    writeFileSync(note(), 'not a note')
    expect(await new OpenNote().take(path)).toBeNull()
    expect(notes()).toHaveLength(1)
    const closed = join(mkdtempSync(join(tmpdir(), 'earmark-note-')), 'gone', 'a.txt')
    expect(await new OpenNote().take(closed)).toBeNull()
    chmodSync(folder, 0o755)
  })
})
