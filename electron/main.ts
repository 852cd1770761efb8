import './threads'
import * as nodeFiles from 'node:fs/promises'
import { stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { app, type BrowserWindow, Menu, session } from 'electron'
import { decodeInWindow } from './cli/hiddenDecoder'
import { isCommandLine, runCommandLine } from './cli/runCommandLine'
import { systemTerminal } from './cli/terminal'
import { surviveFaults } from './faults'
import { finishInPlace } from './files/inPlace'
import { inTime } from './files/inTime'
import { Journal } from './files/journal'
import { JsonFile } from './files/jsonFile'
import { OpenNote, removeStaleNotes } from './files/openNote'
import { RecentSessions } from './files/recentSessions'
import { FileRegistry } from './files/registry'
import { removeStrayTemporaries, youngest } from './files/temporaries'
import { Versions } from './files/versions'
import { FileWatch } from './files/watch'
import { WrittenFolders } from './files/writtenFolders'
import { handleRequests } from './ipc/handle'
import { createHandlers } from './ipc/handlers'
import { PeaksCache } from './recording/peaksCache'
import { RecordingServer } from './recording/recordingServer'
import { declareSchemes, serveSchemes } from './scheme'
import { lockDown, lockSession, silenceChromium } from './security'
import { boundsOf, createWindow, usableBounds } from './window'

/** Milliseconds that the start, and the end, wait for a disk that does not answer. */
const patience = 3000
const lastPatience = 15_000

/** What the user wrote behind the program's name, without Chromium's switches. */
function userArguments(argv: readonly string[]): readonly string[] {
  return argv
    .slice(app.isPackaged ? 1 : 2)
    .filter((argument) => !argument.startsWith('--') || isCommandLine([argument]))
}

async function filesIn(argv: readonly string[], folder: string): Promise<readonly string[]> {
  const paths = argv
    .filter((argument) => !argument.startsWith('-'))
    .map((argument) => resolve(folder, argument))
  const isFile = await Promise.all(
    paths.map((path) => {
      const found = stat(path).then(
        (entry) => entry.isFile(),
        () => false,
      )
      return inTime(found, patience, false)
    }),
  )
  return paths.filter((_, index) => isFile[index])
}

// As root Chromium cannot sandbox at all; then the switch is given, and asking for both ends the process.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
const given = userArguments(process.argv)

if (isCommandLine(process.argv.slice(app.isPackaged ? 1 : 2))) {
  silenceChromium()
  declareSchemes()
  lockDown()
  app.disableHardwareAcceleration()
  // The hidden window that decodes comes and goes.
  app.on('window-all-closed', () => undefined)
  const terminal = systemTerminal(process.cwd(), app.getVersion(), { decodeInWindow, runInApp: null })
  void runCommandLine(
    process.argv.slice(app.isPackaged ? 1 : 2).filter((argument) => argument !== '--no-sandbox'),
    terminal,
  ).then((code) => app.exit(code))
} else if (!app.requestSingleInstanceLock({ files: given.map((path) => resolve(path)) })) {
  app.quit()
} else {
  startWindowed()
}

function startWindowed(): void {
  silenceChromium()
  declareSchemes()
  lockDown()
  const data = app.getPath('userData')
  const registry = new FileRegistry()
  const recordings = new RecordingServer()
  const settings = new JsonFile(join(data, 'settings.json'))
  const place = new JsonFile(join(data, 'window.json'))
  const recentFile = new JsonFile(join(data, 'recent.json'))
  const recent = new RecentSessions(recentFile, registry)
  const saving = new Set<Promise<unknown>>()
  const mayClose = new WeakSet<BrowserWindow>()
  let window: BrowserWindow | null = null
  let isQuitting = false
  let pending: readonly string[] = []
  surviveFaults(() => window?.webContents.send('main.failed', {}))
  const watch = new FileWatch((id, isGone) => window?.webContents.send('file.changed', { id, isGone }))
  const note = new OpenNote()
  const versions = new Versions(join(data, 'versions'))
  const written = new WrittenFolders(join(data, 'written'))

  const openLater = async (paths: readonly string[]) => {
    if (!window) {
      pending = [...pending, ...paths]
      return
    }
    if (window.isMinimized()) window.restore()
    window.focus()
    const files = await registry.describeAll(paths)
    if (files.length > 0) window.webContents.send('files.opened', { files })
  }

  const open = async () => {
    const kept = await settings.read()
    const theme = (kept as { theme?: unknown } | null)?.theme
    window = createWindow(
      usableBounds(await place.read()),
      theme === 'light' || theme === 'dark' ? theme : 'system',
    )
    const created = window
    created.on('close', (event) => {
      if (mayClose.has(created) || created.webContents.isCrashed()) return
      event.preventDefault()
      created.webContents.send('close.requested', {})
    })
    created.on('focus', () => watch.look())
    created.on('closed', () => {
      recordings.closeAll()
      watch.close()
      void whileSaving(note.release())
      window = null
    })
    // A page that died is loaded again; its recording addresses die with it.
    created.webContents.on('render-process-gone', (_event, { reason }) => {
      if (reason === 'clean-exit') return
      recordings.closeAll()
      created.webContents.reload()
    })
  }

  app.on('second-instance', (_event, _argv, _folder, extra) => {
    const { files } = extra as { files?: unknown }
    if (Array.isArray(files)) void openLater(files.filter((path): path is string => typeof path === 'string'))
  })
  app.on('open-file', (event, path) => {
    event.preventDefault()
    void openLater([path])
  })
  app.on('before-quit', () => {
    isQuitting = true
  })
  app.on('window-all-closed', () => app.quit())
  app.on('will-quit', (event) => {
    if (saving.size === 0) return
    event.preventDefault()
    void inTime(
      Promise.allSettled(saving).then(() => true),
      lastPatience,
      false,
    ).then((isSaved) => {
      if (isSaved) app.quit()
      // A disk that does not answer holds its threads, and they would hold the process. The journal has what was not saved.
      else process.kill(process.pid, 'SIGKILL')
    })
  })

  const whileSaving = <T>(job: Promise<T>): Promise<T> => {
    saving.add(job)
    return job.finally(() => saving.delete(job))
  }

  /** Removes what earlier runs left behind; nothing waits for it. */
  const tidy = async (isLast = false) => {
    const ours = [data, ...['peaks', 'journal', 'safety', 'written'].map((name) => join(data, name))]
    const opening = pending.map((path) => dirname(path))
    const theirs = [...(await recent.folders()), ...opening]
    const { left } = await removeStrayTemporaries(
      [...ours, ...(await versions.folders()), ...theirs],
      Date.now(),
    )
    const isNeeded = await written.tidy(Date.now())
    await removeStaleNotes(theirs)
    // Started again right after a kill.
    if (!isLast && (isNeeded || left > 0)) setTimeout(() => void tidy(true), youngest + 1000).unref()
  }

  void app.whenReady().then(async () => {
    lockSession(session.defaultSession)
    serveSchemes(session.defaultSession, join(__dirname, 'renderer'), recordings)
    pending = [...(await filesIn(given, process.cwd())), ...pending]
    await inTime(finishInPlace(nodeFiles, join(data, 'safety')), patience, [])
    void tidy()
    handleRequests(
      createHandlers({
        registry,
        recordings,
        peaks: new PeaksCache(join(data, 'peaks')),
        settings,
        recent,
        watch,
        versions,
        note,
        journal: new Journal(join(data, 'journal')),
        safetyFolder: join(data, 'safety'),
        written,
        launchFiles: () => {
          const files = pending
          pending = []
          return files
        },
        whileSaving,
        closeConfirmed: (closing, close) => {
          if (!close) {
            isQuitting = false
            return
          }
          mayClose.add(closing)
          const kept = whileSaving(place.write(boundsOf(closing)))
          void Promise.all([kept, recentFile.idle()]).finally(() => {
            closing.destroy()
            if (isQuitting) app.quit()
          })
        },
        setMenu: (menu) => Menu.setApplicationMenu(menu),
      }),
    )
    await open()
  })
}
