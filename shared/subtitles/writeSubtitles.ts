import type { Cue } from './cues'

export type SubtitleFormat = 'srt' | 'vtt'

function clock(milliseconds: number, mark: ',' | '.'): string {
  const pad = (value: number, digits: number) => String(value).padStart(digits, '0')
  const seconds = Math.floor(milliseconds / 1000)
  return `${pad(Math.floor(seconds / 3600), 2)}:${pad(Math.floor(seconds / 60) % 60, 2)}:${pad(seconds % 60, 2)}${mark}${pad(milliseconds % 1000, 3)}`
}

/** Whole milliseconds in which rounding makes no cue end before it starts, nor two overlap that did not. */
function milliseconds(cues: readonly Cue[]): readonly { readonly start: number; readonly end: number }[] {
  return cues.map((cue, index) => {
    const start = Math.round(Math.max(0, cue.start) * 1000)
    const next = cues[index + 1]
    const limit =
      next && next.start >= cue.end ? Math.round(Math.max(0, next.start) * 1000) : Number.POSITIVE_INFINITY
    return {
      start,
      end: Math.max(start + 1, Math.min(Math.round(cue.end * 1000), Math.max(start + 1, limit))),
    }
  })
}

/** SubRip: numbered cues, comma before milliseconds, a blank line between. Names stand before the first line. */
export function writeSrt(cues: readonly Cue[], options: { readonly hasSpeakerNames: boolean }): string {
  const times = milliseconds(cues)
  const blocks = cues.map((cue, index) => {
    const { start, end } = times[index] as { start: number; end: number }
    const isNew = options.hasSpeakerNames && cue.speaker !== null && cue.speaker !== cues[index - 1]?.speaker
    const lines = cue.lines.map(plain)
    const text = isNew ? [`${plain(cue.speaker as string)}: ${lines[0]}`, ...lines.slice(1)] : lines
    return `${index + 1}\n${clock(start, ',')} --> ${clock(end, ',')}\n${text.join('\n')}\n`
  })
  return blocks.join('\n')
}

/** WebVTT (W3C): speakers as voice tags. */
export function writeVtt(cues: readonly Cue[], options: { readonly hasSpeakerNames: boolean }): string {
  const times = milliseconds(cues)
  const blocks = cues.map((cue, index) => {
    const { start, end } = times[index] as { start: number; end: number }
    const text = cue.lines.map((line) => escapeMarkup(plain(line))).join('\n')
    const voiced =
      options.hasSpeakerNames && cue.speaker
        ? `<v ${escapeMarkup(plain(cue.speaker)).replace(/[.]/gu, ' ').trim()}>${text}</v>`
        : text
    return `${clock(start, '.')} --> ${clock(end, '.')}\n${voiced}\n`
  })
  return `WEBVTT\n\n${blocks.join('\n')}`
}

// A line end or an arrow inside the text would end the cue.
function plain(text: string): string {
  return text
    .replace(/[\r\n\0]+/gu, ' ')
    .replace(/-->/gu, '→')
    .trim()
}

function escapeMarkup(text: string): string {
  return text.replace(/&/gu, '&amp;').replace(/</gu, '&lt;').replace(/>/gu, '&gt;')
}
