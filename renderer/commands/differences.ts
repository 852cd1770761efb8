import { diff } from '@codemirror/merge'

/** Lines shown at most. */
const mostLines = 200

/** The lines that differ, as `−` and `+` lines; what is alike is left out. */
export function differences(before: string, after: string): string {
  const lines: string[] = []
  let lastLine = -1
  for (const change of diff(before, after, { scanLimit: 500, timeout: 1000 })) {
    const from = before.lastIndexOf('\n', change.fromA - 1) + 1
    if (from <= lastLine) continue
    const fromB = after.lastIndexOf('\n', change.fromB - 1) + 1
    const removed = before.slice(from, endOfLine(before, change.toA))
    const added = after.slice(fromB, endOfLine(after, change.toB))
    lastLine = endOfLine(before, change.toA)
    for (const line of removed.split('\n')) lines.push(`− ${line}`)
    for (const line of added.split('\n')) lines.push(`+ ${line}`)
    lines.push('')
    if (lines.length > mostLines) return [...lines.slice(0, mostLines), '…'].join('\n')
  }
  return lines.join('\n')
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end < 0 ? text.length : end
}
