import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** Runs a verb in the app that was packaged here, which decodes more than Node; on a virtual display where there is none.
 *  @param root the project's folder @param folder that relative paths start from
 *  @returns its exit code; `null` where no app can be run */
export async function runInApp(
  root: string,
  folder: string,
  args: readonly string[],
): Promise<number | null> {
  const app = join(root, 'release/linux-unpacked/earmark')
  if (process.platform !== 'linux' || !existsSync(app)) return null
  const hasDisplay = Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
  const virtual = (process.env.PATH ?? '')
    .split(':')
    .map((path) => join(path, 'xvfb-run'))
    .find((path) => existsSync(path))
  if (!hasDisplay && !virtual) return null
  const isRoot = process.getuid?.() === 0
  const [program, ...rest] = [
    ...(hasDisplay || !virtual ? [] : [virtual, '--auto-servernum']),
    app,
    ...args,
    ...(isRoot ? ['--no-sandbox'] : []),
  ]
  const child = spawn(program as string, rest, { cwd: folder, stdio: 'inherit' })
  return new Promise((done) => {
    child.on('error', () => done(null))
    child.on('close', (code) => done(code ?? 1))
  })
}
