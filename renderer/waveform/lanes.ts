import { peaksPerSecond } from '../../shared/recording/peaks'
import type { Spectrogram } from '../../shared/recording/spectrogram'
import { channelStore, isHeard } from '../state/channels'
import { currentTime } from '../state/playback'
import { type RecordingState, recordingStore } from '../state/recording'
import { viewStore } from '../state/view'
import { areSame, Tiles } from './canvas'
import { colours } from './colours'
import { timeOf, type Viewport, xOf } from './geometry'
import { layLanes } from './laneLayout'
import { ColumnPainter, gainFor } from './paintColumns'
import { paintLane } from './paintLanes'
import { paintSpectrogram } from './paintSpectrogram'
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

/** The wave of what is in view, coarse or down to single samples, as a whole or channel by channel, with a spectrogram: a picture as wide as
 *  the window, whatever the zoom. */
export class Lanes {
  private samples: Samples | null = null
  private of = ''
  /** How often more became known of what is in view. */
  private revision = 0
  /** What the canvas shows was made of. */
  private parts: readonly unknown[] = []
  private readonly columns = new ColumnPainter()
  private readonly tiles: Tiles

  constructor(
    host: HTMLElement,
    private readonly changed: () => void,
    private readonly note: (note: SpectrogramNote | null) => void,
  ) {
    this.tiles = new Tiles(host)
  }

  destroy(): void {
    this.samples?.destroy()
  }

  /** More is known of a stretch, seconds. */
  outdate([from, to]: readonly [number, number], view: Viewport): void {
    if (to >= view.start && from <= timeOf(view, view.width)) this.revision++
  }

  /** Paints what is in view if it is not there yet, and asks for what is not known of it. */
  paint(view: Viewport): void {
    const surface = this.tiles.fit()
    const { recording } = recordingStore.getState()
    if (!surface || !recording) return
    const { tiles, width, height, scale } = surface
    const palette = colours()
    const { isSpectrogramShown } = viewStore.getState()
    const split = channelsShown()
    const layout = layLanes(height, Math.max(1, split), isSpectrogramShown)
    const samples = this.samplesOf(recording)
    const isFine = view.pixelsPerSecond > peaksPerSecond
    if (isFine) this.wantDetail(samples, view, recording, split > 0)
    const detail = isFine ? samples.known('detail') : null
    const spectrogram = layout.spectrogram && this.spectrogramOf(samples, view, recording)
    this.note(typeof spectrogram === 'string' ? spectrogram : null)
    const choice = channelStore.getState()
    const across = Math.round(width * scale)
    const played = Math.max(0, Math.min(across, Math.round(xOf(view, currentTime()) * scale)))
    const { start, pixelsPerSecond } = view
    const gain = Math.min(...(split > 0 ? recording.channels : [recording.peaks]).map(gainFor))
    const { url, peaks, channels } = recording
    const parts = [
      ...[width, height, scale, start, pixelsPerSecond, played],
      ...[url, peaks, channels, this.revision, gain, detail, spectrogram, choice, split, palette],
    ]
    if (areSame(parts, this.parts)) return
    this.parts = parts
    const lanes = layout.lanes.map((strip, index) => {
      const lane = split > 0 ? index + 1 : 0
      const isKnown = detail !== null && detail.lanes.length > lane
      return {
        strip,
        peaks: (split > 0 ? channels[index] : peaks) ?? null,
        detail: isKnown ? { samples: detail, lane } : null,
        isHeard: split === 0 || isHeard(choice, index),
      }
    })
    for (const { context, left, ...tile } of tiles) {
      context.fillStyle = palette.panel
      context.fillRect(left / scale, 0, tile.width / scale, height)
      if (spectrogram && typeof spectrogram !== 'string' && layout.spectrogram)
        paintSpectrogram(context, spectrogram, layout.spectrogram, view, palette)
      context.setTransform(scale, 0, 0, scale, 0, 0)
      const part = {
        start: view.start + left / scale / pixelsPerSecond,
        pixelsPerSecond,
        width: tile.width / scale,
      }
      const before = Math.max(0, Math.min(tile.width, played - left))
      for (const lane of lanes)
        paintLane(context, lane, { view: part, scale, gain, played: before }, palette, this.columns)
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
