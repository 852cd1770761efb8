import { linkSync } from 'node:fs'
import { join } from 'node:path'
import { killDuring, leftovers, makePlace, type Place, runSaver, startAgain } from './bench'
import { judge } from './table'

/** A place whose file has a second name: it is written in place. */
export const makeLinked = () => {
  const place = makePlace()
  linkSync(place.path, join(place.folder, 'other name.txt'))
  return place
}

/** Kills the saver before each of its calls to the system. */
export async function killAtEveryStep(bundle: string, fault: string, make: () => Place): Promise<void> {
  const { steps } = runSaver(bundle, make())
  for (let step = 1; step <= steps; step++) {
    const place = make()
    const { outcome } = runSaver(bundle, place, { step })
    await startAgain(place)
    judge(fault, place, [
      outcome !== 'killed' && `step ${step} was ${outcome}`,
      leftovers(place).length > 0 && `step ${step} left a temporary`,
    ])
  }
}

/** Kills it at so many random moments. */
export async function killAtRandom(
  bundle: string,
  fault: string,
  make: () => Place,
  runs: number,
): Promise<void> {
  for (let run = 0; run < runs; run++) {
    const place = make()
    await killDuring(bundle, place, Math.random() * 60)
    await startAgain(place)
    judge(fault, place, [leftovers(place).length > 0 && 'a temporary was left'])
  }
}
