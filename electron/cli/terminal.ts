import { access, constants, open, readFile, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { FileProblem } from '../../shared/ipc'
import type { ByteSource } from '../../shared/recording/byteSource'
import type { Decoding } from '../../shared/recording/decoding'
import type { Result } from '../../shared/result'
import { dataFolder } from '../files/dataFolder'
import { saveFile } from '../files/saver'
import { WrittenFolders } from '../files/writtenFolders'

/** What the command line has to do with the world. */
export interface Terminal {
  readonly version: string
  readonly out: (text: string | Uint8Array) => Promise<void>
  readonly error: (text: string) => Promise<void>
  /** `-` is standard input. Throws the system's errors. */
  readonly read: (path: string) => Promise<Uint8Array>
  /** Opens a file to be read in pieces; `close` it. Throws the system's errors. */
  readonly open: (path: string) => Promise<ByteSource & { close(): Promise<void> }>
  readonly write: (path: string, bytes: Uint8Array) => Promise<Result<unknown, FileProblem>>
  /** Why a file cannot be written there, so far as can be told before: the system's code. `null`: nothing stands against it. */
  readonly obstacle: (path: string) => Promise<string | null>
  /** Decodes in a hidden window what only a browser does; `null` outside of the app. Rejects with `DecodingFailed`. */
  readonly decodeInWindow: ((path: string) => Promise<Decoding>) | null
  /** Runs a verb in the packaged app instead: the exit code, or `null` where there is none; `null` within the app. */
  readonly runInApp: ((args: readonly string[]) => Promise<number | null>) | null
}

/** The process's own streams and files.
 *  @param folder that relative paths start from */
export function systemTerminal(
  folder: string,
  version: string,
  { decodeInWindow, runInApp }: Pick<Terminal, 'decodeInWindow' | 'runInApp'>,
): Terminal {
  const put = (stream: NodeJS.WriteStream, text: string | Uint8Array) =>
    new Promise<void>((done) => {
      stream.write(text, () => done())
    })
  // A reader that has seen enough (`| head`) is no failure.
  process.stdout.on('error', (reason: NodeJS.ErrnoException) => {
    if (reason.code === 'EPIPE') process.exit(0)
  })
  const written = new WrittenFolders(join(dataFolder(), 'written'))
  return {
    version,
    out: (text) => put(process.stdout, text),
    error: (text) => put(process.stderr, text),
    read: async (path) => (path === '-' ? readStandardInput() : named(path, readFile(resolve(folder, path)))),
    open: (path) => named(path, openFile(resolve(folder, path))),
    // What a kill leaves unfinished, the window completes at its next start.
    write: (path, bytes) =>
      saveFile(resolve(folder, path), bytes, null, {
        safetyFolder: join(dataFolder(), 'safety'),
        beforeWriting: (_current, target) => written.note(dirname(target)),
      }),
    obstacle: (path) => obstacle(resolve(folder, path)),
    decodeInWindow: decodeInWindow && ((path) => decodeInWindow(resolve(folder, path))),
    runInApp,
  }
}

async function readStandardInput(): Promise<Uint8Array> {
  const parts: Buffer[] = []
  for await (const part of process.stdin) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

async function openFile(path: string): Promise<ByteSource & { close(): Promise<void> }> {
  const file = await open(path)
  const stats = await file.stat()
  if (stats.isDirectory()) {
    await file.close()
    throw Object.assign(new Error('a folder cannot be read'), { code: 'EISDIR' })
  }
  const { size } = stats
  return {
    size,
    read: async (offset, length) => {
      const wanted = Math.max(0, Math.min(length, size - offset))
      const bytes = new Uint8Array(wanted)
      const { bytesRead } = wanted > 0 ? await file.read(bytes, 0, wanted, offset) : { bytesRead: 0 }
      return bytes.subarray(0, bytesRead)
    },
    close: () => file.close(),
  }
}

async function obstacle(path: string): Promise<string | null> {
  try {
    const there = await stat(path).catch(() => null)
    if (there?.isDirectory()) return 'EISDIR'
    if (there) await access(path, constants.W_OK)
    else await access(dirname(path), constants.W_OK)
    return null
  } catch (reason) {
    return (reason as NodeJS.ErrnoException).code ?? null
  }
}

// Node names no path where a folder is read.
async function named<T>(path: string, reading: Promise<T>): Promise<T> {
  return reading.catch((reason: unknown) => {
    throw Object.assign(reason as NodeJS.ErrnoException, { path })
  })
}
