import { openText } from '../../shared/formats/text'
import { bridge } from '../state/bridge'
import { messages } from '../state/messages'
import { dispatch, sessionStore } from '../state/session'
import { settingsStore } from '../state/settings'
import { ask, notify } from '../state/view'
import { differences } from './differences'
import { changesBetween } from './replaceText'

/** Shows the kept versions of the file one after the other with what differs; one of them can take the place of the text, as an edit
 *  that can be undone. */
export async function showVersions(): Promise<void> {
  const { document } = sessionStore.getState()
  if (!document) return
  const words = messages().dialogs.versions
  const versions = await bridge().request('versions.list', { id: document.id })
  if (versions.length === 0) {
    notify({ tone: 'info', title: words.none })
    return
  }
  for (let at = 0; ; ) {
    const version = versions[at]
    const { state, document: now } = sessionStore.getState()
    if (!version || !state || now?.id !== document.id) return
    const bytes = await bridge().request('versions.read', { id: document.id, key: version.key })
    const opened = bytes && openText(bytes, { encoding: document.opened.encoding })
    const text = opened?.ok ? opened.value.doc : null
    const when = new Date(version.kept).toLocaleString(settingsStore.getState().language)
    const choice = await ask({
      title: words.title(document.name),
      explanation: words.explanation(when, at + 1, versions.length),
      details: text === null ? '' : differences(state.doc.toString(), text) || words.same,
      choices: [
        { id: 'cancel', label: messages().dialogs.cancel, kind: 'plain' },
        ...(at + 1 < versions.length ? [{ id: 'older', label: words.older, kind: 'plain' as const }] : []),
        ...(at > 0 ? [{ id: 'newer', label: words.newer, kind: 'plain' as const }] : []),
        ...(text === null ? [] : [{ id: 'restore', label: words.restore, kind: 'primary' as const }]),
      ],
    })
    if (choice === 'older') at++
    else if (choice === 'newer') at--
    else {
      if (choice === 'restore' && text !== null) {
        dispatch({ changes: changesBetween(state.doc.toString(), text), userEvent: 'input.restore' })
        notify({
          tone: 'success',
          title: words.title(document.name),
          explanation: messages().notices.versionRestored,
        })
      }
      return
    }
  }
}
