import { usualStyle } from '../../shared/subtitles/cues'
import { writeSrt, writeVtt } from '../../shared/subtitles/writeSubtitles'
import { bridge } from '../state/bridge'
import { messages } from '../state/messages'
import { sessionStore } from '../state/session'
import { settingsStore } from '../state/settings'
import { notify } from '../state/view'
import { cuesInSlices } from './cues'
import { report } from './report'

/** Writes the subtitles, always of what is on the screen now, to a file that the user chooses. */
export async function exportSubtitles(): Promise<void> {
  const { document, state } = sessionStore.getState()
  const { subtitleFormat: format, hasSpeakerNames, subtitleColumns: columns } = settingsStore.getState()
  const cues = (state && (await cuesInSlices(state, { ...usualStyle, columns }))) ?? []
  if (!document || cues.length === 0) {
    notify({ tone: 'warning', title: messages().notices.noTimes })
    return
  }
  const target = await bridge().request('file.chooseTarget', {
    suggestedName: `${document.name.replace(/\.[^.]*$/u, '')}.${format}`,
    beside: document.id,
    purpose: 'subtitles',
  })
  if (!target) return
  const write = format === 'srt' ? writeSrt : writeVtt
  const bytes = new TextEncoder().encode(write(cues, { hasSpeakerNames }))
  const saved = await bridge().request('file.save', { id: target.id, bytes, expected: null })
  if (saved.ok) notify({ tone: 'success', title: messages().notices.exported(target.name) })
  else report(saved.error, target.name)
}
