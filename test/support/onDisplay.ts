import { spawnSync } from 'node:child_process'
import { packageFolder } from '../../electron/dev/package'
import { prepareSystem } from '../../electron/dev/system'
import ownTemporary from './ownTemporary'

/** Packages the app, then runs a script that drives it: here where there is a display, otherwise once more on a virtual one.
 *  @returns the exit code */
export async function onDisplay(run: () => Promise<number>): Promise<number> {
  if (process.env.EARMARK_PACKAGED !== '1') {
    const { executable } = await packageFolder()
    process.env.EARMARK_PACKAGED = '1'
    const display = prepareSystem(executable)
    if (display.length > 0) {
      const [program, ...args] = [...display, process.execPath, ...process.execArgv, ...process.argv.slice(1)]
      return spawnSync(program as string, args, { stdio: 'inherit' }).status ?? 1
    }
  }
  const clear = ownTemporary()
  return run().finally(clear)
}
