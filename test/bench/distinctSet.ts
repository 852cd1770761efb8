import { spawnSync } from 'node:child_process'
import { closeSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { randomNumbers } from '../../electron/dev/speech'
import { waveHead } from '../../electron/dev/waveHead'

const rate = 16_000
const voices = { 'ALICE MARTIN': 'slt', 'BRUNO KELLER': 'kal16', 'CARLA DIAZ': 'awb', 'DMITRI ROSS': 'rms' }
const lists = {
  subject:
    'the treasurer|our youngest member|a farmer from the valley|the harbour office|every second household|the new librarian|my neighbour|the school board|a visitor|the bridge committee|the baker on the corner|the night watchman|her late uncle|the weather station|a passing sailor|the choir',
  verb: 'has repaired|wants to paint|cannot find|will never sell|measured|forgot|wrote about|is asking for|complained about|carried home|photographed|counted|promised|has hidden|paid twice for|keeps an eye on|dreams of|borrowed',
  object:
    "the northern fence|forty copper kettles|a map of the drains|the wooden stairs|last winter's report|two boxes of candles|the old ferry|a row of lime trees|the missing keys|seven letters|the town clock|a basket of plums|the longest rope|the pump house|our only tractor|the register of births|a pair of scales|the empty warehouse",
  place:
    'behind the station|near the quiet lake|under the town hall|at the edge of the forest|beside the cinema|on the upper road|in the middle of the market|across the river|between two vineyards|at the bottom of the garden',
  time: 'before the rain came|during the holidays|on a cold Monday|without telling anybody|for the third year running|as soon as the lights went out|while the band was playing|although it was late|because nobody else did|until the snow had melted',
} as const

/** Makes a recording in which no sentence comes twice, said by four voices of flite, with its text and truth as `gen.py` writes them.
 *  @returns `false` where there is no flite */
export function makeDistinctSet(folder: string, name: string, minutes: number, seed: number): boolean {
  if (spawnSync('flite', ['--version']).error) return false
  const random = randomNumbers(seed)
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)] as T
  const said = new Set<string>()
  const sentence = (): string => {
    const [subject, verb, object, place, time] = Object.values(lists).map((list) => pick(list.split('|')))
    const text = `${subject} ${verb} ${object} ${random() < 0.5 ? place : time}.`
    const whole = text.charAt(0).toUpperCase() + text.slice(1)
    if (said.has(whole)) return sentence()
    said.add(whole)
    return whole
  }
  const file = openSync(join(folder, `${name}.wav`), 'w')
  writeSync(file, Buffer.alloc(44))
  let samples = 0
  const write = (part: Int16Array) => {
    for (let i = 0; i < part.length; i++) part[i] = (part[i] as number) + Math.round((random() - 0.5) * 20)
    writeSync(file, part)
    samples += part.length
  }
  const pause = (shortest: number, longest: number) =>
    write(new Int16Array(Math.round((shortest + random() * (longest - shortest)) * rate)))
  const turns: { speaker: string; text: string; start: number; end: number; sentences: object[] }[] = []
  pause(0.5, 2)
  while (samples < minutes * 60 * rate) {
    const speaker = pick(Object.keys(voices).filter((who) => who !== turns.at(-1)?.speaker))
    const sentences: { text: string; start: number; end: number }[] = []
    for (let left = 1 + Math.floor(random() * 6); left > 0; left--) {
      if (sentences.length > 0) pause(0.1, 1)
      const text = sentence()
      const spoken = join(folder, 'spoken.wav')
      spawnSync('flite', ['-voice', voices[speaker as keyof typeof voices], '-t', text, '-o', spoken])
      const bytes = readFileSync(spoken)
      const part = trimmed(new Int16Array(Uint8Array.from(bytes.subarray(44, bytes.length & ~1)).buffer))
      const start = samples / rate
      write(part)
      sentences.push({ text, start, end: samples / rate })
    }
    const [first, last] = [sentences[0], sentences.at(-1)]
    if (first && last)
      turns.push({
        speaker,
        text: sentences.map(({ text }) => text).join(' '),
        start: first.start,
        end: last.end,
        sentences,
      })
    pause(0.1, 4)
  }
  writeSync(file, waveHead({ rate, size: samples * 2 }), 0, 44, 0)
  closeSync(file)
  writeFileSync(
    join(folder, `${name}.txt`),
    turns.map(({ speaker, text }) => `${speaker}: ${text}\n`).join(''),
  )
  writeFileSync(
    join(folder, `${name}.json`),
    JSON.stringify({ lang: 'en', turns, untranscribed: [], absent: [] }),
  )
  return true
}

function trimmed(samples: Int16Array): Int16Array {
  let [from, to] = [0, samples.length]
  while (from < to && Math.abs(samples[from] as number) < 300) from++
  while (to > from && Math.abs(samples[to - 1] as number) < 300) to--
  return samples.slice(from, to)
}
