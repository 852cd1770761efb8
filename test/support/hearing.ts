import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Page } from '@playwright/test'

/** Level from which a sample belongs to a click of `clickTrack`; of a decoder's echo of it nothing comes near. */
const clickThreshold = 0.35

/** What the window's player gave out after a jump. */
export interface Heard {
  /** Where the player said it was when it was ready to play (seconds). */
  readonly playhead: number
  /** Seconds of sound from there to the first click. */
  readonly toClick: number
  /** Milliseconds from the jump until it was ready. */
  readonly took: number
}

interface Ear {
  heardPlayer?: HTMLMediaElement
  ear?: { readonly context: AudioContext; readonly node: ScriptProcessorNode }
}

/** Gets hold of the window's player; it must be paused. */
export async function findPlayer(page: Page): Promise<void> {
  await page.evaluate(() => {
    const { play } = HTMLMediaElement.prototype
    HTMLMediaElement.prototype.play = function () {
      ;(window as unknown as Ear).heardPlayer = this
      return play.call(this)
    }
  })
  await page.keyboard.press('Escape')
  await page.waitForFunction(() => (window as unknown as Ear).heardPlayer?.paused === false)
  await page.keyboard.press('Escape')
  await page.waitForFunction(() => (window as unknown as Ear).heardPlayer?.paused === true)
}

/** Lets the window's player jump to `time` (seconds) and play, and listens to its output until a click. Samples are counted, so that a busy
 *  machine does not matter. `null` when there is no click within three seconds of sound, or the machine was too busy: some of the sound was
 *  not seen, or silence put in, which is not in `clickTrack`. */
export function hearClick(page: Page, time: number): Promise<Heard | null> {
  return page.evaluate(
    async ({ time, threshold }) => {
      const ears = window as unknown as Ear
      const player = ears.heardPlayer
      if (!player) throw new Error('no player')
      if (!ears.ear) {
        const context = new AudioContext()
        const node = context.createScriptProcessor(4096, 1, 1)
        context.createMediaElementSource(player).connect(node)
        node.connect(context.destination)
        await context.resume()
        ears.ear = { context, node }
      }
      const { context, node } = ears.ear
      player.pause()
      const asked = performance.now()
      const isThere = new Promise((done) => player.addEventListener('seeked', done, { once: true }))
      player.currentTime = time
      await isThere
      const took = performance.now() - asked
      const playhead = player.currentTime
      // What was still on its way when the player was paused is let out first.
      await new Promise<void>((done) => {
        let quiet = 0
        node.onaudioprocess = ({ inputBuffer }) => {
          quiet = inputBuffer.getChannelData(0).every((sample) => sample === 0) ? quiet + 1 : 0
          if (quiet === 3) done()
        }
      })
      const toClick = await new Promise<number | null>((done) => {
        let count = -1
        let began = 0
        let silent = 0
        node.onaudioprocess = ({ inputBuffer, playbackTime }) => {
          const samples = inputBuffer.getChannelData(0)
          const before = count
          for (const [index, sample] of samples.entries()) {
            if (count < 0 && Math.abs(sample) > 1e-4) {
              count = 0
              began = playbackTime + index / context.sampleRate
            }
            if (count < 0) continue
            silent = Math.abs(sample) < 1e-5 ? silent + 1 : 0
            if (silent > 16) return done(null)
            if (Math.abs(sample) > threshold) {
              const elapsed = playbackTime + index / context.sampleRate - began
              const isWhole = Math.abs(elapsed - count / context.sampleRate) < 0.001
              return done(isWhole ? count / context.sampleRate : null)
            }
            count++
          }
          if (before > 3 * context.sampleRate) done(null)
        }
        void player.play()
      })
      node.onaudioprocess = null
      player.pause()
      return toClick === null ? null : { playhead, toClick, took }
    },
    { time, threshold: clickThreshold },
  )
}

/** Lets the window's player jump all over the recording.
 *  @returns how often it arrived where it was sent */
export function seekAndReturn(page: Page, times: number): Promise<number> {
  return page.evaluate(async (times) => {
    const { heardPlayer: player } = window as unknown as Ear
    if (!player) throw new Error('no player')
    let arrived = 0
    for (let seek = 0; seek < times; seek++) {
      const target = (seek * 7919) % Math.floor(player.duration - 1)
      const isThere = new Promise((done) => player.addEventListener('seeked', done, { once: true }))
      player.currentTime = target
      await isThere
      if (Math.abs(player.currentTime - target) < 0.01) arrived++
    }
    return arrived
  }, times)
}

/** Lets the window's player jump to its end and play; tells its length (seconds) and whether it came to its end. */
export function playToTheEnd(page: Page): Promise<{ readonly duration: number; readonly hasEnded: boolean }> {
  return page.evaluate(async () => {
    const { heardPlayer: player } = window as unknown as Ear
    if (!player) throw new Error('no player')
    const isThere = new Promise((done) => player.addEventListener('seeked', done, { once: true }))
    player.currentTime = player.duration - 0.3
    await isThere
    const hasEnded = new Promise((done) => player.addEventListener('ended', done, { once: true }))
    await player.play()
    await hasEnded
    return { duration: player.duration, hasEnded: player.ended }
  })
}

/** Where the clicks of a recording are (seconds) when ffmpeg decodes it from its start to its end. */
export async function clicksByFfmpeg(path: string): Promise<readonly number[]> {
  const rate = 16_000
  const child = spawn(
    'ffmpeg',
    ['-v', 'error', '-i', path, '-vn', '-ac', '1', '-ar', String(rate), '-f', 's16le', '-'],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  )
  const ended = once(child, 'close')
  const clicks: number[] = []
  let count = 0
  let odd: Buffer = Buffer.alloc(0)
  for await (const piece of child.stdout as AsyncIterable<Buffer>) {
    const bytes = odd.length > 0 ? Buffer.concat([odd, piece]) : piece
    const whole = bytes.length - (bytes.length % 2)
    for (let at = 0; at < whole; at += 2, count++)
      if (
        Math.abs(bytes.readInt16LE(at)) > clickThreshold * 32768 &&
        count / rate - (clicks.at(-1) ?? -9) > 5
      )
        clicks.push(count / rate)
    odd = bytes.subarray(whole)
  }
  await ended
  return clicks
}
