import { cueTimesOf } from '../transcript/cueLines'
import { linesOf } from '../transcript/lines'
import type { TimedTurn } from './cues'

/** The format of subtitles by their first line. */
export function subtitleFormat(text: string): 'srt' | 'vtt' {
  return /^\uFEFF?\s*WEBVTT/u.test(text) ? 'vtt' : 'srt'
}

/** A text is SubRip or WebVTT: it begins as one does, and has a timing line near its beginning. */
export function isSubtitles(text: string): boolean {
  const head = text.replace(/^\uFEFF/u, '').split(/\r\n?|\n/u, 400)
  const first = head.find((line) => line.trim() !== '') ?? ''
  if (/^WEBVTT(?:[ \t]|$)/u.test(first)) return true
  return (
    (/^\d+\s*$/u.test(first) || cueTimesOf(first) !== null) &&
    head.slice(0, 4).some((line) => cueTimesOf(line) !== null)
  )
}

/** A cue as it stands in a file. */
export interface WrittenCue {
  /** Seconds. */
  readonly start: number
  readonly end: number
  /** With its markup, lines apart by `\n`. */
  readonly text: string
  /** Where its first line begins and its last one ends, in UTF-16 units of the file's text. */
  readonly from: number
  readonly to: number
}

/** Reads the cues of SubRip or WebVTT (W3C, 4.1). Tolerates missing numbers and blank lines too many; notes, styles and regions are
 *  passed over. */
export function readCues(text: string): WrittenCue[] {
  const cues: WrittenCue[] = []
  const written = linesOf(text)
  const lines = written.map((line) => text.slice(line.from, line.to).replace(/^\uFEFF/u, ''))
  for (let at = 0; at < lines.length; at++) {
    const times = cueTimesOf(lines[at] as string)
    if (!times) continue
    const said: string[] = []
    const first = at + 1
    for (at++; at < lines.length && (lines[at] as string).trim() !== ''; at++) {
      // A cue whose blank line is missing ends at the next timing line, its number taken back.
      if (cueTimesOf(lines[at] as string)) {
        if (/^\d+$/u.test(said.at(-1) ?? '')) said.pop()
        at--
        break
      }
      said.push((lines[at] as string).trim())
    }
    const { start, end } = times
    const last = written[first + said.length - 1]
    if (end > start)
      cues.push({
        start,
        end,
        text: said.join('\n'),
        from: said.length > 0 ? (written[first]?.from ?? 0) : (last?.to ?? 0),
        to: last?.to ?? 0,
      })
  }
  return cues
}

/** The seconds of a time inside a cue, `00:00:01.000`. */
export function timeOf(stamp: string): number {
  return stamp.split(':').reduce((sum, part) => sum * 60 + Number(part), 0)
}

/** Reads the cues as stretches of speech. Markup is taken off; a voice tag, or a name in capitals before a colon, is the speaker. */
export function readSubtitles(text: string): TimedTurn[] {
  return readCues(text).flatMap(({ start, end, text: written }) => {
    const { speaker, words } = plainCueText(written)
    return words === '' ? [] : [{ speaker, start, end, text: words }]
  })
}

/** The words of a cue without its markup, and who says them. */
export function plainCueText(written: string): { readonly speaker: string | null; readonly words: string } {
  const plain = withoutMarkup(written)
  const voice = voiceOf(written)
  if (voice !== null) return { speaker: voice, words: plain }
  const named = /^(?:>>\s*)?([\p{Lu}][\p{Lu}\p{M}.'’ -]{1,40}|\p{Script=Han}{2,8})\s*[:：]\s*(?=\S)/u.exec(
    plain,
  )
  return named
    ? { speaker: (named[1] as string).trim(), words: plain.slice(named[0].length) }
    : { speaker: null, words: plain }
}

/** The name in a cue's voice tag, `null` without one. */
export function voiceOf(written: string): string | null {
  const voice = /<v(?:\.[^\s>]*)?\s+([^>]+)>/u.exec(written)
  return voice && unescaped(voice[1] as string)
}

/** A cue's text without tags and escapes. */
export function withoutMarkup(written: string): string {
  return written
    .replace(/<[^<>\n]{0,200}>|\{\\[^}]*\}/gu, '')
    .replace(/&lt;/gu, '<')
    .replace(/&gt;/gu, '>')
    .replace(/&nbsp;/gu, ' ')
    .replace(/&(?:lrm|rlm);/gu, '')
    .replace(/&amp;/gu, '&')
    .trim()
}

function unescaped(name: string): string {
  return name.replace(/&lt;/gu, '<').replace(/&gt;/gu, '>').replace(/&amp;/gu, '&').trim()
}
