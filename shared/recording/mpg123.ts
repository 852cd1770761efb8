import { MPEGDecoder } from 'mpg123-decoder'
import type { Mp3Decoder } from './mp3'

/** What the library keeps to itself: its memory and the functions of the compiled decoder (mpg123's own names and codes). */
interface Inside {
  readonly _decoder: number
  readonly _input: Place<Uint8Array>
  readonly _output: Place<Float32Array>
  readonly _samplesDecodedPtr: Place<Uint32Array>
  readonly _sampleRatePtr: Place<Uint32Array>
  readonly _errorStringPtr: Place<Uint32Array>
  readonly _common: {
    readonly wasm: {
      mpeg_decoder_feed(decoder: number, bytes: number, length: number): number
      mpeg_decoder_read(
        decoder: number,
        output: number,
        length: number,
        samples: number,
        sampleRate: number,
        error: number,
      ): number
    }
  }
}

interface Place<T> {
  readonly ptr: number
  readonly buf: T
  readonly len: number
}

const needMore = -10
const newFormat = -11
const finished = -12

/** Faults in a row after which the rest of a piece is given up. */
const mostFaults = 100

/** mpg123-decoder that gives every piece in the same two arrays. The library makes three new ones of each: a gigabyte for each hour, which
 *  two workers do not collect as fast as they make it. Where a release keeps other things inside, its own way is taken. */
export class Mpg123 implements Mp3Decoder {
  readonly ready: Promise<void>
  private readonly decoder = new MPEGDecoder()
  private channels: Float32Array[] = [new Float32Array(0), new Float32Array(0)]

  constructor() {
    this.ready = this.decoder.ready
  }

  /** As `decode`, in pieces: each is what the decoder has just made, where it made it, and valid until the next is asked for. */
  *pieces(bytes: Uint8Array): Generator<ReturnType<Mp3Decoder['decode']>> {
    const inside = this.decoder as unknown as Partial<Inside>
    if (!isKnown(inside)) {
      yield this.decoder.decode(bytes)
      return
    }
    for (let at = 0; at < bytes.length; at += inside._input.len)
      for (const made of this.readings(inside, bytes.subarray(at, at + inside._input.len))) {
        const { buf } = inside._output
        yield {
          channelData: [buf.subarray(0, made), buf.subarray(made, 2 * made)],
          samplesDecoded: made,
          sampleRate: inside._sampleRatePtr.buf[0] as number,
        }
      }
  }

  /** What it gives is valid until the next call. */
  decode(bytes: Uint8Array): ReturnType<Mp3Decoder['decode']> {
    const inside = this.decoder as unknown as Partial<Inside>
    if (!isKnown(inside)) return this.decoder.decode(bytes)
    let count = 0
    for (let at = 0; at < bytes.length; at += inside._input.len)
      count = this.feed(inside, bytes.subarray(at, at + inside._input.len), count)
    return {
      channelData: this.channels.map((channel) => channel.subarray(0, count)),
      samplesDecoded: count,
      sampleRate: inside._sampleRatePtr.buf[0] as number,
    }
  }

  free(): void {
    this.decoder.free()
  }

  // Decodes one filling of the input and puts it behind the `count` samples that are there; gives how many there are then.
  private feed(inside: Inside, bytes: Uint8Array, count: number): number {
    let total = count
    for (const made of this.readings(inside, bytes)) {
      for (const [index, channel] of this.roomFor(total, total + made).entries())
        channel.set(inside._output.buf.subarray(index * made, (index + 1) * made), total)
      total += made
    }
    return total
  }

  // Decodes one filling of the input, as much at a time as the output holds; gives how many samples of each channel lie there.
  private *readings(inside: Inside, bytes: Uint8Array): Generator<number> {
    const { _decoder: decoder, _output: output, _samplesDecodedPtr: samples } = inside
    const { wasm } = inside._common
    inside._input.buf.set(bytes)
    let code = wasm.mpeg_decoder_feed(decoder, inside._input.ptr, bytes.length)
    for (let faults = 0; code !== needMore && code !== finished && faults < mostFaults; ) {
      samples.buf[0] = 0
      code = wasm.mpeg_decoder_read(
        decoder,
        output.ptr,
        output.len,
        samples.ptr,
        inside._sampleRatePtr.ptr,
        inside._errorStringPtr.ptr,
      )
      const made = samples.buf[0] as number
      faults = made > 0 || code === newFormat ? 0 : faults + 1
      if (made > 0) yield made
    }
  }

  private roomFor(kept: number, length: number): readonly Float32Array[] {
    if ((this.channels[0] as Float32Array).length < length)
      this.channels = this.channels.map((channel) => {
        const longer = new Float32Array(length * 2)
        longer.set(channel.subarray(0, kept))
        return longer
      })
    return this.channels
  }
}

function isKnown(inside: Partial<Inside>): inside is Inside {
  return (
    typeof inside._common?.wasm?.mpeg_decoder_feed === 'function' &&
    typeof inside._common.wasm.mpeg_decoder_read === 'function' &&
    typeof inside._decoder === 'number' &&
    [
      inside._input,
      inside._output,
      inside._samplesDecodedPtr,
      inside._sampleRatePtr,
      inside._errorStringPtr,
    ].every((place) => typeof place?.ptr === 'number' && place.buf.length > 0)
  )
}
