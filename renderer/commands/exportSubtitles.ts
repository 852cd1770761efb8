import { usualStyle } from '../../shared/subtitles/cues'
import { writeSrt, writeVtt } from '../../shared/subtitles/writeSubtitles'
import { messages } from '../state/messages'
import { sessionStore } from '../state/session'
import { settingsStore } from '../state/settings'
import { notify } from '../state/view'
import { cuesInSlices } from './cues'
import { exportText } from './exportText'

/** Writes the subtitles, always of what is on the screen now, to a file that the user chooses. */
export async function exportSubtitles(): Promise<void> {
  const { document, state } = sessionStore.getState()
  const { subtitleFormat: format, hasSpeakerNames, subtitleColumns: columns } = settingsStore.getState()
  const cues = (state && (await cuesInSlices(state, { ...usualStyle, columns }))) ?? []
  if (!document || cues.length === 0) {
    notify({ tone: 'warning', title: messages().notices.noTimes })
    return
  }
  const write = format === 'srt' ? writeSrt : writeVtt
  await exportText(write(cues, { hasSpeakerNames }), format, 'subtitles')
}
