import { formatClock, hoursMinutesSeconds } from '../../shared/formats/clock'
import { isSubtitles, subtitleFormat } from '../../shared/subtitles/readSubtitles'
import { inspectSubtitles } from '../../shared/subtitles/subtitleTurns'
import { inspectTranscript } from '../../shared/transcript/inspectTranscript'
import { lineEndKind } from '../../shared/transcript/lineEnds'
import { parseTranscript } from '../../shared/transcript/parseTranscript'
import { openTranscript } from './openTranscript'
import type { Terminal } from './terminal'
import { readArguments } from './usage'

export const inspectHelp = `Usage: earmark inspect FILE [--json] [--encoding NAME]

Shows what is recognised in a transcript or in subtitles: format, encoding, line
ends, speakers, turns and marks. FILE may be - for standard input.

  --json            for programs; offsets are UTF-16 units of the decoded text
  --encoding NAME   read the file in this encoding instead of the recognised one
`

export async function inspect(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = readArguments(
    args,
    { json: { type: 'boolean' }, encoding: { type: 'string' } },
    ['FILE'],
  )
  const path = positionals[0] as string
  const opened = await openTranscript(path, values.encoding, terminal)
  if (!opened) return 1
  const areSubtitles = isSubtitles(opened.text)
  const inspection = areSubtitles
    ? inspectSubtitles(opened.text)
    : inspectTranscript(opened.text, parseTranscript(opened.text))
  const head = {
    format: areSubtitles ? subtitleFormat(opened.text) : 'text',
    encoding: opened.encoding,
    bom: opened.hasBom,
    eol: lineEndKind(opened.lineEnds),
  }
  if (values.json) {
    await terminal.out(`${JSON.stringify({ ...head, ...inspection }, null, 2)}\n`)
    return 0
  }
  const { speakers, turns, marks } = inspection
  const lines = [
    `${path}: ${head.format}, ${head.encoding}${head.bom ? ' with byte order mark' : ''}, ${head.eol} line ends, ${turns.length} turns, ${speakers.length} speakers, ${marks.length} marks`,
    ...speakers.map(
      ({ name, labels, turns: count }) =>
        `  ${String(count).padStart(5)}  ${name}${labels.length > 1 ? ` (${labels.join(', ')})` : ''}`,
    ),
    ...turns.map(({ index, label, start, text }) => {
      const time = start === null ? '' : `[${formatClock(hoursMinutesSeconds, start)}] `
      return `${String(index + 1).padStart(5)}  ${time}${label ?? '-'}: ${text.replace(/\n/gu, ' ').slice(0, 70)}`
    }),
  ]
  await terminal.out(`${lines.join('\n')}\n`)
  return 0
}
