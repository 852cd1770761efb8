/** Waits for a file system as long as a person would, not longer.
 *  @param instead what counts when there is no answer after so many milliseconds */
export function inTime<T>(job: Promise<T>, milliseconds: number, instead: T): Promise<T> {
  return new Promise((done, fail) => {
    const timer = setTimeout(() => done(instead), milliseconds)
    job.then(done, fail).finally(() => clearTimeout(timer))
  })
}
