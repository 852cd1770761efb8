import { BrowserWindow, type IpcMainInvokeEvent, ipcMain } from 'electron'
import type { Requests } from '../../shared/ipc'
import { requestSchemas } from '../../shared/ipcSchemas'
import { origin } from '../scheme'

export type Handlers = {
  readonly [C in keyof Requests]: (
    request: Requests[C]['request'],
    window: BrowserWindow,
  ) => Promise<Requests[C]['response']> | Requests[C]['response']
}

/** Ours is the main frame of a window of ours, at our origin. */
function windowOf(event: IpcMainInvokeEvent): BrowserWindow | null {
  const frame = event.senderFrame
  if (!frame || frame !== event.sender.mainFrame || !frame.url.startsWith(`${origin}/`)) return null
  return BrowserWindow.fromWebContents(event.sender)
}

/** Registers every request. One that comes from elsewhere, or does not fit its schema, is refused before any handler sees it. */
export function handleRequests(handlers: Handlers): void {
  for (const channel of Object.keys(requestSchemas) as (keyof Requests)[])
    register(channel, handlers[channel] as Handlers[typeof channel])
}

function register<C extends keyof Requests>(channel: C, handler: Handlers[C]): void {
  ipcMain.handle(channel, async (event, request: unknown) => {
    const window = windowOf(event)
    if (!window) throw new Error('refused')
    const parsed = requestSchemas[channel].safeParse(request)
    if (!parsed.success) throw new Error(`malformed request: ${channel}`)
    return handler(parsed.data as Requests[C]['request'], window)
  })
}
