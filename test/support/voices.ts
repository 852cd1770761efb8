import { openSpeech, type Voice } from '../../electron/dev/speech'

/** Somebody who speaks, and what is said. */
export interface Speaker {
  readonly name: string
  readonly voice: Voice
  readonly lines: readonly string[]
}

const english = [
  'The committee will come to order, and the clerk will call the roll.',
  'We have before us the budget of the water department, with two amendments.',
  'Has everybody had an opportunity to read the report of the auditor?',
  'I should like to say a word about the bridge, which has been closed since March.',
]
const spanish = [
  'Se abre la sesión, y ruego al secretario que lea el acta de la reunión anterior.',
  'Tenemos sobre la mesa el presupuesto del próximo año y dos enmiendas.',
]
const mandarin = ['现在开会，请秘书宣读上次会议的记录。', '我们今天要讨论明年的预算，一共有两个修正案。']

/** Voices of both sexes in three languages, a whisper and a hoarse one among them. */
export const speakers: readonly Speaker[] = [
  { name: 'woman, English', voice: { voice: 'en+f2', rate: 165, pitch: 50 }, lines: english },
  { name: 'man, English', voice: { voice: 'en-us+m5', rate: 180, pitch: 36 }, lines: english },
  { name: 'hoarse, English', voice: { voice: 'en+klatt4', rate: 160, pitch: 42 }, lines: english },
  { name: 'whisper, English', voice: { voice: 'en+whisper', rate: 150, pitch: 40 }, lines: english },
  { name: 'woman, Spanish', voice: { voice: 'es+f5', rate: 170, pitch: 55 }, lines: spanish },
  { name: 'man, Mandarin', voice: { voice: 'cmn+m1', rate: 160, pitch: 40 }, lines: mandarin },
]

/** Speaks the lines over and over with pauses of 0.8 s, at 22,050 samples a second.
 *  @returns the samples, and from when to when something is said (seconds) */
export async function speak(
  { voice, lines }: Speaker,
  seconds: number,
): Promise<{
  readonly samples: Float32Array
  readonly spoken: readonly (readonly [number, number])[]
}> {
  const say = await openSpeech()
  const rate = 22050
  const samples = new Float32Array(Math.floor(seconds * rate))
  const spoken: [number, number][] = []
  for (let at = Math.floor(0.8 * rate), line = 0; ; line++) {
    const said = say(lines[line % lines.length] as string, voice)
    if (at + said.length > samples.length) return { samples, spoken }
    samples.set(said, at)
    spoken.push([at / rate, (at + said.length) / rate])
    at += said.length + Math.floor(0.8 * rate)
  }
}
