import { contextBridge, ipcRenderer, webUtils } from 'electron'
import type { Bridge, Notices, Requests } from '../shared/ipc'

// A path comes only out of a File that the user dropped; a page cannot make one with a path. Before Electron 29 the path is on
// the object itself.
function pathOf(file: unknown): string {
  if (webUtils?.getPathForFile) return webUtils.getPathForFile(file as File)
  return (file as { path?: string }).path ?? ''
}

const bridge: Bridge = {
  request: (channel: keyof Requests, request: unknown) => ipcRenderer.invoke(channel, request),
  listen: (notice: keyof Notices, listener: (payload: never) => void) => {
    const forward = (_event: unknown, payload: unknown) => listener(payload as never)
    ipcRenderer.on(notice, forward)
    return () => ipcRenderer.off(notice, forward)
  },
  adopt: (files: readonly unknown[]) => ipcRenderer.invoke('files.adopt', files.map(pathOf)),
} as Bridge

contextBridge.exposeInMainWorld('earmark', bridge)
