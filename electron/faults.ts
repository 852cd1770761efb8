/** Keeps the program going after a fault that nobody caught, where Electron would stop everything behind a box of its own: a fault in one
 *  answer must not take unsaved work with it. What failed goes to standard error.
 *  @param tell called for every fault */
export function surviveFaults(tell: () => void): void {
  const survive = (reason: unknown) => {
    console.error(
      `Unexpected fault: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}`,
    )
    tell()
  }
  process.on('uncaughtException', survive)
  process.on('unhandledRejection', survive)
}
