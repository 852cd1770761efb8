import { Button } from 'react-aria-components'
import { type Command, type CommandId, commands, type Menu } from '../../shared/commands'
import { commandKeys, keyLabel } from '../commands/keymap'
import { useMessages } from '../state/messages'
import { closeDialog, Frame } from './Frame'

const menus: readonly Menu[] = ['playback', 'review', 'turn', 'edit', 'file', 'view', 'help']
const all: readonly (Command & { readonly id: CommandId })[] = commands

/** The sheet of keys, by menu. */
export function ShortcutsDialog() {
  const messages = useMessages()
  return (
    <Frame title={messages.dialogs.shortcuts} isWide>
      <div className="shortcuts">
        {menus.map((menu) => (
          <section key={menu}>
            <h3>{messages.menus[menu]}</h3>
            {all
              .filter(
                (command) =>
                  command.menu === menu && (commandKeys(command.id).length > 0 || command.outsideText),
              )
              .map((command) => (
                <div key={command.id}>
                  <span>{messages.commands[command.id]}</span>
                  <span>
                    {commandKeys(command.id).map((key) => (
                      <kbd key={key}>{keyLabel(key)}</kbd>
                    ))}
                    {command.outsideText?.map((key) => (
                      <kbd key={key} title={messages.dialogs.outsideText}>
                        {keyLabel(key)}*
                      </kbd>
                    ))}
                  </span>
                </div>
              ))}
          </section>
        ))}
      </div>
      <small className="faint">* {messages.dialogs.outsideText}</small>
      <div className="dialog-actions">
        <Button className="primary" autoFocus onPress={closeDialog}>
          {messages.dialogs.close}
        </Button>
      </div>
    </Frame>
  )
}
