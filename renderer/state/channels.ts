import { createStore } from 'zustand/vanilla'
import { media } from './playback'

/** Which channels of the recording are heard, by index. */
export interface ChannelChoice {
  readonly muted: readonly number[]
  /** Where any is soloed, only those are heard. */
  readonly soloed: readonly number[]
}

const all: ChannelChoice = { muted: [], soloed: [] }

export const channelStore = createStore<ChannelChoice>(() => all)

/** Whether a channel is heard. */
export function isHeard({ muted, soloed }: ChannelChoice, channel: number): boolean {
  return soloed.length > 0 ? soloed.includes(channel) : !muted.includes(channel)
}

let graph: {
  readonly context: AudioContext
  readonly source: MediaElementAudioSourceNode
  splitter: ChannelSplitterNode | null
} | null = null

/** Hears these channels, in both ears, each as loud as in the mix of those that are heard; all again as they were recorded.
 *  @param count channels of the recording */
export function hearChannels(choice: ChannelChoice, count: number): void {
  channelStore.setState(choice)
  const heard = Array.from({ length: count }, (_, channel) => channel).filter((channel) =>
    isHeard(choice, channel),
  )
  // Playback goes its plain way until something is silenced for the first time.
  if (heard.length === count && !graph) return
  graph ??= openGraph()
  const { context, source } = graph
  source.disconnect()
  graph.splitter?.disconnect()
  graph.splitter = null
  if (heard.length === count) {
    source.connect(context.destination)
    return
  }
  const splitter = context.createChannelSplitter(count)
  const sum = new GainNode(context, { channelCount: 1, channelCountMode: 'explicit' })
  for (const channel of heard) {
    const gain = new GainNode(context, { gain: 1 / heard.length })
    splitter.connect(gain, channel)
    gain.connect(sum)
  }
  sum.connect(context.destination)
  source.connect(splitter)
  graph.splitter = splitter
}

/** Another recording is heard whole. */
export function hearAllChannels(): void {
  hearChannels(all, 0)
}

function openGraph() {
  const context = new AudioContext()
  const player = media()
  // A context that the system has put to sleep would stop the sound.
  player.addEventListener('play', () => void context.resume())
  void context.resume()
  return { context, source: context.createMediaElementSource(player), splitter: null }
}
