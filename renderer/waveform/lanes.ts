import { peaksPerSecond } from '../../shared/recording/peaks'
import type { Spectrogram } from '../../shared/recording/spectrogram'
import { channelStore, isHeard } from '../state/channels'
import { currentTime } from '../state/playback'
import { type RecordingState, recordingStore } from '../state/recording'
import { viewStore } from '../state/view'
import { sized } from './canvas'
import { colours } from './colours'
import { timeOf, type Viewport } from './geometry'
import { layLanes } from './laneLayout'
import { paintLane } from './paintLanes'
import { paintSpectrogram } from './paintSpectrogram'
import { gainFor } from './paintWave'
import { Samples } from './samples'

/** Widest view of which a spectrogram is made, seconds. */
export const widestSpectrogram = 180

/** Share of the view that is read before it and behind it, so that scrolling and the next page find it there; at least so many seconds. */
const before = 0.5
const behind = 1.1
const leastMargin = 1

/** Columns of a spectrogram for each CSS pixel. */
const columnsPerPixel = 1

/** Why no spectrogram shows where one is wanted. */
export type SpectrogramNote = 'tooWide' | 'waiting' | 'none'

/** The wave where wavesurfer's does not reach: between the slices of the peaks, channel by channel, with a spectrogram. A canvas of what is
 *  in view. */
export class Lanes {
  private samples: Samples | null = null
  private of = ''

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly changed: () => void,
    private readonly note: (note: SpectrogramNote | null) => void,
  ) {}

  /** Whether the view is one that only this canvas can show. */
  static areNeeded(): boolean {
    const { pixelsPerSecond, isSpectrogramShown } = viewStore.getState()
    return pixelsPerSecond > peaksPerSecond || isSpectrogramShown || channelsShown() > 0
  }

  destroy(): void {
    this.samples?.destroy()
  }

  /** Paints what is in view, and asks for what is not known of it yet. */
  paint(view: Viewport): void {
    const surface = sized(this.canvas)
    const { recording } = recordingStore.getState()
    if (!surface || !recording) return
    const { context, width, height } = surface
    const palette = colours()
    context.fillStyle = palette.panel
    context.fillRect(0, 0, width, height)
    const { isSpectrogramShown } = viewStore.getState()
    const split = channelsShown()
    const layout = layLanes(height, Math.max(1, split), isSpectrogramShown)
    const samples = this.samplesOf(recording)
    if (view.pixelsPerSecond > peaksPerSecond) this.wantDetail(samples, view, recording, split > 0)
    const detail = view.pixelsPerSecond > peaksPerSecond ? samples.known('detail') : null
    const scene = {
      view,
      scale: this.canvas.width / width,
      gain: Math.min(...(split > 0 ? recording.channels : [recording.peaks]).map(gainFor)),
      playhead: currentTime(),
    }
    const choice = channelStore.getState()
    for (const [index, strip] of layout.lanes.entries()) {
      const lane = split > 0 ? index + 1 : 0
      const peaks = (split > 0 ? recording.channels[index] : recording.peaks) ?? null
      const isKnown = detail !== null && detail.lanes.length > lane
      paintLane(
        context,
        {
          strip,
          peaks,
          detail: isKnown ? { samples: detail, lane } : null,
          isHeard: split === 0 || isHeard(choice, index),
        },
        scene,
        palette,
      )
    }
    const spectrogram = layout.spectrogram && this.spectrogramOf(samples, view, recording)
    if (typeof spectrogram === 'string') this.note(spectrogram)
    else {
      this.note(null)
      if (spectrogram && layout.spectrogram)
        paintSpectrogram(context, spectrogram, layout.spectrogram, view, palette)
    }
  }

  private spectrogramOf(
    samples: Samples,
    view: Viewport,
    recording: RecordingState,
  ): Spectrogram | SpectrogramNote {
    if (view.width / view.pixelsPerSecond > widestSpectrogram) return 'tooWide'
    this.wantSpectrogram(samples, view, recording)
    const known = samples.known('spectrogram')
    const isInView = known && known.to > view.start && known.from < timeOf(view, view.width)
    return isInView ? known : samples.isWaiting('spectrogram') ? 'waiting' : 'none'
  }

  private samplesOf({ url, size }: RecordingState): Samples {
    if (this.samples && this.of === url) return this.samples
    this.samples?.destroy()
    this.of = url
    this.samples = new Samples({ url, size }, this.changed)
    return this.samples
  }

  private wantDetail(samples: Samples, view: Viewport, { duration }: RecordingState, isSplit: boolean): void {
    const [from, to] = [Math.max(0, view.start), Math.min(duration, timeOf(view, view.width))]
    const seconds = to - from
    samples.want(
      { kind: 'detail', ...around(from, to, duration), isSplit },
      // What was read of a far wider view is too coarse for this one.
      (earlier) =>
        (!isSplit || earlier.isSplit) &&
        earlier.from <= from &&
        earlier.to >= to &&
        earlier.to - earlier.from < Math.max(leastMargin * 4, seconds * 6),
    )
  }

  private wantSpectrogram(samples: Samples, view: Viewport, { duration, peaks }: RecordingState): void {
    const [from, to] = [Math.max(0, view.start), Math.min(duration, timeOf(view, view.width))]
    const wide = around(from, to, duration)
    const columns = Math.max(1, Math.round((wide.to - wide.from) * view.pixelsPerSecond * columnsPerPixel))
    samples.want({ kind: 'spectrogram', ...wide, columns, loudest: peaks?.loudest() ?? 1 }, (earlier) => {
      const perSecond = earlier.columns / (earlier.to - earlier.from)
      const ratio = (view.pixelsPerSecond * columnsPerPixel) / perSecond
      return earlier.from <= from && earlier.to >= to && ratio < 1.6 && ratio > 0.4
    })
  }
}

function around(from: number, to: number, duration: number): { readonly from: number; readonly to: number } {
  const reach = (share: number) => Math.max(leastMargin, (to - from) * share)
  return { from: Math.max(0, from - reach(before)), to: Math.min(duration, to + reach(behind)) }
}

/** Channels that have lanes of their own now; 0 where the mix is shown. */
export function channelsShown(): number {
  const { channels } = recordingStore.getState().recording ?? { channels: [] }
  return viewStore.getState().areChannelsShown ? channels.length : 0
}
