import { jointOf } from './paragraphs'
import type { Sliceable, TornParagraph, Turn } from './transcript'

/** A sentence that stops without an end; shorter stretches are headings or verses. */
const shortestStart = 12
const letterEnd = /[\p{L}\p{N},，、;；\-–—]$/u
const cjk = /[\u3040-\u30ff\u3400-\u9fff]/u
const sentenceWord =
  /\b(?:a|an|the|of|to|in|on|at|for|with|from|by|and|or|but|that|which|who|is|are|was|were|will|would|can|could|my|our|your|their|his|her|de|la|le|les|des|du|et|que|qui|à|der|die|das|und|von|mit|el|los|las|y|en|con|il|di|e|и|в|на|с|что)$/iu

/** Paragraphs of one turn, apart by nothing but white space, of which the first stops in mid-sentence and the second goes on. */
export function tornParagraphs(text: Sliceable, turns: readonly Turn[]): TornParagraph[] {
  const torn: TornParagraph[] = []
  for (const turn of turns) {
    for (const [index, paragraph] of turn.paragraphs.entries()) {
      const next = turn.paragraphs[index + 1]
      const last = paragraph.pieces.at(-1)
      const first = next?.pieces[0]
      if (!last || !first) continue
      if (!letterEnd.test(text.slice(Math.max(last.from, last.to - 2), last.to))) continue
      const between = text.slice(last.to, first.from)
      if (between.trim() !== '' || !/[\n\r\f]/u.test(between)) continue
      const before = text.slice(Math.max(last.from, last.to - 60), last.to)
      const after = text.slice(first.from, Math.min(first.to, first.from + 60))
      if (last.to - last.from < shortestStart || !isTorn(before, after)) continue
      torn.push({
        from: last.to,
        to: first.from,
        turn: turn.index,
        joint: jointOf(before.at(-1) as string, after[0] as string),
      })
    }
  }
  return torn
}

function isTorn(before: string, after: string): boolean {
  if (cjk.test(before.at(-1) as string) || /[，、]$/u.test(before)) return /^[\p{L}\p{N}“（《]/u.test(after)
  if (/^\p{Ll}/u.test(after)) return true
  return /,$/u.test(before) || sentenceWord.test(before)
}
