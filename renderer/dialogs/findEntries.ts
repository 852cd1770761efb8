/** How well `query` fits `title`: all its words in order of quality, `null` when it does not. Higher is better. Beginnings of words
 *  count most, then whole stretches, then letters in order. */
export function rank(query: string, title: string): number | null {
  const wanted = query.trim().toLowerCase()
  const text = title.toLowerCase()
  if (wanted === '') return 0
  const at = text.indexOf(wanted)
  if (at === 0) return 100
  if (at > 0) return /[\s,:·]/u.test(text[at - 1] as string) ? 80 : 60
  const words = wanted.split(/\s+/u)
  if (words.length > 1 && words.every((word) => text.includes(word))) return 50
  let next = 0
  for (const character of wanted) {
    if (/\s/u.test(character)) continue
    next = text.indexOf(character, next) + 1
    if (next === 0) return null
  }
  return 20 - Math.min(15, text.length / 10)
}
