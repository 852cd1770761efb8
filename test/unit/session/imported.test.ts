import { redo, undo } from '@codemirror/commands'
import { ChangeSet, type EditorState, type TransactionSpec } from '@codemirror/state'
import { describe, expect, it } from 'vitest'
import { heardWords } from '../../../shared/alignment/byText/heardWords'
import { transferTimes } from '../../../shared/alignment/byText/transferTimes'
import { alignmentText } from '../../../shared/session/alignmentText'
import { anchorsOf } from '../../../shared/session/anchors'
import { applyAlignment } from '../../../shared/session/applyAlignment'
import { moveBoundary, setRecordingFacts } from '../../../shared/session/boundaries'
import { acceptSuggestion, importedOf, suggestionAt } from '../../../shared/session/imported'
import { transcriptOf, turnTimesOf, versionOf } from '../../../shared/session/queries'
import { reviewItemsOf } from '../../../shared/session/reviewItems'
import { createSession } from '../../../shared/session/session'
import { wordAtTime } from '../../../shared/session/words'

const doc = `ANA REED: We would [inaudible] the water department for its report.

BO DIAZ: Thank you, [inaudible]. Let us go on.

ANA REED: Nobody reads this sentence here.
`
const said = 'we would like to thank. the water department for its report thank you madam chair. let us go on'

function opened(text = doc): EditorState {
  const session = createSession({ doc: text })
  return session.update(setRecordingFacts(session, { duration: 60, speech: [[0, 60]] })).state
}

function apply(session: EditorState, spec: TransactionSpec | null): EditorState {
  if (!spec) throw new Error('nothing to do')
  return session.update(spec).state
}

function importInto(session: EditorState, words = said): EditorState {
  const heard = heardWords(words.split(' ').map((text, k) => ({ text, start: k + 1, end: k + 1.9 })))
  const text = alignmentText(session.doc.toString(), transcriptOf(session))
  const pins = anchorsOf(session).flatMap(({ position, time, origin }) =>
    origin === 'pinned' ? [{ at: position, time }] : [],
  )
  const { alignment, suggestions } = transferTimes(text, heard, { pins })
  const none = ChangeSet.empty(session.doc.length)
  const imported = { heard, suggestions }
  return apply(
    session,
    applyAlignment(session, alignment, transcriptOf(session), none, { origin: 'imported', imported }),
  )
}

function step(session: EditorState, command: typeof undo): EditorState {
  let state = session
  command({ state, dispatch: (transaction) => (state = transaction.state) })
  return state
}

const suggestionsOf = (session: EditorState) => reviewItemsOf(session).map(({ suggestion }) => suggestion)
const mark = doc.indexOf('[inaudible]')

describe('imported times', () => {
  it('are boundaries of their own origin, words that light up, and one undo step', () => {
    const before = opened()
    const session = importInto(before)
    expect(turnTimesOf(session).map(({ start, origin }) => [Math.round(start ?? -1), origin])).toEqual([
      [1, 'imported'],
      [12, 'imported'],
      [expect.any(Number), 'estimated'],
    ])
    const word = wordAtTime(session, 7.5)
    expect(word && session.sliceDoc(word.from, word.to)).toBe('water')
    expect(session.doc.toString()).toBe(doc)
    const undone = step(session, undo)
    expect(anchorsOf(undone)).toEqual(anchorsOf(before))
    expect(importedOf(undone).heard).toEqual([])
    expect(anchorsOf(step(undone, redo))).toEqual(anchorsOf(session))
  })

  it('leave pins where they are', () => {
    const pinned = apply(opened(), moveBoundary(opened(), 1, 13))
    expect(turnTimesOf(importInto(pinned))[1]).toMatchObject({ start: 13, isPinned: true })
  })

  it('list what has no place, and what is in doubt', () => {
    const kinds = reviewItemsOf(importInto(opened())).map(({ kind }) => kind)
    expect(kinds).toEqual(['inaudible', 'inaudible', 'notPlaced'])
  })
})

describe('what was heard at an inaudible mark', () => {
  it('is offered and not written', () => {
    const session = importInto(opened())
    expect(suggestionsOf(session)).toEqual(['like to thank.', 'madam chair.', null])
    expect(session.doc.toString()).toBe(doc)
  })

  it('replaces the mark when it is accepted, without the full stop of a segment, in one undo step', () => {
    const session = importInto(opened())
    const accepted = apply(session, acceptSuggestion(session, mark, mark + '[inaudible]'.length))
    expect(accepted.doc.line(1).text).toBe(
      'ANA REED: We would like to thank the water department for its report.',
    )
    expect(suggestionsOf(accepted)).toEqual(['madam chair.', null])
    expect(versionOf(accepted)).not.toBe(versionOf(session))
    const undone = step(accepted, undo)
    expect(undone.doc.toString()).toBe(doc)
    expect(suggestionsOf(undone)).toEqual(suggestionsOf(session))
  })

  it('moves with its mark, and goes with it', () => {
    const session = importInto(opened())
    const moved = session.update({ changes: { from: mark, insert: 'really ' } }).state
    expect(suggestionAt(moved, mark + 7, mark + 18)?.text).toBe('like to thank.')
    const typed = session.update({ changes: { from: mark, to: mark + 11, insert: 'praise' } }).state
    expect(suggestionsOf(typed)).toEqual(['madam chair.', null])
    expect(acceptSuggestion(typed, mark, mark + 6)).toBeNull()
  })

  it('keeps words apart where the mark did not, and Chinese together', () => {
    const tight = opened('ANA REED: We would[inaudible]the water department for its report.\n')
    const english = importInto(tight, 'we would like to thank the water department for its report')
    const from = tight.doc.toString().indexOf('[')
    expect(apply(english, acceptSuggestion(english, from, from + 11)).doc.toString()).toBe(
      'ANA REED: We would like to thank the water department for its report.\n',
    )
    const chinese = '主席：那个（听不清楚）总结，我们现在开始讨论。\n'
    const session = importInto(opened(chinese), '那个 会后 的。 总结 我们 现在 开始 讨论')
    const at = chinese.indexOf('（')
    expect(apply(session, acceptSuggestion(session, at, at + 6)).doc.toString()).toBe(
      '主席：那个会后的总结，我们现在开始讨论。\n',
    )
  })
})
