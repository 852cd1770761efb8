/** Random access to a recording's bytes. */
export interface ByteSource {
  /** Bytes. */
  readonly size: number
  /** Reads `length` bytes from `offset`, fewer at the end of the file. Rejects when the file can no longer be read. */
  read(offset: number, length: number): Promise<Uint8Array>
}
