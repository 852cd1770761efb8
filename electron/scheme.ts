import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { protocol, type Session } from 'electron'
import { streamScheme } from '../shared/recording/address'
import type { RecordingServer } from './recording/recordingServer'

export const scheme = 'app'
export const origin = `${scheme}://earmark`

/** Address of the window's page. */
export const pageUrl = `${origin}/index.html`

/** Before the app is ready: our schemes are secure origins that can fetch and stream. */
export function declareSchemes(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, stream: true }
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { ...privileges, codeCache: true } },
    { scheme: streamScheme, privileges: { ...privileges, corsEnabled: true } },
  ])
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  '.data': 'application/octet-stream',
  '.txt': 'text/plain; charset=utf-8',
}

/** What the page may do. Styles that libraries make at run time carry the nonce of this one load. */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    // What the window feeds to its own player.
    'media-src blob:',
    `connect-src 'self' ${streamScheme}:`,
    "worker-src 'self'",
    "frame-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** net::ERR_FILE_NOT_FOUND */
const notFound = -6

/** Serves the page from `folder` and the open recordings; nothing else has an address. */
export function serveSchemes(session: Session, folder: string, recordings: RecordingServer): void {
  session.protocol.handle(scheme, (request) => {
    const url = new URL(request.url)
    if (url.host !== 'earmark') return new Response(null, { status: 404 })
    const recording = /^\/recording\/([0-9a-f]{48})$/u.exec(url.pathname)
    if (recording) return recordings.answer(recording[1] as string, request)
    return asset(folder, decodeURIComponent(url.pathname))
  })
  // Chromium reads these files itself. What `handle` answers goes through JavaScript and several copies, which costs more than decoding it.
  // Where a release has this no more, recordings are read by ranges (`streamedSource`).
  session.protocol.registerFileProtocol?.(streamScheme, ({ method, url }, answer) => {
    const path = recordings.pathOf(new URL(url).pathname.slice(1))
    answer(path !== null && method === 'GET' ? { path } : { error: notFound })
  })
}

async function asset(folder: string, pathname: string): Promise<Response> {
  const path = normalize(join(folder, pathname))
  const type = types[extname(path)]
  if (!path.startsWith(folder + sep) || !type) return new Response(null, { status: 404 })
  const bytes = await readFile(path).catch(() => null)
  if (!bytes) return new Response(null, { status: 404 })
  const nonce = randomBytes(16).toString('base64')
  const isPage = extname(path) === '.html'
  const body = isPage ? bytes.toString('utf8').replaceAll('__NONCE__', nonce) : new Uint8Array(bytes)
  return new Response(body, {
    headers: {
      'content-type': type,
      'content-security-policy': contentSecurityPolicy(nonce),
      'x-content-type-options': 'nosniff',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
    },
  })
}
