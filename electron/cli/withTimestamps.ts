import { type OpenedText, saveText } from '../../shared/formats/text'
import { transcriptOf, turnTimesOf } from '../../shared/session/queries'
import type { Session } from '../../shared/session/session'
import { timestampChanges } from '../../shared/session/timestamps'

/** The file with the time of each turn before its label, in its own encoding and with its own line ends.
 *  @param session over its text @param template see `readTemplate`; an unknown one changes nothing */
export function withTimestamps(
  opened: OpenedText,
  session: Session,
  template: string,
): ReturnType<typeof saveText> {
  const starts = turnTimesOf(session).map(({ start }) => start)
  const options = { template, offset: 0, only: 'all' } as const
  const set = session.changes([
    ...(timestampChanges(opened.doc, transcriptOf(session), starts, options) ?? []),
  ])
  const stretches: { fromA: number; toA: number; fromB: number; toB: number }[] = []
  set.iterChanges((fromA, toA, fromB, toB) => stretches.push({ fromA, toA, fromB, toB }))
  return saveText(opened, set.apply(session.doc).toString(), stretches)
}
