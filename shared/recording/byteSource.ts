/** Random access to a recording's bytes. */
export interface ByteSource {
  /** Bytes. */
  readonly size: number
  /** Reads `length` bytes from `offset`, fewer at the end of the file. Rejects when the file can no longer be read. */
  read(offset: number, length: number): Promise<Uint8Array>
  /** As `read`, into the beginning of `bytes`, as much as fits: whoever reads much makes no rubbish. */
  readInto?(offset: number, bytes: Uint8Array): Promise<Uint8Array>
  /** Reads several stretches at the price of one, where there is such a way. */
  readMany?(stretches: readonly ByteStretch[]): Promise<readonly Uint8Array[]>
}

export interface ByteStretch {
  readonly offset: number
  readonly length: number
}

/** Reads several stretches, each as `read` does. */
export function readMany(
  source: ByteSource,
  stretches: readonly ByteStretch[],
): Promise<readonly Uint8Array[]> {
  if (source.readMany) return source.readMany(stretches)
  return Promise.all(stretches.map(({ offset, length }) => source.read(offset, length)))
}

/** Reads as much as `bytes` hold, into them where the source can.
 *  @returns what was read, wherever it lies */
export function readInto(source: ByteSource, offset: number, bytes: Uint8Array): Promise<Uint8Array> {
  return source.readInto?.(offset, bytes) ?? source.read(offset, bytes.length)
}
