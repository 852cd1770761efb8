import { err, ok, type Result } from '../result'

/** A template for written times, taken apart: `[HH:MM:SS]`, `(hh:mm:ss.t)`, `mm:ss`, `H:MM:SS.mmm`. */
export interface ClockTemplate {
  readonly before: string
  readonly after: string
  /** Digits that hours are padded to; 0: no hours, minutes go on past 59. */
  readonly hourDigits: number
  readonly minuteDigits: number
  /** Digits behind the decimal mark. */
  readonly decimals: number
  readonly decimalMark: '.' | ','
}

const shape = /^(.*?)(?:(h{1,2}):)?(m{1,2}):(ss)(?:([.,])(t|f{1,3}|c{2}|m{3}|0{1,3}))?([^\w]*)$/iu

/** Reads a template.
 *  @returns an error for text without minutes and seconds, or with digits, letters or line ends around them */
export function readTemplate(template: string): Result<ClockTemplate, { readonly kind: 'badTemplate' }> {
  const match = shape.exec(template)
  if (!match || template.length > 40 || /[\d\p{L}\r\n]/u.test((match[1] as string) + (match[7] as string)))
    return err({ kind: 'badTemplate' })
  return ok({
    before: match[1] as string,
    after: match[7] as string,
    hourDigits: match[2]?.length ?? 0,
    minuteDigits: (match[3] as string).length,
    decimals: match[6]?.length ?? 0,
    decimalMark: (match[5] ?? '.') as '.' | ',',
  })
}

export const hoursMinutesSeconds: ClockTemplate = {
  before: '',
  after: '',
  hourDigits: 2,
  minuteDigits: 2,
  decimals: 0,
  decimalMark: '.',
}

/** Writes a time; what the template has no digits for is cut off, never rounded up past the instant.
 *  @param seconds from the start of the recording @param offset seconds added, for time of day */
export function formatClock(template: ClockTemplate, seconds: number, offset = 0): string {
  const unit = 10 ** template.decimals
  const ticks = Math.max(0, Math.floor((seconds + offset) * unit + 1e-6))
  const whole = Math.floor(ticks / unit)
  const pad = (value: number, digits: number) => String(value).padStart(digits, '0')
  const hours = Math.floor(whole / 3600)
  const minutes = template.hourDigits > 0 ? Math.floor(whole / 60) % 60 : Math.floor(whole / 60)
  const clock =
    (template.hourDigits > 0 ? `${pad(hours, template.hourDigits)}:` : '') +
    `${pad(minutes, template.hourDigits > 0 ? 2 : template.minuteDigits)}:${pad(whole % 60, 2)}`
  const fraction = template.decimals > 0 ? template.decimalMark + pad(ticks % unit, template.decimals) : ''
  return template.before + clock + fraction + template.after
}

/** Seconds of a typed time: `75`, `1:15`, `1:15.250`, `0:01:15,5`; `null` for anything else. */
export function readClock(typed: string): number | null {
  const match = /^\s*(?:(?:(\d{1,3}):)?(\d{1,3}):)?(\d{1,5})(?:[.,](\d{1,6}))?\s*$/u.exec(typed)
  if (!match) return null
  const [, hours = '0', minutes = '0', seconds = '0', fraction = ''] = match
  if (match[2] !== undefined && Number(seconds) >= 60) return null
  if (match[1] !== undefined && Number(minutes) >= 60) return null
  return (
    Number(hours) * 3600 +
    Number(minutes) * 60 +
    Number(seconds) +
    (fraction === '' ? 0 : Number(`0.${fraction}`))
  )
}
