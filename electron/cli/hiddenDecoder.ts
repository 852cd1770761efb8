import { stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { app, BrowserWindow, session } from 'electron'
import { type Decoding, DecodingFailed, type PcmChunk } from '../../shared/recording/decoding'
import type { OpenedRecording, Piece } from '../../shared/recording/hiddenDecoding'
import { RecordingServer } from '../recording/recordingServer'
import { origin, serveSchemes } from '../scheme'
import { lockSession } from '../security'

const recordings = new RecordingServer()

/** Opens recordings in a hidden window, which decodes whatever Chromium does. The window has no way into the app; its session leaves nothing
 *  behind. Rejects with `DecodingFailed`. */
export async function decodeInWindow(path: string): Promise<Decoding> {
  await app.whenReady()
  const own = session.fromPartition('decoding')
  lockSession(own)
  if (!own.protocol.isProtocolHandled('app')) serveSchemes(own, join(__dirname, 'renderer'), recordings)
  const window = new BrowserWindow({
    show: false,
    webPreferences: {
      session: own,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      backgroundThrottling: false,
    },
  })
  const ask = <T>(call: string): Promise<T> =>
    window.webContents.executeJavaScript(`hiddenDecoding.${call}`) as Promise<T>
  try {
    await window.loadURL(`${origin}/decode.html`)
    const url = `${origin}/recording/${recordings.open(resolve(path))}`
    const { size } = await stat(path)
    const opened = await ask<OpenedRecording>(`open(${JSON.stringify(url)}, ${size})`)
    if (opened.kind === 'failed') throw new DecodingFailed(opened.problem)
    return { header: { ...opened.header, channels: 1 }, chunks: piecesOf(() => ask<Piece>('next()'), window) }
  } catch (reason) {
    window.destroy()
    throw reason
  }
}

async function* piecesOf(next: () => Promise<Piece>, window: BrowserWindow): AsyncGenerator<PcmChunk> {
  try {
    for (;;) {
      const piece = await next()
      if (piece.kind === 'end') return
      if (piece.kind === 'failed') throw new DecodingFailed(piece.problem)
      const { samples, sampleRate, progress } = piece
      yield { channels: [samples], sampleRate, progress }
    }
  } finally {
    window.destroy()
  }
}
