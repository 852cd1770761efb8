import { expect, it } from 'vitest'
import { ChannelCollector, mostChannels } from '../../../shared/recording/channelPeaks'

const rate = 8000
const loud = (level: number, length: number) =>
  new Float32Array(length).map((_, index) => (index % 2 ? level : -level))

it('the slices of the mix and of each channel are of one length, whatever the pieces', () => {
  const collector = new ChannelCollector(rate)
  for (const length of [700, 3, 4100]) {
    const channels = [loud(0.6, length), new Float32Array(length)]
    collector.add(channels, loud(0.25, length))
  }
  collector.finish()
  const { pairs, channels } = collector.take()
  expect(pairs.length).toBe(Math.ceil((4803 / rate) * 100) * 2)
  expect(channels.map(({ length }) => length)).toEqual([pairs.length, pairs.length])
  expect(pairs.every((value) => Math.abs(value) === 32)).toBe(true)
  expect(channels[0]?.every((value) => Math.abs(value) === 76)).toBe(true)
  expect(channels[1]?.every((value) => value === 0)).toBe(true)
})

it('one channel is not told twice, and of very many only the first are', () => {
  const one = new ChannelCollector(rate)
  one.add([loud(0.6, 800)], loud(0.6, 800))
  expect(one.take().channels).toEqual([])
  const many = new ChannelCollector(rate)
  const channels = Array.from({ length: 40 }, () => loud(0.6, 800))
  many.add(channels, loud(0.6, 800))
  expect(many.take().channels).toHaveLength(mostChannels)
})

it('a stream that drops to one channel goes on in all', () => {
  const collector = new ChannelCollector(rate)
  collector.add([loud(0.6, 80), loud(0.25, 80)], loud(0.4, 80))
  collector.add([loud(0.1, 80)], loud(0.1, 80))
  const { channels } = collector.take()
  expect(channels.map((pairs) => [...pairs].map(Math.abs))).toEqual([
    [76, 76, 13, 13],
    [32, 32, 13, 13],
  ])
})
