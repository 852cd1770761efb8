import fc from 'fast-check'
import { expect, it } from 'vitest'
import { lastWhere } from '../../shared/lastWhere'

it('finds the last entry that passes, or none', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 })), fc.integer({ min: -1, max: 21 }), (list, most) => {
      const entries = list.sort((a, b) => a - b)
      expect(lastWhere(entries, (entry) => entry <= most)).toBe(
        entries.findLastIndex((entry) => entry <= most),
      )
    }),
  )
})
