// `shared` is compiled without the platform's types.
interface WebAssemblyLike {
  validate(bytes: Uint8Array): boolean
  Module: new (bytes: Uint8Array) => unknown
  Instance: new (module: unknown, imports: object) => { readonly exports: Record<string, unknown> }
}

/** The memory of a kernel and what it does. */
export interface KernelExports {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number }
  readonly [name: string]: unknown
}

const pageBytes = 65536
const modules = new Map<string, unknown>()

/** A new instance of a module of WebAssembly SIMD, given in base64; `null` where there is none. */
export function instanceOf(text: string): KernelExports | null {
  const { WebAssembly, atob } = globalThis as unknown as {
    WebAssembly?: WebAssemblyLike
    atob(text: string): string
  }
  if (!WebAssembly) return null
  let module = modules.get(text)
  if (!module) {
    const bytes = Uint8Array.from(atob(text.replace(/\s/gu, '')), (c) => c.charCodeAt(0))
    if (!WebAssembly.validate(bytes)) return null
    module = new WebAssembly.Module(bytes)
    modules.set(text, module)
  }
  return new WebAssembly.Instance(module, {}).exports as unknown as KernelExports
}

/** Makes room for that many bytes in all; what is there stays, views of it become useless. */
export function reserveIn({ memory }: KernelExports, bytes: number): void {
  const missing = Math.ceil((bytes - memory.buffer.byteLength) / pageBytes)
  if (missing > 0) memory.grow(missing)
}
