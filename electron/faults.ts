/** Keeps the program going after a fault that nobody caught, where Electron would stop everything behind a box of its own: a fault in one
 *  answer must not take unsaved work with it. What failed goes to standard error.
 *  @param tell called for every fault */
export function surviveFaults(tell: () => void): void {
  const survive = (reason: unknown) => {
    console.error(`Unexpected fault: ${placeOf(reason)}`)
    tell()
  }
  process.on('uncaughtException', survive)
  process.on('unhandledRejection', survive)
}

/** What kind of fault it was and where. Its message may hold what somebody said or the name of a file, and is left out. */
export function placeOf(reason: unknown): string {
  if (!(reason instanceof Error)) return typeof reason
  const { code } = reason as NodeJS.ErrnoException
  const frames = (reason.stack ?? '').split('\n').filter((line) => /^\s+at /u.test(line))
  return [[reason.name, code].filter((part) => typeof part === 'string').join(' '), ...frames].join('\n')
}
