import { type Detail, detailOf } from '../../shared/recording/detail'
import { MixDown } from '../../shared/recording/mixDown'
import { openSampleWindows, type SampleWindows } from '../../shared/recording/sampleWindows'
import { type Spectrogram, SpectrogramMaker } from '../../shared/recording/spectrogram'
import { openContainerWindows } from './containers'
import { decoders } from './decoders'
import { rangeSource } from './rangeSource'
import type { SamplesAnswer, SamplesRequest, SamplesWish } from './samplesMessages'

/** Seconds read at a time for a spectrogram, so that a long one takes no more memory than a short one. */
const readAtOnce = 15

const scope = globalThis as unknown as {
  onmessage: ((event: MessageEvent<SamplesRequest>) => void) | null
  postMessage(message: SamplesAnswer, transfer?: Transferable[]): void
}

const wanted = new Map<number, AbortController>()
let windows: Promise<SampleWindows | null> = Promise.resolve(null)
// Wishes are met one after another: what one has counted of a file serves the next.
let turn: Promise<void> = Promise.resolve()

scope.onmessage = ({ data }) => {
  switch (data.kind) {
    case 'open':
      windows = openSampleWindows(rangeSource(data.url, data.size, new AbortController().signal), {
        ...decoders,
        openContainerWindows,
      }).catch(() => null)
      return
    case 'wish': {
      const controller = new AbortController()
      wanted.set(data.id, controller)
      turn = turn.then(() => meet(data.id, data.wish, controller.signal))
      return
    }
    case 'cancel':
      wanted.get(data.id)?.abort()
      wanted.delete(data.id)
      return
  }
}

async function meet(id: number, wish: SamplesWish, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  try {
    const reader = await windows
    if (wish.kind === 'detail') {
      const value = reader && (await readDetail(reader, wish, signal))
      scope.postMessage({ kind: 'detail', id, value }, value ? buffersOf(value.lanes) : [])
    } else {
      const value = reader && (await readSpectrogram(reader, wish, signal))
      scope.postMessage({ kind: 'spectrogram', id, value }, value ? buffersOf([value.strengths]) : [])
    }
  } catch {
    if (!signal.aborted) scope.postMessage({ kind: wish.kind, id, value: null })
  }
  wanted.delete(id)
}

async function readDetail(
  reader: SampleWindows,
  { from, to, isSplit }: SamplesWish & { kind: 'detail' },
  signal: AbortSignal,
): Promise<Detail> {
  const first = Math.max(0, Math.floor(from * reader.sampleRate))
  return detailOf(await reader.read(first, Math.ceil(to * reader.sampleRate), signal), isSplit)
}

async function readSpectrogram(
  reader: SampleWindows,
  { from, to, columns, loudest }: SamplesWish & { kind: 'spectrogram' },
  signal: AbortSignal,
): Promise<Spectrogram> {
  const maker = new SpectrogramMaker(reader.sampleRate, { from, to, columns }, loudest)
  const atOnce = Math.max(1, Math.floor((columns * readAtOnce) / (to - from)))
  const mixDown = new MixDown()
  for (let column = 0; column < columns; column += atOnce) {
    const last = Math.min(columns, column + atOnce) - 1
    const first = Math.max(0, maker.samplesOf(column)[0])
    const window = await reader.read(first, Math.max(first, maker.samplesOf(last)[1]), signal)
    const mono = mixDown.mix(window.channels)
    for (let index = column; index <= last; index++) maker.fill(index, mono, window.first)
  }
  return maker.finish()
}

function buffersOf(arrays: readonly (Float32Array | Uint8Array)[]): ArrayBufferLike[] {
  return [...new Set(arrays.map(({ buffer }) => buffer))]
}
