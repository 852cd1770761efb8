import { createStore } from 'zustand/vanilla'
import { settingsStore } from './settings'

export interface Loop {
  /** Seconds. */
  readonly start: number
  readonly end: number
  /** What is looped: a turn follows its boundaries, a passage is a review item, a selection is the user's. */
  readonly kind: 'turn' | 'passage' | 'selection'
}

export interface Playback {
  readonly isPlaying: boolean
  /** 0.25–3, pitch kept. */
  readonly rate: number
  readonly loop: Loop | null
  /** The turn that sounds, index; changes only when another one starts. */
  readonly currentTurn: number | null
  /** Where playback last jumped to; changes with every seek, so that views can follow a jump while paused. */
  readonly soughtTo: number
}

export const playbackStore = createStore<Playback>(() => ({
  isPlaying: false,
  rate: 1,
  loop: null,
  currentTurn: null,
  soughtTo: 0,
}))

export const slowest = 0.25
export const fastest = 3

let element: HTMLAudioElement | null = null
let stopAt: number | null = null
/** Playing was asked for before there was a sound. */
let isAwaited = false
let frame = 0
const listeners = new Set<(time: number) => void>()

/** The one media element; the waveform is given this one too. */
export function media(): HTMLAudioElement {
  if (element) return element
  element = document.createElement('audio')
  element.preload = 'auto'
  element.preservesPitch = true
  element.addEventListener('play', () => {
    playbackStore.setState({ isPlaying: true })
    cancelAnimationFrame(frame)
    frame = requestAnimationFrame(tick)
  })
  element.addEventListener('pause', () => {
    playbackStore.setState({ isPlaying: false })
    announce()
  })
  element.addEventListener('seeked', announce)
  element.addEventListener('ended', () => playbackStore.setState({ isPlaying: false }))
  return element
}

/** Seconds; read it when painting, never keep it in React state. */
export function currentTime(): number {
  return element?.currentTime ?? 0
}

/** Calls `listener` with the time (seconds) at every frame while playing and after every jump.
 *  @returns a function that ends it */
export function onTime(listener: (time: number) => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function announce(): void {
  const time = currentTime()
  for (const listener of listeners) listener(time)
}

function tick(): void {
  if (!element || element.paused) return
  const { loop } = playbackStore.getState()
  const time = element.currentTime
  if (stopAt !== null && time >= stopAt) {
    element.pause()
    stopAt = null
  } else if (loop && time >= loop.end) {
    element.currentTime = loop.start
  }
  announce()
  frame = requestAnimationFrame(tick)
}

/** Plays from here; goes back a little first when resuming, never before the loop's start. Where the sound is still on its way, playing begins
 *  when it comes. */
export async function play(options: { rewind?: boolean } = {}): Promise<void> {
  const player = media()
  isAwaited = !player.srcObject
  if (isAwaited) return
  stopAt = null
  const { loop } = playbackStore.getState()
  if (options.rewind && !player.ended) {
    const floor = loop && player.currentTime >= loop.start ? loop.start : 0
    player.currentTime = Math.max(floor, player.currentTime - settingsStore.getState().rewindOnResume)
  }
  if (loop && (player.currentTime < loop.start || player.currentTime >= loop.end))
    player.currentTime = loop.start
  await player.play().catch(ignoreInterruption)
}

export function pause(): void {
  isAwaited = false
  media().pause()
}

/** Plays from `start` to `end` (seconds) once. */
export async function playStretch(start: number, end: number): Promise<void> {
  const player = media()
  if (!player.srcObject) return
  seek(start)
  await player.play().catch(ignoreInterruption)
  stopAt = end
}

/** Jumps to `time` (seconds), kept inside the recording. */
export function seek(time: number): void {
  const player = media()
  stopAt = null
  const end = Number.isFinite(player.duration) ? player.duration : time
  const target = Math.max(0, Math.min(time, end))
  player.currentTime = target
  playbackStore.setState({ soughtTo: target })
  announce()
}

/** Goes to a place that the user names: a loop that it lies outside of ends. */
export function goTo(time: number): void {
  const { loop } = playbackStore.getState()
  if (loop && (time < loop.start || time >= loop.end)) setLoop(null)
  seek(time)
}

export function setRate(rate: number): void {
  const limited = Math.min(fastest, Math.max(slowest, rate))
  media().playbackRate = limited
  media().defaultPlaybackRate = limited
  playbackStore.setState({ rate: limited })
}

export function setLoop(loop: Loop | null): void {
  playbackStore.setState({ loop })
}

/** Points the player at another recording's sound, or at none. */
export function loadMedia(source: MediaProvider | null): void {
  const player = media()
  player.pause()
  stopAt = null
  playbackStore.setState({ loop: null, currentTurn: null, soughtTo: 0 })
  player.srcObject = source
  player.playbackRate = playbackStore.getState().rate
  if (source && isAwaited) void play()
  isAwaited = false
}

// A play() that a pause() or another load overtakes rejects with AbortError; that is not a failure.
function ignoreInterruption(reason: unknown): void {
  if (!(reason instanceof DOMException && reason.name === 'AbortError')) throw reason
}
