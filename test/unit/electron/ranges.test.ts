import { describe, expect, it } from 'vitest'
import { readRange } from '../../../electron/recording/ranges'

describe('a byte range', () => {
  it.each([
    ['bytes=0-9', { kind: 'part', start: 0, end: 9 }],
    ['bytes=90-', { kind: 'part', start: 90, end: 99 }],
    ['bytes=-5', { kind: 'part', start: 95, end: 99 }],
    ['bytes=-500', { kind: 'part', start: 0, end: 99 }],
    ['bytes=50-5000', { kind: 'part', start: 50, end: 99 }],
    ['Bytes = 1-2', { kind: 'part', start: 1, end: 2 }],
    ['bytes=100-', { kind: 'unsatisfiable' }],
    ['bytes=-0', { kind: 'unsatisfiable' }],
    ['bytes=9-1', { kind: 'whole' }],
    [
      'bytes=0-1, 5-',
      {
        kind: 'parts',
        parts: [
          { start: 0, end: 1 },
          { start: 5, end: 99 },
        ],
      },
    ],
    [
      'bytes=0-1,200-300,-2',
      {
        kind: 'parts',
        parts: [
          { start: 0, end: 1 },
          { start: 98, end: 99 },
        ],
      },
    ],
    ['bytes=100-,200-300', { kind: 'unsatisfiable' }],
    ['bytes=0-1,9-1', { kind: 'whole' }],
    ['bytes=0-1,', { kind: 'whole' }],
    [`bytes=${'0-1,'.repeat(2000)}0-1`, { kind: 'whole' }],
    ['bytes=-', { kind: 'whole' }],
    ['items=0-1', { kind: 'whole' }],
    ['bytes=a-b', { kind: 'whole' }],
    [null, { kind: 'whole' }],
  ])('%s', (header, answer) => {
    expect(readRange(header, 100)).toEqual(answer)
  })

  it('is the whole file where many large ones are asked for', () => {
    expect(readRange('bytes=0-,0-,0-', 10_000_000)).toEqual({ kind: 'whole' })
  })

  it('of an empty file cannot be satisfied', () => {
    expect(readRange('bytes=0-', 0)).toEqual({ kind: 'unsatisfiable' })
    expect(readRange('bytes=-1', 0)).toEqual({ kind: 'unsatisfiable' })
  })
})
