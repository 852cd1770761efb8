import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Platform, build as packageApp } from 'electron-builder'
import { build } from './build'
import { isUpToDate, markUpToDate, root } from './inputs'
import { findRuntime, type Runtime } from './runtime'

/** Where the packaged app for this machine is. */
export const packagedFolder = join(root, 'release', 'linux-unpacked')

/** Builds and packages the app as a folder for Linux, with the Electron that is at hand. */
export async function packageFolder(): Promise<Runtime> {
  const runtime = await findRuntime()
  await build()
  if (await isUpToDate('package')) return runtime
  console.log('Packaging…')
  await rm(packagedFolder, { recursive: true, force: true })
  await packageApp({
    targets: Platform.LINUX.createTarget('dir'),
    projectDir: root,
    publish: 'never',
    config: {
      extends: join(root, 'electron-builder.yml'),
      electronDist: runtime.folder,
      electronVersion: runtime.version,
      // A fuse that an older Electron does not have cannot be set.
      ...(Number.parseInt(runtime.version, 10) >= 29
        ? { electronFuses: { grantFileProtocolExtraPrivileges: false } }
        : {}),
    },
  })
  await markUpToDate('package')
  return runtime
}

if (process.argv[1]?.endsWith('package.ts')) await packageFolder()
