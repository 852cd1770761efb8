import { mkdtempSync, rmSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RecordingServer } from '../../../electron/recording/recordingServer'
import type { ByteSource } from '../../../shared/recording/byteSource'
import { openSound } from '../../../shared/recording/sound/sound'
import { openWav } from '../../../shared/recording/wav'

const rate = 48_000
const frame = 4
/** Eight hours of stereo: 5.5 GB, of which nothing but the header and one sample is really there. */
const frames = 8 * 3600 * rate
const clickAt = frames - 1234
const headerSize = 80

const folder = mkdtempSync(join(tmpdir(), 'earmark-long-wave-'))
const path = join(folder, 'long.wav')
let handle: FileHandle

function header(): Buffer {
  const bytes = Buffer.alloc(headerSize)
  const size = frames * frame
  bytes.write('RF64\xff\xff\xff\xffWAVEds64', 0, 'latin1')
  bytes.writeUInt32LE(28, 16)
  bytes.writeBigUInt64LE(BigInt(size + headerSize - 8), 20)
  bytes.writeBigUInt64LE(BigInt(size), 28)
  bytes.writeBigUInt64LE(BigInt(frames), 36)
  bytes.write('fmt ', 48)
  bytes.writeUInt32LE(16, 52)
  bytes.writeUInt16LE(1, 56)
  bytes.writeUInt16LE(2, 58)
  bytes.writeUInt32LE(rate, 60)
  bytes.writeUInt32LE(rate * frame, 64)
  bytes.writeUInt16LE(frame, 68)
  bytes.writeUInt16LE(16, 70)
  bytes.write('data\xff\xff\xff\xff', 72, 'latin1')
  return bytes
}

beforeAll(async () => {
  handle = await open(path, 'w+')
  await handle.truncate(headerSize + frames * frame)
  await handle.write(header(), 0, headerSize, 0)
  await handle.write(Buffer.from([0, 0x40]), 0, 2, headerSize + clickAt * frame)
})

afterAll(async () => {
  await handle.close()
  rmSync(folder, { recursive: true })
})

const source: ByteSource = {
  size: headerSize + frames * frame,
  read: async (offset, length) => {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, offset)
    return new Uint8Array(buffer.buffer, buffer.byteOffset, bytesRead)
  },
}

describe('an RF64 of more than four gigabytes', () => {
  it('has the length that its long header states', async () => {
    const decoding = await openWav(source)
    expect(decoding?.header).toEqual({ codec: 'wav', sampleRate: rate, channels: 2, duration: 8 * 3600 })
  })

  it('is heard near its end, where its sample is', async () => {
    const sound = await openSound(source, {
      createMp3: () => {
        throw new Error('this is no mp3')
      },
      openContainerSound: async () => null,
    })
    const found: (number | undefined)[][] = []
    for await (const { channels } of sound?.from(clickAt - 100) ?? [])
      found.push([channels[0]?.length, channels[0]?.[100], channels[1]?.[100]])
    expect(found).toEqual([[1334, 0.5, 0]])
  })

  it('is served there', async () => {
    const server = new RecordingServer()
    const token = server.open(path)
    const start = headerSize + clickAt * frame
    const answer = await server.answer(
      token,
      new Request('app://earmark/recording', { headers: { range: `bytes=${start}-${start + 1}` } }),
    )
    expect(answer.status).toBe(206)
    expect(answer.headers.get('content-range')).toBe(`bytes ${start}-${start + 1}/${source.size}`)
    expect([...new Uint8Array(await answer.arrayBuffer())]).toEqual([0, 0x40])
  })
})
