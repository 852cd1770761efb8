import type { ChangeDesc } from '@codemirror/state'
import type { Placement } from '../../shared/alignment/alignment'
import { decodeTimings, shapeOfTimings } from '../../shared/formats/recognisers/readTimings'
import type { FileReference } from '../../shared/ipc'
import { alignmentText } from '../../shared/session/alignmentText'
import { anchorsOf } from '../../shared/session/anchors'
import { applyAlignment } from '../../shared/session/applyAlignment'
import { chosenLanguageOf } from '../../shared/session/language'
import { recordingFactsOf, transcriptOf } from '../../shared/session/queries'
import type { Session } from '../../shared/session/session'
import { wordTimingsOf } from '../../shared/session/words'
import { bridge } from '../state/bridge'
import { messages } from '../state/messages'
import { dispatch, followText, sessionStore } from '../state/session'
import { ask, notify } from '../state/view'
import type { TimingsJob, TimingsMessage } from '../workers/timingsMessages'
import { report } from './report'

/** Bytes that are looked at to tell what a file is. */
const beginning = 64 * 1024

/** Asks for a file of a recogniser's words and gives the transcript their times. */
export async function chooseTimings(): Promise<void> {
  const [file] = await bridge().request('file.choose', { purpose: 'timings' })
  if (file) await importTimings(file)
}

export interface Sorted {
  readonly transcript: FileReference | null
  readonly timings: FileReference | null
}

/** Tells a transcript from a file of words by their contents. Subtitles are a transcript unless there is another one: then their times are
 *  meant, and where that is open already the user is asked.
 *  @returns `null` when the user wants neither */
export async function sortTexts(files: readonly FileReference[]): Promise<Sorted | null> {
  const open = sessionStore.getState().document
  if (files.length === 0) return { transcript: null, timings: null }
  const shapes = await Promise.all(
    files.map(async (file) => {
      const read = await bridge().request('timings.read', { id: file.id, most: beginning })
      return { file, shape: read.ok ? shapeOfTimings(decodeTimings(read.value)) : null }
    }),
  )
  const withShape = (wanted: 'words' | 'subtitles' | null) =>
    shapes.find(({ shape }) => shape === wanted)?.file ?? null
  const [plain, words, subtitles] = [withShape(null), withShape('words'), withShape('subtitles')]
  if (plain || words) return { transcript: plain ?? subtitles, timings: words ?? (plain && subtitles) }
  if (!subtitles || !open || open.id === subtitles.id) return { transcript: subtitles, timings: null }
  const { title, explanation, times, transcript, cancel } = messages().dialogs.subtitlesBeside
  const choice = await ask({
    title: title(subtitles.name),
    explanation: explanation(open.name),
    choices: [
      { id: 'cancel', label: cancel, kind: 'plain' },
      { id: 'transcript', label: transcript, kind: 'plain' },
      { id: 'times', label: times, kind: 'primary' },
    ],
  })
  if (choice === 'times') return { transcript: null, timings: subtitles }
  return choice === 'transcript' ? { transcript: subtitles, timings: null } : null
}

/** Gives the open transcript the times of the words in a file, as one undo step. What the aligner found before is kept where it is surer. */
export async function importTimings(file: FileReference): Promise<void> {
  const { state, document } = sessionStore.getState()
  const words = messages().notices
  if (!state || !document) {
    const { timingsWithoutTranscript: title, timingsWithoutTranscriptWhy: explanation } = words
    notify({ tone: 'warning', title: title(file.name), explanation })
    return
  }
  const read = await bridge().request('timings.read', { id: file.id, most: null })
  if (!read.ok) return report(read.error, file.name)
  const now = sessionStore.getState().state
  if (!now || sessionStore.getState().document?.id !== document.id) return
  const { text, end } = followText(now)
  const message = await inWorker(jobOf(now, read.value)).catch((reason: Error) => {
    notify({ tone: 'error', title: words.alignmentFailed, explanation: reason.message })
    return null
  })
  end()
  if (!message) return
  if (message.kind === 'failed') return report(message.problem, file.name)
  if (text.changes) take(message, now, text.changes, file.name)
}

function jobOf(state: Session, file: Uint8Array): TimingsJob {
  const { words, doubtfulBelow } = wordTimingsOf(state)
  const anchors = anchorsOf(state)
  const isAligned = words.length > 0 && anchors.some(({ origin }) => origin === 'aligned')
  return {
    file,
    text: alignmentText(state.doc.toString(), transcriptOf(state)),
    pins: anchors.flatMap(({ position, edge, time, origin }) =>
      edge === 'start' && origin === 'pinned' ? [{ at: position, time }] : [],
    ),
    duration: recordingFactsOf(state)?.duration ?? 0,
    language: chosenLanguageOf(state),
    present: isAligned ? { words, doubtfulBelow } : null,
  }
}

function inWorker(job: TimingsJob): Promise<TimingsMessage> {
  const worker = new Worker(new URL('../workers/timings.worker.ts', import.meta.url), { type: 'module' })
  return new Promise<TimingsMessage>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<TimingsMessage>) => resolve(data)
    worker.onerror = (event) => reject(new Error(event.message))
    worker.postMessage(job)
    void bridge().request('workers.started', {})
  }).finally(() => worker.terminate())
}

function take(
  { alignment, heard, suggestions, isCombined, format }: Extract<TimingsMessage, { kind: 'done' }>,
  read: Session,
  since: ChangeDesc,
  name: string,
): void {
  const { state } = sessionStore.getState()
  if (!state) return
  const words = messages().notices
  if (alignment.refused !== undefined) {
    const { timingsRefused: title, timingsRefusedWhy: explanation } = words
    notify({ tone: 'warning', title: title(name), explanation, isSticky: true })
    return
  }
  dispatch(
    applyAlignment(state, alignment, transcriptOf(read), since, {
      origin: isCombined ? 'aligned' : 'imported',
      imported: { heard, suggestions },
    }),
  )
  const count = (wanted: Placement) => alignment.turns.filter(({ placement }) => placement === wanted).length
  const [placed, doubtful, lost] = [count('placed'), count('doubtful'), count('notPlaced')]
  notify({
    tone: lost + doubtful > 0 ? 'info' : 'success',
    title: words.timingsTaken(format, placed, doubtful, lost),
    ...(suggestions.length > 0 ? { explanation: words.suggestionsFound(suggestions.length) } : {}),
  })
}
