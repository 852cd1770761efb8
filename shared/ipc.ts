import type { Result } from './result'

/** Opaque name of a file that the user chose. Only the main process knows the path behind it. */
export type FileId = string & { readonly __fileId: unique symbol }

export type FileKind = 'recording' | 'transcript' | 'other'

export interface FileReference {
  readonly id: FileId
  /** File name with extension, for display only. */
  readonly name: string
  readonly kind: FileKind
  /** Bytes. */
  readonly size: number
  readonly isReadOnly: boolean
}

/** What tells one state of a file from another. */
export interface Fingerprint {
  /** Bytes. */
  readonly size: number
  /** Milliseconds since the epoch. */
  readonly modified: number
  /** SHA-256 of the contents, hexadecimal. */
  readonly hash: string
}

export interface FileProblem {
  readonly kind:
    | 'gone'
    | 'notAllowed'
    | 'readOnly'
    | 'full'
    | 'busy'
    | 'tooLarge'
    | 'isFolder'
    | 'changed'
    | 'unknown'
  /** Name of the file. */
  readonly name: string
  /** The system's own words, for the details line of a message. */
  readonly detail: string
}

/** Names a kept version: when, and the hash of its bytes. */
export type VersionKey = string & { readonly __versionKey: unique symbol }

export interface VersionOfFile {
  readonly key: VersionKey
  /** Milliseconds since the epoch. */
  readonly kept: number
}

export interface FileContents {
  readonly bytes: Uint8Array
  readonly fingerprint: Fingerprint
}

export interface SidecarContents {
  readonly text: string
  /** SHA-256, hexadecimal. */
  readonly hash: string
  /** The recording that it names, if that is there. */
  readonly recording: FileReference | null
}

/** Another Earmark that has a transcript open. */
export interface Holder {
  /** Name of its computer. */
  readonly host: string
  readonly isHere: boolean
}

export interface RecordingSource {
  /** `app://…` address under a random token; answers byte ranges. Dies with the window or `recording.close`. */
  readonly url: string
  readonly name: string
  /** Bytes. */
  readonly size: number
  /** Names this state of the file in the peaks cache and in the sidecar: size, mtime and a hash of samples. */
  readonly key: string
}

/** Where the user was in a session, kept with the recent sessions. */
export interface Place {
  /** Seconds. */
  readonly time: number
  /** Pixels per second. */
  readonly zoom: number
  /** Selection in the transcript, UTF-16 offsets. */
  readonly anchor: number
  readonly head: number
  /** Which lanes of the recording were shown and heard, by index; missing where nothing was chosen. */
  readonly channels?:
    | {
        readonly areShown: boolean
        readonly muted: readonly number[]
        readonly soloed: readonly number[]
      }
    | undefined
}

export interface RecentSession {
  readonly transcript: FileReference | null
  readonly recording: FileReference | null
  /** Milliseconds since the epoch. */
  readonly opened: number
  readonly place: Place | null
}

export interface Launch {
  readonly files: readonly FileReference[]
  readonly recent: readonly RecentSession[]
  /** What `settings.write` was last given; validated by the renderer. */
  readonly settings: unknown
  /** BCP 47 tag of the system. */
  readonly locale: string
  readonly version: string
  readonly platform: 'linux' | 'darwin' | 'win32'
}

/** Every request that the window can make of the main process. */
export interface Requests {
  'app.launch': { request: Record<string, never>; response: Launch }
  'app.sample': {
    request: { language: 'en' | 'zh' }
    response: Result<readonly FileReference[], FileProblem>
  }
  'app.confirmClose': { request: { close: boolean }; response: null }
  /** Files that were dropped on the window. The only request with paths: the preload script takes them from the drop, the page has no
   *  way to name one. */
  'files.adopt': { request: { paths: readonly string[] }; response: readonly FileReference[] }
  'settings.write': { request: { settings: Readonly<Record<string, unknown>> }; response: null }
  /** Asks with the system's dialog; an empty list when the user cancels. */
  'file.choose': {
    request: { purpose: 'any' | 'recording' | 'transcript' | 'peaks' | 'timings' }
    response: readonly FileReference[]
  }
  'file.chooseTarget': {
    request: {
      suggestedName: string
      beside: FileId | null
      purpose: 'transcript' | 'subtitles' | 'page' | 'table'
    }
    response: FileReference | null
  }
  'file.read': { request: { id: FileId }; response: Result<FileContents, FileProblem> }
  /** The bytes of a file of a recogniser's words, or of whatever may be one; its first `most` bytes, or all of them. */
  'timings.read': {
    request: { id: FileId; most: number | null }
    response: Result<Uint8Array, FileProblem>
  }
  /** Makes a transcript the one that is open: it is watched, and other Earmarks are told. Answers who else has it open. */
  'file.hold': {
    request: { id: FileId; fingerprint: Fingerprint; isForced: boolean }
    response: Holder | null
  }
  /** No transcript is open any more. */
  'file.release': { request: Record<string, never>; response: null }
  /** `expected`: fail with `changed` when the file's hash is not this one; `null` overwrites whatever is there. The session goes on with what
   *  is written as a `transcript`; an `export` is only written. */
  'file.save': {
    request: { id: FileId; bytes: Uint8Array; expected: Fingerprint | null; as: 'transcript' | 'export' }
    response: Result<Fingerprint, FileProblem>
  }
  /** Earlier versions of a file, newest first. */
  'versions.list': { request: { id: FileId }; response: readonly VersionOfFile[] }
  'versions.read': { request: { id: FileId; key: VersionKey }; response: Uint8Array | null }
  /** Begins the journal of a transcript's unsaved work; `head` and records as in `shared/session/journal.ts`. */
  'journal.start': { request: { transcript: FileId; head: string }; response: boolean }
  'journal.append': { request: { transcript: FileId; record: string }; response: boolean }
  'journal.read': { request: { transcript: FileId }; response: string | null }
  'journal.discard': { request: { transcript: FileId }; response: null }
  /** Transcripts with unsaved work from an earlier run, those that are gone too. */
  'journal.pending': {
    request: Record<string, never>
    response: readonly { readonly file: FileReference; readonly isGone: boolean }[]
  }
  /** Reads `NAME.earmark.json` beside the transcript. Main resolves the recording it names. */
  'sidecar.read': {
    request: { transcript: FileId }
    response: Result<SidecarContents | null, FileProblem>
  }
  /** Writes it. Main fills in the recording's path, relative to the transcript. Answers the hash of what was written. */
  'sidecar.write': {
    request: { transcript: FileId; recording: FileId | null; text: string }
    response: Result<string, FileProblem>
  }
  'recording.open': { request: { id: FileId }; response: Result<RecordingSource, FileProblem> }
  'recording.close': { request: { url: string }; response: null }
  /** A recording of the same name beside the transcript, or the reverse; never more than a suggestion. */
  'file.companion': { request: { id: FileId }; response: FileReference | null }
  'peaks.read': { request: { key: string }; response: Uint8Array | null }
  /** A piece of what is to be kept: where it belongs, and how many bytes all pieces have; given in order. Kept when the last one is there. */
  'peaks.write': { request: { key: string; size: number; at: number; bytes: Uint8Array }; response: null }
  /** The bytes of a data file of audiowaveform beside a recording, of the same name; `null` where none lies. */
  'peaks.beside': { request: { recording: FileId }; response: Uint8Array | null }
  /** The bytes of one that the user chose. */
  'peaks.file': { request: { id: FileId }; response: Result<Uint8Array, FileProblem> }
  'peaks.clear': { request: Record<string, never>; response: { readonly bytes: number } }
  /** The window has made workers, which shall not take the processor from it. */
  'workers.started': { request: Record<string, never>; response: null }
  'recent.remember': {
    request: { transcript: FileId | null; recording: FileId | null; place: Place | null }
    response: null
  }
  'recent.list': { request: Record<string, never>; response: readonly RecentSession[] }
  /** Titles of the native menu follow the interface language; states follow what can be done now. */
  'menu.update': {
    request: { language: 'en' | 'zh'; disabled: readonly string[]; checked: readonly string[] }
    response: null
  }
  'window.title': {
    request: { title: string; isEdited: boolean; represented: FileId | null }
    response: null
  }
}

/** Everything that the main process tells the window. */
export interface Notices {
  'command.run': { readonly id: string }
  'files.opened': { readonly files: readonly FileReference[] }
  'file.changed': { readonly id: FileId; readonly isGone: boolean }
  /** Something in the main process failed that nobody caught; it goes on. */
  'main.failed': Record<string, never>
  /** The window wants to close; the answer is `app.confirmClose`. */
  'close.requested': Record<string, never>
}

/** What the preload script puts at `window.earmark`. */
export interface Bridge {
  request<C extends Exclude<keyof Requests, 'files.adopt'>>(
    channel: C,
    request: Requests[C]['request'],
  ): Promise<Requests[C]['response']>
  /** @returns a function that ends the subscription */
  listen<N extends keyof Notices>(notice: N, listener: (payload: Notices[N]) => void): () => void
  /** Takes the DOM `File`s that were dropped on the window. */
  adopt(files: readonly unknown[]): Promise<readonly FileReference[]>
}
