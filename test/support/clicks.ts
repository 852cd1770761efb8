import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** Seconds between two clicks; the first is at this time. */
export const clickInterval = 10

/** Samples a second of what `clickTrack` makes. */
export const clickRate = 16_000

/** Samples of a click, and how loud it is. */
const clickLength = 80
const clickLevel = 0.9

/** Makes a recording with a click every ten seconds, over a quiet tone that is never silent and, for minutes at a time, noise: encoders with a
 *  varying bit rate then vary it. ffmpeg encodes it.
 *  @param options what ffmpeg is told behind its input, the target last */
export async function clickTrack(minutes: number, options: readonly string[]): Promise<void> {
  const child = spawn(
    'ffmpeg',
    ['-v', 'error', '-y', '-f', 's16le', '-ar', String(clickRate), '-ac', '1', '-i', '-', ...options],
    { stdio: ['pipe', 'ignore', 'pipe'] },
  )
  let said = ''
  child.stderr.on('data', (text: Buffer) => {
    said += text.toString()
  })
  const ended = once(child, 'close')
  for (let minute = 0; minute < minutes; minute++)
    if (!child.stdin.write(minuteOfClicks(minute))) await Promise.race([once(child.stdin, 'drain'), ended])
  child.stdin.end()
  const [code] = await ended
  if (code !== 0) throw new Error(said)
}

function minuteOfClicks(minute: number): Buffer {
  const samples = new Int16Array(60 * clickRate)
  const isNoisy = Math.floor(minute / 3) % 2 === 0
  let state = minute + 1
  for (let index = 0; index < samples.length; index++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    const noise = isNoisy ? (state / 2 ** 31 - 1) * 0.05 : 0
    const since = index % (clickInterval * clickRate)
    const isClick = since < clickLength && (minute > 0 || index >= clickInterval * clickRate)
    const sound = isClick
      ? clickLevel * Math.sin((Math.PI * since) / 4 + 1)
      : 0.03 * Math.sin((2 * Math.PI * 200 * index) / clickRate) + noise
    samples[index] = Math.round(sound * 32767)
  }
  return Buffer.from(samples.buffer)
}
