import type { CommandId } from '../../shared/commands'
import { turnTimesOf } from '../../shared/session/queries'
import { setInaudibleWordsEffect } from '../../shared/session/session'
import { bridge } from '../state/bridge'
import { messages } from '../state/messages'
import { currentTime } from '../state/playback'
import { channelCount, recordingDuration, recordingStore } from '../state/recording'
import { dispatch, sessionStore } from '../state/session'
import { type Settings, settingsStore } from '../state/settings'
import { notify, type Panel, scrollTo, viewStore, zoomTo } from '../state/view'
import type { Implementation } from './implementation'
import { selectedTurn } from './turn'

const hasRecording = () => recordingStore.getState().recording !== null

/** Zooms about the playhead when it is in view, else about the middle. */
function zoomBy(factor: number): void {
  const { pixelsPerSecond, scrollTime, width } = viewStore.getState()
  const playhead = (currentTime() - scrollTime) * pixelsPerSecond
  zoomTo(
    pixelsPerSecond * factor,
    playhead >= 0 && playhead <= width ? playhead : width / 2,
    recordingDuration(),
  )
}

function zoomToTurn(): void {
  const { state } = sessionStore.getState()
  const turn = selectedTurn()
  const times = state && turn !== null ? turnTimesOf(state)[turn] : undefined
  if (!times || times.start === null || times.end === null) return
  const { width } = viewStore.getState()
  const length = Math.max(0.5, times.end - times.start)
  zoomTo(width / (length * 1.15), 0, recordingDuration())
  scrollTo(times.start - length * 0.075, recordingDuration())
}

/** Changes settings and lets the main process keep them. What is open follows. */
export function changeSettings(change: Partial<Settings>): void {
  settingsStore.setState(change)
  if (change.inaudibleWords) dispatch({ effects: setInaudibleWordsEffect.of(change.inaudibleWords) })
  void bridge().request('settings.write', { settings: settingsStore.getState() })
}

async function clearCache(): Promise<void> {
  const { bytes } = await bridge().request('peaks.clear', {})
  notify({ tone: 'success', title: messages().notices.cacheCleared(bytes) })
}

const panel = (name: Panel): Implementation => ({ run: () => viewStore.setState({ panel: name }) })

const setting = <K extends keyof Settings>(key: K, value: Settings[K]): Implementation => ({
  run: () => changeSettings({ [key]: value } as Partial<Settings>),
  isChecked: () => settingsStore.getState()[key] === value,
})

export const viewCommands = {
  'view.palette': { run: () => viewStore.setState({ dialog: { kind: 'palette' } }) },
  'view.zoomIn': { run: () => zoomBy(1.5), isEnabled: hasRecording },
  'view.zoomOut': { run: () => zoomBy(1 / 1.5), isEnabled: hasRecording },
  'view.zoomTurn': { run: zoomToTurn, isEnabled: () => hasRecording() && selectedTurn() !== null },
  'view.zoomAll': { run: () => zoomTo(0, 0, recordingDuration()), isEnabled: hasRecording },
  'view.follow': {
    run: () => viewStore.setState((view) => ({ isFollowing: !view.isFollowing })),
    isChecked: () => viewStore.getState().isFollowing,
  },
  'view.channels': {
    run: () => viewStore.setState((view) => ({ areChannelsShown: !view.areChannelsShown })),
    isEnabled: () => channelCount() > 1,
    isChecked: () => channelCount() > 1 && viewStore.getState().areChannelsShown,
  },
  'view.spectrogram': {
    run: () => viewStore.setState((view) => ({ isSpectrogramShown: !view.isSpectrogramShown })),
    isEnabled: hasRecording,
    isChecked: () => viewStore.getState().isSpectrogramShown,
  },
  'view.review': panel('review'),
  'view.speakers': panel('speakers'),
  'view.corrections': panel('corrections'),
  'view.subtitles': panel('subtitles'),
  'view.languageEnglish': setting('language', 'en'),
  'view.languageChinese': setting('language', 'zh'),
  'view.themeSystem': setting('theme', 'system'),
  'view.themeLight': setting('theme', 'light'),
  'view.themeDark': setting('theme', 'dark'),
  'view.clearCache': { run: clearCache },
  'help.shortcuts': { run: () => viewStore.setState({ dialog: { kind: 'shortcuts' } }) },
  'help.about': { run: () => viewStore.setState({ dialog: { kind: 'about' } }) },
  'edit.settings': { run: () => viewStore.setState({ dialog: { kind: 'settings' } }) },
} satisfies Partial<Record<CommandId, Implementation>>
