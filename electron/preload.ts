import { contextBridge, ipcRenderer, webUtils } from 'electron'
import type { Bridge, Notices, Requests } from '../shared/ipc'

// A path comes only out of a `File` that the user dropped: one that a page made has none, and anything else is not looked at. Before Electron
// 29 the path is on the object itself, as this world sees it.
function pathOf(file: unknown): string {
  if (!(file instanceof File)) return ''
  if (webUtils?.getPathForFile) return webUtils.getPathForFile(file)
  return (file as { path?: string }).path ?? ''
}

const bridge: Bridge = {
  request: (channel: keyof Requests, request: unknown) =>
    channel === 'files.adopt'
      ? Promise.reject(new Error('only a drop names files'))
      : ipcRenderer.invoke(channel, request),
  listen: (notice: keyof Notices, listener: (payload: never) => void) => {
    const forward = (_event: unknown, payload: unknown) => listener(payload as never)
    ipcRenderer.on(notice, forward)
    return () => ipcRenderer.off(notice, forward)
  },
  adopt: (files: readonly unknown[]) => {
    const paths = files.map(pathOf).filter((path) => path !== '')
    return ipcRenderer.invoke('files.adopt', { paths })
  },
} as Bridge

contextBridge.exposeInMainWorld('earmark', bridge)
