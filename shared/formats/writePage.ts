import { formatClock, hoursMinutesSeconds } from './clock'
import { contained, type ExportedTurn } from './exportedTurn'

const style = `
body { max-width: 42rem; margin: 3rem auto; padding: 0 1.5rem; font: 1rem/1.6 Georgia, "Noto Serif", "Noto Serif CJK SC", serif; color: #1c1b1a; background: #fff }
h1 { font-size: 1.4rem; margin: 0 0 2rem; overflow-wrap: anywhere }
section { display: grid; grid-template-columns: 5.5rem 1fr; column-gap: 1rem; margin: 0 0 1rem }
h2 { grid-column: 2; font-size: 1rem; margin: 0; break-after: avoid }
time { grid-column: 1; grid-row: 1; font: .8rem/2 ui-monospace, monospace; color: #6b6862 }
p { grid-column: 2; margin: 0 0 .4rem; overflow-wrap: anywhere; orphans: 2; widows: 2 }
@media print { body { margin: 0; max-width: none; font-size: 11pt } }
`

/** A page to read and to print: each turn with its speaker and its time. It holds no script, asks for nothing, and forbids both; text is only
 *  ever text, in its own direction. UTF-8.
 *  @param title name of the transcript */
export function writePage(title: string, turns: readonly ExportedTurn[]): string {
  const heading = escaped(title)
  return `<!doctype html>
<html>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>${heading}</title>
<style>${style}</style>
</head>
<body>
<h1 dir="auto">${heading}</h1>
${turns.map(section).join('\n')}
</body>
</html>
`
}

function section({ speaker, start, text }: ExportedTurn): string {
  const time =
    start === null ? '' : `<time>${formatClock({ ...hoursMinutesSeconds, hourDigits: 1 }, start)}</time>`
  const name = speaker === null ? '' : `<h2 dir="auto">${escaped(speaker)}</h2>`
  const paragraphs = text
    .split('\n')
    .map((paragraph) => `<p dir="auto">${escaped(paragraph)}</p>`)
    .join('')
  return `<section>${time}${name}${paragraphs}</section>`
}

function escaped(text: string): string {
  return contained(text)
    .replace(/&/gu, '&amp;')
    .replace(/</gu, '&lt;')
    .replace(/>/gu, '&gt;')
    .replace(/"/gu, '&quot;')
    .replace(/'/gu, '&#39;')
}
