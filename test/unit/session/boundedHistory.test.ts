import { historyField, redo, redoDepth, undo, undoDepth } from '@codemirror/commands'
import { type EditorState, Transaction, type TransactionSpec } from '@codemirror/state'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anchorsOf, setAnchorsEffect } from '../../../shared/session/anchors'
import { createSession, type SessionInput } from '../../../shared/session/session'
import { type WordTiming, wordTimingsOf } from '../../../shared/session/words'

const lines = Array.from({ length: 40 }, (_, index) => `ANA: turn ${index} says a few words more`)
const doc = lines.join('\n')

function timedWords(): WordTiming[] {
  return [...doc.matchAll(/\S+/gu)].map(({ index, 0: word }, order) => ({
    from: index,
    to: index + word.length,
    start: order,
    end: order + 0.5,
    confidence: 0.9,
  }))
}

const anchors = lines.map((_, index) => ({
  position: lines.slice(0, index).reduce((sum, line) => sum + line.length + 1, 0),
  edge: 'start' as const,
  time: index * 8,
  origin: 'aligned' as const,
  confidence: 0.9,
}))

function opened(input: Partial<SessionInput> = {}): EditorState {
  const timings = { words: timedWords(), doubts: [], untold: [], doubtfulBelow: 0.5 }
  return createSession({ doc, anchors, timings, ...input })
}

/** A step of its own, wherever it is. */
function step(session: EditorState, spec: TransactionSpec): EditorState {
  return session.update({ ...spec, userEvent: 'input.paste' }).state
}

function run(command: typeof undo, session: EditorState): EditorState | null {
  let next: EditorState | null = null
  command({ state: session, dispatch: (transaction) => (next = transaction.state) })
  return next
}

/** Everywhere in the text, in no order. */
const placeOf = (index: number, length: number) => (index * 7919) % length

function typed(session: EditorState, count: number): EditorState {
  let state = session
  for (let index = 0; index < count; index++)
    state = step(state, { changes: { from: placeOf(index, doc.length), insert: 'x' } })
  return state
}

/** Values that can be reached from the undo history: what it keeps in memory. */
function reached(session: EditorState): number {
  const seen = new Set<unknown>()
  const waiting: unknown[] = [session.field(historyField)]
  let count = 0
  while (waiting.length > 0) {
    const value = waiting.pop()
    count++
    if (typeof value !== 'object' || value === null || seen.has(value)) continue
    seen.add(value)
    for (const own of Object.values(value)) waiting.push(own)
  }
  return count
}

describe('the undo history', () => {
  it('keeps as much for a step however many came before, also where words have times', () => {
    const start = opened()
    const [some, twice] = [typed(start, 400), typed(start, 800)]
    for (const state of [some, twice]) wordTimingsOf(state)
    expect(undoDepth(twice)).toBe(800)
    expect((reached(twice) - reached(some)) / 400).toBeLessThan((1.2 * reached(some)) / 400)
  })

  it('lets its oldest steps go when it takes more than it may, and never the last twenty', () => {
    const historyBytes = 100_000
    let state = opened({ historyBytes })
    const texts = [state.doc.toString()]
    const depths: number[] = []
    for (let index = 0; index < 500; index++) {
      state = step(state, { changes: { from: placeOf(index, doc.length), insert: `${index} ` } })
      texts.push(state.doc.toString())
      depths.push(undoDepth(state))
    }
    // A step takes some hundred bytes: 100 kB are a few score of them.
    expect(Math.max(...depths)).toBeLessThan(historyBytes / 400)
    expect(Math.min(...depths.slice(100))).toBeGreaterThanOrEqual(20)
    for (let left = undoDepth(state); left > 0; left--) {
      expect(undoDepth(state)).toBe(left)
      expect(state.doc.toString()).toBe(texts.pop())
      state = run(undo, state) as EditorState
    }
    expect(state.doc.toString()).toBe(texts.pop())
    expect(run(undo, state)).toBeNull()
  })

  it('goes by what steps take: one that moves every boundary counts for many', () => {
    const historyBytes = 100_000
    const moved = (session: EditorState) =>
      step(session, {
        effects: setAnchorsEffect.of(
          anchorsOf(session).map((anchor) => ({ ...anchor, time: anchor.time + 1 })),
        ),
      })
    let [boundaries, letters] = [opened({ historyBytes }), opened({ historyBytes })]
    for (let index = 0; index < 60; index++) {
      boundaries = moved(boundaries)
      letters = step(letters, { changes: { from: 12, insert: 'x' } })
    }
    expect(undoDepth(letters)).toBe(60)
    expect(undoDepth(boundaries)).toBeLessThan(50)
    expect(undoDepth(boundaries)).toBeGreaterThanOrEqual(20)
  })

  it('loses nothing that could be done again by going back', () => {
    let state = typed(opened({ historyBytes: 20_000 }), 200)
    const [last, depth] = [state.doc.toString(), undoDepth(state)]
    for (let left = depth; left > 0; left--) state = run(undo, state) as EditorState
    expect(redoDepth(state)).toBe(depth)
    for (let left = depth; left > 0; left--) state = run(redo, state) as EditorState
    expect(state.doc.toString()).toBe(last)
  })

  it('brings back the words of every step, however many edits lie between', () => {
    const edit = fc.record({
      at: fc.nat(),
      removed: fc.nat(30),
      insert: fc.constantFrom('', 'x', ' new words ', 'line\nand more', '审议'),
      isKept: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(edit, { minLength: 70, maxLength: 100 }), (edits) => {
        let state = opened()
        const told: [number, unknown][] = [[0, wordTimingsOf(state)]]
        for (const { at, removed, insert, isKept } of edits) {
          const from = at % (state.doc.length + 1)
          const changes = { from, to: Math.min(state.doc.length, from + removed), insert }
          state = step(state, { changes })
          // Looked at now and then, as the window does.
          if (isKept) told.push([undoDepth(state), wordTimingsOf(state)])
        }
        for (const [depth, words] of told.reverse()) {
          while (undoDepth(state) > depth) state = run(undo, state) as EditorState
          expect(wordTimingsOf(state)).toEqual(words)
        }
        expect(state.doc.toString()).toBe(doc)
      }),
      { numRuns: 6 },
    )
  })

  it('counts nothing that is no step', () => {
    let state = opened({ historyBytes: 20_000 })
    state = step(state, { changes: { from: 0, insert: 'first ' } })
    for (let index = 0; index < 300; index++)
      state = state.update({
        changes: { from: state.doc.length, insert: ' more' },
        annotations: Transaction.addToHistory.of(false),
      }).state
    expect(undoDepth(state)).toBe(1)
    expect((run(undo, state) as EditorState).doc.toString()).toBe(doc + ' more'.repeat(300))
  })
})
