import { ChangeSet } from '@codemirror/state'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Anchor, mapAnchors, sortAnchors } from '../../../shared/session/anchors'

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
