/** Mixes channels to one by their mean. One channel is given back as it is; otherwise the result is valid until the next call. */
export class MixDown {
  private mixed = new Float32Array(0)

  mix(channels: readonly Float32Array[]): Float32Array {
    const [first] = channels
    if (!first) return this.mixed.subarray(0, 0)
    if (channels.length === 1) return first
    const length = first.length
    if (this.mixed.length < length) this.mixed = new Float32Array(length)
    const mixed = this.mixed.subarray(0, length)
    const [, second] = channels
    if (channels.length === 2 && second) {
      for (let index = 0; index < length; index++)
        mixed[index] = ((first[index] as number) + (second[index] as number)) / 2
      return mixed
    }
    const share = 1 / channels.length
    mixed.fill(0)
    for (const channel of channels)
      for (let index = 0; index < length; index++)
        mixed[index] = (mixed[index] as number) + (channel[index] as number) * share
    return mixed
  }
}
