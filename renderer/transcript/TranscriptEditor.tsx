import { openSearchPanel } from '@codemirror/search'
import { EditorState, StateEffect } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { useEffect, useRef } from 'react'
import { positionAtTime, turnAtPosition } from '../../shared/session/queries'
import { hasWordTimings, wordAtTime } from '../../shared/session/words'
import { joinTornParagraph } from '../commands/edit'
import { goToTurn, selectTurnOfCaret } from '../commands/turn'
import { onCalmSession } from '../state/calm'
import { messages } from '../state/messages'
import { currentTime, goTo, onTime, play, playbackStore } from '../state/playback'
import { attachView, sessionStore, setSession } from '../state/session'
import { settingsStore } from '../state/settings'
import { settle } from '../state/settled'
import { viewStore } from '../state/view'
import { contentSecurityNonce } from '../ui/contentSecurityNonce'
import { editorExtensions, languageOf } from './editorExtensions'
import { setCurrentTurn } from './turnDecorations'
import { intoView, showSpokenWord } from './wordHighlight'
import './transcript.css'

/** The transcript's own text, editable; it paints the session's state and hands every change back to it. */
export function TranscriptEditor() {
  const host = useRef<HTMLDivElement>(null)

  useEffect(() => {
    if (!host.current) return
    return mountEditor(host.current)
  }, [])

  return <div className="transcript-editor" ref={host} />
}

function mountEditor(parent: HTMLElement): () => void {
  const extensions = editorExtensions({
    joinTitle: () => messages().editor.join,
    join: joinTornParagraph,
    timeTitle: (kind) => messages().editor.times[kind],
    goTo: goToTurn,
    selectionMoved: selectTurnOfCaret,
    playFrom: (time) => {
      goTo(time)
      void play()
    },
    scrolledByHand: pauseFollowing,
    workedAt: (position) => {
      if (!isWhereItSounds(view, position)) pauseFollowing()
    },
  })
  const view = new EditorView({
    parent,
    // The first state makes the style element for the whole page: it must carry the nonce already.
    state: EditorState.create({ extensions: EditorView.cspNonce.of(contentSecurityNonce()) }),
    dispatchTransactions: (transactions, editor) => {
      // Who answers a change of the store before this editor does must not put the text back that was there before.
      if (isBehind()) {
        show()
        return
      }
      editor.update(transactions)
      setSession(editor.state, transactions)
    },
  })

  // The scroll bar is the scroller's own, outside of what the editor listens to.
  view.scrollDOM.addEventListener('pointerdown', ({ target, offsetX }) => {
    if (target === view.scrollDOM && offsetX >= view.scrollDOM.clientWidth) pauseFollowing()
  })

  let isShown = false
  const isBehind = () => isShown && sessionStore.getState().state !== view.state

  function show(): void {
    const { state } = sessionStore.getState()
    if (!state || state === view.state) return
    view.setState(state.update({ effects: StateEffect.appendConfig.of(extensions) }).state)
    isShown = true
    setSession(view.state)
    const { currentTurn } = playbackStore.getState()
    view.dispatch({
      effects: [languageOf(settingsStore.getState().language), setCurrentTurn.of(currentTurn)],
    })
    viewStore.setState({ isSearching: false })
  }
  show()
  attachView(view)

  const ends = [
    sessionStore.subscribe((store, earlier) => {
      if (store.state !== earlier.state) show()
    }),
    playbackStore.subscribe((store, earlier) => {
      if (store.currentTurn === earlier.currentTurn) return
      // A passage that is looped was brought into view; its turn may begin pages before it.
      const isScrolling = isFollowingSound() && store.loop?.kind !== 'passage'
      showTurn(view, store.currentTurn, isScrolling)
    }),
    viewStore.subscribe((store, earlier) => {
      if (store.isSearching && !earlier.isSearching) {
        openSearchPanel(view)
        viewStore.setState({ isSearching: false })
      }
      if (store.isFollowing && !earlier.isFollowing)
        showTurn(view, playbackStore.getState().currentTurn, isFollowingSound())
    }),
    settingsStore.subscribe((store, earlier) => {
      if (store.language !== earlier.language) view.dispatch({ effects: languageOf(store.language) })
      if (store.textSize !== earlier.textSize) view.requestMeasure()
    }),
  ]
  ends.push(onCalmSession(() => settle(view)))
  ends.push(onTime((time) => showSpokenWord(view, wordAtTime(view.state, time), isFollowingSound())))
  ends.push(onTime(followEstimate(view)))
  return () => {
    for (const end of ends) end()
    attachView(null)
    view.destroy()
  }
}

function pauseFollowing(): void {
  if (playbackStore.getState().isPlaying) viewStore.setState({ isFollowing: false })
}

const isFollowingSound = () => viewStore.getState().isFollowing && playbackStore.getState().isPlaying

/** Characters between the caret and the word that sounds which fit into one view. */
const oneView = 400

// Who works elsewhere in a long turn is not taken away from there.
function isWhereItSounds({ state }: EditorView, position: number): boolean {
  const turn = playbackStore.getState().currentTurn
  if (turnAtPosition(state, position) !== turn) return false
  const sounding = turn === null ? null : positionAtTime(state, turn, currentTime())
  return sounding === null || Math.abs(sounding - position) < oneView
}

/** Seconds of sound after which the view follows again, where no word tells. */
const stride = 1

// Without times of words, about where the text of a long turn has come to is kept in view.
function followEstimate(view: EditorView): (time: number) => void {
  let last = 0
  return (time) => {
    if (Math.abs(time - last) < stride) return
    last = time
    const { currentTurn, loop } = playbackStore.getState()
    if (currentTurn === null || loop?.kind === 'passage') return
    if (!isFollowingSound() || hasWordTimings(view.state)) return
    const position = positionAtTime(view.state, currentTurn, time)
    if (position !== null) view.dispatch({ effects: intoView(position) })
  }
}

/** Marks the turn that sounds. @param isScrolling brings what sounds of it into view */
function showTurn(view: EditorView, turn: number | null, isScrolling: boolean): void {
  const effects: StateEffect<unknown>[] = [setCurrentTurn.of(turn)]
  if (turn !== null && isScrolling) {
    const position = positionAtTime(view.state, turn, currentTime())
    if (position !== null) effects.push(intoView(position))
  }
  view.dispatch({ effects })
}
