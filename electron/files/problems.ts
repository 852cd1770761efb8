import type { FileProblem } from '../../shared/ipc'

const kinds: Readonly<Record<string, FileProblem['kind']>> = {
  ENOENT: 'gone',
  ENOTDIR: 'gone',
  EACCES: 'notAllowed',
  EPERM: 'notAllowed',
  EROFS: 'readOnly',
  ENOSPC: 'full',
  EDQUOT: 'full',
  EFBIG: 'full',
  EBUSY: 'busy',
  ETXTBSY: 'busy',
  EISDIR: 'isFolder',
}

/** Names what went wrong with a file. Anything that is no system error is a defect and goes on as one. */
export function fileProblem(reason: unknown, name: string): FileProblem {
  if (!(reason instanceof Error)) throw reason
  const { code } = reason as NodeJS.ErrnoException
  if (typeof code !== 'string') throw reason
  return {
    kind: kinds[code] ?? 'unknown',
    name,
    detail: `${code}: ${(reason as NodeJS.ErrnoException).syscall ?? ''}`.trim(),
  }
}
