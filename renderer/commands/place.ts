import type { Place } from '../../shared/ipc'
import { bridge } from '../state/bridge'
import { channelStore, hearChannels } from '../state/channels'
import { currentTime, media, seek } from '../state/playback'
import { channelCount, recordingDuration, recordingStore } from '../state/recording'
import { dispatch, sessionStore } from '../state/session'
import { scrollTo, viewStore, zoomTo } from '../state/view'

/** Keeps the session among the recent ones, with where the user is. */
export async function remember(): Promise<void> {
  const { document, state } = sessionStore.getState()
  const { recording } = recordingStore.getState()
  if (!document && !recording) return
  const place: Place = {
    time: Math.max(0, currentTime()),
    zoom: viewStore.getState().pixelsPerSecond,
    anchor: state?.selection.main.anchor ?? 0,
    head: state?.selection.main.head ?? 0,
    ...(channelCount() > 1
      ? { channels: { areShown: viewStore.getState().areChannelsShown, ...channelStore.getState() } }
      : {}),
  }
  await bridge().request('recent.remember', {
    transcript: document?.id ?? null,
    recording: recording?.id ?? null,
    place,
  })
}

/** Goes back to where the user was, as soon as the recording's length is known. */
export function restorePlace(place: Place | null): void {
  if (!place) return
  const { state } = sessionStore.getState()
  if (state) {
    const within = (position: number) => Math.min(position, state.doc.length)
    dispatch({ selection: { anchor: within(place.anchor), head: within(place.head) }, scrollIntoView: true })
  }
  const { channels } = place
  if (channels) {
    viewStore.setState({ areChannelsShown: channels.areShown })
    // Where it is not known yet how many there are, they are heard so when it is.
    hearChannels({ muted: channels.muted, soloed: channels.soloed }, channelCount())
  }
  const go = () => {
    const duration = recordingDuration()
    seek(Math.min(place.time, duration))
    zoomTo(place.zoom, 0, duration)
    scrollTo(place.time - viewStore.getState().width / place.zoom / 2, duration)
  }
  const url = recordingStore.getState().recording?.url
  if (!url) return
  const whenReady = () => {
    const isSame = recordingStore.getState().recording?.url === url
    const isReady = recordingDuration() > 0 && media().readyState > 0
    if (isSame && !isReady) return
    stop()
    media().removeEventListener('loadedmetadata', whenReady)
    if (isSame) queueMicrotask(go)
  }
  const stop = recordingStore.subscribe(whenReady)
  media().addEventListener('loadedmetadata', whenReady)
  whenReady()
}
