import type { AlignmentRefusal } from '../alignment/alignment'
import type { CommandId, Menu } from '../commands'
import { en } from './en'
import { zh } from './zh'

export type Language = 'en' | 'zh'

/** The interface's words in one language. Functions take what is counted or named. */
export interface Messages {
  readonly appName: string
  readonly tagline: string
  readonly menus: Record<Menu, string>
  readonly commands: Record<CommandId, string>
  readonly roles: Record<'cut' | 'copy' | 'paste' | 'selectAll' | 'quit', string>
  readonly files: Record<
    'recordings' | 'transcripts' | 'subtitles' | 'page' | 'table' | 'both' | 'peaks' | 'timings' | 'all',
    string
  >
  readonly start: {
    readonly open: string
    readonly drop: string
    readonly dropNow: string
    readonly sampleEnglish: string
    readonly sampleChinese: string
    readonly samples: string
    readonly recent: string
    readonly noRecent: string
    readonly addRecording: string
    readonly addTranscript: string
    readonly noTranscript: string
    readonly noRecording: string
  }
  readonly header: {
    readonly search: string
    readonly saved: string
    readonly savedAt: (time: string) => string
    readonly unsaved: string
    readonly saving: string
    readonly readOnly: string
    readonly export: string
    readonly save: string
  }
  readonly transport: Record<
    | 'play'
    | 'pause'
    | 'back'
    | 'forward'
    | 'loop'
    | 'speed'
    | 'slower'
    | 'faster'
    | 'rewind'
    | 'boundary'
    | 'zoom'
    | 'zoomIn'
    | 'zoomOut'
    | 'unpin'
    | 'align'
    | 'follow'
    | 'channels'
    | 'spectrogram',
    string
  > & { readonly pinned: (count: number) => string; readonly rewindBy: (seconds: number) => string }
  readonly waveform: {
    readonly overview: string
    readonly turns: string
    readonly analysing: (percent: number) => string
    readonly cancel: string
    readonly turn: (name: string, start: string, end: string, isPinned: boolean) => string
    readonly unknown: string
    readonly channel: (index: number, count: number) => string
    readonly solo: (channel: string) => string
    readonly mute: (channel: string) => string
    readonly spectrogramTooWide: (seconds: number) => string
    readonly spectrogramWaiting: string
    readonly spectrogramNone: string
  }
  readonly editor: {
    readonly times: Record<'pinned' | 'placed' | 'doubtful' | 'estimated' | 'notPlaced', string>
    readonly transcript: string
    readonly join: string
  }
  readonly panels: {
    readonly review: string
    readonly speakers: string
    readonly corrections: string
    readonly subtitles: string
    readonly progress: (done: number, all: number) => string
    readonly timesAreEstimates: string
    readonly nothingToReview: string
    /** The text was not compared with a recording yet. */
    readonly nothingInText: string
    readonly stillAligning: string
    readonly kinds: Record<
      | 'inaudible'
      | 'crosstalk'
      | 'unknownSpeaker'
      | 'torn'
      | 'alike'
      | 'textAndSound'
      | 'notPlaced'
      | 'untold',
      string
    >
    readonly seconds: (seconds: number) => string
    /** How sure it is that a passage lies where it was placed. */
    readonly placeSure: (percent: number) => string
    readonly keep: string
    /** Above what a recogniser has at an inaudible mark. */
    readonly recogniserHas: string
    readonly accept: string
    readonly reopen: string
    readonly next: string
    readonly join: string
    readonly samePerson: string
    readonly turns: (count: number) => string
    readonly spellings: (count: number) => string
    readonly noSpeakers: string
    readonly rename: string
    readonly alike: string
    readonly noCorrections: string
    readonly removed: string
    readonly added: string
    readonly revert: string
    readonly cues: (count: number) => string
    readonly noCues: string
    readonly format: string
    readonly columns: string
    readonly speakerNames: string
    readonly warnings: Record<'tooFast' | 'tooShort' | 'tooLong' | 'overlap', string>
  }
  readonly status: {
    readonly turns: (count: number) => string
    readonly speakers: (count: number) => string
    readonly inaudible: (count: number) => string
    readonly corrections: (count: number) => string
    readonly pins: (count: number) => string
    readonly lineEnds: Record<'lf' | 'crlf' | 'cr' | 'mixed', string>
    readonly encodingHint: string
    readonly languageHint: string
    readonly automatic: (language: string) => string
    readonly aligned: (percent: number) => string
    readonly invalidBytes: (count: number) => string
    readonly otherLanguage: string
  }
  readonly dialogs: {
    readonly ok: string
    readonly cancel: string
    readonly close: string
    readonly unsaved: Record<'explanation' | 'save' | 'discard' | 'cancel', string> & {
      readonly title: (name: string) => string
    }
    readonly changed: Record<
      'explanation' | 'overwrite' | 'saveAs' | 'compare' | 'reload' | 'cancel',
      string
    > & { readonly title: (name: string) => string }
    readonly subtitlesBeside: Record<'times' | 'transcript' | 'cancel', string> & {
      readonly title: (name: string) => string
      readonly explanation: (open: string) => string
    }
    readonly differences: string
    readonly recovery: Record<'restore' | 'copy' | 'discard', string> & {
      readonly title: (name: string) => string
      readonly explanation: (isSameFile: boolean, isTorn: boolean) => string
    }
    readonly stalled: Record<'explanation' | 'leave' | 'wait', string> & {
      readonly title: (name: string) => string
    }
    readonly versions: Record<'none' | 'same' | 'older' | 'newer' | 'restore', string> & {
      readonly title: (name: string) => string
      readonly explanation: (when: string, at: number, count: number) => string
    }
    readonly unencodable: Record<'utf8' | 'show' | 'cancel', string> & {
      readonly title: (character: string, encoding: string) => string
      readonly explanation: (line: number) => string
    }
    readonly palette: {
      readonly placeholder: string
      readonly nothing: string
      readonly speaker: string
      readonly text: string
      readonly command: string
    }
    readonly shortcuts: string
    readonly outsideText: string
    readonly about: {
      readonly title: string
      readonly version: (version: string) => string
      readonly licence: string
    }
    readonly settings: Record<
      | 'title'
      | 'language'
      | 'theme'
      | 'system'
      | 'light'
      | 'dark'
      | 'rewind'
      | 'textSize'
      | 'scrubbing'
      | 'inaudibleWords'
      | 'inaudibleHint',
      string
    >
    readonly timestamp: Record<
      | 'title'
      | 'template'
      | 'example'
      | 'offset'
      | 'offsetHint'
      | 'where'
      | 'all'
      | 'changes'
      | 'write'
      | 'bad',
      string
    >
    readonly exportSubtitles: Record<'title' | 'export', string>
    readonly encoding: Record<'title' | 'preview' | 'apply', string>
    readonly recordingLanguage: Record<'title' | 'explanation' | 'choose', string> & {
      readonly automatic: (language: string) => string
    }
    readonly typeTime: Record<'title' | 'label' | 'bad' | 'set', string>
    readonly split: Record<'title' | 'label' | 'hint' | 'split', string>
    readonly changeSpeaker: Record<'title' | 'label' | 'change', string>
    readonly rename: Record<'label' | 'rename', string> & {
      readonly title: (name: string) => string
      readonly hint: (turns: number) => string
    }
  }
  readonly notices: {
    readonly cacheCleared: (bytes: number) => string
    readonly anchorsLost: (count: number) => string
    readonly companionFound: (name: string) => string
    readonly openIt: string
    readonly saved: (name: string) => string
    readonly exported: (name: string) => string
    readonly reloaded: (name: string) => string
    readonly recoveryWaiting: (name: string) => string
    readonly journalFailed: string
    readonly versionRestored: string
    readonly changedOutside: (name: string) => string
    readonly notSaved: string
    readonly notSavedWhy: string
    readonly decide: string
    readonly goneOutside: (name: string) => string
    readonly goneOutsideWhy: string
    readonly writeAnew: string
    readonly waiting: (name: string) => string
    readonly waitingWhy: string
    readonly readOnly: (name: string) => string
    readonly readOnlyWhy: string
    readonly subtitlesOpened: (name: string) => string
    readonly subtitlesOpenedWhy: string
    readonly exportThem: string
    readonly heldHere: (name: string) => string
    readonly heldElsewhere: (name: string, host: string) => string
    readonly heldWhy: string
    readonly takeOver: string
    readonly recoveryOfGone: string
    readonly nothingToSave: string
    readonly timestamped: string
    readonly nothingToExport: string
    readonly noTimes: string
    readonly peaksTaken: (name: string) => string
    readonly peaksUnknown: (name: string) => string
    readonly peaksUnknownWhy: string
    readonly peaksElsewhere: (name: string) => string
    readonly peaksElsewhereWhy: (theirs: string, ours: string) => string
    readonly recordingChanged: string
    readonly recordingChangedWhy: string
    readonly innerFault: string
    readonly innerFaultWhy: string
    readonly playbackFailed: string
    readonly playbackFailedWhy: string
    readonly analysisStopped: string
    readonly aligning: (percent: number) => string
    readonly aligned: (placed: number, all: number, doubtful: number) => string
    /** @param next key @param modifier that is held while a word is clicked */
    readonly alignedNext: (next: string, modifier: string) => string
    readonly alignmentFailed: string
    readonly chooseLanguage: string
    readonly languageChosen: (language: string | null) => string
    readonly alignAnew: string
    readonly timingsTaken: (format: string, placed: number, doubtful: number, lost: number) => string
    readonly suggestionsFound: (count: number) => string
    readonly timingsRefused: (name: string) => string
    readonly timingsRefusedWhy: string
    readonly timingsWithoutTranscript: (name: string) => string
    readonly timingsWithoutTranscriptWhy: string
    readonly alignmentRefused: Readonly<
      Record<AlignmentRefusal, { readonly title: string; readonly explanation: (language: string) => string }>
    >
    readonly dismiss: string
    readonly retry: string
  }
  readonly problems: {
    readonly file: Record<
      'gone' | 'notAllowed' | 'readOnly' | 'full' | 'busy' | 'tooLarge' | 'isFolder' | 'changed' | 'unknown',
      { readonly title: (name: string) => string; readonly explanation: string }
    >
    readonly binary: { readonly title: (name: string) => string; readonly explanation: string }
    readonly tooLarge: {
      readonly title: (name: string) => string
      readonly explanation: (limit: string) => string
    }
    readonly notSidecar: { readonly title: string; readonly explanation: string }
    readonly newerSidecar: { readonly title: string; readonly explanation: string }
    readonly recording: Record<
      'empty' | 'notAudio' | 'unfinished' | 'truncated' | 'unreadable',
      { readonly title: (name: string) => string; readonly explanation: string }
    >
    readonly timings: {
      readonly notTimings: (name: string) => string
      readonly notTimingsWhy: string
      readonly brokenJson: (name: string) => string
      readonly brokenJsonWhy: (line: number, column: number) => string
      readonly malformed: (name: string, format: string) => string
      /** @param place `segments.3.start`, `line 12` */
      readonly malformedWhy: (place: string) => string
      readonly noWords: (name: string) => string
      readonly noWordsWhy: (format: string) => string
    }
    readonly codec: {
      readonly title: (name: string) => string
      readonly explanation: (codec: string) => string
    }
  }
}

/** The dictionary of a language. */
export function messagesOf(language: Language): Messages {
  return language === 'zh' ? zh : en
}
