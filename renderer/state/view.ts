import { createStore } from 'zustand/vanilla'

/** 0.01 ms per pixel: two pixels for each sample at the usual rates. */
export const maximumPixelsPerSecond = 100_000

export type Panel = 'review' | 'speakers' | 'corrections' | 'subtitles'

/** What stands over the window and waits for an answer. Answers run commands or call `resolve`. */
export type Dialog =
  | { readonly kind: 'palette' }
  | { readonly kind: 'shortcuts' }
  | { readonly kind: 'about' }
  | { readonly kind: 'settings' }
  | { readonly kind: 'timestamp' }
  | { readonly kind: 'exportSubtitles' }
  | { readonly kind: 'encoding' }
  | { readonly kind: 'recordingLanguage' }
  | { readonly kind: 'typeTime'; readonly turn: number }
  | { readonly kind: 'splitTurn'; readonly position: number }
  | { readonly kind: 'changeSpeaker'; readonly turn: number }
  | { readonly kind: 'renameSpeaker'; readonly speaker: number }
  | {
      readonly kind: 'confirm'
      readonly question: Question
      readonly resolve: (choice: string | null) => void
    }

/** A question with named answers; `null` is the answer when it is dismissed. */
export interface Question {
  readonly title: string
  readonly explanation: string
  /** Shown in a fixed-width block that can be scrolled: differences, lists. */
  readonly details?: string
  readonly choices: readonly {
    readonly id: string
    readonly label: string
    readonly kind: 'primary' | 'plain' | 'danger'
  }[]
}

/** A message that does not interrupt. */
export interface Notice {
  readonly id: number
  readonly tone: 'info' | 'success' | 'warning' | 'error'
  readonly title: string
  readonly explanation: string | null
  /** Stays until dismissed. */
  readonly isSticky: boolean
  readonly actions: readonly { readonly label: string; readonly run: () => void }[]
}

export interface Selection {
  /** Seconds. */
  readonly start: number
  readonly end: number
}

export interface View {
  /** Zoom of the lower waveform. */
  readonly pixelsPerSecond: number
  /** Time at the left edge of the lower waveform, seconds. */
  readonly scrollTime: number
  /** Width of the lower waveform, CSS pixels; set by the waveform. */
  readonly width: number
  /** Selected stretch of the recording. */
  readonly selection: Selection | null
  /** The turn whose boundary the keyboard moves. */
  readonly selectedTurn: number | null
  readonly selectedReviewItem: string | null
  readonly panel: Panel
  readonly dialog: Dialog | null
  readonly notices: readonly Notice[]
  /** The view follows the playhead; pauses while the user reads elsewhere. */
  readonly isFollowing: boolean
  /** Each channel of the recording has a lane of its own, where there are several. */
  readonly areChannelsShown: boolean
  readonly isSpectrogramShown: boolean
  /** A boundary is in the user's hand: Escape means to let it be. */
  readonly isDragging: boolean
  readonly isSearching: boolean
}

export const viewStore = createStore<View>(() => ({
  pixelsPerSecond: 50,
  scrollTime: 0,
  width: 1000,
  selection: null,
  selectedTurn: null,
  selectedReviewItem: null,
  panel: 'review',
  dialog: null,
  notices: [],
  isFollowing: true,
  areChannelsShown: false,
  isSpectrogramShown: false,
  isDragging: false,
  isSearching: false,
}))

let lastNotice = 0

/** Shows a message; it leaves by itself after some seconds unless it is sticky. */
export function notify(notice: {
  tone: Notice['tone']
  title: string
  explanation?: string
  isSticky?: boolean
  actions?: Notice['actions']
}): number {
  const id = ++lastNotice
  const entry: Notice = {
    id,
    tone: notice.tone,
    title: notice.title,
    explanation: notice.explanation ?? null,
    isSticky: notice.isSticky ?? notice.tone === 'error',
    actions: notice.actions ?? [],
  }
  viewStore.setState((view) => ({ notices: [...view.notices, entry] }))
  return id
}

export function dismissNotice(id: number): void {
  viewStore.setState((view) => ({ notices: view.notices.filter((notice) => notice.id !== id) }))
}

/** Asks a question and waits for the answer: the id of a choice, or `null` when it was dismissed. */
export function ask(question: Question): Promise<string | null> {
  return new Promise((resolve) => {
    const earlier = viewStore.getState().dialog
    if (earlier?.kind === 'confirm') earlier.resolve(null)
    viewStore.setState({
      dialog: {
        kind: 'confirm',
        question,
        resolve: (choice) => {
          viewStore.setState({ dialog: null })
          resolve(choice)
        },
      },
    })
  })
}

/** Zooms so that the time under `x` (CSS pixels from the left edge) stays where it is.
 *  @param duration seconds; the widest view shows all of it */
export function zoomTo(pixelsPerSecond: number, x: number, duration: number): void {
  viewStore.setState((view) => {
    const fit = duration > 0 ? view.width / duration : 1
    const zoom = Math.min(maximumPixelsPerSecond, Math.max(fit, pixelsPerSecond))
    const timeAtX = view.scrollTime + x / view.pixelsPerSecond
    return { pixelsPerSecond: zoom, scrollTime: clampScroll(timeAtX - x / zoom, zoom, view.width, duration) }
  })
}

/** Scrolls the lower waveform so that `time` (seconds) is at its left edge. */
export function scrollTo(time: number, duration: number): void {
  viewStore.setState((view) => ({
    scrollTime: clampScroll(time, view.pixelsPerSecond, view.width, duration),
  }))
}

function clampScroll(time: number, zoom: number, width: number, duration: number): number {
  return Math.max(0, Math.min(time, duration - width / zoom))
}
