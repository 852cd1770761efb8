import { openSearchPanel } from '@codemirror/search'
import { EditorState, StateEffect } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { useEffect, useRef } from 'react'
import { transcriptOf, turnAtPosition } from '../../shared/session/queries'
import { wordAtTime } from '../../shared/session/words'
import { joinTornParagraph } from '../commands/edit'
import { goToTurn, selectTurnOfCaret } from '../commands/turn'
import { onCalmSession } from '../state/calm'
import { messages } from '../state/messages'
import { onTime, play, playbackStore, seek } from '../state/playback'
import { attachView, sessionStore, setSession } from '../state/session'
import { settingsStore } from '../state/settings'
import { settle } from '../state/settled'
import { viewStore } from '../state/view'
import { contentSecurityNonce } from '../ui/contentSecurityNonce'
import { editorExtensions, languageOf } from './editorExtensions'
import { setCurrentTurn } from './turnDecorations'
import { showSpokenWord } from './wordHighlight'
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
      seek(time)
      void play()
    },
    scrolledByHand: pauseFollowing,
    workedAt: (position) => {
      if (turnAtPosition(view.state, position) !== playbackStore.getState().currentTurn) pauseFollowing()
    },
  })
  const view = new EditorView({
    parent,
    // The first state makes the style element for the whole page: it must carry the nonce already.
    state: EditorState.create({ extensions: EditorView.cspNonce.of(contentSecurityNonce()) }),
    dispatchTransactions: (transactions, editor) => {
      editor.update(transactions)
      setSession(editor.state)
    },
  })

  // The scroll bar is the scroller's own, outside of what the editor listens to.
  view.scrollDOM.addEventListener('pointerdown', ({ target, offsetX }) => {
    if (target === view.scrollDOM && offsetX >= view.scrollDOM.clientWidth) pauseFollowing()
  })

  const show = () => {
    const { state } = sessionStore.getState()
    if (!state || state === view.state) return
    view.setState(state.update({ effects: StateEffect.appendConfig.of(extensions) }).state)
    setSession(view.state)
    view.dispatch({ effects: languageOf(settingsStore.getState().language) })
    viewStore.setState({ isSearching: false })
  }
  show()
  attachView(view)

  const ends = [
    sessionStore.subscribe((store, earlier) => {
      if (store.state !== earlier.state) show()
    }),
    playbackStore.subscribe((store, earlier) => {
      if (store.currentTurn !== earlier.currentTurn) followTurn(view, store.currentTurn)
    }),
    viewStore.subscribe((store, earlier) => {
      if (store.isSearching && !earlier.isSearching) {
        openSearchPanel(view)
        viewStore.setState({ isSearching: false })
      }
      if (store.isFollowing && !earlier.isFollowing) followTurn(view, playbackStore.getState().currentTurn)
    }),
    settingsStore.subscribe((store, earlier) => {
      if (store.language !== earlier.language) view.dispatch({ effects: languageOf(store.language) })
      if (store.textSize !== earlier.textSize) view.requestMeasure()
    }),
  ]
  ends.push(onCalmSession(() => settle(view)))
  ends.push(onTime((time) => showSpokenWord(view, wordAtTime(view.state, time))))
  return () => {
    for (const end of ends) end()
    attachView(null)
    view.destroy()
  }
}

function pauseFollowing(): void {
  if (playbackStore.getState().isPlaying) viewStore.setState({ isFollowing: false })
}

/** Marks the turn that sounds, and brings it into view while the view follows. */
function followTurn(view: EditorView, turn: number | null): void {
  const effects: StateEffect<unknown>[] = [setCurrentTurn.of(turn)]
  const { isFollowing } = viewStore.getState()
  if (turn !== null && isFollowing && playbackStore.getState().isPlaying) {
    const position = transcriptOf(view.state).turns[turn]?.from
    if (position !== undefined)
      effects.push(EditorView.scrollIntoView(position, { y: 'nearest', yMargin: 96 }))
  }
  view.dispatch({ effects })
}
