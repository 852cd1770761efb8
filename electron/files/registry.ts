import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { access, open, stat } from 'node:fs/promises'
import { basename, extname, resolve } from 'node:path'
import type { FileId, FileKind, FileReference } from '../../shared/ipc'
import { inTime } from './inTime'

const recordingExtensions = new Set(
  [
    '.mp3 .mp2 .wav .wave .rf64 .w64 .bwf .flac .m4a .m4b .aac .ogg .oga .opus .spx .aif .aiff .aifc .caf .wma .amr .ac3 .eac3',
    '.wv .ape .tta .mpc .au .snd .webm .mp4 .m4v .mov .mkv .mka .3gp .avi',
  ].flatMap((extensions) => extensions.split(' ')),
)

/** Extensions for the system's dialog. */
export const recordingPatterns: readonly string[] = [...recordingExtensions].map((extension) =>
  extension.slice(1),
)
export const transcriptPatterns: readonly string[] = ['txt', 'text', 'md', 'srt', 'vtt']

/** Milliseconds that a disk may take to tell of a file. */
const patience = 3000

/** Files that the window may name, by opaque ids. An id is given out only for what the user chose, or what belongs to it. */
export class FileRegistry {
  private readonly paths = new Map<FileId, string>()
  private readonly ids = new Map<string, FileId>()

  /** Registers a path, or finds it again. */
  idOf(path: string): FileId {
    const absolute = resolve(path)
    const known = this.ids.get(absolute)
    if (known) return known
    const id = randomUUID() as FileId
    this.ids.set(absolute, id)
    this.paths.set(id, absolute)
    return id
  }

  /** @returns `null` for an id that was never given out */
  pathOf(id: FileId): string | null {
    return this.paths.get(id) ?? null
  }

  /** Describes an existing file; `null` when there is none, or its disk does not answer. */
  describe(path: string): Promise<FileReference | null> {
    return inTime(this.look(path), patience, null)
  }

  private async look(path: string): Promise<FileReference | null> {
    const found = await stat(path).catch(() => null)
    if (!found?.isFile()) return null
    const isReadOnly = await access(path, constants.W_OK).then(
      () => false,
      () => true,
    )
    return {
      id: this.idOf(path),
      name: basename(path),
      kind: await kindOf(path),
      size: found.size,
      isReadOnly,
    }
  }

  /** Describes a file that is still to be written. */
  describeTarget(path: string): FileReference {
    return { id: this.idOf(path), name: basename(path), kind: 'transcript', size: 0, isReadOnly: false }
  }

  async describeAll(paths: readonly string[]): Promise<readonly FileReference[]> {
    const described = await Promise.all(paths.map((path) => this.describe(path)))
    return described.filter((file): file is FileReference => file !== null)
  }
}

/** What a file is, by its extension, and for unknown ones by its first bytes. */
export async function kindOf(path: string): Promise<FileKind> {
  const extension = extname(path).toLowerCase()
  if (recordingExtensions.has(extension)) return 'recording'
  if (transcriptPatterns.includes(extension.slice(1))) return 'transcript'
  const handle = await open(path, 'r').catch(() => null)
  if (!handle) return 'other'
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(12), 0, 12, 0)
    const start = buffer.subarray(0, bytesRead)
    const isMatroska = start.readUInt32BE(0) === 0x1a45dfa3
    return isMatroska ||
      /^(?:ID3|RIFF|RF64|FORM|fLaC|OggS|caff|....ftyp|\u00ff[\u00e2-\u00ff])/su.test(start.toString('latin1'))
      ? 'recording'
      : 'transcript'
  } finally {
    await handle.close()
  }
}
