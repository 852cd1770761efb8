import { DecodingFailed, type RecordingProblem } from '../../shared/recording/decoding'
import { openSound, type Sound } from '../../shared/recording/sound/sound'
import type { AnalysisJob } from './analysisMessages'
import { openContainerSound } from './containers'
import { decoders } from './decoders'
import { rangeSource } from './rangeSource'
import { SoundFeeder } from './soundFeeder'
import type { SoundMessage, SoundRequest } from './soundMessages'

const scope = globalThis as unknown as {
  onmessage: ((event: MessageEvent<SoundRequest>) => void) | null
  postMessage(message: SoundMessage, transfer?: Transferable[]): void
}

// A worker feeds one recording.
let feeder: SoundFeeder | null = null
let wanted = 0
let length: Extract<SoundRequest, { kind: 'duration' }> | null = null
let sound: Sound | null = null

scope.onmessage = ({ data }) => {
  switch (data.kind) {
    case 'open':
      return void open(data).catch(fail)
    case 'at':
      wanted = data.time
      return feeder?.moveTo(data.time, data.isAwaited)
    case 'duration':
      length = data
      return applyLength()
  }
}

function applyLength(): void {
  if (!feeder || !length) return
  void feeder.setDuration(length.duration)
  // Not before: the analysis reads the same file.
  if (length.isFinal) sound?.prepare?.().catch(() => undefined)
}

async function open({ url, size }: AnalysisJob): Promise<void> {
  const media = new MediaSource() as MediaSource & { readonly handle: MediaProvider & Transferable }
  const isOpen = new Promise((done) => media.addEventListener('sourceopen', done, { once: true }))
  scope.postMessage({ kind: 'source', handle: media.handle }, [media.handle])
  const source = rangeSource(url, size, new AbortController().signal)
  sound = await openSound(source, { createMp3: decoders.createMp3, openContainerSound })
  if (!sound) throw new DecodingFailed({ kind: 'notAudio' })
  await isOpen
  const opened = new SoundFeeder(media, sound, fail)
  opened.moveTo(wanted, false)
  feeder = opened
  await opened.start(length?.duration ?? sound.duration)
  applyLength()
}

function fail(reason: unknown): void {
  const problem: RecordingProblem =
    reason instanceof DecodingFailed
      ? reason.problem
      : { kind: 'unreadable', detail: reason instanceof Error ? reason.message : String(reason) }
  scope.postMessage({ kind: 'problem', problem })
}
