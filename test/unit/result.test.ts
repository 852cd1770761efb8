import { expect, it } from 'vitest'
import { assertNever } from '../../shared/result'

it('reports the value that a union does not have', () => {
  expect(() => assertNever('other' as never)).toThrow('"other"')
})
