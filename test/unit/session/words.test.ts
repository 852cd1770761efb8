import { redo, undo } from '@codemirror/commands'
import { type EditorState, Transaction, type TransactionSpec } from '@codemirror/state'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { wordsOf } from '../../../shared/alignment/text/segments'
import { mergeTurnWithPrevious, splitTurn } from '../../../shared/session/labelEdits'
import { createSession } from '../../../shared/session/session'
import { applySidecar, readSidecar, writeSidecar } from '../../../shared/session/sidecar'
import { type WordTiming, wordAtPosition, wordAtTime, wordTimingsOf } from '../../../shared/session/words'

const doc = 'ANA: One two three four.\n\nBO: Five six seven.\n\nANA: 会议现在开始。\n'

/** Half a second a word, and as much between two. */
function timed(text: string): WordTiming[] {
  const body = /: (.*)$/gmu
  const words = [...text.matchAll(body)].flatMap((line) => {
    const from = line.index + 2
    return wordsOf(line[1] as string, 'en').map((word) => ({ from: from + word.from, to: from + word.to }))
  })
  return words.map((word, index) => ({ ...word, start: index, end: index + 0.5, confidence: 0.9 }))
}

const opened = (text = doc) =>
  createSession({ doc: text, timings: { words: timed(text), doubts: [], untold: [], doubtfulBelow: 0.5 } })

function edited(session: EditorState, word: string, insert: string): EditorState {
  const from = session.doc.toString().indexOf(word)
  return session.update({ changes: { from, to: from + word.length, insert } }).state
}

function apply(session: EditorState, spec: TransactionSpec | null): EditorState {
  if (!spec) throw new Error('nothing to do')
  return session.update(spec).state
}

/** `text start–end` of every word that has a time. */
const told = (session: EditorState) =>
  wordTimingsOf(session).words.map(
    ({ from, to, start, end }) => `${session.sliceDoc(from, to)} ${start}–${end}`,
  )
const first = (session: EditorState, count: number) => told(session).slice(0, count)

describe('the words of a text that is edited', () => {
  it('keep their stretch when they are corrected, even by deleting and typing anew', () => {
    expect(first(edited(opened(), 'two', 'twelve'), 3)).toEqual(['One 0–0.5', 'twelve 1–1.5', 'three 2–2.5'])
    const gone = edited(opened(), 'two', '')
    expect(first(gone, 2)).toEqual(['One 0–0.5', 'three 2–2.5'])
    const from = doc.indexOf('two')
    const typed = [...'tool'].reduce(
      (session, letter, index) => session.update({ changes: { from: from + index, insert: letter } }).state,
      gone,
    )
    expect(first(typed, 3)).toEqual(['One 0–0.5', 'tool 1–1.5', 'three 2–2.5'])
  })

  it('share it with what is typed beside them', () => {
    expect(first(edited(opened(), 'two', 'two and'), 4)).toEqual([
      'One 0–0.5',
      'two 1–1.25',
      'and 1.25–1.5',
      'three 2–2.5',
    ])
    expect(first(edited(opened(), 'three', 'one three'), 4)[2]).toMatch(/^one 2–/)
    expect(first(edited(opened(), 'two', 'twofold'), 2)).toEqual(['One 0–0.5', 'twofold 1–1.5'])
  })

  it('hand it to those that replace them', () => {
    expect(first(edited(opened(), 'two three', 'six eleven'), 4)).toEqual([
      'One 0–0.5',
      expect.stringMatching(/^six 1–/),
      expect.stringMatching(/^eleven .*–2\.5$/),
      'four 3–3.5',
    ])
    expect(told(edited(opened(), '现在', '马上')).slice(7)).toEqual([
      '会议 7–7.5',
      '马上 8–8.5',
      '开始 9–9.5',
    ])
  })

  it('are not stretched over a paragraph that is pasted behind them', () => {
    const at = doc.indexOf('\n\nBO')
    const pasted = opened().update({ changes: { from: at, insert: '\n\nCY: Not in the recording.' } }).state
    expect(told(pasted)).toEqual(told(opened()))
  })

  it('stay as they are when a turn is split, and when two are merged', () => {
    const split = apply(opened(), splitTurn(opened(), doc.indexOf('three'), 'BO'))
    expect(split.doc.toString()).toContain('BO: three')
    expect(told(split)).toEqual(told(opened()))
    const merged = apply(opened(), mergeTurnWithPrevious(opened(), 1))
    expect(told(merged)).toEqual(told(opened()))
  })

  it('are found where they lie', () => {
    const session = edited(opened(), 'ANA', 'ANASTASIA')
    const at = session.doc.toString().indexOf('six')
    expect(wordAtPosition(session, at + 1)).toMatchObject({ from: at, start: 5 })
    expect(wordAtTime(session, 5.2)).toMatchObject({ from: at, to: at + 3 })
    expect(wordAtTime(session, 5.7)).toBeNull()
  })
})

const piece = fc.constantFrom('a', 'be ', ' see', '\n', '\n\nBO: ', '话', '。', '', 'one two', '-')
const edit = fc.record({ at: fc.nat(), length: fc.nat(12), insert: piece })
const edits = fc.array(edit, { maxLength: 12 })

function run(session: EditorState, list: readonly { at: number; length: number; insert: string }[]) {
  return list.reduce((state, { at, length, insert }, index) => {
    const from = at % (state.doc.length + 1)
    const to = Math.min(state.doc.length, from + length)
    return state.update({
      changes: { from, to, insert },
      // Apart in time, so that each is a step of its own.
      annotations: Transaction.time.of(index * 10_000),
    }).state
  }, session)
}

function travel(session: EditorState, step: typeof undo): EditorState {
  let state = session
  while (step({ state, dispatch: (transaction) => (state = transaction.state) }));
  return state
}

describe('whatever is edited, words', () => {
  it('keep the order of text and time, lie apart, and are never empty', () => {
    fc.assert(
      fc.property(edits, (list) => {
        const session = run(opened(), list)
        let before: WordTiming | null = null
        for (const word of wordTimingsOf(session).words) {
          expect(word.to).toBeGreaterThan(word.from)
          expect(word.to).toBeLessThanOrEqual(session.doc.length)
          expect(session.sliceDoc(word.from, word.to)).toMatch(/^\S+$/u)
          expect(word.end).toBeGreaterThanOrEqual(word.start)
          expect(word.from).toBeGreaterThanOrEqual(before?.to ?? 0)
          expect(word.start).toBeGreaterThanOrEqual(before?.start ?? 0)
          before = word
        }
      }),
    )
  })

  it('hold no gap where nothing but signs is left of them', () => {
    const list = [
      [0, 7, ' see'],
      [0, 2, 'a'],
      [1165739131, 7, '\n\nBO: '],
      [0, 11, ' see'],
      [1402843481, 7, 'a'],
      [1996753758, 1, '-'],
      [0, 10, 'a'],
      [2103297857, 5, ''],
    ] as const
    const session = run(
      opened(),
      list.map(([at, length, insert]) => ({ at, length, insert })),
    )
    for (const { from, to } of wordTimingsOf(session).words)
      expect(session.sliceDoc(from, to)).toMatch(/^\S+$/u)
  })

  it('are the same whether one is asked for or all', () => {
    fc.assert(
      fc.property(edits, (list) => {
        const session = run(opened(), list)
        for (const word of wordTimingsOf(session).words) {
          expect(wordAtPosition(session, word.from)).toEqual(word)
          if (word.end > word.start) expect(wordAtTime(session, (word.start + word.end) / 2)).toEqual(word)
        }
      }),
    )
  })

  it('on other lines are not touched', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ at: fc.nat(18), insert: fc.constantFrom('x', ' y ', '') })),
        (list) => {
          const session = list.reduce((state, { at, insert }) => {
            // Within the first line, however short it has become.
            const room = state.doc.line(1).length - 6
            return room > 0 ? run(state, [{ at: 5 + (at % room), length: 1, insert }]) : state
          }, opened())
          expect(told(session).slice(-6)).toEqual(told(opened()).slice(-6))
        },
      ),
    )
  })

  it('come back exactly by undo and by redo', () => {
    fc.assert(
      fc.property(edits, (list) => {
        const session = run(opened(), list)
        const back = travel(session, undo)
        expect(told(back)).toEqual(told(opened()))
        expect(told(travel(back, redo))).toEqual(told(session))
      }),
    )
  })

  it('come back from the file beside the text', () => {
    fc.assert(
      fc.property(edits, (list) => {
        const session = run(opened(), list)
        const kept = readSidecar(
          writeSidecar(session, { transcript: { name: 'a.txt', hash: '' }, recording: null }),
        )
        if (!kept.ok) throw new Error(kept.error.kind)
        const { timings } = applySidecar(session.doc.toString(), kept.value)
        const again = createSession({ doc: session.doc.toString(), timings })
        const near = (state: EditorState) =>
          wordTimingsOf(state).words.map(({ from, to, start, end }) => [
            from,
            to,
            Math.round(start * 1000),
            Math.round(end * 1000),
          ])
        const inTurns = near(session).filter(([from]) => near(again).some(([other]) => other === from))
        expect(near(again)).toEqual(inTurns)
        if (list.length === 0) expect(near(again)).toEqual(near(session))
      }),
    )
  })
})
