import { Headphones, VolumeX } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { ToggleButton } from 'react-aria-components'
import { useStore } from 'zustand'
import { runCommand } from '../commands/run'
import { channelStore } from '../state/channels'
import { useMessages } from '../state/messages'
import { recordingStore } from '../state/recording'
import { viewStore } from '../state/view'
import { layLanes } from './laneLayout'
import { type SpectrogramNote, widestSpectrogram } from './lanes'
import { rulerHeight } from './paintTurns'

/** Pixels below the wave's area, for the scroll bar. */
const belowLanes = 12

/** Names of the channels with what is heard of them, and what keeps a spectrogram from showing. */
export function LaneHeads({ note }: { note: SpectrogramNote | null }) {
  const words = useMessages().waveform
  const frame = useRef<HTMLDivElement>(null)
  const [height, setHeight] = useState(0)
  const channels = useStore(recordingStore, ({ recording }) => recording?.channels.length ?? 0)
  const areShown = useStore(viewStore, (view) => view.areChannelsShown)
  const hasSpectrogram = useStore(viewStore, (view) => view.isSpectrogramShown)
  const { muted, soloed } = useStore(channelStore)

  useEffect(() => {
    const element = frame.current
    if (!element) return
    const observer = new ResizeObserver(() =>
      setHeight(Math.max(0, element.clientHeight - rulerHeight - belowLanes)),
    )
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  const count = areShown ? channels : 0
  const notes = {
    tooWide: words.spectrogramTooWide(widestSpectrogram),
    waiting: words.spectrogramWaiting,
    none: words.spectrogramNone,
  }
  const layout = layLanes(height, Math.max(1, count), hasSpectrogram)
  return (
    <div className="lane-heads" ref={frame}>
      {layout.lanes.slice(0, count).map((strip, index) => {
        const name = words.channel(index, channels)
        return (
          <fieldset
            key={name}
            className="lane-head"
            aria-label={name}
            style={{ top: rulerHeight + strip.top + strip.height / 2 }}
          >
            {name}
            <ToggleButton
              aria-label={words.solo(name)}
              isSelected={soloed.includes(index)}
              onChange={() => runCommand('playback.soloChannel', index)}
            >
              <Headphones size={12} />
            </ToggleButton>
            <ToggleButton
              aria-label={words.mute(name)}
              isSelected={muted.includes(index)}
              onChange={() => runCommand('playback.muteChannel', index)}
            >
              <VolumeX size={12} />
            </ToggleButton>
          </fieldset>
        )
      })}
      {layout.spectrogram && note && (
        <p
          className="lane-note"
          style={{ top: rulerHeight + layout.spectrogram.top, height: layout.spectrogram.height }}
        >
          {notes[note]}
        </p>
      )}
    </div>
  )
}
