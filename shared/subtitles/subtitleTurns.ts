import { type ClockTemplate, formatClock } from '../formats/clock'
import type { Inspection } from '../transcript/inspectTranscript'
import { marksOfLine } from '../transcript/marks'
import { jointOf } from '../transcript/paragraphs'
import { parseTranscript } from '../transcript/parseTranscript'
import { readCues, voiceOf, type WrittenCue, withoutMarkup } from './readSubtitles'

/** One speaker's run of cues; a cue, where nobody is named. */
export interface SubtitleTurn {
  /** As written, `>>` or the name of a voice tag too. */
  readonly label: string | null
  readonly speaker: string | null
  readonly text: string
  /** Seconds. */
  readonly start: number
  readonly end: number
  /** UTF-16 units of the file's text, from the first cue's words to the end of the last one's. */
  readonly from: number
  readonly to: number
}

interface Cue extends WrittenCue {
  readonly words: string
}

/** The turns of SubRip or WebVTT. Voice tags name the speakers, or else labels in any manner that transcripts write them. */
export function subtitleTurns(text: string): SubtitleTurn[] {
  const cues = readCues(text)
    .map((cue) => ({ ...cue, words: withoutMarkup(cue.text) }))
    .filter(({ words }) => words !== '')
  return cues.some((cue) => voiceOf(cue.text) !== null) ? turnsOfVoices(cues) : turnsOfLabels(cues)
}

function turnsOfVoices(cues: readonly Cue[]): SubtitleTurn[] {
  const turns: SubtitleTurn[] = []
  for (const cue of cues) {
    const voice = voiceOf(cue.text)
    const last = turns.at(-1)
    // A cue without a voice goes on with the one before.
    if (last && (voice === null || voice === last.speaker))
      turns[turns.length - 1] = joined(last, turnOf(cue, voice))
    else turns.push(turnOf(cue, voice))
  }
  return turns
}

function turnOf({ words, start, end, from, to }: Cue, speaker: string | null): SubtitleTurn {
  return { label: speaker, speaker, text: onOneLine(words), start, end, from, to }
}

function joined(first: SubtitleTurn, next: SubtitleTurn): SubtitleTurn {
  return { ...first, text: onOneLine(`${first.text}\n${next.text}`), end: next.end, to: next.to }
}

function onOneLine(words: string): string {
  let line = ''
  for (const part of words.split(/\s*\n\s*/u))
    line += line === '' || part === '' ? part : jointOf(line.at(-1) as string, part[0] as string) + part
  return line
}

function turnsOfLabels(cues: readonly Cue[]): SubtitleTurn[] {
  const starts: number[] = []
  let words = ''
  for (const cue of cues) {
    starts.push(words.length)
    words += `${cue.words}\n`
  }
  const { turns, speakers } = parseTranscript(words)
  const labelled = turns.filter(({ label }) => label !== null)
  const opening = labelled[0]?.from ?? words.length
  const before = cues.flatMap((cue, index) => {
    const said = cue.words.slice(0, Math.max(0, opening - (starts[index] as number))).trim()
    return said === '' ? [] : [turnOf({ ...cue, words: said }, null)]
  })
  let at = 0
  const cueAt = (position: number) => {
    while (at + 1 < cues.length && (starts[at + 1] as number) <= position) at++
    return { cue: cues[at] as Cue, into: position - (starts[at] as number) }
  }
  const after = labelled.map((turn): SubtitleTurn => {
    const { cue, into } = cueAt(turn.from)
    const said = turn.paragraphs.flatMap(({ pieces }) => pieces)
    const last = cueAt(Math.max(turn.from, turn.to - 1)).cue
    return {
      label: turn.label?.text ?? null,
      speaker: turn.speaker === null ? null : (speakers[turn.speaker]?.name ?? null),
      text: onOneLine(said.map((piece) => words.slice(piece.from, piece.to)).join('\n')),
      // Within a cue the words are taken to be said at one pace.
      start: Math.round((cue.start + ((cue.end - cue.start) * into) / cue.words.length) * 1000) / 1000,
      end: last.end,
      from: cue.from + (into > 0 ? Math.max(0, cue.text.indexOf(turn.label?.text ?? '')) : 0),
      to: last.to,
    }
  })
  return [...before, ...after].map((turn, index, all) => {
    const next = all[index + 1]
    const end = Math.max(turn.start, Math.min(turn.end, next?.start ?? turn.end))
    return { ...turn, end, to: Math.max(turn.from, Math.min(turn.to, next?.from ?? turn.to)) }
  })
}

/** Describes subtitles for programs; offsets are those of the cues' words in the file. */
export function inspectSubtitles(text: string): Inspection {
  const turns = subtitleTurns(text)
  const speakers = new Map<string, { labels: Set<string>; turns: number }>()
  for (const { speaker, label } of turns) {
    if (speaker === null) continue
    const known = speakers.get(speaker) ?? { labels: new Set(), turns: 0 }
    speakers.set(speaker, { labels: known.labels.add(label ?? speaker), turns: known.turns + 1 })
  }
  const marks = readCues(text).flatMap(({ from, to }) =>
    [...text.slice(from, to).matchAll(/[^\r\n]+/gu)].flatMap(({ index, 0: line }) =>
      marksOfLine(line, from + index, []),
    ),
  )
  return {
    speakers: [...speakers].map(([name, { labels, turns: count }]) => ({
      name,
      labels: [...labels],
      turns: count,
    })),
    turns: turns.map((turn, index) => ({ index, ...turn })),
    marks: marks.flatMap(({ kind, from, to }) =>
      kind === 'interruption'
        ? []
        : [{ kind, text: text.slice(from, to), from, to, turn: turnAt(turns, from) }],
    ),
  }
}

function turnAt(turns: readonly SubtitleTurn[], position: number): number | null {
  const index = turns.findLastIndex(({ from }) => from <= position)
  return index < 0 ? null : index
}

/** Silence after which words that nobody is named for begin a paragraph, seconds. */
const longPause = 2

/** The turns as a transcript, a blank line between them.
 *  @param template writes the time before each turn */
export function transcriptOf(turns: readonly SubtitleTurn[], template: ClockTemplate | null): string {
  const paragraphs: SubtitleTurn[] = []
  for (const turn of turns) {
    const last = paragraphs.at(-1)
    if (last && last.label === null && turn.label === null && turn.start - last.end < longPause)
      paragraphs[paragraphs.length - 1] = joined(last, turn)
    else paragraphs.push(turn)
  }
  const lines = paragraphs.map(({ label, speaker, text, start }) => {
    const time = template ? `${formatClock(template, start)} ` : ''
    const sign = label === null ? '' : speaker === null ? `${label} ` : `${label}: `
    return `${time}${sign}${text}`
  })
  return lines.length === 0 ? '' : `${lines.join('\n\n')}\n`
}
