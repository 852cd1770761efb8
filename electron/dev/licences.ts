import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from './inputs'

/** Licences that may be combined with GPL-3.0-or-later. */
const compatible =
  /^(?:MIT|ISC|BSD-2-Clause|BSD-3-Clause|0BSD|Apache-2\.0|MPL-2\.0|GPL-3\.0(?:-or-later|-only)?|LGPL-(?:2\.1|3\.0)(?:-or-later)?|LGPL-2\.1|Unlicense|CC0-1\.0|Zlib|BlueOak-1\.0\.0|Python-2\.0)$/u

interface Manifest {
  readonly name: string
  readonly version: string
  readonly license?: string
}

/** Writes the licences of every package that is in the bundles to `dist/`.
 *  @param modules paths of the bundled modules
 *  @throws when a package's licence is missing or cannot be combined with ours */
export async function collectLicences(modules: readonly string[]): Promise<void> {
  const folders = new Set<string>()
  for (const path of modules) {
    const match = /^(.*?node_modules\/(?:@[^/]+\/)?[^/]+)\//u.exec(
      path.replace(/\\/gu, '/').replace(/^\0+/u, ''),
    )
    if (match) folders.add((match[1] as string).replace(/^.*?(?=node_modules)/u, ''))
  }
  const parts: string[] = []
  for (const folder of [...folders].sort()) {
    const manifest = JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8')) as Manifest
    const licence = manifest.license ?? ''
    const alternatives = licence.replace(/[()]/gu, '').split(/ OR /u)
    if (!alternatives.some((name) => name.split(/ AND /u).every((part) => compatible.test(part.trim())))) {
      throw new Error(`${manifest.name}: the licence "${licence}" cannot be combined with GPL-3.0-or-later`)
    }
    const file = (await readdir(join(root, folder))).find((name) => /^(?:licen[cs]e|copying)/iu.test(name))
    const text = file
      ? await readFile(join(root, folder, file), 'utf8')
      : 'No licence text is shipped with this package.'
    parts.push(`${manifest.name} ${manifest.version} (${licence})\n\n${text.trim()}\n`)
  }
  await writeFile(join(root, 'dist', 'THIRD-PARTY-LICENSES.txt'), parts.join(`\n${'-'.repeat(78)}\n\n`))
}
