import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { speakTranscript, type Truth } from '../../electron/dev/sample'
import { wavFile } from '../../electron/dev/speech'

/** Whether recordings can be encoded here. */
export const hasFfmpeg = spawnSync('ffmpeg', ['-version']).status === 0

/** Encodes a file by its target's extension, at 64 kbit/s where that applies and nothing else is said. */
export function encode(
  source: string,
  target: string,
  inputOptions: readonly string[] = [],
  outputOptions: readonly string[] = ['-b:a', '64k'],
): void {
  const { status, stderr } = spawnSync(
    'ffmpeg',
    ['-v', 'error', '-y', ...inputOptions, '-i', source, ...outputOptions, target],
    { encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(stderr)
}

/** A session of `minutes` made of a sample said over and over, as an mp3. */
export function longSession(
  sample: string,
  minutes: number,
): {
  readonly folder: string
  readonly recording: string
  readonly transcript: string
  readonly turns: number
  readonly duration: number
} {
  const folder = mkdtempSync(join(tmpdir(), 'earmark-long-'))
  const recording = join(folder, 'session.mp3')
  const transcript = join(folder, 'session.txt')
  const truth = JSON.parse(readFileSync(join(sample, 'truth.json'), 'utf8')) as Truth
  const text = readFileSync(join(sample, 'council-meeting.txt'), 'utf8')
  const times = Math.ceil((minutes * 60) / truth.duration)
  encode(join(sample, 'council-meeting.wav'), recording, ['-stream_loop', String(times - 1)])
  const body = text.slice(text.search(/^[\p{Lu} ]+:|^\p{L}{2,4}：/mu)).replace(/^\[.*\]$/gmu, '')
  writeFileSync(transcript, Array.from({ length: times }, () => body).join('\n'))
  return {
    folder,
    recording,
    transcript,
    turns: truth.turns.length * times,
    duration: truth.duration * times,
  }
}

/** Speaks a published transcript, a voice per speaker, and encodes it. */
export async function speakPublished(text: string): Promise<{
  readonly folder: string
  readonly recording: string
  readonly transcript: string
  readonly truth: Truth
}> {
  const folder = mkdtempSync(join(tmpdir(), 'earmark-published-'))
  const voices = Object.fromEntries(
    ['f2', 'm3', 'f3', 'm1', 'f4', 'm7'].map((variant, index) => [
      variant,
      { voice: `cmn+${variant}`, rate: 150 + index * 4, pitch: 36 + index * 5 },
    ]),
  )
  const { samples, truth } = await speakTranscript(text, {
    language: 'zh',
    marks: { '（听不清楚）': '这一点很重要' },
    voices,
  })
  const wave = join(folder, 'session.wav')
  const recording = join(folder, 'session.mp3')
  const transcript = join(folder, 'session.txt')
  writeFileSync(wave, wavFile(samples))
  encode(wave, recording)
  writeFileSync(transcript, text)
  return { folder, recording, transcript, truth }
}
