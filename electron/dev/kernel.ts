import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from './inputs'

const folder = join(root, 'shared/alignment/kernel')

/** The aligner's kernels. */
export const kernels = ['scoring', 'search', 'spectrum', 'warping'] as const
type KernelName = (typeof kernels)[number]

/** Compiles a kernel of the aligner.
 *  @returns the WebAssembly module
 *  @throws with the compiler's messages */
export async function compileKernel(name: KernelName): Promise<Uint8Array> {
  const source = await readFile(join(folder, `${name}.as`), 'utf8')
  const { default: compiler } = await import('assemblyscript/asc')
  let binary: Uint8Array | null = null
  const { error, stderr } = await compiler.main(
    [
      'kernel.ts',
      '--outFile',
      'kernel.wasm',
      '-O3',
      '--enable',
      'simd',
      '--runtime',
      'stub',
      '--initialMemory',
      '1',
    ],
    {
      readFile: (file) => (file === 'kernel.ts' ? source : null),
      writeFile: (file, contents) => {
        if (file === 'kernel.wasm') binary = contents as Uint8Array
      },
      listFiles: () => [],
    },
  )
  if (error || !binary) throw new Error(`${name}.as: ${stderr.toString()}`)
  return binary
}

/** Where the text of a kernel's module belongs. */
export function kernelPath(name: KernelName): string {
  return join(folder, `${name}Module.ts`)
}

/** The text of the module that carries a kernel. */
export function kernelModule(name: KernelName, binary: Uint8Array): string {
  const lines =
    Buffer.from(binary)
      .toString('base64')
      .match(/.{1,116}/gu) ?? []
  return `// Made by \`npm run kernel\` from ${name}.as.\n\n/** The WebAssembly module, base64. */\nexport const ${name}Module = \`\n${lines.join('\n')}\n\`\n`
}

if (process.argv[1]?.endsWith('kernel.ts')) {
  for (const name of kernels) await writeFile(kernelPath(name), kernelModule(name, await compileKernel(name)))
}
