import { open, readFile, stat } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import { app, type BrowserWindow, dialog, nativeTheme } from 'electron'
import type {
  FileId,
  FileProblem,
  Fingerprint,
  Launch,
  RecentSession,
  SidecarContents,
} from '../../shared/ipc'
import { messagesOf } from '../../shared/messages/messages'
import { err, ok, type Result } from '../../shared/result'
import { companionOf } from '../files/companion'
import { hashOf, recordingKey } from '../files/fingerprint'
import type { Journal } from '../files/journal'
import type { JsonFile } from '../files/jsonFile'
import type { OpenNote } from '../files/openNote'
import { fileProblem } from '../files/problems'
import type { RecentSessions } from '../files/recentSessions'
import { type FileRegistry, kindOf, recordingPatterns, transcriptPatterns } from '../files/registry'
import { saveFile } from '../files/saver'
import { readSidecarFile, sidecarBytes, sidecarPath } from '../files/sidecarFile'
import type { Versions } from '../files/versions'
import type { FileWatch } from '../files/watch'
import type { WrittenFolders } from '../files/writtenFolders'
import { buildMenu, sendCommand } from '../menu'
import type { PeaksCache } from '../recording/peaksCache'
import { peaksBeside, readPeaksFile } from '../recording/peaksFile'
import type { RecordingServer } from '../recording/recordingServer'
import { sampleFiles } from '../sample'
import { origin } from '../scheme'
import { lowerWorkers } from '../workerPriority'
import type { Handlers } from './handle'

/** Largest transcript, bytes. */
const largestTranscript = 64 * 1024 * 1024

/** Largest file of a recogniser's words, bytes. */
const largestTimings = 256 * 1024 * 1024

export interface Services {
  readonly registry: FileRegistry
  readonly recordings: RecordingServer
  readonly peaks: PeaksCache
  readonly settings: JsonFile
  readonly recent: RecentSessions
  readonly watch: FileWatch
  readonly versions: Versions
  readonly journal: Journal
  readonly note: OpenNote
  readonly safetyFolder: string
  readonly written: WrittenFolders
  /** Files given on the command line; asked for once. */
  readonly launchFiles: () => readonly string[]
  /** Runs a save so that quitting waits for it. */
  readonly whileSaving: <T>(job: Promise<T>) => Promise<T>
  readonly closeConfirmed: (window: BrowserWindow, close: boolean) => void
  readonly setMenu: (menu: ReturnType<typeof buildMenu>) => void
}

type Words = ReturnType<typeof messagesOf>

/** Everything that the window may ask for. */
export function createHandlers(services: Services): Handlers {
  const { registry, recordings, peaks, settings, recent, watch, versions, journal, note } = services
  let words: Words = messagesOf('en')

  const withPath = async <T>(
    id: FileId,
    use: (path: string) => Promise<Result<T, FileProblem>>,
  ): Promise<Result<T, FileProblem>> => {
    const path = registry.pathOf(id)
    if (path === null) return err({ kind: 'gone', name: '', detail: '' })
    try {
      return await use(path)
    } catch (reason) {
      return err(fileProblem(reason, basename(path)))
    }
  }

  // What the session did not write itself is kept before it is written over.
  const save = async (path: string, bytes: Uint8Array, expected: Fingerprint | null) => {
    const saved = await services.whileSaving(
      saveFile(path, bytes, expected, {
        safetyFolder: services.safetyFolder,
        beforeWriting: async (current, target) => {
          await services.written.note(dirname(target))
          if (current) await versions.keep(path, current, Date.now())
        },
      }),
    )
    if (saved.ok) versions.wrote(path, saved.value.hash)
    return saved
  }

  const begin = async (id: FileId, path: string, hash: string) => {
    watch.follow(id, path, hash)
    return services.whileSaving(note.take(path))
  }

  return {
    'app.launch': async (): Promise<Launch> => ({
      files: await registry.describeAll(services.launchFiles()),
      recent: await recent.list(),
      settings: await settings.read(),
      locale: app.getLocale(),
      version: app.getVersion(),
      platform: process.platform as Launch['platform'],
    }),
    'app.sample': async ({ language }) => {
      try {
        const copied = await sampleFiles(language)
        return copied.ok ? ok(await registry.describeAll(copied.value)) : copied
      } catch (reason) {
        return err(fileProblem(reason, 'sample'))
      }
    },
    'app.confirmClose': ({ close }, window) => {
      services.closeConfirmed(window, close)
      return null
    },
    'files.adopt': ({ paths }) => registry.describeAll(paths),
    'settings.write': async ({ settings: value }) => {
      const { theme } = value
      if (theme === 'light' || theme === 'dark' || theme === 'system') nativeTheme.themeSource = theme
      await settings.write(value)
      return null
    },
    'file.choose': async ({ purpose }, window) => {
      const filters = {
        recording: { name: words.files.recordings, extensions: [...recordingPatterns] },
        transcript: { name: words.files.transcripts, extensions: [...transcriptPatterns] },
        peaks: { name: words.files.peaks, extensions: ['dat'] },
        timings: { name: words.files.timings, extensions: ['json', 'srt', 'vtt', 'ctm', 'tsv'] },
        all: { name: words.files.all, extensions: ['*'] },
      }
      const both = { name: words.files.both, extensions: [...recordingPatterns, ...transcriptPatterns] }
      const chosen = await dialog.showOpenDialog(window, {
        properties: purpose === 'any' ? ['openFile', 'multiSelections'] : ['openFile'],
        filters: [purpose === 'any' ? both : filters[purpose], filters.all],
      })
      return chosen.canceled ? [] : registry.describeAll(chosen.filePaths)
    },
    'file.chooseTarget': async ({ suggestedName, beside, purpose }, window) => {
      const folder = beside === null ? null : registry.pathOf(beside)
      const extension = extname(suggestedName).slice(1) || 'txt'
      const name = words.files[purpose === 'transcript' ? 'transcripts' : purpose]
      const chosen = await dialog.showSaveDialog(window, {
        defaultPath: folder ? join(dirname(folder), basename(suggestedName)) : basename(suggestedName),
        filters: [
          { name, extensions: [extension] },
          { name: words.files.all, extensions: ['*'] },
        ],
        properties: ['showOverwriteConfirmation'],
      })
      return chosen.canceled || !chosen.filePath ? null : registry.describeTarget(chosen.filePath)
    },
    'file.read': ({ id }) =>
      withPath(id, async (path) => {
        const { size, mtimeMs } = await stat(path)
        if (size > largestTranscript)
          return err({ kind: 'tooLarge', name: basename(path), detail: String(size) })
        const bytes = new Uint8Array(await readFile(path))
        return ok({ bytes, fingerprint: { size: bytes.length, modified: mtimeMs, hash: hashOf(bytes) } })
      }),
    'timings.read': ({ id, most }) =>
      withPath(id, (path) => readBeginning(path, most ?? Number.POSITIVE_INFINITY)),
    'file.hold': async ({ id, fingerprint, isForced }) => {
      const path = registry.pathOf(id)
      if (path === null) return null
      versions.begin(path)
      if (isForced) await services.whileSaving(note.takeOver(path))
      return begin(id, path, fingerprint.hash)
    },
    'file.release': async () => {
      watch.close()
      await services.whileSaving(note.release())
      return null
    },
    'file.save': ({ id, bytes, expected, as }) =>
      withPath(id, async (path) => {
        if ((await kindOf(path)) === 'recording')
          return err({ kind: 'notAllowed', name: basename(path), detail: '' })
        const saved = await save(path, bytes, expected)
        if (saved.ok && as === 'transcript') void begin(id, path, saved.value.hash)
        return saved
      }),
    'versions.list': async ({ id }) => {
      const path = registry.pathOf(id)
      return path === null ? [] : versions.list(path)
    },
    'versions.read': async ({ id, key }) => {
      const path = registry.pathOf(id)
      return path === null ? null : versions.read(path, key)
    },
    'journal.start': async ({ transcript, head }) => {
      const path = registry.pathOf(transcript)
      return path !== null && services.whileSaving(journal.start(path, head))
    },
    'journal.append': async ({ transcript, record }) => {
      const path = registry.pathOf(transcript)
      return path !== null && services.whileSaving(journal.append(path, record))
    },
    'journal.read': async ({ transcript }) => {
      const path = registry.pathOf(transcript)
      return path === null ? null : journal.read(path)
    },
    'journal.discard': async ({ transcript }) => {
      const path = registry.pathOf(transcript)
      if (path !== null) await services.whileSaving(journal.discard(path))
      return null
    },
    'journal.pending': async () =>
      Promise.all(
        (await journal.pending()).map(async (path) => {
          const file = await registry.describe(path)
          return { file: file ?? registry.describeTarget(path), isGone: file === null }
        }),
      ),
    'sidecar.read': ({ transcript }) =>
      withPath<SidecarContents | null>(transcript, async (path) => {
        const read = await readSidecarFile(path)
        if (!read.ok) return read
        if (!read.value) return ok(null)
        const { recording, ...contents } = read.value
        return ok({ ...contents, recording: recording === null ? null : await registry.describe(recording) })
      }),
    'sidecar.write': ({ transcript, recording, text }) =>
      withPath(transcript, async (path) => {
        const target = sidecarPath(path)
        const saved = await save(
          target,
          sidecarBytes(text, path, recording && registry.pathOf(recording)),
          null,
        )
        return saved.ok ? ok(saved.value.hash) : saved
      }),
    'recording.open': ({ id }) =>
      withPath(id, async (path) => {
        const { key, size } = await recordingKey(path)
        return ok({ url: `${origin}/recording/${recordings.open(path)}`, name: basename(path), size, key })
      }),
    'recording.close': ({ url }) => {
      recordings.close(url.slice(url.lastIndexOf('/') + 1))
      return null
    },
    'file.companion': async ({ id }) => {
      const path = registry.pathOf(id)
      return path === null ? null : companionOf(path, registry)
    },
    'peaks.read': ({ key }) => peaks.read(key),
    'peaks.write': async ({ key, size, at, bytes }) => {
      await peaks.writePiece(key, size, at, bytes)
      return null
    },
    'peaks.beside': async ({ recording }) => {
      const path = registry.pathOf(recording)
      return path === null ? null : readPeaksFile(peaksBeside(path)).catch(() => null)
    },
    'peaks.file': ({ id }) =>
      withPath(id, async (path) => {
        const bytes = await readPeaksFile(path)
        return bytes ? ok(bytes) : err({ kind: 'tooLarge', name: basename(path), detail: '' })
      }),
    'peaks.clear': async () => ({ bytes: await peaks.clear() }),
    'workers.started': (_request, window) => {
      void lowerWorkers(window.webContents.getOSProcessId())
      return null
    },
    'recent.remember': async ({ transcript, recording, place }) => {
      const paths = [transcript, recording].map((id) => (id === null ? null : registry.pathOf(id)))
      await recent.remember(paths[0] ?? null, paths[1] ?? null, place, Date.now())
      return null
    },
    'recent.list': (): Promise<readonly RecentSession[]> => recent.list(),
    'menu.update': (state, window) => {
      words = messagesOf(state.language)
      services.setMenu(buildMenu(state, (id) => sendCommand(window, id)))
      return null
    },
    'window.title': ({ title, isEdited, represented }, window) => {
      window.setTitle(title)
      window.setDocumentEdited(isEdited)
      window.setRepresentedFilename((represented && registry.pathOf(represented)) ?? '')
      return null
    },
  }
}

async function readBeginning(path: string, most: number): Promise<Result<Uint8Array, FileProblem>> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const wanted = Math.min(size, most)
    if (wanted > largestTimings) return err({ kind: 'tooLarge', name: basename(path), detail: String(size) })
    const bytes = new Uint8Array(wanted)
    const { bytesRead } = wanted > 0 ? await file.read(bytes, 0, wanted, 0) : { bytesRead: 0 }
    return ok(bytes.subarray(0, bytesRead))
  } finally {
    await file.close()
  }
}
