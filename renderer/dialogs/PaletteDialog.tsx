import { useState } from 'react'
import { useStore } from 'zustand'
import { type CommandId, commands } from '../../shared/commands'
import { transcriptOf } from '../../shared/session/queries'
import type { Session } from '../../shared/session/session'
import { commandKeys, keyLabel } from '../commands/keymap'
import { isEnabled, runCommand } from '../commands/run'
import { goToTurn } from '../commands/turn'
import { useMessages } from '../state/messages'
import { attachedView, dispatch, sessionStore } from '../state/session'
import { closeDialog, Frame } from './Frame'
import { rank } from './findEntries'

const mostOfText = 30
const mostOfSpeakers = 30

interface Entry {
  readonly key: string
  readonly title: string
  readonly kind: string
  readonly keys: readonly string[]
  readonly isDisabled: boolean
  readonly score: number
  readonly run: () => void
}

/** Finds commands, speakers and words of the text. */
export function PaletteDialog() {
  const messages = useMessages()
  const words = messages.dialogs.palette
  const session = useStore(sessionStore, (store) => store.state)
  const [query, setQuery] = useState('')
  const [at, setAt] = useState(0)
  const entries = [
    ...commandEntries(query, messages.commands, words.command),
    ...(session && query.trim() !== ''
      ? [...speakerEntries(query, session, words.speaker), ...textEntries(query, session, words.text)]
      : []),
  ]
  const selected = Math.min(at, entries.length - 1)
  const run = (entry: Entry | undefined) => {
    if (!entry || entry.isDisabled) return
    closeDialog()
    // The focus goes back to where it was first; a command may take it elsewhere.
    requestAnimationFrame(entry.run)
  }
  return (
    <Frame className="palette">
      <input
        // biome-ignore lint/a11y/noAutofocus: the palette is this field
        autoFocus
        role="combobox"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={entries[selected] ? `palette-${selected}` : undefined}
        placeholder={words.placeholder}
        aria-label={words.placeholder}
        value={query}
        onChange={(event) => {
          setQuery(event.target.value)
          setAt(0)
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return
          if (event.key === 'ArrowDown') setAt(Math.min(entries.length - 1, selected + 1))
          else if (event.key === 'ArrowUp') setAt(Math.max(0, selected - 1))
          else if (event.key === 'Enter') run(entries[selected])
          else return
          event.preventDefault()
        }}
      />
      <div role="listbox" id="palette-list" aria-label={words.placeholder}>
        {entries.length === 0 && <p className="panel-empty">{words.nothing}</p>}
        {entries.map((entry, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys
          <div
            key={entry.key}
            id={`palette-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === selected}
            aria-disabled={entry.isDisabled}
            ref={index === selected ? (element) => element?.scrollIntoView({ block: 'nearest' }) : undefined}
            onPointerMove={() => setAt(index)}
            onClick={() => run(entry)}
          >
            <span dir="auto">{entry.title}</span>
            <small>{entry.kind}</small>
            {entry.keys.slice(0, 1).map((key) => (
              <kbd key={key}>{keyLabel(key)}</kbd>
            ))}
          </div>
        ))}
      </div>
    </Frame>
  )
}

function commandEntries(query: string, titles: Record<CommandId, string>, kind: string): Entry[] {
  return commands
    .flatMap(({ id }): Entry[] => {
      const score = rank(query, titles[id])
      if (score === null || id === 'view.palette') return []
      return [
        {
          key: id,
          title: titles[id],
          kind,
          keys: commandKeys(id),
          isDisabled: !isEnabled(id),
          score,
          run: () => runCommand(id),
        },
      ]
    })
    .sort((a, b) => b.score - a.score)
}

function speakerEntries(query: string, session: Session, kind: string): Entry[] {
  const { speakers, turns } = transcriptOf(session)
  return speakers
    .flatMap(({ name }, index) => {
      const score = rank(query, name)
      return score === null ? [] : [{ name, index, score }]
    })
    .sort((a, b) => b.score - a.score)
    .slice(0, mostOfSpeakers)
    .map(({ name, index, score }) => ({
      key: `speaker-${index}`,
      title: name,
      kind,
      keys: [],
      isDisabled: false,
      score,
      run: () => goToTurn(turns.findIndex(({ speaker }) => speaker === index)),
    }))
}

function textEntries(query: string, session: Session, kind: string): Entry[] {
  const found: Entry[] = []
  const wanted = new RegExp(query.trim().replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&'), 'giu')
  for (const { index: from, 0: match } of session.doc.toString().matchAll(wanted)) {
    if (found.length >= mostOfText) break
    const to = from + match.length
    const title = session
      .sliceDoc(Math.max(0, from - 24), Math.min(session.doc.length, to + 48))
      .replace(/\s+/gu, ' ')
    found.push({
      key: `text-${from}`,
      title,
      kind,
      keys: [],
      isDisabled: false,
      score: 0,
      run: () => {
        dispatch({ selection: { anchor: from, head: to }, scrollIntoView: true, userEvent: 'select.command' })
        attachedView()?.focus()
      },
    })
  }
  return found
}
