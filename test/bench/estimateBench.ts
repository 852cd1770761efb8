import { readFileSync } from 'node:fs'
import { estimateStarts, timeAtShare } from '../../shared/alignment/estimate'
import { syllables } from '../../shared/alignment/text/syllables'
import { SpeechActivity } from '../../shared/recording/speechActivity'

const sampleRate = 16000

/** How far estimated turn starts are from the truth in a set (NAME.wav, NAME.json), seconds: the estimate, and by length alone over speech. */
export function estimateErrors(path: string): { readonly estimated: number; readonly byLength: number } {
  const { turns } = JSON.parse(readFileSync(`${path}.json`, 'utf8')) as {
    turns: readonly { readonly text: string; readonly start: number | null }[]
  }
  const wav = readFileSync(`${path}.wav`)
  const samples = new Int16Array(wav.buffer, wav.byteOffset + 44, (wav.length - 44) >> 1)
  const activity = new SpeechActivity(sampleRate)
  for (let at = 0; at < samples.length; at += sampleRate)
    activity.add([Float32Array.from(samples.subarray(at, at + sampleRate), (value) => value / 32768)])
  const speech = activity.segments()
  const [from, to] = [speech[0]?.[0] ?? 0, speech.at(-1)?.[1] ?? 0]
  const weights = turns.map(({ text }) => Math.max(0.5, syllables(text)))
  const whole = weights.reduce((sum, weight) => sum + weight, 0)
  let before = 0
  const plain = weights.map((weight) => {
    const start = timeAtShare(before / whole, from, to, speech)
    before += weight
    return start
  })
  const mean = (starts: readonly number[]) => {
    const errors = turns.flatMap(({ start }, k) =>
      start === null ? [] : [Math.abs((starts[k] as number) - start)],
    )
    return errors.reduce((sum, error) => sum + error, 0) / errors.length
  }
  return { estimated: mean(estimateStarts(weights, from, to, speech)), byLength: mean(plain) }
}
