import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from './inputs'

const folder = join(root, 'shared/alignment/kernel')

/** Compiles the aligner's kernel.
 *  @returns the WebAssembly module
 *  @throws with the compiler's messages */
export async function compileKernel(): Promise<Uint8Array> {
  const source = await readFile(join(folder, 'scoring.as'), 'utf8')
  const { default: compiler } = await import('assemblyscript/asc')
  let binary: Uint8Array | null = null
  const { error, stderr } = await compiler.main(
    [
      'scoring.ts',
      '--outFile',
      'scoring.wasm',
      '-O3',
      '--enable',
      'simd',
      '--runtime',
      'stub',
      '--initialMemory',
      '1',
    ],
    {
      readFile: (name) => (name === 'scoring.ts' ? source : null),
      writeFile: (name, contents) => {
        if (name === 'scoring.wasm') binary = contents as Uint8Array
      },
      listFiles: () => [],
    },
  )
  if (error || !binary) throw new Error(`scoring.as: ${stderr.toString()}`)
  return binary
}

/** The text of the module that carries the kernel. */
export function kernelModule(binary: Uint8Array): string {
  const lines =
    Buffer.from(binary)
      .toString('base64')
      .match(/.{1,116}/gu) ?? []
  return `// Made by \`npm run kernel\` from scoring.as.\n\n/** The WebAssembly module, base64. */\nexport const scoringModule = \`\n${lines.join('\n')}\n\`\n`
}

if (process.argv[1]?.endsWith('kernel.ts')) {
  await writeFile(join(folder, 'scoringModule.ts'), kernelModule(await compileKernel()))
}
