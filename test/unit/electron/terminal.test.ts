import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { systemTerminal } from '../../../electron/cli/terminal'

const folder = mkdtempSync(join(tmpdir(), 'earmark-terminal-'))
const terminal = systemTerminal(folder, '1', { decodeInWindow: null, runInApp: null })

it('names what cannot be read, folders too', async () => {
  await expect(terminal.read('.')).rejects.toMatchObject({ code: 'EISDIR', path: '.' })
  await expect(terminal.open('.')).rejects.toMatchObject({ code: 'EISDIR', path: '.' })
  await expect(terminal.read('none.txt')).rejects.toMatchObject({ code: 'ENOENT', path: 'none.txt' })
})

it('tells beforehand where nothing can be written', async () => {
  writeFileSync(join(folder, 'a.srt'), '')
  expect(await terminal.obstacle('a.srt')).toBeNull()
  expect(await terminal.obstacle('new.srt')).toBeNull()
  expect(await terminal.obstacle('none/new.srt')).toBe('ENOENT')
  expect(await terminal.obstacle('.')).toBe('EISDIR')
})
