import { writePage } from '../../shared/formats/writePage'
import { writeTable } from '../../shared/formats/writeTable'
import { exportedTurns } from '../../shared/session/timedTurns'
import { bridge } from '../state/bridge'
import { messages } from '../state/messages'
import { sessionStore } from '../state/session'
import { notify } from '../state/view'
import { withPatience } from './patience'
import { report } from './report'

/** Writes a text made of what is on the screen now to a file that the user chooses, as UTF-8. */
export async function exportText(
  text: string,
  extension: string,
  purpose: 'subtitles' | 'page' | 'table',
): Promise<void> {
  const { document } = sessionStore.getState()
  if (!document) return
  const target = await bridge().request('file.chooseTarget', {
    suggestedName: `${document.name.replace(/\.[^.]*$/u, '')}.${extension}`,
    beside: document.id,
    purpose,
  })
  if (!target) return
  const bytes = new TextEncoder().encode(text)
  const saving = bridge().request('file.save', { id: target.id, bytes, expected: null, as: 'export' })
  const saved = await withPatience(target.name, saving)
  if (saved.ok) notify({ tone: 'success', title: messages().notices.exported(target.name) })
  else report(saved.error, target.name)
}

/** Exports all turns as a page to print or as a table. */
export async function exportTurns(as: 'page' | 'table'): Promise<void> {
  const { document, state } = sessionStore.getState()
  const turns = state ? exportedTurns(state) : []
  if (!document || turns.length === 0) {
    notify({ tone: 'warning', title: messages().notices.nothingToExport })
    return
  }
  if (as === 'page') await exportText(writePage(document.name, turns), 'html', as)
  else await exportText(writeTable(turns), 'csv', as)
}
