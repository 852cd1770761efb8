import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ByteSource } from '../../../shared/recording/byteSource'
import { openRecording } from '../../../shared/recording/openRecording'
import { wasmDecoders } from '../../../shared/recording/wasmDecoders'

const hasFfmpeg = spawnSync('ffmpeg', ['-version']).status === 0
const folder = mkdtempSync(join(tmpdir(), 'earmark-formats-'))

function source(bytes: Uint8Array): ByteSource {
  return { size: bytes.length, read: async (offset, length) => bytes.slice(offset, offset + length) }
}

function ffmpeg(args: readonly string[]): Buffer {
  const { status, stdout, stderr } = spawnSync('ffmpeg', ['-v', 'error', '-y', ...args], {
    maxBuffer: 64 * 1024 * 1024,
  })
  if (status !== 0) throw new Error(stderr.toString())
  return stdout
}

/** Half a second with another tone on each channel, encoded. */
function made(name: string, options: readonly string[], channels: number, rate: number): Uint8Array {
  const tones = Array.from({ length: channels }, (_, index) => `0.5*sin(2*PI*${200 + index * 130}*t)`).join(
    '|',
  )
  const layout = ['', 'mono', 'stereo', '2.1', '4.0', '5.0', '5.1'][channels]
  const path = join(folder, name)
  ffmpeg(['-f', 'lavfi', '-i', `aevalsrc=${tones}:s=${rate}:d=0.5:c=${layout}`, ...options, path])
  return new Uint8Array(readFileSync(path))
}

/** What ffmpeg decodes of it, a channel each. */
function decodedByFfmpeg(name: string, channels: number): Float32Array[] {
  const raw = ffmpeg(['-i', join(folder, name), '-f', 'f32le', '-'])
  const all = new Float32Array(raw.buffer.slice(raw.byteOffset, raw.byteOffset + raw.length))
  return Array.from({ length: channels }, (_, channel) =>
    Float32Array.from({ length: all.length / channels }, (_, at) => all[at * channels + channel] as number),
  )
}

async function decoded(bytes: Uint8Array): Promise<{ codec: string; channels: Float32Array[] }> {
  const { header, chunks } = await openRecording(source(bytes), { ...wasmDecoders, openContainer: null })
  const pieces: Float32Array[][] = []
  for await (const { channels } of chunks)
    for (const [index, channel] of channels.entries()) {
      pieces[index] ??= []
      pieces[index].push(channel.slice())
    }
  const channels = pieces.map((parts) => {
    const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0))
    let at = 0
    for (const part of parts) {
      whole.set(part, at)
      at += part.length
    }
    return whole
  })
  return { codec: header.codec, channels }
}

function largestDifference(a: Float32Array, b: Float32Array): number {
  return a.reduce((most, value, index) => Math.max(most, Math.abs(value - (b[index] ?? 0))), 0)
}

/** The formats, what makes them, and how far from ffmpeg's samples a sample may be. */
const exact: readonly (readonly [name: string, options: readonly string[]])[] = [
  ['u8.wav', ['-c:a', 'pcm_u8']],
  ['s16.wav', ['-c:a', 'pcm_s16le']],
  ['s24.wav', ['-c:a', 'pcm_s24le']],
  ['s32.wav', ['-c:a', 'pcm_s32le']],
  ['f32.wav', ['-c:a', 'pcm_f32le']],
  ['f64.wav', ['-c:a', 'pcm_f64le']],
  ['alaw.wav', ['-c:a', 'pcm_alaw']],
  ['mulaw.wav', ['-c:a', 'pcm_mulaw']],
  ['long.wav', ['-c:a', 'pcm_s16le', '-rf64', 'always']],
  ['sony.w64', ['-c:a', 'pcm_s24le']],
  ['s16.aiff', ['-c:a', 'pcm_s16be']],
  ['s24.aiff', ['-c:a', 'pcm_s24be']],
  ['f32.aiff', ['-c:a', 'pcm_f32be']],
  ['alaw.aiff', ['-c:a', 'pcm_alaw']],
  ['sowt.aiff', ['-c:a', 'pcm_s16le']],
  ['s16.flac', ['-c:a', 'flac']],
  ['s24.flac', ['-c:a', 'flac', '-sample_fmt', 's32']],
  ['s8.caf', ['-c:a', 'pcm_s8']],
  ['s16.caf', ['-c:a', 'pcm_s16be']],
  ['s16le.caf', ['-c:a', 'pcm_s16le']],
  ['s24.caf', ['-c:a', 'pcm_s24be']],
  ['s24le.caf', ['-c:a', 'pcm_s24le']],
  ['s32le.caf', ['-c:a', 'pcm_s32le']],
  ['f32le.caf', ['-c:a', 'pcm_f32le']],
  ['f64.caf', ['-c:a', 'pcm_f64be']],
  ['alaw.caf', ['-c:a', 'pcm_alaw']],
  ['mulaw.caf', ['-c:a', 'pcm_mulaw']],
  ['alac.m4a', ['-c:a', 'alac']],
  ['alac24.m4a', ['-c:a', 'alac', '-sample_fmt', 's32p']],
  ['alac.mov', ['-c:a', 'alac']],
  ['alac24.mov', ['-c:a', 'alac', '-sample_fmt', 's32p']],
  ['alac.caf', ['-c:a', 'alac']],
  ['alac24.caf', ['-c:a', 'alac', '-sample_fmt', 's32p']],
]

describe.skipIf(!hasFfmpeg)('samples are those that ffmpeg decodes', () => {
  for (const channels of [1, 6])
    it.each(exact)(`of %s with ${channels} channels`, async (name, options) => {
      const file = `${channels}-${name}`
      const { channels: ours } = await decoded(made(file, options, channels, 22_050))
      const theirs = decodedByFfmpeg(file, channels)
      expect(ours).toHaveLength(channels)
      for (const [index, channel] of theirs.entries()) {
        expect(ours[index]?.length).toBe(channel.length)
        expect(largestDifference(channel, ours[index] as Float32Array)).toBeLessThan(1e-4)
      }
    })

  it.each([
    ['mp3', 1, 44_100, []],
    ['mp3', 2, 44_100, ['-q:a', '2']],
    ['mp3', 1, 16_000, []],
    ['ogg', 1, 44_100, ['-c:a', 'libvorbis', '-q:a', '8']],
    ['ogg', 6, 44_100, ['-c:a', 'libvorbis', '-q:a', '8']],
    ['opus', 2, 48_000, ['-c:a', 'libopus', '-b:a', '160k']],
    ['opus', 6, 48_000, ['-c:a', 'libopus', '-b:a', '500k']],
  ] as const)('of a lossy %s with %i channels at %i Hz, nearly', async (kind, channels, rate, options) => {
    const file = `lossy-${channels}-${rate}.${kind}`
    const { channels: ours } = await decoded(made(file, options, channels, rate))
    const theirs = decodedByFfmpeg(file, channels)
    expect(ours).toHaveLength(channels)
    for (const [index, channel] of theirs.entries()) {
      expect(Math.abs((ours[index] as Float32Array).length - channel.length)).toBeLessThan(rate * 0.03)
      // Channels may come in the codec's own order.
      const differences = ours.map((each) =>
        largestDifference(channel.subarray(0, 0.4 * rate), each.subarray(0, 0.4 * rate)),
      )
      expect(Math.min(...differences), `channel ${index}`).toBeLessThan(0.01)
    }
  })

  it('of an mp3 inside of a WAV', async () => {
    made('inner.mp3', ['-write_xing', '0', '-id3v2_version', '0'], 1, 44_100)
    ffmpeg(['-i', join(folder, 'inner.mp3'), '-c', 'copy', join(folder, 'inner.wav')])
    const { codec, channels } = await decoded(new Uint8Array(readFileSync(join(folder, 'inner.wav'))))
    expect(codec).toBe('mp3')
    const [theirs] = decodedByFfmpeg('inner.wav', 1) as [Float32Array]
    expect(largestDifference(theirs.subarray(0, 20_000), channels[0] as Float32Array)).toBeLessThan(0.001)
  })

  it.each([
    ['adpcm.wav', ['-c:a', 'adpcm_ms'], 'Microsoft ADPCM'],
    ['ima.wav', ['-c:a', 'adpcm_ima_wav'], 'IMA ADPCM'],
    ['old.wma', ['-c:a', 'wmav2'], 'WMA'],
    ['real.ra', ['-c:a', 'real_144', '-f', 'rm', '-ar', '8000'], 'RealAudio'],
    ['ima.caf', ['-c:a', 'adpcm_ima_qt'], 'CAF ima4'],
    ['flac.ogg', ['-c:a', 'flac'], 'Ogg FLAC'],
    ['talk.spx', ['-c:a', 'libspeex', '-ar', '16000'], 'Speex'],
    ['dolby.ac3', ['-c:a', 'ac3', '-ar', '44100'], 'AC-3'],
    ['sun.au', ['-c:a', 'pcm_s16be'], 'Sun AU'],
  ] as const)('%s, which none of ours decodes, is named', async (name, options, codec) => {
    const bytes = made(name, options, 1, 22_050)
    await expect(
      openRecording(source(bytes), { ...wasmDecoders, openContainer: null }),
    ).rejects.toMatchObject({ problem: { kind: 'unsupportedCodec', codec } })
  })

  it('a RIFF that is cut, padded or lies about its length gives what is there', async () => {
    const bytes = made('plain.wav', ['-c:a', 'pcm_s16le', '-bitexact'], 1, 8000)
    const data = Buffer.from(bytes).indexOf('data') + 4
    for (const length of [0, 0xffffffff, bytes.length]) {
      const lying = Buffer.from(bytes)
      lying.writeUInt32LE(length, data)
      expect((await decoded(new Uint8Array(lying))).channels[0]).toHaveLength(4000)
    }
    // A chunk of an odd length is padded to an even one.
    const odd = Buffer.concat([
      bytes.subarray(0, 12),
      Buffer.from('LIST\x03\0\0\0abc\0', 'latin1'),
      bytes.subarray(12),
    ])
    expect((await decoded(new Uint8Array(odd))).channels[0]).toHaveLength(4000)
    writeFileSync(join(folder, 'cut.wav'), bytes.subarray(0, bytes.length - 1001))
    expect((await decoded(new Uint8Array(readFileSync(join(folder, 'cut.wav'))))).channels[0]?.length).toBe(
      3499,
    )
  })
})
