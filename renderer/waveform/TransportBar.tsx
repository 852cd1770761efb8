import {
  AudioLines,
  ChevronLeft,
  ChevronRight,
  Minus,
  Pause,
  Pin,
  Play,
  Plus,
  Repeat,
  RotateCcw,
  RotateCw,
  Rows2,
  Waves,
} from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Button, Slider, SliderThumb, SliderTrack, ToggleButton } from 'react-aria-components'
import { useStore } from 'zustand'
import { formatClock, hoursMinutesSeconds } from '../../shared/formats/clock'
import { turnTimesOf } from '../../shared/session/queries'
import type { Session } from '../../shared/session/session'
import { commandKeys, keyLabel } from '../commands/keymap'
import { runCommand } from '../commands/run'
import { changeSettings } from '../commands/view'
import { alignmentStore } from '../state/alignment'
import { useCalmPart } from '../state/calmSession'
import { useMessages } from '../state/messages'
import { currentTime, onTime, playbackStore } from '../state/playback'
import { recordingDuration, recordingStore } from '../state/recording'
import { sessionStore } from '../state/session'
import { settingsStore } from '../state/settings'
import { maximumPixelsPerSecond, viewStore, zoomTo } from '../state/view'
import { Hint } from '../ui/Hint'

const rewinds = [0, 1, 2, 3, 5]

/** Play, speed, loop, boundary and zoom; every button is a command. Each part follows what it shows and nothing else: while a boundary is
 *  dragged the sound starts and stops many times a second. */
export function TransportBar() {
  const words = useMessages().transport
  return (
    <section className="transport" aria-label={words.play}>
      <PlayButton />
      <StepButtons />
      <TimeReadout />
      <LoopButton />
      <SpeedButtons />
      <RewindButton />
      <span className="spring" />
      <NudgeButtons />
      <PinsButton />
      <AlignButton />
      <ViewToggles />
      <ZoomSlider />
    </section>
  )
}

function useHasRecording(): boolean {
  return useStore(recordingStore, ({ recording }) => recording !== null)
}

function PlayButton() {
  const words = useMessages().transport
  const isPlaying = useStore(playbackStore, (playback) => playback.isPlaying)
  const hasRecording = useHasRecording()
  return (
    <Hint text={isPlaying ? words.pause : words.play} keys={[keyLabel('Escape'), keyLabel('Space')]}>
      <Button
        className="transport-play"
        aria-label={isPlaying ? words.pause : words.play}
        isDisabled={!hasRecording}
        onPress={() => runCommand('playback.toggle')}
      >
        {isPlaying ? <Pause size={15} fill="currentColor" /> : <Play size={15} fill="currentColor" />}
      </Button>
    </Hint>
  )
}

function StepButtons() {
  const words = useMessages().transport
  const hasRecording = useHasRecording()
  return (
    <>
      <Hint text={words.back} keys={commandKeys('playback.back2').map(keyLabel)}>
        <Button
          className="quiet"
          aria-label={words.back}
          isDisabled={!hasRecording}
          onPress={() => runCommand('playback.back2')}
        >
          <RotateCcw size={14} /> 2
        </Button>
      </Hint>
      <Hint text={words.forward} keys={commandKeys('playback.forward2').map(keyLabel)}>
        <Button
          className="quiet"
          aria-label={words.forward}
          isDisabled={!hasRecording}
          onPress={() => runCommand('playback.forward2')}
        >
          2 <RotateCw size={14} />
        </Button>
      </Hint>
    </>
  )
}

function LoopButton() {
  const words = useMessages().transport
  const isLooping = useStore(playbackStore, ({ loop }) => loop !== null)
  const hasRecording = useHasRecording()
  return (
    <Hint text={words.loop} keys={commandKeys('playback.loopTurn').map(keyLabel)}>
      <ToggleButton
        className="chip"
        isSelected={isLooping}
        isDisabled={!hasRecording}
        onChange={() => runCommand('playback.loopTurn')}
      >
        <Repeat size={13} /> {words.loop}
      </ToggleButton>
    </Hint>
  )
}

function SpeedButtons() {
  const words = useMessages().transport
  const rate = useStore(playbackStore, (playback) => playback.rate)
  const hasRecording = useHasRecording()
  return (
    <fieldset className="chip-group" aria-label={words.speed}>
      <Button
        aria-label={words.slower}
        isDisabled={!hasRecording}
        onPress={() => runCommand('playback.slower')}
      >
        <Minus size={12} />
      </Button>
      <Button
        className="chip-value"
        isDisabled={!hasRecording}
        onPress={() => runCommand('playback.normalSpeed')}
      >
        {rate}×
      </Button>
      <Button
        aria-label={words.faster}
        isDisabled={!hasRecording}
        onPress={() => runCommand('playback.faster')}
      >
        <Plus size={12} />
      </Button>
    </fieldset>
  )
}

function RewindButton() {
  const words = useMessages().transport
  const rewind = useStore(settingsStore, (settings) => settings.rewindOnResume)
  const nextRewind = rewinds[(rewinds.indexOf(rewind) + 1) % rewinds.length] as number
  return (
    <Hint text={words.rewind}>
      <Button
        className="chip transport-rewind"
        onPress={() => changeSettings({ rewindOnResume: nextRewind })}
      >
        {words.rewindBy(rewind)}
      </Button>
    </Hint>
  )
}

function NudgeButtons() {
  const words = useMessages().transport
  const hasRecording = useHasRecording()
  return (
    <fieldset className="chip-group transport-boundary" aria-label={words.boundary}>
      <Button
        aria-label={`${words.boundary} −10 ms`}
        isDisabled={!hasRecording}
        onPress={() => runCommand('turn.nudgeBack10')}
      >
        <ChevronLeft size={13} />
      </Button>
      <span className="chip-value">{words.boundary} 10 ms</span>
      <Button
        aria-label={`${words.boundary} +10 ms`}
        isDisabled={!hasRecording}
        onPress={() => runCommand('turn.nudgeForward10')}
      >
        <ChevronRight size={13} />
      </Button>
    </fieldset>
  )
}

function pinCount(session: Session): number {
  return turnTimesOf(session).filter(({ isPinned }) => isPinned).length
}

function PinsButton() {
  const words = useMessages().transport
  const pins = useCalmPart(pinCount) ?? 0
  return (
    <Hint text={words.unpin} keys={commandKeys('turn.unpin').map(keyLabel)}>
      <Button className="chip" onPress={() => runCommand('turn.unpin')}>
        <Pin size={13} /> {words.pinned(pins)}
      </Button>
    </Hint>
  )
}

// Channels only where there is something to tell apart.
function ViewToggles() {
  const words = useMessages().transport
  const hasChannels = useStore(recordingStore, ({ recording }) => (recording?.channels.length ?? 0) > 1)
  const hasRecording = useHasRecording()
  const areChannelsShown = useStore(viewStore, (view) => view.areChannelsShown)
  const isSpectrogramShown = useStore(viewStore, (view) => view.isSpectrogramShown)
  return (
    <>
      {hasChannels && (
        <Hint text={words.channels} keys={commandKeys('view.channels').map(keyLabel)}>
          <ToggleButton
            className="chip"
            aria-label={words.channels}
            isSelected={areChannelsShown}
            onChange={() => runCommand('view.channels')}
          >
            <Rows2 size={15} />
          </ToggleButton>
        </Hint>
      )}
      <Hint text={words.spectrogram} keys={commandKeys('view.spectrogram').map(keyLabel)}>
        <ToggleButton
          className="chip"
          aria-label={words.spectrogram}
          isSelected={isSpectrogramShown}
          isDisabled={!hasRecording}
          onChange={() => runCommand('view.spectrogram')}
        >
          <Waves size={15} />
        </ToggleButton>
      </Hint>
    </>
  )
}

function AlignButton() {
  const { notices, commands, waveform, transport } = useMessages()
  const share = useStore(alignmentStore, (progress) => progress.share)
  const hasTranscript = useStore(sessionStore, ({ state }) => state !== null)
  const isPossible = useHasRecording() && hasTranscript
  if (share !== null) {
    return (
      <Button className="chip" onPress={() => runCommand('turn.cancelAlignment')}>
        {notices.aligning(Math.floor(share * 100))} · {waveform.cancel}
      </Button>
    )
  }
  return (
    <Hint text={commands['turn.align']} keys={commandKeys('turn.align').map(keyLabel)}>
      <Button className="chip" isDisabled={!isPossible} onPress={() => runCommand('turn.align')}>
        <AudioLines size={13} /> {transport.align}
      </Button>
    </Hint>
  )
}

// The time changes at every frame: it is written past React.
function TimeReadout() {
  const whole = useRef<HTMLSpanElement>(null)
  const fraction = useRef<HTMLSpanElement>(null)
  const duration = useStore(recordingStore, ({ recording }) => recording?.duration ?? 0)
  useEffect(() => {
    const show = () => {
      const text = formatClock({ ...hoursMinutesSeconds, decimals: 3 }, currentTime())
      if (whole.current) whole.current.textContent = text.slice(0, -4)
      if (fraction.current) fraction.current.textContent = text.slice(-4)
    }
    show()
    return onTime(show)
  }, [])
  return (
    <span className="transport-time" data-testid="time">
      <span ref={whole}>00:00:00</span>
      <span className="faint" ref={fraction}>
        .000
      </span>
      <small> / {formatClock({ ...hoursMinutesSeconds, hourDigits: 1 }, duration)}</small>
    </span>
  )
}

// While the wheel turns, the slider follows when it rests.
function useRestingZoom(): readonly [zoom: number, show: (zoom: number) => void] {
  const [zoom, setZoom] = useState(() => viewStore.getState().pixelsPerSecond)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null
    const follow = () => setZoom(viewStore.getState().pixelsPerSecond)
    follow()
    const end = viewStore.subscribe(({ pixelsPerSecond }, before) => {
      if (pixelsPerSecond === before.pixelsPerSecond) return
      if (timer !== null) clearTimeout(timer)
      timer = setTimeout(follow, 100)
    })
    return () => {
      end()
      if (timer !== null) clearTimeout(timer)
    }
  }, [])
  return [zoom, setZoom]
}

function ZoomSlider() {
  const words = useMessages().transport
  const [zoom, showZoom] = useRestingZoom()
  const width = useStore(viewStore, (view) => view.width)
  const duration = useStore(recordingStore, ({ recording }) => recording?.duration ?? 0)
  if (duration <= 0) return null
  const fit = Math.log(Math.min(maximumPixelsPerSecond / 1.01, width / duration))
  const span = Math.log(maximumPixelsPerSecond) - fit
  return (
    <div className="zoom">
      <Button className="quiet" aria-label={words.zoomOut} onPress={() => runCommand('view.zoomOut')}>
        <Minus size={14} />
      </Button>
      <Slider
        aria-label={words.zoom}
        minValue={0}
        maxValue={1}
        step={0.01}
        value={Math.max(0, Math.min(1, (Math.log(zoom) - fit) / span))}
        onChange={(value) => {
          const wanted = Math.exp(fit + (value as number) * span)
          showZoom(wanted)
          zoomTo(wanted, viewStore.getState().width / 2, recordingDuration())
        }}
      >
        <SliderTrack className="zoom-track">
          <SliderThumb className="zoom-thumb" />
        </SliderTrack>
      </Slider>
      <Button className="quiet" aria-label={words.zoomIn} onPress={() => runCommand('view.zoomIn')}>
        <Plus size={14} />
      </Button>
    </div>
  )
}
