import { describe, expect, it } from 'vitest'
import { formatClock, readClock, readTemplate } from '../../../shared/formats/clock'

function format(template: string, seconds: number, offset = 0): string | null {
  const read = readTemplate(template)
  return read.ok ? formatClock(read.value, seconds, offset) : null
}

describe('a template', () => {
  it.each([
    ['[HH:MM:SS]', 3723.9, '[01:02:03]'],
    ['(hh:mm:ss.t)', 3723.96, '(01:02:03.9)'],
    ['[H:MM:SS]', 3723, '[1:02:03]'],
    ['[MM:SS]', 3723, '[62:03]'],
    ['m:ss', 63, '1:03'],
    ['HH:MM:SS.fff', 0.0304, '00:00:00.030'],
    ['HH:MM:SS,fff', 359999.999, '99:59:59,999'],
    ['[HH:MM:SS]', 400 * 3600, '[400:00:00]'],
  ])('%s writes %d as %s', (template, seconds, written) => {
    expect(format(template, seconds)).toBe(written)
  })

  it('adds the clock at the start', () => {
    expect(format('[HH:MM:SS]', 65, 16.5 * 3600)).toBe('[16:31:05]')
  })

  it.each(['', 'HH', 'hello', '[HH:MM:SS] at 5', 'HH:MM:SS\n', 'SS:MM'])('%j is none', (template) => {
    expect(format(template, 1)).toBeNull()
  })
})

describe('a typed time', () => {
  it.each([
    ['75', 75],
    ['1:15', 75],
    ['1:15.250', 75.25],
    ['0:01:15,5', 75.5],
    [' 2:00:00 ', 7200],
    ['1:75', null],
    ['1:75:00', null],
    ['', null],
    ['ten', null],
    ['-5', null],
  ])('%j is %j seconds', (typed, seconds) => {
    expect(readClock(typed)).toBe(seconds)
  })
})
