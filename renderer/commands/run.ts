import type { CommandId } from '../../shared/commands'
import { alignCommands } from './align'
import { editCommands } from './edit'
import { fileCommands } from './file'
import type { Implementation } from './implementation'
import { playbackCommands } from './playback'
import { reviewCommands } from './review'
import { turnCommands } from './turn'
import { viewCommands } from './view'

const implementations: Readonly<Record<CommandId, Implementation>> = {
  ...fileCommands,
  ...editCommands,
  ...playbackCommands,
  ...turnCommands,
  ...alignCommands,
  ...reviewCommands,
  ...viewCommands,
}

/** Whether a command can do anything now. */
export function isEnabled(id: CommandId): boolean {
  return implementations[id].isEnabled?.() ?? true
}

/** Whether a command that is switched is on. */
export function isChecked(id: CommandId): boolean {
  return implementations[id].isChecked?.() ?? false
}

/** Runs a command, from wherever it was asked for; one that cannot do anything now does nothing.
 *  @param argument what the caller adds: the index of a turn, the id of an item */
export function runCommand(id: CommandId, argument?: unknown): void {
  if (isEnabled(id) || argument !== undefined) void implementations[id].run(argument)
}

export function isCommand(id: string): id is CommandId {
  return Object.hasOwn(implementations, id)
}
