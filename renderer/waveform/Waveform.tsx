import { useEffect, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { recordingStore } from '../state/recording'
import { LaneHeads } from './LaneHeads'
import type { SpectrogramNote } from './lanes'
import { Surface } from './surface'

/** The zoomable wave with the turns on it. */
export function Waveform() {
  const layer = useRef<HTMLDivElement>(null)
  const lanes = useRef<HTMLDivElement>(null)
  const host = useRef<HTMLDivElement>(null)
  const [hint, setHint] = useState<{ x: number; text: string } | null>(null)
  const [note, setNote] = useState<SpectrogramNote | null>(null)
  const duration = useStore(recordingStore, ({ recording }) => recording?.duration ?? 0)
  const url = useStore(recordingStore, ({ recording }) => recording?.url ?? '')

  // biome-ignore lint/correctness/useExhaustiveDependencies: another recording of the same length is another wave
  useEffect(() => {
    if (!layer.current || !lanes.current || !host.current || duration <= 0) return
    const hosts = { layer: layer.current, lanes: lanes.current }
    const surface = new Surface(hosts, host.current, duration, setHint, setNote)
    return () => surface.destroy()
  }, [duration, url])

  return (
    <>
      <div className="waveform-wave" ref={host} />
      <div ref={lanes} className="waveform-lanes" />
      <div ref={layer} className="waveform-layer" />
      <LaneHeads note={note} />
      {hint && (
        <div className="waveform-hint" style={{ left: hint.x }}>
          {hint.text}
        </div>
      )}
    </>
  )
}
