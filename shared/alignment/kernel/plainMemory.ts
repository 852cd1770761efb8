/** Views of the memory of a kernel without WebAssembly. */
export function viewsOf(memory: ArrayBuffer) {
  return {
    bytes: new Uint8Array(memory),
    words: new Int32Array(memory),
    numbers: new Float32Array(memory),
    shorts: new Uint16Array(memory),
  }
}

/** A memory of that many bytes at least, in which all stands that stood in the old one. */
export function grown(memory: ArrayBuffer, room: number): ArrayBuffer {
  if (room <= memory.byteLength) return memory
  const larger = new Uint8Array((room + 3) & ~3)
  larger.set(new Uint8Array(memory))
  return larger.buffer
}
