import { undoDepth } from '@codemirror/commands'
import type { ChangeDesc } from '@codemirror/state'
import type { Alignment } from '../../shared/alignment/alignment'
import type { CommandId } from '../../shared/commands'
import {
  editedTurns,
  movedPins,
  pinsOf,
  type StretchToAlign,
  stretchAround,
  stretchOf,
} from '../../shared/session/alignedStretch'
import { alignmentText } from '../../shared/session/alignmentText'
import { anchorsOf } from '../../shared/session/anchors'
import { applyAlignment } from '../../shared/session/applyAlignment'
import { importedOf } from '../../shared/session/imported'
import { chosenLanguageOf, setLanguageEffect } from '../../shared/session/language'
import { transcriptOf, turnAtPosition, turnTimesOf } from '../../shared/session/queries'
import type { Session } from '../../shared/session/session'
import { hasWordTimings } from '../../shared/session/words'
import { alignmentStore } from '../state/alignment'
import { bridge } from '../state/bridge'
import { messages } from '../state/messages'
import { recordingStore } from '../state/recording'
import { dispatch, followText, onGesture, sessionStore } from '../state/session'
import { settingsStore } from '../state/settings'
import { notify, viewStore } from '../state/view'
import { type AlignmentEnd, BackgroundAligner } from '../workers/alignInBackground'
import type { AlignmentJob, AlignmentPart } from '../workers/alignmentMessages'
import type { Implementation } from './implementation'
import { commandKeys, keyLabel } from './keymap'
import { languageName } from './languageNames'

/** Seconds on each side of a stretch from which the sounds are learned, where the whole was not aligned since the start. */
const learningReach = 150

let aligner: BackgroundAligner | null = null

/** The aligner of the recording that is open; it ends with it. */
function alignerOf(url: string, size: number): BackgroundAligner {
  if (aligner?.url === url) return aligner
  aligner?.close()
  const own = new BackgroundAligner(url, size)
  aligner = own
  const unsubscribe = recordingStore.subscribe(({ recording }) => {
    if (recording?.url === url) return
    unsubscribe()
    own.close()
    if (aligner === own) aligner = null
  })
  return own
}

type RunEnd =
  /** With the changes of the text since it began. */
  | (Extract<AlignmentEnd, { kind: 'done' }> & { readonly since: ChangeDesc })
  | Exclude<AlignmentEnd, { kind: 'done' }>

const cancelled = { kind: 'cancelled' } as const

async function run(
  job: Pick<AlignmentJob, 'whole' | 'part' | 'around'>,
  state: Session,
  onProgress: (share: number) => void,
): Promise<RunEnd> {
  const { recording } = recordingStore.getState()
  if (!recording) return cancelled
  const own = alignerOf(recording.url, recording.size)
  // What is aligned is the text as it was; it is worth nothing to another.
  const { text, end } = followText(state, () => own.cancel())
  const running = own.run({ language: chosenLanguageOf(state), ...job }, onProgress)
  void bridge().request('workers.started', {})
  const ended = await running
  end()
  const since = text.changes
  return ended.kind === 'done' && since ? { ...ended, since } : ended.kind === 'failed' ? ended : cancelled
}

/** A run that the user asked for: with progress, and a message at its end. */
async function runShown(
  job: Pick<AlignmentJob, 'whole' | 'part' | 'around'>,
  state: Session,
  part: StretchToAlign | null,
): Promise<void> {
  alignmentStore.setState({ share: 0 })
  const end = await run(job, state, (share) => alignmentStore.setState({ share }))
  alignmentStore.setState({ share: null })
  if (end.kind === 'failed')
    notify({ tone: 'error', title: messages().notices.alignmentFailed, explanation: end.detail })
  if (end.kind === 'done') take(end.alignment, state, end.since, part)
}

function take(alignment: Alignment, aligned: Session, since: ChangeDesc, part: StretchToAlign | null): void {
  const { state } = sessionStore.getState()
  if (!state) return
  const words = messages().notices
  if (alignment.refused !== undefined) {
    const chooseLanguage = { label: words.chooseLanguage, run: openLanguage }
    notify({
      tone: 'warning',
      title: words.alignmentRefused[alignment.refused].title,
      explanation: words.alignmentRefused[alignment.refused].explanation(nameOf(alignment.language)),
      isSticky: true,
      actions: alignment.refused === 'foreignText' ? [chooseLanguage] : [],
    })
    return
  }
  dispatch(applyAlignment(state, alignment, transcriptOf(aligned), since, part ? { part } : {}))
  const turns = part ? alignment.turns.slice(...part.turns) : alignment.turns
  const placed = turns.filter(({ placement }) => placement !== 'notPlaced').length
  const doubtful = turns.filter(({ placement }) => placement === 'doubtful').length
  notify({
    tone: 'success',
    title: words.aligned(placed, turns.length, doubtful),
    explanation: words.alignedNext(keyLabel(commandKeys('review.next')[0] ?? ''), keyLabel('Mod')),
  })
  // What was pinned meanwhile holds, and its surroundings follow it.
  const now = sessionStore.getState().state
  if (now && movedPins(aligned, state)) follow(aligned, state, now)
  // So do the turns that were edited.
  else void alignEditedTurns({ isWordsOnly: false })
}

const nameOf = (language: string) => languageName(language, settingsStore.getState().language)

/** Places turns and words on the recording, in the background; editing goes on meanwhile. */
function alignAll(): void {
  const { state } = sessionStore.getState()
  if (!state) return
  const text = alignmentText(state.doc.toString(), transcriptOf(state))
  void runShown(
    { whole: { text, pins: pinsOf(state), heard: importedOf(state).heard }, part: null, around: null },
    state,
    null,
  )
}

function alignPart(state: Session, part: StretchToAlign | null): void {
  if (part) void runShown(jobFor(state, part), state, part)
}

function jobFor(state: Session, part: StretchToAlign): Pick<AlignmentJob, 'whole' | 'part' | 'around'> {
  return { whole: null, part: partOf(part), around: aroundOf(state, part) }
}

const partOf = ({ text, pins, start, end }: StretchToAlign): AlignmentPart => ({
  text,
  pins,
  from: start,
  to: end,
})

function aroundOf(state: Session, { turns, start, end }: StretchToAlign): AlignmentPart | null {
  const times = turnTimesOf(state)
  let [first, behind] = turns
  const startOf = (turn: number) => times[turn]?.start ?? 0
  while (first > 0 && startOf(first) > start - learningReach) first--
  while (behind < times.length && startOf(behind) < end + learningReach) behind++
  const around = stretchOf(state, [first, behind])
  return around && partOf(around)
}

function alignFromHere(): void {
  const { state } = sessionStore.getState()
  if (!state) return
  // Above the first turn, where the caret stands when a transcript is opened, all is behind it.
  const first = viewStore.getState().selectedTurn ?? turnAtPosition(state, state.selection.main.head) ?? 0
  const times = turnTimesOf(state)
  let behind = first + 1
  while (behind < times.length && !times[behind]?.isPinned) behind++
  alignPart(state, stretchOf(state, [first, behind]))
}

// The text that is selected, within what is selected on the wave; without a selected text, the turns under that.
function alignSelection(): void {
  const { state } = sessionStore.getState()
  if (!state) return
  const { selection } = viewStore.getState()
  const { from, to, empty } = state.selection.main
  if (!empty) {
    const first = turnAtPosition(state, from) ?? 0
    const last = turnAtPosition(state, to)
    if (last !== null) alignPart(state, stretchOf(state, [first, last + 1], selection ?? {}))
    return
  }
  if (!selection) return
  const times = turnTimesOf(state)
  const isUnder = ({ start, end }: (typeof times)[number]) =>
    start !== null && end !== null && start < selection.end && end > selection.start
  const first = times.findIndex(isUnder)
  if (first >= 0) alignPart(state, stretchOf(state, [first, times.findLastIndex(isUnder) + 1]))
}

/** Makes the text around a boundary follow it whenever one is pinned or let go, once words have times. What comes of it belongs to the
 *  same step of the history. */
export function followBoundaries(): void {
  onGesture((before, userEvent) => {
    const { state } = sessionStore.getState()
    if (!state || userEvent !== 'boundary' || !hasWordTimings(state) || isRunning()) return
    follow(before, state, state)
  })
}

/** Milliseconds without an edit after which the words of the turns that were edited are looked for again. */
const settled = 2000

/** Longest stretch whose words are; seconds. */
const longestTurn = 180

/** Most stretches that are at a time. */
const mostEdited = 20

/** Gives the words of edited turns their times anew, where the recording's sounds are known from before. It changes no boundary and is no
 *  step of the history. */
export function followEdits(): void {
  let timer: ReturnType<typeof setTimeout> | null = null
  const again = () => void alignEditedTurns({ isWordsOnly: true })
  sessionStore.subscribe((now, before) => {
    if (now.state === before.state || !now.state || !before.state || now.state.doc === before.state.doc)
      return
    if (timer !== null) clearTimeout(timer)
    timer = null
    if (aligner?.hasLearned && hasWordTimings(now.state)) timer = setTimeout(again, settled)
  })
}

// Where boundaries may be found too, those of turns that have none yet are.
async function alignEditedTurns({ isWordsOnly }: { readonly isWordsOnly: boolean }): Promise<void> {
  const { state } = sessionStore.getState()
  if (!state) return
  for (const turns of editedTurns(state).slice(0, mostEdited)) {
    const now = sessionStore.getState().state
    if (isRunning() || !aligner?.hasLearned || aligner.isBusy || !now?.doc.eq(state.doc)) return
    const part = stretchOf(now, turns)
    if (!part || part.end - part.start > longestTurn) continue
    const isTimed = turnTimesOf(now)
      .slice(...turns)
      .every(({ origin }) => origin !== null && origin !== 'estimated')
    await alignQuietly(now, part, { isWordsOnly: isWordsOnly || isTimed })
  }
}

function follow(before: Session, after: Session, state: Session): void {
  const moved = movedPins(before, after)
  if (!moved || transcriptOf(before).turns.length !== transcriptOf(after).turns.length) return
  const times = [before, state].flatMap((each) =>
    turnTimesOf(each)
      .slice(moved[0], moved[1] + 1)
      .flatMap(({ start }) => start ?? []),
  )
  const part = stretchAround(state, moved, times)
  if (part) void alignQuietly(state, part)
}

async function alignQuietly(
  state: Session,
  part: StretchToAlign,
  { isWordsOnly = false } = {},
): Promise<void> {
  const end = await run(jobFor(state, part), state, () => undefined)
  const now = sessionStore.getState().state
  if (end.kind !== 'done' || !now) return
  // Another gesture or an undo has come in between, and has made it void; to words, any edit does.
  const isSameText = now.doc.eq(state.doc)
  if (isSameText ? anchorsOf(now) !== anchorsOf(state) : isWordsOnly) return
  const { refused: _, ...alignment } = end.alignment
  const isContinued = isSameText && (isWordsOnly || undoDepth(now) === undoDepth(state))
  const options = { part, isContinued, isWordsOnly }
  dispatch(applyAlignment(now, alignment, transcriptOf(state), end.since, options))
}

function openLanguage(): void {
  viewStore.setState({ dialog: { kind: 'recordingLanguage' } })
}

/** Says in which language the recording is spoken (ISO 639 or espeak-ng voice; `null`: as the text tells), and offers to align anew. */
export function chooseLanguage(language: string | null): void {
  const { state } = sessionStore.getState()
  if (!state || language === chosenLanguageOf(state)) return
  dispatch({ effects: setLanguageEffect.of(language), userEvent: 'language' })
  if (!isEnabled()) return
  const words = messages()
  notify({
    tone: 'info',
    title: words.notices.languageChosen(language === null ? null : nameOf(language)),
    actions: [{ label: words.notices.alignAnew, run: alignAll }],
    isSticky: true,
  })
}

const isRunning = () => alignmentStore.getState().share !== null
const hasSession = () => sessionStore.getState().state !== null
const isEnabled = () => !isRunning() && recordingStore.getState().recording !== null && hasSession()

export const alignCommands = {
  'turn.align': { run: alignAll, isEnabled },
  'turn.alignFrom': { run: alignFromHere, isEnabled },
  'turn.alignSelection': {
    run: alignSelection,
    isEnabled: () => {
      const { state } = sessionStore.getState()
      return isEnabled() && (viewStore.getState().selection !== null || state?.selection.main.empty === false)
    },
  },
  'turn.language': { run: openLanguage, isEnabled: hasSession },
  'turn.cancelAlignment': { run: () => aligner?.cancel(), isEnabled: isRunning },
} satisfies Partial<Record<CommandId, Implementation>>
