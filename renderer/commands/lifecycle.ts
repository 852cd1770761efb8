import { type CommandId, commands } from '../../shared/commands'
import { bridge } from '../state/bridge'
import { trackCurrentTurn } from '../state/currentTurn'
import { messages } from '../state/messages'
import { media, playbackStore } from '../state/playback'
import { recordingStore } from '../state/recording'
import { isUnsaved, sessionStore } from '../state/session'
import { loadSettings, settingsStore } from '../state/settings'
import { notify, viewStore } from '../state/view'
import { followBoundaries, followEdits } from './align'
import { reload } from './document'
import { followForJournal, tellOfPending } from './journal'
import { listenToKeys } from './keymap'
import { mayLeave, openFiles } from './open'
import { remember } from './place'
import { reportPlayback } from './recording'
import { isChecked, isCommand, isEnabled, runCommand } from './run'
import { save } from './save'

/** Milliseconds in which changes of state are gathered before the menu and the title follow. */
const settle = 150

/** Brings the window to life: settings, menu, keys, files given at the start. */
export async function startWindow(): Promise<{
  readonly version: string
  readonly recent: Awaited<ReturnType<typeof launch>>['recent']
}> {
  const started = await launch()
  loadSettings(started.settings, started.locale)
  listenToKeys()
  trackCurrentTurn()
  followState()
  followForJournal()
  followBoundaries()
  followEdits()
  const { listen, request } = bridge()
  listen('command.run', ({ id }) => {
    if (isCommand(id)) runCommand(id)
  })
  listen('files.opened', ({ files }) => void openFiles(files))
  listen('file.changed', ({ id, isGone }) => void fileChanged(id, isGone))
  listen('main.failed', () => {
    const { innerFault: title, innerFaultWhy: explanation } = messages().notices
    notify({ tone: 'error', title, explanation, isSticky: true })
  })
  listen('close.requested', () => void close())
  media().addEventListener('error', reportPlayback)
  if (started.files.length > 0) void openFiles(started.files)
  void tellOfPending(started.files, (file) => openFiles([file]))
  async function close() {
    const isClosing = await mayLeave()
    if (isClosing) await remember()
    await request('app.confirmClose', { close: isClosing })
  }
  return { version: started.version, recent: started.recent }
}

function launch() {
  return bridge().request('app.launch', {})
}

// Nothing of ours to lose: the new text is shown. Otherwise the user is told now and asked when saving.
async function fileChanged(id: string, isGone: boolean): Promise<void> {
  const { document } = sessionStore.getState()
  if (document?.id !== id) return
  const words = messages().notices
  if (isGone) {
    notify({
      tone: 'warning',
      title: words.goneOutside(document.name),
      explanation: words.goneOutsideWhy,
      isSticky: true,
    })
    return
  }
  if (isUnsaved()) {
    notify({
      tone: 'warning',
      title: words.changedOutside(document.name),
      isSticky: true,
      actions: [{ label: words.decide, run: () => void save() }],
    })
    return
  }
  if (await reload()) notify({ tone: 'info', title: words.reloaded(document.name) })
}

// The native menu, the title and the page's language follow the state, at most some times a second.
function followState(): void {
  let timer: ReturnType<typeof setTimeout> | null = null
  let sentMenu = ''
  let sentTitle = ''
  const send = () => {
    timer = null
    const { language } = settingsStore.getState()
    const ids: readonly CommandId[] = commands.map(({ id }) => id)
    const menu = { language, disabled: ids.filter((id) => !isEnabled(id)), checked: ids.filter(isChecked) }
    if (JSON.stringify(menu) !== sentMenu) {
      sentMenu = JSON.stringify(menu)
      void bridge().request('menu.update', menu)
    }
    const { document } = sessionStore.getState()
    const name = document?.name ?? recordingStore.getState().recording?.name
    const { appName } = messages()
    const title = {
      title: name ? `${name} — ${appName}` : appName,
      isEdited: isUnsaved(),
      represented: document?.id ?? null,
    }
    if (JSON.stringify(title) !== sentTitle) {
      sentTitle = JSON.stringify(title)
      void bridge().request('window.title', title)
    }
  }
  const later = () => {
    if (timer === null) timer = setTimeout(send, settle)
  }
  for (const store of [sessionStore, recordingStore, settingsStore, playbackStore, viewStore])
    store.subscribe(later)
  later()
}
