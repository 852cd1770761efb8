import { ofWriting } from './writing'

/** A clock time as transcripts write it, without brackets: `1:02:03`, `12:34`, `00:12:34.5`, `00:12:34,500`. */
export const clockPattern = String.raw`\d{1,3}:[0-5]\d(?::[0-5]\d)?(?:[.,]\d{1,3})?`

/** Seconds of a clock time; two fields are minutes and seconds. */
export function clockSeconds(clock: string): number {
  const [whole = '', fraction = ''] = clock.split(/[.,]/u)
  const fields = whole.split(':').map(Number)
  const seconds = fields.reduce((sum, field) => sum * 60 + field, 0)
  return fraction === '' ? seconds : seconds + Number(`0.${fraction}`)
}

const ownClock = new RegExp(`^[\\[(（]?\\s*(${clockPattern})\\s*[\\])）]?$`, 'u')

/** Seconds of a time that stands alone on its line, in brackets or not; `null` for other lines. */
export const clockOf = ofWriting((text) => {
  const clock = text.length > 24 ? null : ownClock.exec(text)
  return clock && clockSeconds(clock[1] as string)
})
