import * as nodeFiles from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { saveFile } from '../../electron/files/saver'
import type { SaverFiles } from '../../electron/files/writeWhole'
import { WrittenFolders } from '../../electron/files/writtenFolders'

/** Saves in a process of its own, so that it can be killed, limited, or run as another user. The last line printed is the outcome.
 *  Arguments: the file, the safety folder, the file that holds the new bytes, and the step before which the process kills itself
 *  (0: never; below 0: saves old and new in turns until it is killed from outside), an error that the step fails with instead, the hash that
 *  the file must have. */
async function main(): Promise<void> {
  const [path = '', safetyFolder = '', source = '', step = '0', code = '', hash = ''] = process.argv.slice(2)
  const bytes = await nodeFiles.readFile(source)
  const written = new WrittenFolders(join(safetyFolder, 'written'))
  const options = {
    safetyFolder,
    beforeWriting: (_current: Uint8Array | null, target: string) => written.note(dirname(target)),
  }
  if (Number(step) < 0) {
    const old = await nodeFiles.readFile(path)
    // Once for all saves: the kills are to fall into these.
    await written.note(dirname(path))
    process.stdout.write('ready\n')
    for (;;) {
      await saveFile(path, bytes, null, options)
      await saveFile(path, old, null, options)
    }
  }
  let steps = 0
  const next = () => {
    steps++
    if (steps !== Number(step)) return
    if (code === '') process.kill(process.pid, 'SIGKILL')
    throw Object.assign(new Error(code), { code, syscall: 'injected' })
  }
  const count = <T extends (...args: never[]) => unknown>(call: T, self: unknown): T =>
    (async (...args: never[]) => {
      next()
      return Reflect.apply(call, self, args)
    }) as T
  const files = Object.fromEntries(
    Object.entries(nodeFiles)
      .filter(([, value]) => typeof value === 'function')
      .map(([name, value]) => [name, count(value as (...args: never[]) => unknown, nodeFiles)]),
  ) as unknown as SaverFiles
  const open: SaverFiles['open'] = async (...args) => {
    next()
    const handle = await nodeFiles.open(...args)
    return new Proxy(handle, {
      get: (target, name) => {
        const value = Reflect.get(target, name)
        return typeof value === 'function' ? count(value, target) : value
      },
    })
  }
  const saved = await saveFile(path, bytes, hash === '' ? null : { size: 0, modified: 0, hash }, {
    ...options,
    files: { ...files, open },
  })
  process.stdout.write(`${JSON.stringify({ steps, outcome: saved.ok ? 'saved' : saved.error.kind })}\n`)
}

void main()
