import { ChangeSet } from '@codemirror/state'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Anchor, anchorsOf, mapAnchors, sortAnchors } from '../../../shared/session/anchors'
import { createSession } from '../../../shared/session/session'

const length = 120

const anchor = fc.record({
  position: fc.nat(length),
  edge: fc.constantFrom('start' as const, 'end' as const),
  time: fc.nat(1000),
  origin: fc.constantFrom('pinned' as const, 'aligned' as const),
  confidence: fc.constant(1),
})

const edit = fc.tuple(fc.nat(length), fc.nat(10), fc.string({ maxLength: 5 }))

it('moves anchors that no change touches by what changed before them', () => {
  fc.assert(
    fc.property(fc.array(anchor, { maxLength: 30 }), fc.array(edit, { maxLength: 3 }), (unsorted, edits) => {
      const specs = edits.map(([from, by, insert]) => ({ from, to: Math.min(length, from + by), insert }))
      const changes = edits.reduce((all, _, index) => {
        const spec = specs[index] as (typeof specs)[number]
        const limit = all.newLength
        return all.compose(
          ChangeSet.of(
            { from: Math.min(spec.from, limit), to: Math.min(spec.to, limit), insert: spec.insert },
            limit,
          ),
        )
      }, ChangeSet.empty(length))
      const isFree = ({ position }: Anchor) => changes.touchesRange(position) === false
      const anchors = sortAnchors(unsorted.filter(isFree))
      expect(mapAnchors(anchors, changes)).toEqual(
        anchors.map((entry) => ({ ...entry, position: changes.mapPos(entry.position) })),
      )
    }),
  )
})

it('are the same whether one asks for them behind every change or behind many', () => {
  fc.assert(
    fc.property(fc.array(anchor, { maxLength: 30 }), fc.array(edit, { maxLength: 12 }), (unsorted, edits) => {
      const anchors = sortAnchors(unsorted)
      let state = createSession({ doc: 'a'.repeat(length), anchors })
      let expected: readonly Anchor[] = anchors
      for (const [from, by, insert] of edits) {
        const limit = state.doc.length
        const transaction = state.update({
          changes: {
            from: Math.min(from, limit),
            to: Math.min(from + by, limit),
            insert: insert.replace(/\s/gu, ' '),
          },
        })
        if (transaction.docChanged) expected = mapAnchors(expected, transaction.changes)
        state = transaction.state
      }
      expect(anchorsOf(state)).toEqual(expected)
    }),
  )
})
