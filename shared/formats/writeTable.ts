import { formatClock, hoursMinutesSeconds } from './clock'
import { contained, type ExportedTurn } from './exportedTurn'

const clock = { ...hoursMinutesSeconds, decimals: 3 }

/** A table of the turns as comma-separated values (RFC 4180): `start,end,speaker,text`, times as `HH:MM:SS.mmm`, empty where none is known;
 *  UTF-8 with a byte order mark, which spreadsheets want. What one would take for a formula gets an apostrophe before it (OWASP, CSV
 *  injection). */
export function writeTable(turns: readonly ExportedTurn[]): string {
  const rows = turns.map(({ start, end, speaker, text }) => [
    start === null ? '' : formatClock(clock, start),
    end === null ? '' : formatClock(clock, end),
    cell(speaker ?? ''),
    cell(text),
  ])
  return `\uFEFF${[['start', 'end', 'speaker', 'text'], ...rows].map((row) => `${row.join(',')}\r\n`).join('')}`
}

function cell(text: string): string {
  const safe = contained(text)
  // Wide forms count for the narrow ones in East Asian spreadsheets; what comes before may be invisible.
  const isFormula = /^[\s\p{Cf}]*[=+\-@＝＋－＠]|^[\t\n]/u.test(safe)
  return `"${(isFormula ? `'${safe}` : safe).replace(/"/gu, '""')}"`
}
