import { app, type BrowserWindow, Menu, type MenuItemConstructorOptions } from 'electron'
import { type Command, commands, type Menu as MenuName } from '../shared/commands'
import { messagesOf } from '../shared/messages/messages'

const order: readonly MenuName[] = ['file', 'edit', 'playback', 'turn', 'review', 'view', 'help']

export interface MenuState {
  readonly language: 'en' | 'zh'
  readonly disabled: readonly string[]
  readonly checked: readonly string[]
}

const isMac = process.platform === 'darwin'

// CodeMirror's notation in Electron's words.
function accelerator(key: string): string {
  const names: Readonly<Record<string, string>> = {
    Mod: 'CmdOrCtrl',
    ArrowLeft: 'Left',
    ArrowRight: 'Right',
    ArrowUp: 'Up',
    ArrowDown: 'Down',
    '=': 'Plus',
  }
  return key
    .split(/-(?=.)/u)
    .map((part) => names[part] ?? (part.length === 1 ? part.toUpperCase() : part))
    .join('+')
}

function item(
  command: Command,
  title: string,
  state: MenuState,
  run: (id: string) => void,
): MenuItemConstructorOptions {
  const key = (isMac && command.macKeys ? command.macKeys : command.keys)[0]
  return {
    id: command.id,
    label: title,
    type: command.toggle ? 'checkbox' : 'normal',
    checked: state.checked.includes(command.id),
    enabled: !state.disabled.includes(command.id),
    // The window handles keys, so that an input method and the search panel come first; here they are only shown.
    ...(key ? { accelerator: accelerator(key), registerAccelerator: false } : {}),
    click: () => run(command.id),
  }
}

/** Builds the native menu from the command table. */
export function buildMenu(state: MenuState, run: (id: string) => void): Menu {
  const messages = messagesOf(state.language)
  const template: MenuItemConstructorOptions[] = order.map((menu) => {
    const entries: MenuItemConstructorOptions[] = []
    for (const command of commands as readonly Command[]) {
      if (command.menu !== menu) continue
      if (command.separated) entries.push({ type: 'separator' })
      entries.push(item(command, messages.commands[command.id as keyof typeof messages.commands], state, run))
      if (command.id === 'edit.redo') entries.push({ type: 'separator' }, ...clipboard(messages.roles))
    }
    if (menu === 'file' && !isMac)
      entries.push({ type: 'separator' }, { role: 'quit', label: messages.roles.quit })
    return { label: messages.menus[menu], submenu: entries }
  })
  if (isMac) template.unshift({ role: 'appMenu', label: app.name })
  return Menu.buildFromTemplate(template)
}

function clipboard(roles: {
  cut: string
  copy: string
  paste: string
  selectAll: string
}): MenuItemConstructorOptions[] {
  return [
    { role: 'cut', label: roles.cut, registerAccelerator: false },
    { role: 'copy', label: roles.copy, registerAccelerator: false },
    { role: 'paste', label: roles.paste, registerAccelerator: false },
    { role: 'selectAll', label: roles.selectAll, registerAccelerator: false },
  ]
}

/** Tells a window to run a command. */
export function sendCommand(window: BrowserWindow | null, id: string): void {
  window?.webContents.send('command.run', { id })
}
