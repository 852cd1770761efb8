import { onDisplay } from '../support/onDisplay'
import ownTemporary from '../support/ownTemporary'
import { bundleSaver, makePlace } from './bench'
import { fileSizeLimit, fullDisk, readOnlyMount } from './disks'
import { editsWhileOpen } from './edits'
import { injectErrors } from './errors'
import { killAtEveryStep, killAtRandom, makeLinked } from './kills'
import { links } from './links'
import { attributes, permissions } from './rights'
import { printTable } from './table'
import { killsWhileTyping } from './typing'

/** `npm run test:faults -- [--quick | saver | typing]`: a little of the saver; one of the two parts; without a word both. */
const words = process.argv.slice(2)
const isQuick = words.includes('--quick')
const takes = (part: 'saver' | 'typing') => words.length === 0 || words.includes(part)

async function saver(): Promise<void> {
  const bundle = await bundleSaver()
  const kills = isQuick ? 10 : 200
  await killAtEveryStep(bundle, 'kill -9 before every step: replacing', makePlace)
  await killAtEveryStep(bundle, 'kill -9 before every step: in place', makeLinked)
  await killAtRandom(bundle, 'kill -9 at a random moment: replacing', makePlace, kills)
  await killAtRandom(bundle, 'kill -9 at a random moment: in place', makeLinked, kills)
  for (const code of ['EIO', 'EBUSY', 'EXDEV', 'ENOSPC']) {
    await injectErrors(bundle, `${code} at every step: replacing`, makePlace, code, isQuick ? 4 : 1)
    await injectErrors(bundle, `${code} at every step: in place`, makeLinked, code, isQuick ? 4 : 1)
  }
  fullDisk(bundle)
  readOnlyMount(bundle)
  fileSizeLimit(bundle)
  permissions(bundle)
  editsWhileOpen(bundle)
  links(bundle)
  attributes(bundle)
}

async function main(): Promise<number> {
  if (process.platform === 'win32') {
    console.log('The faults are those of POSIX systems; nothing was run.')
    return 0
  }
  let failed = 0
  if (isQuick || takes('saver')) {
    await saver()
    failed += printTable()
  }
  // The packaged app is killed by the end-to-end tests too; here it is often enough to state a bound.
  if (takes('typing')) failed += await killsWhileTyping(20)
  return failed === 0 ? 0 : 1
}

process.on('exit', ownTemporary())
process.exit(await (takes('typing') ? onDisplay(main) : main()))
