import { join } from 'node:path'
import { app, BrowserWindow, nativeTheme, screen } from 'electron'
import { z } from 'zod'
import { pageUrl } from './scheme'

const boundsShape = z.object({
  x: z.number(),
  y: z.number(),
  width: z.number().min(960),
  height: z.number().min(600),
  isMaximized: z.boolean(),
})
export type WindowBounds = z.infer<typeof boundsShape>

/** Where the window was, if that place is still on a screen. */
export function usableBounds(kept: unknown): WindowBounds | null {
  const parsed = boundsShape.safeParse(kept)
  if (!parsed.success) return null
  const { x, y, width } = parsed.data
  const isVisible = screen
    .getAllDisplays()
    .some(
      ({ workArea }) =>
        x + width > workArea.x + 80 &&
        x < workArea.x + workArea.width - 80 &&
        y >= workArea.y - 10 &&
        y < workArea.y + workArea.height - 80,
    )
  return isVisible ? parsed.data : null
}

/** The main window, sandboxed; shown when its first picture is ready.
 *  @param theme as kept in the settings, so that nothing flashes in the wrong colour */
export function createWindow(kept: WindowBounds | null, theme: 'system' | 'light' | 'dark'): BrowserWindow {
  nativeTheme.themeSource = theme
  const window = new BrowserWindow({
    width: kept?.width ?? 1280,
    height: kept?.height ?? 800,
    ...(kept ? { x: kept.x, y: kept.y } : {}),
    minWidth: 960,
    minHeight: 600,
    show: false,
    title: app.name,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#191817' : '#f6f5f2',
    webPreferences: {
      preload: join(__dirname, 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      spellcheck: false,
      backgroundThrottling: false,
      navigateOnDragDrop: false,
    },
  })
  if (kept?.isMaximized) window.maximize()
  window.once('ready-to-show', () => window.show())
  // Chromium asks nobody before it leads to an empty page.
  window.webContents.on('did-navigate', (_event, url) => {
    if (url !== pageUrl) void window.loadURL(pageUrl)
  })
  void window.loadURL(pageUrl)
  return window
}

export function boundsOf(window: BrowserWindow): WindowBounds {
  return { ...window.getNormalBounds(), isMaximized: window.isMaximized() }
}
