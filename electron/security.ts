import { app, type Session } from 'electron'
import { streamScheme } from '../shared/recording/address'
import { origin } from './scheme'

/** Closes every door that Electron's security checklist names, for each page that will ever exist. */
export function lockDown(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
    const refuse = (event: { preventDefault: () => void }) => event.preventDefault()
    contents.on('will-navigate', refuse)
    contents.on('will-frame-navigate', refuse)
    contents.on('will-redirect', refuse)
    contents.on('will-attach-webview', refuse)
    contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
  })
}

/** What every address begins with that a page may ask for. */
const ours = [`${origin}/`, `${streamScheme}://`, 'data:', 'devtools:']

/** No permissions, no downloads, no request that leaves the app. */
export function lockSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}))
  session.on('will-download', (event) => event.preventDefault())
  session.setSpellCheckerEnabled(false)
  session.webRequest.onBeforeRequest((details, answer) => {
    const { url } = details
    answer({ cancel: !ours.some((beginning) => url.startsWith(beginning)) })
  })
}

/** Chromium's own errands: updates, statistics, lookups. No name has an address, and what is given as an address leads nowhere: a page can make
 *  Chromium look ahead for hosts without any request that could be refused. */
export function silenceChromium(): void {
  for (const name of [
    'disable-background-networking',
    'disable-component-update',
    'disable-domain-reliability',
    'disable-sync',
    'no-pings',
  ])
    app.commandLine.appendSwitch(name)
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND')
  app.commandLine.appendSwitch('proxy-server', 'http://0.0.0.0:9')
  app.commandLine.appendSwitch('proxy-bypass-list', '<-loopback>')
  app.commandLine.appendSwitch(
    'disable-features',
    'AutofillServerCommunication,MediaRouter,OptimizationHints',
  )
  // Playback is started by the user's keys; the policy would refuse the first one after a file was opened by drop.
  app.commandLine.appendSwitch('autoplay-policy', 'no-user-gesture-required')
}
