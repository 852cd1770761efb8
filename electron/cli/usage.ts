import { type ParseArgsConfig, parseArgs } from 'node:util'
import type { FileProblem } from '../../shared/ipc'

/** The call was wrong: exit code 2. */
export class UsageError extends Error {}

/** Reads options and positional arguments.
 *  @throws UsageError for unknown options, missing values and the wrong number of arguments */
export function readArguments<const O extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: O,
  names: readonly string[],
) {
  let parsed: ReturnType<
    typeof parseArgs<{ args: string[]; options: O; allowPositionals: true; strict: true }>
  >
  try {
    parsed = parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
  } catch (reason) {
    throw new UsageError(reason instanceof Error ? (reason.message.split('. ')[0] as string) : String(reason))
  }
  const given: readonly string[] = parsed.positionals
  if (given.length < names.length) throw new UsageError(`${names[given.length]} is missing`)
  if (given.length > names.length) throw new UsageError(`unexpected argument: ${given[names.length]}`)
  return { values: parsed.values, positionals: given }
}

/** What the system says by a code, in words. */
export function systemMessage(code: string): string {
  const words: Readonly<Record<string, string>> = {
    ENOENT: 'no such file',
    ENOTDIR: 'no such file',
    EACCES: 'permission denied',
    EPERM: 'permission denied',
    EISDIR: 'is a folder',
  }
  return words[code] ?? code
}

/** Why a file could not be written. Its detail begins with the system's code. */
export function writeMessage({ kind, detail }: FileProblem): string {
  const code = detail.split(':')[0] as string
  return (code === 'ENOENT' ? 'no such folder' : systemMessage(code)) || kind
}
