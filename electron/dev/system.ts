import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Debian's package for each shared library that Electron may miss; newer releases add `t64` to some names. */
const packages: Readonly<Record<string, readonly string[]>> = {
  'libgtk-3.so.0': ['libgtk-3-0', 'libgtk-3-0t64'],
  'libnss3.so': ['libnss3'],
  'libnssutil3.so': ['libnss3'],
  'libsmime3.so': ['libnss3'],
  'libnspr4.so': ['libnspr4'],
  'libgbm.so.1': ['libgbm1'],
  'libasound.so.2': ['libasound2', 'libasound2t64'],
  'libatk-1.0.so.0': ['libatk1.0-0', 'libatk1.0-0t64'],
  'libatk-bridge-2.0.so.0': ['libatk-bridge2.0-0', 'libatk-bridge2.0-0t64'],
  'libatspi.so.0': ['libatspi2.0-0', 'libatspi2.0-0t64'],
  'libcups.so.2': ['libcups2', 'libcups2t64'],
  'libdrm.so.2': ['libdrm2'],
  'libdbus-1.so.3': ['libdbus-1-3'],
  'libxkbcommon.so.0': ['libxkbcommon0'],
  'libX11.so.6': ['libx11-6'],
  'libX11-xcb.so.1': ['libx11-xcb1'],
  'libxcb.so.1': ['libxcb1'],
  'libXcomposite.so.1': ['libxcomposite1'],
  'libXdamage.so.1': ['libxdamage1'],
  'libXext.so.6': ['libxext6'],
  'libXfixes.so.3': ['libxfixes3'],
  'libXrandr.so.2': ['libxrandr2'],
  'libpango-1.0.so.0': ['libpango-1.0-0'],
  'libcairo.so.2': ['libcairo2'],
  'libglib-2.0.so.0': ['libglib2.0-0', 'libglib2.0-0t64'],
  'libgobject-2.0.so.0': ['libglib2.0-0', 'libglib2.0-0t64'],
  'libgio-2.0.so.0': ['libglib2.0-0', 'libglib2.0-0t64'],
  'libexpat.so.1': ['libexpat1'],
  'libudev.so.1': ['libudev1'],
}

const isRoot = () => process.getuid?.() === 0

/** Makes sure that an Electron can run here: its shared libraries are there, and with `display` somewhere to show a window. Installs
 *  what is missing from Debian's packages as root; otherwise says which command does.
 *  @returns what to put before the command line: nothing, or a virtual display */
export function prepareSystem(executable: string, { needsChineseFont = false } = {}): readonly string[] {
  if (process.platform !== 'linux') return []
  const missing = new Set<string>()
  const answer = spawnSync('ldd', [executable], {
    encoding: 'utf8',
    env: { ...process.env, LD_LIBRARY_PATH: dirname(executable) },
  })
  for (const [, library] of (answer.stdout ?? '').matchAll(/^\s*(\S+) => not found/gmu)) {
    const names = packages[library as string]
    if (!names)
      throw new Error(`Electron needs ${library}, and this script does not know the package that has it.`)
    missing.add(available(names))
  }
  const hasDisplay = Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
  if (!hasDisplay && !onPath('xvfb-run')) {
    missing.add('xvfb')
    missing.add('xauth')
  }
  if (needsChineseFont && !hasChineseFont()) missing.add('fonts-noto-cjk')
  install([...missing])
  if (hasDisplay) return []
  console.log('No display: the window opens on a virtual one (xvfb).')
  return ['xvfb-run', '--auto-servernum', '--server-args=-screen 0 1920x1080x24']
}

function onPath(program: string): boolean {
  return (process.env.PATH ?? '').split(':').some((folder) => existsSync(join(folder, program)))
}

function hasChineseFont(): boolean {
  const folders = ['/usr/share/fonts', '/usr/local/share/fonts']
  return folders.some(
    (folder) =>
      existsSync(folder) &&
      readdirSync(folder, { recursive: true }).some((name) =>
        /cjk|wqy|droidsansfallback/iu.test(String(name)),
      ),
  )
}

// Of the names that a package had over time, the one that this release knows.
function available(names: readonly string[]): string {
  if (names.length === 1 || !onPath('apt-cache')) return names[0] as string
  const known = (name: string) => {
    const { stdout } = spawnSync('apt-cache', ['policy', name], { encoding: 'utf8' })
    return /Candidate: (?!\(none\))/u.test(stdout ?? '')
  }
  return names.find(known) ?? (names[0] as string)
}

/** Another run of the package manager is waited for, ten minutes at most. */
const waiting = ['-o', 'DPkg::Lock::Timeout=600']

function install(names: readonly string[]): void {
  if (names.length === 0) return
  const command = `apt-get install -y --no-install-recommends ${names.join(' ')}`
  if (!onPath('apt-get'))
    throw new Error(
      `Missing system packages: ${names.join(', ')}. Install them with this system's package manager.`,
    )
  if (!isRoot())
    throw new Error(`Missing system packages. Run this once, then try again:\n\n  sudo ${command}\n`)
  console.log(`Installing ${names.join(', ')}…`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const attempt = () =>
    spawnSync('apt-get', [...waiting, 'install', '-y', '--no-install-recommends', ...names], {
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    }).status === 0
  if (attempt()) return
  execFileSync('apt-get', ['update', '-qq'], { env, stdio: ['ignore', 'ignore', 'inherit'] })
  if (!attempt()) throw new Error(`Could not install ${names.join(', ')}.`)
}

/** Chromium's sandbox needs unprivileged user namespaces or its SUID helper, and refuses root. */
export function sandboxArguments(): readonly string[] {
  if (process.platform !== 'linux') return []
  if (isRoot()) {
    console.log("Running as root: Chromium's own sandbox is off (--no-sandbox).")
    return ['--no-sandbox']
  }
  const blocked = ['/proc/sys/kernel/unprivileged_userns_clone', '/proc/sys/user/max_user_namespaces'].some(
    (path) => existsSync(path) && readFileSync(path, 'utf8').trim() === '0',
  )
  if (blocked)
    throw new Error(
      "Chromium's sandbox needs user namespaces: sudo sysctl kernel.unprivileged_userns_clone=1",
    )
  return []
}

/** Gets what makes recordings for tests, where that is possible without asking; tests that need it skip without it. */
export function prepareTestTools(): void {
  if (onPath('ffmpeg')) return
  if (isRoot() && onPath('apt-get')) {
    try {
      install(['ffmpeg'])
      return
    } catch (reason) {
      console.log(reason instanceof Error ? reason.message : reason)
    }
  }
  console.log('ffmpeg is not here: tests that need made recordings are skipped.')
}
