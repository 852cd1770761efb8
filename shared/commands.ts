/** Every command of the app: one id for the menu, the palette, the keymap and a click. Titles are in `shared/messages`. */
export type Menu = 'file' | 'edit' | 'playback' | 'turn' | 'review' | 'view' | 'help'

export interface Command {
  readonly id: string
  readonly menu: Menu
  /** CodeMirror key notation (`Mod` is Cmd on macOS, Ctrl elsewhere). The first is shown. */
  readonly keys: readonly string[]
  /** Instead of `keys` on macOS, where Alt types characters. */
  readonly macKeys?: readonly string[]
  /** Works only outside text fields, so that it never takes a character from the typist. */
  readonly outsideText?: readonly string[]
  /** A line above it in the menu. */
  readonly separated?: true
  /** Shown with a tick when on. */
  readonly toggle?: true
}

function command<const T extends Command>(entry: T): T {
  return entry
}

export const commands = [
  command({ id: 'file.open', menu: 'file', keys: ['Mod-o'] }),
  command({ id: 'file.openRecording', menu: 'file', keys: [] }),
  command({ id: 'file.openTranscript', menu: 'file', keys: [] }),
  command({ id: 'file.openPeaks', menu: 'file', keys: [] }),
  command({ id: 'file.importTimings', menu: 'file', keys: [] }),
  command({ id: 'file.openSampleEnglish', menu: 'file', keys: [] }),
  command({ id: 'file.openSampleChinese', menu: 'file', keys: [] }),
  command({ id: 'file.save', menu: 'file', keys: ['Mod-s'], separated: true }),
  command({ id: 'file.saveAs', menu: 'file', keys: ['Mod-Shift-s'] }),
  command({ id: 'file.exportSubtitles', menu: 'file', keys: ['Mod-Shift-e'] }),
  command({ id: 'file.exportPage', menu: 'file', keys: [] }),
  command({ id: 'file.exportTable', menu: 'file', keys: [] }),
  command({ id: 'file.versions', menu: 'file', keys: [] }),
  command({ id: 'file.encoding', menu: 'file', keys: [] }),
  command({ id: 'file.close', menu: 'file', keys: ['Mod-w'], separated: true }),

  command({ id: 'edit.undo', menu: 'edit', keys: ['Mod-z'] }),
  command({ id: 'edit.redo', menu: 'edit', keys: ['Mod-y', 'Mod-Shift-z'], macKeys: ['Mod-Shift-z'] }),
  command({ id: 'edit.find', menu: 'edit', keys: ['Mod-f'], separated: true }),
  command({ id: 'edit.joinTorn', menu: 'edit', keys: ['Mod-j'] }),
  command({ id: 'edit.timestamp', menu: 'edit', keys: ['Mod-Shift-t'], separated: true }),
  command({ id: 'edit.removeTimestamps', menu: 'edit', keys: [] }),
  command({ id: 'edit.settings', menu: 'edit', keys: ['Mod-,'], separated: true }),

  command({ id: 'playback.toggle', menu: 'playback', keys: ['Escape'], outsideText: ['Space'] }),
  command({
    id: 'playback.back2',
    menu: 'playback',
    keys: ['Alt-ArrowLeft'],
    macKeys: ['Ctrl-Alt-ArrowLeft'],
  }),
  command({
    id: 'playback.forward2',
    menu: 'playback',
    keys: ['Alt-ArrowRight'],
    macKeys: ['Ctrl-Alt-ArrowRight'],
  }),
  command({
    id: 'playback.back10',
    menu: 'playback',
    keys: ['Alt-Shift-ArrowLeft'],
    macKeys: ['Ctrl-Alt-Shift-ArrowLeft'],
  }),
  command({
    id: 'playback.forward10',
    menu: 'playback',
    keys: ['Alt-Shift-ArrowRight'],
    macKeys: ['Ctrl-Alt-Shift-ArrowRight'],
  }),
  command({
    id: 'playback.slower',
    menu: 'playback',
    keys: ['Alt-ArrowDown'],
    macKeys: ['Ctrl-Alt-ArrowDown'],
    separated: true,
  }),
  command({ id: 'playback.faster', menu: 'playback', keys: ['Alt-ArrowUp'], macKeys: ['Ctrl-Alt-ArrowUp'] }),
  command({ id: 'playback.normalSpeed', menu: 'playback', keys: ['Alt-0'], macKeys: ['Ctrl-Alt-0'] }),
  command({ id: 'playback.loopTurn', menu: 'playback', keys: ['F5'], separated: true, toggle: true }),
  command({ id: 'playback.loopSelection', menu: 'playback', keys: ['Shift-F5'] }),
  command({ id: 'playback.aroundBoundary', menu: 'playback', keys: ['F6'] }),
  command({ id: 'playback.fromCaret', menu: 'playback', keys: ['Mod-Enter'] }),
  command({ id: 'playback.playTurn', menu: 'playback', keys: [] }),
  command({ id: 'playback.soloChannel', menu: 'playback', keys: ['Shift-F6'], separated: true }),
  command({ id: 'playback.muteChannel', menu: 'playback', keys: [] }),

  command({ id: 'turn.next', menu: 'turn', keys: ['Mod-PageDown', 'Mod-Alt-ArrowDown'] }),
  command({ id: 'turn.previous', menu: 'turn', keys: ['Mod-PageUp', 'Mod-Alt-ArrowUp'] }),
  command({ id: 'turn.stampStart', menu: 'turn', keys: ['F9'], separated: true }),
  command({ id: 'turn.stampEnd', menu: 'turn', keys: ['Shift-F9'] }),
  command({ id: 'turn.nudgeBack10', menu: 'turn', keys: ['Alt-,', 'Mod-Alt-,'], macKeys: ['Ctrl-Alt-,'] }),
  command({ id: 'turn.nudgeForward10', menu: 'turn', keys: ['Alt-.', 'Mod-Alt-.'], macKeys: ['Ctrl-Alt-.'] }),
  command({
    id: 'turn.nudgeBack100',
    menu: 'turn',
    keys: ['Alt-Shift-,', 'Mod-Alt-Shift-,'],
    macKeys: ['Ctrl-Alt-Shift-,'],
  }),
  command({
    id: 'turn.nudgeForward100',
    menu: 'turn',
    keys: ['Alt-Shift-.', 'Mod-Alt-Shift-.'],
    macKeys: ['Ctrl-Alt-Shift-.'],
  }),
  command({ id: 'turn.typeTime', menu: 'turn', keys: ['Mod-Shift-g'] }),
  command({ id: 'turn.unpin', menu: 'turn', keys: ['Shift-F8'] }),
  command({ id: 'turn.reflow', menu: 'turn', keys: [] }),
  command({ id: 'turn.align', menu: 'turn', keys: ['Mod-Shift-a'] }),
  command({ id: 'turn.alignFrom', menu: 'turn', keys: ['Mod-F9'] }),
  command({ id: 'turn.alignSelection', menu: 'turn', keys: ['Mod-Shift-F9'] }),
  command({ id: 'turn.language', menu: 'turn', keys: [] }),
  command({ id: 'turn.cancelAlignment', menu: 'turn', keys: [] }),
  command({ id: 'turn.split', menu: 'turn', keys: ['Mod-Shift-Enter'], separated: true }),
  command({ id: 'turn.merge', menu: 'turn', keys: ['Mod-Shift-Backspace'] }),
  command({ id: 'turn.changeSpeaker', menu: 'turn', keys: ['F2'] }),
  command({ id: 'turn.renameSpeaker', menu: 'turn', keys: ['Shift-F2'] }),

  command({ id: 'review.next', menu: 'review', keys: ['F7'] }),
  command({ id: 'review.previous', menu: 'review', keys: ['Shift-F7'] }),
  command({ id: 'review.keep', menu: 'review', keys: ['F8'] }),
  command({ id: 'review.accept', menu: 'review', keys: ['Mod-F8'] }),

  command({ id: 'view.palette', menu: 'view', keys: ['Mod-k'] }),
  command({ id: 'view.zoomIn', menu: 'view', keys: ['Mod-='], separated: true }),
  command({ id: 'view.zoomOut', menu: 'view', keys: ['Mod--'] }),
  command({ id: 'view.zoomTurn', menu: 'view', keys: ['Mod-1'] }),
  command({ id: 'view.zoomAll', menu: 'view', keys: ['Mod-0'] }),
  command({ id: 'view.follow', menu: 'view', keys: ['Mod-Shift-l'], toggle: true }),
  command({ id: 'view.channels', menu: 'view', keys: ['Mod-Shift-c'], toggle: true }),
  command({ id: 'view.spectrogram', menu: 'view', keys: ['Mod-Shift-p'], toggle: true }),
  command({ id: 'view.review', menu: 'view', keys: ['Alt-1'], macKeys: ['Ctrl-Alt-1'], separated: true }),
  command({ id: 'view.speakers', menu: 'view', keys: ['Alt-2'], macKeys: ['Ctrl-Alt-2'] }),
  command({ id: 'view.corrections', menu: 'view', keys: ['Alt-3'], macKeys: ['Ctrl-Alt-3'] }),
  command({ id: 'view.subtitles', menu: 'view', keys: ['Alt-4'], macKeys: ['Ctrl-Alt-4'] }),
  command({ id: 'view.languageEnglish', menu: 'view', keys: [], separated: true, toggle: true }),
  command({ id: 'view.languageChinese', menu: 'view', keys: [], toggle: true }),
  command({ id: 'view.themeSystem', menu: 'view', keys: [], separated: true, toggle: true }),
  command({ id: 'view.themeLight', menu: 'view', keys: [], toggle: true }),
  command({ id: 'view.themeDark', menu: 'view', keys: [], toggle: true }),
  command({ id: 'view.clearCache', menu: 'view', keys: [], separated: true }),

  command({ id: 'help.shortcuts', menu: 'help', keys: ['F1'], outsideText: ['?'] }),
  command({ id: 'help.about', menu: 'help', keys: [] }),
] as const satisfies readonly Command[]

export type CommandId = (typeof commands)[number]['id']
