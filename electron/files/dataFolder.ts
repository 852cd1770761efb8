import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where Electron keeps the app's data, for the command line without it: `appData` and the app's name (Electron's documentation, `app.getPath`). */
export function dataFolder(): string {
  const home = homedir()
  const { XDG_CONFIG_HOME, APPDATA } = process.env
  if (process.platform === 'darwin') return join(home, 'Library', 'Application Support', 'Earmark')
  if (process.platform === 'win32') return join(APPDATA ?? join(home, 'AppData', 'Roaming'), 'Earmark')
  return join(XDG_CONFIG_HOME || join(home, '.config'), 'Earmark')
}
