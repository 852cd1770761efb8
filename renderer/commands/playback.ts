import type { CommandId } from '../../shared/commands'
import { timeAtPosition, turnTimesOf } from '../../shared/session/queries'
import { channelStore, hearChannels } from '../state/channels'
import * as playback from '../state/playback'
import { playbackStore } from '../state/playback'
import { channelCount, recordingStore } from '../state/recording'
import { sessionStore } from '../state/session'
import { viewStore } from '../state/view'
import type { Implementation } from './implementation'

const speeds = [0.25, 0.5, 0.6, 0.7, 0.75, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3]

/** Seconds on each side of a boundary. */
const aroundBoundary = 0.5

const hasRecording = () => recordingStore.getState().recording !== null

function stepSpeed(direction: 1 | -1): void {
  const { rate } = playbackStore.getState()
  const next =
    direction > 0
      ? speeds.find((speed) => speed > rate + 1e-6)
      : speeds.findLast((speed) => speed < rate - 1e-6)
  if (next !== undefined) playback.setRate(next)
}

/** The turn that playback commands mean: the selected one, or the one that sounds. */
function turnInUse(): number | null {
  return viewStore.getState().selectedTurn ?? playbackStore.getState().currentTurn
}

function loopTurn(): void {
  if (playbackStore.getState().loop) {
    playback.setLoop(null)
    return
  }
  const { state } = sessionStore.getState()
  const turn = turnInUse()
  const times = state && turn !== null ? turnTimesOf(state)[turn] : undefined
  if (!times || times.start === null || times.end === null || times.end <= times.start) return
  playback.setLoop({ start: times.start, end: times.end, kind: 'turn' })
  void playback.play()
}

function loopSelection(): void {
  const { selection } = viewStore.getState()
  if (!selection) return
  playback.setLoop({ ...selection, kind: 'selection' })
  if (!playbackStore.getState().isPlaying) playback.seek(selection.start)
  void playback.play()
}

function playAroundBoundary(): void {
  const { state } = sessionStore.getState()
  const turn = turnInUse()
  const start = state && turn !== null ? turnTimesOf(state)[turn]?.start : undefined
  if (start === undefined || start === null) return
  playback.setLoop(null)
  void playback.playStretch(Math.max(0, start - aroundBoundary), start + aroundBoundary)
}

function playFromCaret(): void {
  const { state } = sessionStore.getState()
  const time = state && timeAtPosition(state, state.selection.main.head)
  if (time === null || time === undefined) return
  playback.goTo(time)
  viewStore.setState({ isFollowing: true })
  void playback.play()
}

function playTurn(argument: unknown): void {
  const { state } = sessionStore.getState()
  const turn = typeof argument === 'number' ? argument : turnInUse()
  const start = state && turn !== null ? turnTimesOf(state)[turn]?.start : undefined
  if (start === undefined || start === null) return
  playback.goTo(start)
  viewStore.setState({ isFollowing: true })
  void playback.play()
}

// Without a channel: the next one, and behind the last none.
function chooseChannel(kind: 'muted' | 'soloed', argument: unknown): void {
  const count = channelCount()
  const choice = channelStore.getState()
  const before = choice[kind]
  const next = (before.at(-1) ?? -1) + 1
  const toggled = (channel: number) =>
    before.includes(channel) ? before.filter((other) => other !== channel) : [...before, channel]
  const channels = typeof argument === 'number' ? toggled(argument) : next < count ? [next] : []
  hearChannels({ ...choice, [kind]: channels }, count)
}

const choosing = (kind: 'muted' | 'soloed'): Implementation => ({
  run: (argument) => chooseChannel(kind, argument),
  isEnabled: () => channelCount() > 1,
})

const jump = (seconds: number): Implementation => ({
  run: () => playback.seek(playback.currentTime() + seconds),
  isEnabled: hasRecording,
})

export const playbackCommands = {
  'playback.toggle': {
    run: () => {
      if (playbackStore.getState().isPlaying) return playback.pause()
      viewStore.setState({ isFollowing: true })
      return playback.play({ rewind: true })
    },
    isEnabled: hasRecording,
  },
  'playback.back2': jump(-2),
  'playback.forward2': jump(2),
  'playback.back10': jump(-10),
  'playback.forward10': jump(10),
  'playback.slower': { run: () => stepSpeed(-1), isEnabled: hasRecording },
  'playback.faster': { run: () => stepSpeed(1), isEnabled: hasRecording },
  'playback.normalSpeed': { run: () => playback.setRate(1), isEnabled: hasRecording },
  'playback.loopTurn': {
    run: loopTurn,
    isEnabled: () => hasRecording() && (playbackStore.getState().loop !== null || turnInUse() !== null),
    isChecked: () => playbackStore.getState().loop !== null,
  },
  'playback.loopSelection': {
    run: loopSelection,
    isEnabled: () => hasRecording() && viewStore.getState().selection !== null,
  },
  'playback.aroundBoundary': {
    run: playAroundBoundary,
    isEnabled: () => hasRecording() && turnInUse() !== null,
  },
  'playback.playTurn': { run: playTurn, isEnabled: () => hasRecording() && turnInUse() !== null },
  'playback.soloChannel': choosing('soloed'),
  'playback.muteChannel': choosing('muted'),
  'playback.fromCaret': {
    run: playFromCaret,
    isEnabled: () => hasRecording() && sessionStore.getState().state !== null,
  },
} satisfies Partial<Record<CommandId, Implementation>>
