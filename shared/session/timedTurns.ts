import type { EditorState } from '@codemirror/state'
import { syllables } from '../alignment/estimate'
import type { ExportedTurn } from '../formats/exportedTurn'
import type { TimedTurn } from '../subtitles/cues'
import { spokenText } from '../transcript/paragraphs'
import { transcriptOf, turnTimesOf } from './queries'

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

/** The turns that have times, as subtitles want them. */
export function timedTurns(session: EditorState): TimedTurn[] {
  return exportedTurns(session).flatMap(({ start, end, ...turn }) =>
    start === null || end === null ? [] : [{ ...turn, start, end }],
  )
}
