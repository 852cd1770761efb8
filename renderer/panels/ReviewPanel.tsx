import {
  Activity,
  AudioLines,
  AudioWaveform,
  CircleDashed,
  CornerDownLeft,
  Ear,
  MapPinOff,
  MessagesSquare,
  Users,
} from 'lucide-react'
import { memo } from 'react'
import { Button } from 'react-aria-components'
import { useStore } from 'zustand'
import { formatClock, hoursMinutesSeconds } from '../../shared/formats/clock'
import { anchorsOf } from '../../shared/session/anchors'
import { transcriptOf } from '../../shared/session/queries'
import { isCompared, type ReviewItem, reviewItemsOf } from '../../shared/session/reviewItems'
import type { Session } from '../../shared/session/session'
import { commandKeys, keyLabel } from '../commands/keymap'
import { goToReviewItem } from '../commands/review'
import { runCommand } from '../commands/run'
import { renameEverywhere } from '../commands/turn'
import { alignmentStore } from '../state/alignment'
import { useMessages } from '../state/messages'
import { recordingStore } from '../state/recording'
import { viewStore } from '../state/view'
import { Rows } from '../ui/Rows'

const icons = {
  inaudible: Ear,
  crosstalk: MessagesSquare,
  unknownSpeaker: CircleDashed,
  torn: CornerDownLeft,
  alike: Users,
  textAndSound: Activity,
  notPlaced: MapPinOff,
  untold: AudioWaveform,
} as const

/** Characters of context on each side of a passage. */
const context = 22

/** Characters of a sentence in doubt that are shown. */
const longest = 90

/** Every doubtful passage, with what can be done about it. */
export function ReviewPanel({ session }: { session: Session }) {
  const words = useMessages().panels
  const selected = useStore(viewStore, (view) => view.selectedReviewItem)
  const isAligning = useStore(alignmentStore, ({ share }) => share !== null)
  const items = reviewItemsOf(session)
  if (items.length === 0)
    return (
      <>
        <AlignOffer session={session} />
        <p className="panel-empty" data-testid="nothing-to-review">
          {isAligning
            ? words.stillAligning
            : isCompared(session)
              ? words.nothingToReview
              : words.nothingInText}
        </p>
      </>
    )
  const keys = keysOf(items)
  const done = items.filter((item) => item.isDone).length
  return (
    <>
      <AlignOffer session={session} />
      <div className="panel-progress">
        <span>{words.progress(done, items.length)}</span>
        <progress max={items.length} value={done} />
      </div>
      <Rows
        count={items.length}
        likelyHeight={58}
        followed={items.findIndex((item) => item.id === selected)}
        rowAt={(index) => {
          const item = items[index] as ReviewItem
          return <Item key={keys[index]} item={item} session={session} isSelected={item.id === selected} />
        }}
      />
    </>
  )
}

// Positions change with every key; which of its kind an item is does not.
function keysOf(items: readonly ReviewItem[]): readonly string[] {
  const counts = new Map<string, number>()
  return items.map(({ kind }) => {
    const count = counts.get(kind) ?? 0
    counts.set(kind, count + 1)
    return `${kind}${count}`
  })
}

// A transcript without any time of its own has only estimates.
function AlignOffer({ session }: { session: Session }) {
  const words = useMessages()
  const hasRecording = useStore(recordingStore, ({ recording }) => recording !== null)
  const isAligning = useStore(alignmentStore, ({ share }) => share !== null)
  const hasTurns = transcriptOf(session).turns.length > 0
  const hasTimes = anchorsOf(session).some(({ origin }) => origin !== 'estimated')
  if (!hasRecording || isAligning || !hasTurns || hasTimes) return null
  return (
    <div className="panel-offer" data-testid="align-offer">
      <p>{words.panels.timesAreEstimates}</p>
      <Button className="chip" onPress={() => runCommand('turn.align')}>
        <AudioLines size={13} /> {words.commands['turn.align']}{' '}
        <kbd>{keyLabel(commandKeys('turn.align')[0] ?? '')}</kbd>
      </Button>
    </div>
  )
}

interface ItemProps {
  readonly item: ReviewItem
  readonly session: Session
  readonly isSelected: boolean
}

// While a passage is the same, so is what its entry shows; every move of the caret is another session.
const Item = memo(PlainItem, (before, after) => {
  const isSame = before.item === after.item && before.isSelected === after.isSelected
  return isSame && (!after.isSelected || before.session === after.session)
})

function PlainItem({ item, session, isSelected }: ItemProps) {
  const words = useMessages().panels
  const Icon = icons[item.kind]
  return (
    <div className={isSelected ? 'item-card' : undefined} data-testid="review-item" data-kind={item.kind}>
      <Button className={item.isDone ? 'item is-done' : 'item'} onPress={() => goToReviewItem(item.id)}>
        <Icon className="item-icon" size={15} />
        <b>{words.kinds[item.kind]}</b>
        <time>{item.start === null ? '—' : formatClock(hoursMinutesSeconds, item.start)}</time>
        <Snippet item={item} session={session} />
      </Button>
      {isSelected && item.suggestion !== null && <Heard item={item} session={session} />}
      {isSelected && <Actions item={item} session={session} />}
    </div>
  )
}

function Snippet({ item, session }: { item: ReviewItem; session: Session }) {
  const words = useMessages().panels
  if (item.kind === 'alike') {
    const { alike, speakers } = transcriptOf(session)
    const pair = alike[item.index ?? -1]
    return <small>{pair ? `${speakers[pair.first]?.name} · ${speakers[pair.second]?.name}` : ''}</small>
  }
  if (item.kind === 'untold') return <small>{words.seconds((item.end ?? 0) - (item.start ?? 0))}</small>
  if (item.kind === 'textAndSound' || item.kind === 'notPlaced') {
    const text = session.sliceDoc(item.from, Math.min(item.to, item.from + longest))
    const sure = item.kind === 'textAndSound' && item.confidence !== null ? item.confidence : null
    return (
      <small>
        <bdi>
          {text}
          {item.to - item.from > longest ? '…' : ''}
        </bdi>
        {sure === null ? '' : ` · ${words.placeSure(Math.floor(sure * 100))}`}
      </small>
    )
  }
  const before = session.sliceDoc(Math.max(0, item.from - context), item.from)
  const after = session.sliceDoc(item.to, Math.min(session.doc.length, item.to + context))
  return (
    <small dir="auto">
      …{before}
      <span className="snippet-mark">
        {item.kind === 'torn' ? '⏎' : session.sliceDoc(item.from, item.to)}
      </span>
      {after}…
    </small>
  )
}

// What a recogniser heard at an inaudible mark, with the words around it.
function Heard({ item, session }: { item: ReviewItem; session: Session }) {
  const words = useMessages().panels
  const from = Math.max(session.doc.lineAt(item.from).from, item.from - context)
  const to = Math.min(session.doc.lineAt(item.to).to, item.to + context)
  return (
    <div className="item-heard" data-testid="suggestion">
      <small>{words.recogniserHas}</small>
      <p dir="auto">
        {session.doc.lineAt(item.from).from < from && '…'}
        {session.sliceDoc(from, item.from)}
        <b>{item.suggestion}</b>
        {session.sliceDoc(item.to, to)}
        {to < session.doc.lineAt(item.to).to && '…'}
      </p>
    </div>
  )
}

function Actions({ item, session }: { item: ReviewItem; session: Session }) {
  const words = useMessages().panels
  const { alike, speakers } = transcriptOf(session)
  const pair = item.kind === 'alike' ? alike[item.index ?? -1] : undefined
  return (
    <div className="item-actions">
      {item.suggestion !== null && (
        <Button className="chip item-accept" onPress={() => runCommand('review.accept', item.id)}>
          {words.accept} <kbd>{keyLabel(commandKeys('review.accept')[0] ?? '')}</kbd>
        </Button>
      )}
      {item.kind === 'torn' && (
        <Button className="chip" onPress={() => runCommand('edit.joinTorn', item.index)}>
          {words.join}
        </Button>
      )}
      {item.kind === 'unknownSpeaker' && (
        <Button className="chip" onPress={() => runCommand('turn.changeSpeaker', item.turn)}>
          {words.rename}
        </Button>
      )}
      {pair &&
        [pair.first, pair.second].map((speaker, index) => (
          <Button
            key={speaker}
            className="chip"
            aria-label={`${words.samePerson}: ${speakers[speaker]?.name}`}
            onPress={() =>
              renameEverywhere(index === 0 ? pair.second : pair.first, speakers[speaker]?.name ?? '')
            }
          >
            = {speakers[speaker]?.name}
          </Button>
        ))}
      <Button className="chip" onPress={() => runCommand('review.keep', item.id)}>
        {item.isDone ? words.reopen : words.keep} <kbd>{keyLabel(commandKeys('review.keep')[0] ?? '')}</kbd>
      </Button>
      <Button className="chip" onPress={() => runCommand('review.next')}>
        {words.next} <kbd>{keyLabel(commandKeys('review.next')[0] ?? '')}</kbd>
      </Button>
    </div>
  )
}
