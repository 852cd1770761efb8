import type { EditorState } from '@codemirror/state'
import { syllables } from '../alignment/text/syllables'
import type { ExportedTurn } from '../formats/exportedTurn'
import type { TimedTurn } from '../subtitles/cues'
import { inkOf } from '../subtitles/cueTimes'
import { spokenText } from '../transcript/paragraphs'
import type { Turn } from '../transcript/transcript'
import { transcriptOf, turnTimesOf } from './queries'
import { type WordTiming, wordTimingsOf } from './words'

/** Syllables a second, where nothing but the text tells how long the last turn takes. */
const usualPace = 4.5

/** All turns as exports write them. A last turn without an end is given one by its length. */
export function exportedTurns(session: EditorState): ExportedTurn[] {
  const { turns, speakers } = transcriptOf(session)
  const times = turnTimesOf(session)
  const text = session.doc.toString()
  return turns.map((turn, index) => {
    const { start, end } = times[index] ?? { start: null, end: null }
    const said = spokenText(text, turn)
    return {
      speaker: turn.speaker === null ? null : (speakers[turn.speaker]?.name ?? null),
      start,
      end: start === null ? null : (end ?? start + Math.max(1, syllables(said) / usualPace)),
      text: said,
    }
  })
}

/** The turns that have times, as subtitles want them, with the times of their words where these are known. */
export function timedTurns(session: EditorState): TimedTurn[] {
  const { turns } = transcriptOf(session)
  const { words } = wordTimingsOf(session)
  let next = 0
  return exportedTurns(session).flatMap(({ start, end, ...turn }, index) => {
    if (start === null || end === null) return []
    const own: NonNullable<TimedTurn['words']>[number][] = []
    let ink = 0
    for (const { pieces } of (turns[index] as Turn).paragraphs) {
      for (const { from, to } of pieces) {
        while (next < words.length && (words[next] as WordTiming).from < from) next++
        for (; next < words.length && (words[next] as WordTiming).to <= to; next++) {
          const word = words[next] as WordTiming
          const at = ink + inkOf(session.sliceDoc(from, word.from))
          const length = inkOf(session.sliceDoc(word.from, word.to))
          own.push({ from: at, to: at + length, start: word.start, end: word.end })
        }
        ink += inkOf(session.sliceDoc(from, to))
      }
    }
    return [own.length > 0 ? { ...turn, start, end, words: own } : { ...turn, start, end }]
  })
}
