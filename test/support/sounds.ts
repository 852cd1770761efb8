import { randomNumbers } from '../../electron/dev/speech'

/** Sounds that are no speech, made here: what a detector of speech must not take for it. All mono, at `rate` samples a second, below
 *  full scale, the same in every run. */
export interface Sound {
  readonly name: string
  readonly make: (seconds: number, rate: number) => Float32Array
}

const scale = [0, 2, 4, 5, 7, 9, 11, 12]
const hertz = (semitone: number) => 220 * 2 ** (semitone / 12)

/** Adds a note of several harmonics with an envelope. */
function note(
  into: Float32Array,
  rate: number,
  {
    at,
    length,
    pitch,
    level,
    decay,
    vibrato = 0,
    harmonics = 8,
  }: {
    readonly at: number
    readonly length: number
    readonly pitch: number
    readonly level: number
    /** Seconds until it has fallen to a third; 0 holds. */
    readonly decay: number
    readonly vibrato?: number
    readonly harmonics?: number
  },
): void {
  const from = Math.floor(at * rate)
  const to = Math.min(into.length, Math.floor((at + length) * rate))
  let phase = 0
  for (let index = from; index < to; index++) {
    const time = (index - from) / rate
    phase += (2 * Math.PI * pitch * (1 + vibrato * Math.sin(2 * Math.PI * 5.5 * time))) / rate
    const attack = Math.min(1, time / 0.02) * Math.min(1, (length - time) / 0.03)
    const envelope = attack * (decay > 0 ? Math.exp(-time / decay) : 1)
    let sum = 0
    for (let harmonic = 1; harmonic <= harmonics && pitch * harmonic < rate * 0.45; harmonic++)
      sum += Math.sin(phase * harmonic) / harmonic
    into[index] = (into[index] as number) + sum * level * envelope
  }
}

function melody(seconds: number, rate: number, seed: number, decay: number, vibrato: number): Float32Array {
  const random = randomNumbers(seed)
  const samples = new Float32Array(Math.floor(seconds * rate))
  for (let at = 0; at < seconds; ) {
    const length = [0.2, 0.3, 0.4, 0.6][Math.floor(random() * 4)] as number
    const degree = scale[Math.floor(random() * scale.length)] as number
    note(samples, rate, { at, length, pitch: hertz(degree), level: 0.18, decay, vibrato })
    at += length
  }
  return samples
}

function chords(seconds: number, rate: number): Float32Array {
  const samples = new Float32Array(Math.floor(seconds * rate))
  const roots = [0, 5, 7, 3]
  for (let bar = 0; bar * 1.6 < seconds; bar++) {
    const root = (roots[bar % 4] as number) - 12
    for (const third of [0, 4, 7, 12])
      note(samples, rate, { at: bar * 1.6, length: 1.6, pitch: hertz(root + third), level: 0.07, decay: 0 })
  }
  return samples
}

function drums(seconds: number, rate: number): Float32Array {
  const random = randomNumbers(71)
  const samples = new Float32Array(Math.floor(seconds * rate))
  for (let beat = 0; beat * 0.25 < seconds; beat++) {
    const from = Math.floor(beat * 0.25 * rate)
    const isKick = beat % 4 === 0
    for (let index = 0; index < rate * 0.2 && from + index < samples.length; index++) {
      const time = index / rate
      const sound = isKick
        ? Math.sin(2 * Math.PI * (50 + 60 * Math.exp(-time * 30)) * time) * Math.exp(-time * 14) * 0.6
        : (random() * 2 - 1) * Math.exp(-time * (beat % 2 === 0 ? 18 : 60)) * 0.25
      samples[from + index] = (samples[from + index] as number) + sound
    }
  }
  return samples
}

function mixed(...parts: readonly Float32Array[]): Float32Array {
  const [first = new Float32Array(0)] = parts
  return first.map((_, index) => parts.reduce((sum, part) => sum + (part[index] ?? 0), 0) * 0.7)
}

/** Many hands: each clap a few milliseconds of noise through a resonance of its own. */
function applause(seconds: number, rate: number, perSecond: number, level: number): Float32Array {
  const random = randomNumbers(perSecond)
  const samples = new Float32Array(Math.floor(seconds * rate))
  for (let clap = 0; clap < perSecond * seconds; clap++) {
    const from = Math.floor(random() * samples.length)
    const pitch = 800 + random() * 1800
    const loud = level * (0.3 + random())
    const pole = 2 * Math.cos((2 * Math.PI * pitch) / rate) * 0.95
    let [before, twoBefore] = [0, 0]
    for (let index = 0; index < rate * 0.025 && from + index < samples.length; index++) {
      const struck = (random() * 2 - 1) * Math.exp(-index / (rate * 0.004))
      const value = struck + pole * before - 0.9025 * twoBefore
      twoBefore = before
      before = value
      samples[from + index] = (samples[from + index] as number) + value * loud
    }
  }
  return samples
}

/** @param tilt 0 white, 1 falling by 6 dB an octave above 20 Hz */
export function noise(seconds: number, rate: number, level: number, tilt: 0 | 1, seed = 5): Float32Array {
  const random = randomNumbers(seed)
  let last = 0
  return new Float32Array(Math.floor(seconds * rate)).map(() => {
    const white = random() * 2 - 1
    last = last * 0.995 + white * 0.1
    return (tilt === 1 ? last : white) * level
  })
}

function hum(seconds: number, rate: number): Float32Array {
  const samples = new Float32Array(Math.floor(seconds * rate))
  note(samples, rate, { at: 0, length: seconds, pitch: 50, level: 0.1, decay: 0, harmonics: 12 })
  return samples
}

// Noise 10 dB below it.
function pluckedUnderNoise(seconds: number, rate: number): Float32Array {
  const plucked = melody(seconds, rate, 13, 0.25, 0)
  const rustle = noise(seconds, rate, 1, 1)
  const power = (samples: Float32Array) => samples.reduce((sum, value) => sum + value * value, 0)
  const share = Math.sqrt(power(plucked) / power(rustle) / 10)
  return plucked.map((value, index) => value + (rustle[index] as number) * share)
}

export const music: readonly Sound[] = [
  { name: 'held melody', make: (seconds, rate) => melody(seconds, rate, 11, 0, 0) },
  { name: 'sung melody with vibrato', make: (seconds, rate) => melody(seconds, rate, 12, 0, 0.01) },
  { name: 'plucked melody', make: (seconds, rate) => melody(seconds, rate, 13, 0.25, 0) },
  { name: 'plucked melody in a room that rustles', make: pluckedUnderNoise },
  { name: 'chords', make: chords },
  { name: 'drums', make: drums },
  {
    name: 'band',
    make: (seconds, rate) =>
      mixed(chords(seconds, rate), drums(seconds, rate), melody(seconds, rate, 14, 0.4, 0)),
  },
]

export const applauses: readonly Sound[] = [40, 200, 1500].map((perSecond) => ({
  name: `applause, ${perSecond} claps a second`,
  make: (seconds, rate) => applause(seconds, rate, perSecond, perSecond > 1000 ? 0.03 : 0.12),
}))

export const noises: readonly Sound[] = [
  { name: 'white noise', make: (seconds, rate) => noise(seconds, rate, 0.1, 0) },
  { name: 'falling noise', make: (seconds, rate) => noise(seconds, rate, 0.1, 1) },
  { name: 'mains hum', make: hum },
]
