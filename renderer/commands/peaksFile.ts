import { formatClock, hoursMinutesSeconds } from '../../shared/formats/clock'
import {
  type AudiowaveformDat,
  durationOf,
  peaksFromDat,
  readAudiowaveformDat,
} from '../../shared/recording/audiowaveformDat'
import { Peaks } from '../../shared/recording/peaks'
import { bridge } from '../state/bridge'
import { messages } from '../state/messages'
import { everywhere, recordingStore, updateRecording } from '../state/recording'
import { notify } from '../state/view'
import { report } from './report'

/** Seconds, and share of the length, by which peaks may be longer or shorter than their recording. */
const lengthSlack = 2
const lengthShare = 0.01

/** Shows the data file of audiowaveform that lies beside the recording, until the recording itself is read. */
export async function showPeaksBeside(): Promise<void> {
  const { recording } = recordingStore.getState()
  if (!recording) return
  const bytes = await bridge().request('peaks.beside', { recording: recording.id })
  const now = recordingStore.getState().recording
  if (!bytes || now?.url !== recording.url || now.isComplete) return
  const dat = readAudiowaveformDat(bytes)
  if (dat && dat.values.length > 0 && (now.duration === 0 || fits(dat, now.duration))) lay(peaksFromDat(dat))
}

/** Asks for a data file of audiowaveform and shows it as the recording's waveform. */
export async function choosePeaks(): Promise<void> {
  const [file] = await bridge().request('file.choose', { purpose: 'peaks' })
  const { recording } = recordingStore.getState()
  if (!file || !recording) return
  const read = await bridge().request('peaks.file', { id: file.id })
  if (!read.ok) return report(read.error, file.name)
  const words = messages().notices
  const dat = readAudiowaveformDat(read.value)
  if (!dat || dat.values.length === 0) {
    notify({ tone: 'error', title: words.peaksUnknown(file.name), explanation: words.peaksUnknownWhy })
    return
  }
  if (recording.duration > 0 && !fits(dat, recording.duration)) {
    const [theirs, ours] = [durationOf(dat), recording.duration].map((time) =>
      formatClock(hoursMinutesSeconds, time),
    ) as [string, string]
    const explanation = words.peaksElsewhereWhy(theirs, ours)
    notify({ tone: 'warning', title: words.peaksElsewhere(file.name), explanation })
    return
  }
  lay(peaksFromDat(dat))
  notify({ tone: 'success', title: words.peaksTaken(file.name) })
}

function fits(dat: AudiowaveformDat, duration: number): boolean {
  return Math.abs(durationOf(dat) - duration) <= Math.max(lengthSlack, duration * lengthShare)
}

// Where the recording is read already its own peaks give way; while it is being read they cover these.
function lay(peaks: Peaks): void {
  const { recording } = recordingStore.getState()
  if (!recording) return
  const shown = recording.isComplete ? peaks : (recording.peaks ?? new Peaks())
  if (!recording.isComplete) shown.setUnderlay(peaks)
  const underlay = recording.isComplete ? null : peaks
  updateRecording({ peaks: shown, underlay, changed: everywhere() })
}
