import { saveText, openText } from '../../shared/formats/text'
import type { FileId, Fingerprint } from '../../shared/ipc'
import { changesSinceOpened, versionOf } from '../../shared/session/queries'
import type { Session } from '../../shared/session/session'
import { writeSidecar } from '../../shared/session/sidecar'
import { bridge } from '../state/bridge'
import { messages } from '../state/messages'
import { recordingStore } from '../state/recording'
import { dispatch, type OpenDocument, sessionStore } from '../state/session'
import { ask, notify } from '../state/view'
import { describeDifferences } from './compare'
import { report } from './report'

let running: Promise<boolean> | null = null

/** Writes the corrections into the transcript file and the times beside it. One save at a time: a save asked for while another
 *  runs follows it with the newest state.
 *  @returns whether everything that was there at the call is on disk */
export async function save(): Promise<boolean> {
  while (running) await running
  running = saveNow().finally(() => {
    running = null
    sessionStore.setState({ isSaving: false })
  })
  sessionStore.setState({ isSaving: true })
  return running
}

async function saveNow(): Promise<boolean> {
  const { document, state } = sessionStore.getState()
  if (!document || !state) return false
  if (document.isReadOnly) return saveAs()
  const bytes = await bytesOf(document, state)
  if (!bytes) return false
  return write(document, state, bytes, document.fingerprint)
}

/** Writes to a file that the user chooses; the session goes on with that file. */
export async function saveAs(): Promise<boolean> {
  const { document, state } = sessionStore.getState()
  if (!document || !state) return false
  const bytes = await bytesOf(document, state)
  if (!bytes) return false
  const target = await bridge().request('file.chooseTarget', {
    suggestedName: document.name,
    beside: document.id,
    purpose: 'transcript',
  })
  if (!target) return false
  return write({ ...document, id: target.id, name: target.name, isReadOnly: false }, state, bytes, null)
}
