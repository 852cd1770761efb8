import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { randomNumbers } from '../../../electron/dev/speech'
import type { ByteSource } from '../../../shared/recording/byteSource'
import { DecodingFailed, type RecordingProblem } from '../../../shared/recording/decoding'
import { openRecording } from '../../../shared/recording/openRecording'
import { openSound } from '../../../shared/recording/sound/sound'
import { wasmDecoders } from '../../../shared/recording/wasmDecoders'
import { type CafOptions, cafOf, codedPacket, verbatimPacket } from '../../support/alac'

const hasFfmpeg = spawnSync('ffmpeg', ['-version']).status === 0
const folder = mkdtempSync(join(tmpdir(), 'earmark-alac-'))

// As Node reads: in the middle of a larger buffer.
const source = (bytes: Uint8Array): ByteSource => ({
  size: bytes.length,
  read: async (offset, length) =>
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).subarray(offset, offset + length),
})
const fixture = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../../fixtures/recordings/${name}`, import.meta.url)))
const environment = { ...wasmDecoders, openContainer: null }

interface Decoded {
  /** Whole numbers of 32 bits. */
  readonly channels: readonly Int32Array[]
  readonly duration: number | null
  readonly problem: RecordingProblem | null
}

function inOne(pieces: readonly (readonly Float32Array[])[]): readonly Int32Array[] {
  return (pieces[0] ?? []).map((_, channel) =>
    Int32Array.from(
      pieces.flatMap((piece) => Array.from(piece[channel] as Float32Array, (sample) => sample * 2 ** 31)),
    ),
  )
}

async function decoded(bytes: Uint8Array): Promise<Decoded> {
  const { header, chunks } = await openRecording(source(bytes), environment)
  const pieces: (readonly Float32Array[])[] = []
  let problem: RecordingProblem | null = null
  try {
    for await (const { channels } of chunks) pieces.push(channels.map((channel) => channel.slice()))
  } catch (reason) {
    if (!(reason instanceof DecodingFailed)) throw reason
    problem = reason.problem
  }
  expect(header.codec).toBe('alac')
  return {
    channels: inOne(pieces),
    duration: header.duration && header.duration * header.sampleRate,
    problem,
  }
}

function ffmpeg(...args: readonly string[]): Buffer {
  const { status, stdout, stderr } = spawnSync('ffmpeg', ['-v', 'error', '-y', ...args], {
    maxBuffer: 256 * 1024 * 1024,
  })
  if (status !== 0) throw new Error(stderr.toString())
  return stdout
}

/** What ffmpeg decodes of a file, from the first sound of it. */
function byFfmpeg(path: string, channels: number): readonly Int32Array[] {
  const raw = ffmpeg('-i', path, '-map', '0:a', '-f', 's32le', '-')
  const all = new Int32Array(raw.buffer.slice(raw.byteOffset, raw.byteOffset + raw.length))
  return Array.from({ length: channels }, (_, channel) =>
    all.filter((_sample, at) => at % channels === channel),
  )
}

async function expectAsFfmpeg(path: string, channels: number): Promise<Decoded> {
  const theirs = byFfmpeg(path, channels)
  const ours = await decoded(new Uint8Array(readFileSync(path)))
  expect(ours.problem).toBeNull()
  expect(ours.channels).toHaveLength(channels)
  for (const [index, channel] of theirs.entries()) {
    expect(ours.channels[index]?.length).toBe(channel.length)
    expect(Buffer.from((ours.channels[index] as Int32Array).buffer).equals(Buffer.from(channel.buffer))).toBe(
      true,
    )
  }
  expect(ours.duration).toBeCloseTo(theirs[0]?.length ?? 0, 6)
  return ours
}

const layouts = ['', 'mono', 'stereo', '3.0', '4.0', '5.0', '5.1', '6.1(back)', '7.1(wide)']

/** What is in each channel, by the channel's number. */
const sounds = {
  'a voice of many tones': (channel: number) =>
    [1, 2, 3, 5, 9]
      .map((part) => `0.1*sin(2*PI*${part * (110 + channel * 31)}*t+${part})*(1+sin(5*t))/2`)
      .join('+'),
  'noise as loud as can be': (channel: number) => `2*random(${channel})-1`,
  'silence with clicks': (channel: number) => `if(lt(mod(t+${channel}/50,0.4),0.0005),0.9,0)`,
  silence: () => '0',
  'very little': (channel: number) => `(random(${channel})-0.5)/16384`,
  'a square at full height': (channel: number) => `if(lt(mod(t*${90 + channel},1),0.5),1,-1)`,
} as const

function make(
  name: string,
  channels: number,
  options: readonly string[],
  sound: keyof typeof sounds,
  rate = 44_100,
  samples = 30_000,
) {
  const path = join(folder, name)
  const each = Array.from({ length: channels }, (_, channel) => sounds[sound](channel)).join('|')
  const input = `aevalsrc=exprs='${each}':s=${rate}:c=${layouts[channels]}`
  ffmpeg('-f', 'lavfi', '-i', input, '-af', `atrim=end_sample=${samples}`, '-c:a', 'alac', ...options, path)
  return path
}

const deep = ['-sample_fmt', 's32p']

describe.skipIf(!hasFfmpeg)('Apple Lossless is bit for bit what ffmpeg decodes', () => {
  for (const sound of Object.keys(sounds) as (keyof typeof sounds)[])
    it(`of ${sound}`, async () => {
      for (const channels of [1, 2])
        for (const options of [[], deep])
          await expectAsFfmpeg(make('sound.m4a', channels, options, sound), channels)
    })

  it.each([3, 4, 5, 6, 7, 8])('with %i channels, which stand where they do in a WAV', async (channels) => {
    await expectAsFfmpeg(make('many.m4a', channels, [], 'a voice of many tones'), channels)
    await expectAsFfmpeg(make('many.caf', channels, deep, 'a voice of many tones'), channels)
  })

  it.each([50, 4095, 4096, 4097, 8192, 12_345])('with %i samples', async (samples) => {
    for (const name of ['length.m4a', 'length.mov', 'length.caf']) {
      const path = make(name, 2, [], 'a voice of many tones', 44_100, samples)
      expect((await expectAsFfmpeg(path, 2)).channels[0]).toHaveLength(samples)
    }
  })

  it.each([8000, 48_000, 96_000, 192_000])('at %i Hz', async (rate) => {
    for (const name of ['rate.m4a', 'rate.mov', 'rate.caf'])
      await expectAsFfmpeg(make(name, 1, [], 'a voice of many tones', rate), 1)
  })

  it('in longer predictions than the usual, and none', async () => {
    for (const [least, most] of [
      [1, 1],
      [30, 30],
      [8, 12],
    ])
      await expectAsFfmpeg(
        make(
          'orders.m4a',
          2,
          ['-min_prediction_order', `${least}`, '-max_prediction_order', `${most}`],
          'a voice of many tones',
        ),
        2,
      )
    await expectAsFfmpeg(make('none.m4a', 2, ['-compression_level', '0'], 'a voice of many tones'), 2)
  })
})

describe.skipIf(!hasFfmpeg)('what is heard of an MP4 file is what its lists say', () => {
  const base = () => make('base.m4a', 1, [], 'a voice of many tones', 44_100, 150_001)
  const copied = (name: string, ...args: readonly string[]) => {
    const path = join(folder, name)
    const at = args.indexOf('-i')
    const [before, after] = at < 0 ? [[], args] : [args.slice(0, at), args.slice(at + 1)]
    ffmpeg(...before, '-i', base(), ...after, '-c:a', 'copy', path)
    return path
  }

  it('in fragments', async () => {
    const flags = 'frag_keyframe+empty_moov'
    for (const more of ['', '+default_base_moof', '+dash'])
      await expectAsFfmpeg(copied('parts.mp4', '-movflags', flags + more, '-frag_duration', '500000'), 1)
  })

  it('with its description in front', async () => {
    await expectAsFfmpeg(copied('front.m4a', '-movflags', 'faststart'), 1)
  })

  it('without what lies before the begin of an edit list', async () => {
    const cut = await expectAsFfmpeg(copied('cut.m4a', '-ss', '1.234', '-i'), 1)
    const [whole] = byFfmpeg(base(), 1) as [Int32Array]
    expect(cut.channels[0]).toEqual(whole.subarray(whole.length - (cut.channels[0] as Int32Array).length))
  })

  it('without what lies behind its end, to a tick of its clock', async () => {
    const path = copied('cut-end.m4a', '-ss', '1.234', '-t', '1', '-i')
    const bytes = readFileSync(path)
    const list = bytes.indexOf('elst')
    // 0.7 s of what is there.
    bytes.writeUInt32BE(700, list + 12)
    const { channels, duration } = await decoded(new Uint8Array(bytes))
    expect(channels[0]).toHaveLength(30_870)
    expect(duration).toBeCloseTo(30_870, 6)
  })

  it('from the first sound on, where nothing else begins before', async () => {
    const late = await decoded(new Uint8Array(readFileSync(copied('late.m4a', '-itsoffset', '5', '-i'))))
    expect(late.channels[0]).toEqual(byFfmpeg(base(), 1)[0])
  })

  it('later than the picture of a video, by as much as it is', async () => {
    const path = join(folder, 'video.mov')
    ffmpeg(
      ...['-f', 'lavfi', '-i', 'color=gray:s=64x64:r=10:d=4', '-itsoffset', '0.5', '-i', base()],
      ...['-c:v', 'mpeg4', '-c:a', 'copy', path],
    )
    const { channels } = await decoded(new Uint8Array(readFileSync(path)))
    const [sound] = channels as [Int32Array]
    expect(sound.subarray(0, 22_050).every((sample) => sample === 0)).toBe(true)
    expect(sound.subarray(22_050)).toEqual(byFfmpeg(base(), 1)[0])
  })
})

const random = randomNumbers(11)
const whole = (samples: number, bits: number) =>
  Int32Array.from({ length: samples }, () => Math.floor((random() - 0.5) * 2 ** bits))

/** A file of 20 packets or so, each written as it is. */
function verbatim(bits: number, channels: number, options: Partial<CafOptions> = {}) {
  const frameLength = 512
  const sound = Array.from({ length: channels }, () => whole(20 * frameLength + 100, bits))
  const packets = Array.from({ length: 21 }, (_, index) =>
    verbatimPacket(
      sound.map((channel) => channel.subarray(index * frameLength, (index + 1) * frameLength)),
      bits,
      frameLength,
    ),
  )
  const common = { bits, channels, sampleRate: 8000, frameLength, packets, isOldCookie: false }
  const caf = cafOf({ ...common, priming: 0, remainder: frameLength - 100, ...options })
  const scaled = sound.map((channel) => channel.map((sample) => Math.fround(sample) * 2 ** (32 - bits)))
  return { caf, sound: scaled, packets }
}

/** The same file with a sound description as QuickTime writes it (version 1 or 2), its cookie in a box `wave`. */
function asQuickTime(file: Uint8Array, version: 1 | 2): Uint8Array {
  const bytes = Buffer.from(file)
  const entry = bytes.indexOf('alac', bytes.lastIndexOf('stsd')) - 4
  const size = bytes.readUInt32BE(entry)
  const box = (name: string, ...parts: readonly Uint8Array[]) => {
    const body = Buffer.concat(parts)
    const head = Buffer.alloc(8)
    head.writeUInt32BE(body.length + 8)
    head.write(name, 4)
    return Buffer.concat([head, body])
  }
  const fields = Buffer.alloc(version === 1 ? 16 : 36)
  if (version === 2) {
    fields.writeUInt32BE(72)
    fields.writeDoubleBE(16_000, 4)
    fields.writeUInt32BE(1, 12)
    fields.writeUInt32BE(0x7f000000, 16)
  }
  const cookie = bytes.subarray(entry + 36, entry + size)
  const wave = box('wave', box('frma', Buffer.from('alac')), cookie, Buffer.from([0, 0, 0, 8, 0, 0, 0, 0]))
  bytes.writeUInt16BE(version, entry + 16)
  const more = fields.length + wave.length - cookie.length
  for (const name of ['moov', 'trak', 'mdia', 'minf', 'stbl', 'stsd']) {
    const at = bytes.lastIndexOf(name) - 4
    bytes.writeUInt32BE(bytes.readUInt32BE(at) + more, at)
  }
  bytes.writeUInt32BE(size + more, entry)
  return new Uint8Array(
    Buffer.concat([bytes.subarray(0, entry + 36), fields, wave, bytes.subarray(entry + size)]),
  )
}

it.each([1, 2] as const)('a QuickTime description of version %i tells the same', async (version) => {
  const plain = fixture('clicks-alac.m4a')
  const quickTime = asQuickTime(plain, version)
  expect(await decoded(quickTime)).toEqual(await decoded(plain))
  if (!hasFfmpeg) return
  const path = join(folder, 'quicktime.mov')
  writeFileSync(path, quickTime)
  expect(byFfmpeg(path, 1)[0]).toHaveLength(16_000)
})

describe('Apple Lossless in CAF', () => {
  it.each([16, 20, 24, 32])('has samples of %i bits', async (bits) => {
    const { caf, sound } = verbatim(bits, 2)
    expect(await decoded(caf)).toEqual({ channels: sound, duration: 20 * 512 + 100, problem: null })
    if (!hasFfmpeg || bits === 20) return
    writeFileSync(join(folder, 'verbatim.caf'), caf)
    const theirs = byFfmpeg(join(folder, 'verbatim.caf'), 2)
    // A sample that is played has 24 bits.
    expect(theirs.map((channel) => channel.map((sample) => Math.fround(sample)))).toEqual(sound)
  })

  it('has its cookie in atoms where it is older', async () => {
    const { caf, sound } = verbatim(16, 1, { isOldCookie: true })
    expect((await decoded(caf)).channels).toEqual(sound)
  })

  it('leaves out what was put before and behind', async () => {
    const { caf, sound } = verbatim(16, 1, { priming: 700, remainder: 512 - 100 + 1000 })
    const { channels, duration } = await decoded(caf)
    expect(duration).toBe(20 * 512 + 100 - 1700)
    expect(channels[0]).toEqual(sound[0]?.subarray(700, 20 * 512 + 100 - 1000))
  })

  it('without its table of packets, which comes last, is cut off', async () => {
    const { caf } = verbatim(16, 1)
    const bytes = Buffer.from(caf)
    bytes.write('free', bytes.indexOf('pakt'))
    await expect(openRecording(source(new Uint8Array(bytes)), environment)).rejects.toMatchObject({
      problem: { kind: 'truncated' },
    })
  })
})

it.skipIf(!hasFfmpeg).each([
  [16, 0],
  [20, 0],
  [24, 0],
  [24, 1],
  [32, 2],
])(
  'whatever a coder of %i bits makes of it is what ffmpeg decodes, with %i bytes apart',
  async (bits, lowBytes) => {
    const below = (most: number) => Math.floor(random() * most)
    const frameLength = 300
    for (const channels of [1, 2]) {
      const packets = Array.from({ length: 60 }, () => {
        const height = 2 ** (1 + below(bits - lowBytes * 8 - 2))
        return codedPacket({
          bits,
          lowBytes,
          low: Array.from({ length: lowBytes > 0 ? frameLength * channels : 0 }, () =>
            below(2 ** (lowBytes * 8)),
          ),
          mixShift: below(8),
          mixShare: below(3) === 0 ? 0 : below(128),
          channels: Array.from({ length: channels }, () => ({
            mode: below(3) === 0 ? 15 : 0,
            shift: 1 + below(15),
            riceFactor: below(8),
            coefficients: Array.from({ length: below(4) === 0 ? 31 : below(31) }, () => below(4096) - 2048),
            residuals: Array.from(
              { length: frameLength },
              () => (1 + below(height)) * (random() < 0.5 ? -1 : 1),
            ),
          })),
        })
      })
      const common = { bits, channels, sampleRate: 8000, frameLength, packets, isOldCookie: true }
      const path = join(folder, 'coded.caf')
      writeFileSync(path, cafOf({ ...common, priming: 0, remainder: 0 }))
      const theirs = byFfmpeg(path, channels).map((channel) => channel.map((sample) => Math.fround(sample)))
      const ours = await decoded(new Uint8Array(readFileSync(path)))
      expect(ours.problem).toBeNull()
      expect(ours.channels[0]).toHaveLength(60 * frameLength)
      for (const [index, channel] of theirs.entries()) {
        const off = channel.findIndex((sample, at) => sample !== ours.channels[index]?.[at])
        expect(off, `${channels} channels, sample ${off} of ${index}`).toBe(-1)
      }
    }
  },
)

describe('Apple Lossless that is damaged', () => {
  it('gives what is there where it is cut off, and says so', async () => {
    const { caf, sound, packets } = verbatim(16, 1)
    const left = (packets[20] as Uint8Array).length + (packets[19] as Uint8Array).length
    const { channels, problem } = await decoded(caf.slice(0, caf.length - left - 1))
    expect(problem).toEqual({ kind: 'truncated' })
    expect(channels[0]).toEqual(sound[0]?.subarray(0, 18 * 512))
  })

  it('is silent where a packet is, and goes on behind it', async () => {
    const { caf, sound, packets } = verbatim(16, 1)
    const bytes = Buffer.from(caf)
    const fourth = bytes.length - packets.slice(4).reduce((sum, { length }) => sum + length, 0)
    bytes[fourth] = 0xff
    const { channels, problem } = await decoded(new Uint8Array(bytes))
    expect(problem).toBeNull()
    expect(channels[0]).toEqual(sound[0]?.map((sample, at) => (at >> 9 === 4 ? 0 : sample)))
  })

  it('is no recording where every packet is', async () => {
    const { caf, packets } = verbatim(16, 1)
    const bytes = Buffer.from(caf)
    bytes.fill(0xff, bytes.length - packets.reduce((sum, { length }) => sum + length, 0))
    expect((await decoded(new Uint8Array(bytes))).problem?.kind).toBe('unreadable')
  })

  it('is no endless silence where its times are', async () => {
    const bytes = Buffer.from(fixture('clicks-alac.m4a'))
    const table = bytes.indexOf('stts')
    bytes.writeUInt32BE(0x7fffffff, table + 16)
    bytes.write('free', bytes.indexOf('edts'))
    await expect(openRecording(source(new Uint8Array(bytes)), environment)).rejects.toMatchObject({
      problem: { kind: 'unreadable' },
    })
  })
})

it.each(['clicks-alac.m4a', 'clicks-alac-fragments.mp4', 'clicks-alac.caf', 'clicks-lpcm.caf'])(
  '%s is heard from any sample on, as from the start',
  async (name) => {
    const bytes = fixture(name)
    const sound = await openSound(source(bytes), {
      createMp3: wasmDecoders.createMp3,
      openContainerSound: async () => null,
    })
    const from = async (position: number) => {
      const pieces: (readonly Float32Array[])[] = []
      for await (const { channels } of sound?.from(position) ?? [])
        pieces.push(channels.map((channel) => channel.slice()))
      return inOne(pieces)
    }
    const all = await from(0)
    expect(all[0]).toHaveLength(Math.round((sound?.duration ?? 0) * (sound?.sampleRate ?? 0)))
    const length = all[0]?.length ?? 0
    for (const position of [1, 4095, 4096, 4097, Math.floor(length / 2), length - 1])
      expect(await from(position), `${position}`).toEqual(all.map((channel) => channel.subarray(position)))
    expect(await from(length)).toEqual([])
  },
)
