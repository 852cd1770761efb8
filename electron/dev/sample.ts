import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { spokenText } from '../../shared/transcript/paragraphs'
import { parseTranscript } from '../../shared/transcript/parseTranscript'
import { root } from './inputs'
import { muffled, openSpeech, randomNumbers, sampleRate, type Voice, wavFile } from './speech'

interface Spoken {
  readonly language: string
  /** What is really said where the text has a mark. */
  readonly marks: Readonly<Record<string, string>>
  readonly voices: Readonly<Record<string, Voice>>
}

/** When everything is said in a session made by script; seconds. */
export interface Truth {
  readonly turns: readonly { readonly label: string; readonly start: number; readonly end: number }[]
  readonly inaudible: readonly (readonly [number, number])[]
  readonly duration: number
}

/** Rises when the maker changes what it makes of the same texts. */
const makerVersion = 3

/** Speaks a transcript: a voice per speaker, pauses between turns, paragraphs and sentences, what is inaudible muffled.
 *  @param voices by label */
export async function speakTranscript(
  text: string,
  spoken: Spoken,
): Promise<{ samples: Float32Array; truth: Truth }> {
  const say = await openSpeech()
  const random = randomNumbers(20260309)
  const parts: Float32Array[] = []
  let length = 0
  const add = (samples: Float32Array) => {
    parts.push(samples)
    length += samples.length
  }
  const pause = (seconds: number) => add(new Float32Array(Math.round(seconds * sampleRate)))
  const turns: { label: string; start: number; end: number }[] = []
  const inaudible: [number, number][] = []
  pause(1.2)
  const transcript = parseTranscript(text)
  const marks = Object.keys(spoken.marks)
  for (const turn of transcript.turns) {
    const label = turn.label?.text ?? ''
    const voice =
      spoken.voices[label] ?? Object.values(spoken.voices)[turn.index % Object.keys(spoken.voices).length]
    if (!voice) throw new Error(`no voice for ${label}`)
    const start = length / sampleRate
    // A torn paragraph is one sentence to the ear.
    const said = transcript.torn.some((torn) => torn.turn === turn.index)
      ? spokenText(text, turn).replace(/(?<![.?!。？！])\n/gu, spoken.language === 'zh' ? '' : ' ')
      : spokenText(text, turn)
    for (const [index, sentence] of sentencesOf(said).entries()) {
      if (index > 0) pause(0.25 + random() * 0.4)
      for (const [order, piece] of splitAtMarks(sentence, marks).entries()) {
        if (order > 0) pause(0.08)
        const hidden = spoken.marks[piece]
        const from = length / sampleRate
        add(hidden === undefined ? say(piece, voice) : muffled(say(hidden, voice)))
        if (hidden !== undefined) inaudible.push([from, length / sampleRate])
      }
    }
    turns.push({ label, start, end: length / sampleRate })
    pause(0.6 + random() * 0.8)
  }
  pause(0.8)
  const samples = new Float32Array(length)
  let at = 0
  for (const part of parts) {
    samples.set(part, at)
    at += part.length
  }
  // A room is never silent.
  for (let index = 0; index < samples.length; index++)
    samples[index] = (samples[index] as number) * 0.8 + (random() - 0.5) * 0.003
  return { samples, truth: { turns, inaudible, duration: length / sampleRate } }
}

function sentencesOf(text: string): string[] {
  return text
    .split(/(?<=[.?!。？！])(?:\s+|(?=[\u3400-\u9fff]))|\n+/gu)
    .filter((sentence) => sentence.trim() !== '')
}

function splitAtMarks(sentence: string, marks: readonly string[]): string[] {
  let pieces = [sentence]
  for (const mark of marks)
    pieces = pieces.flatMap((piece) =>
      piece.split(mark).flatMap((part, index) => (index > 0 ? [mark, part] : [part])),
    )
  return pieces.filter((piece) => /[\p{L}\p{N}]/u.test(piece))
}

/** Makes the built-in sessions in `build/sample` unless they are there already. Their bytes are the same on every machine. */
export async function makeSamples(): Promise<void> {
  for (const language of ['en', 'zh']) {
    const source = join(root, 'assets/sample', language)
    const target = join(root, 'build/sample', language)
    const text = await readFile(join(source, 'council-meeting.txt'))
    const spoken = await readFile(join(source, 'spoken.json'))
    const version = createHash('sha256')
      .update(text)
      .update(spoken)
      .update(String(makerVersion))
      .digest('hex')
    if ((await readFile(join(target, 'version'), 'utf8').catch(() => '')) === version) continue
    console.log(`Speaking the ${language} sample…`)
    const { samples, truth } = await speakTranscript(
      text.toString('utf8'),
      JSON.parse(spoken.toString('utf8')) as Spoken,
    )
    await mkdir(target, { recursive: true })
    await writeFile(join(target, 'council-meeting.wav'), wavFile(samples))
    await writeFile(join(target, 'council-meeting.txt'), text)
    await writeFile(join(target, 'truth.json'), `${JSON.stringify(truth, null, 1)}\n`)
    await writeFile(join(target, 'version'), version)
  }
}

if (process.argv[1]?.endsWith('sample.ts')) await makeSamples()
