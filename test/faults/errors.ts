import { leftovers, type Place, runSaver, startAgain, stateOf } from './bench'
import { judge } from './table'

/** Lets each of the saver's calls to the system fail with an error. It may be of no consequence (a folder that cannot be forced to disk); otherwise
 *  the save must say that it failed, and either way the file is whole.
 *  @param every looks at one step of so many */
export async function injectErrors(
  bundle: string,
  fault: string,
  make: () => Place,
  code: string,
  every: number,
): Promise<void> {
  const { steps } = runSaver(bundle, make())
  for (let step = 1; step <= steps; step += every) {
    const place = make()
    const { outcome } = runSaver(bundle, place, { step, code })
    await startAgain(place)
    const state = stateOf(place)
    judge(fault, place, [
      outcome === 'crashed' && `step ${step} ended the process`,
      outcome === 'saved' && state !== 'new' && `step ${step}: said saved, the file is ${state}`,
      leftovers(place).length > 0 && `step ${step} left a temporary`,
    ])
  }
}
