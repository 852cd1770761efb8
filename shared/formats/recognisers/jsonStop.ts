const token =
  /\s*(?:([{}[\],:])|("(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[\da-f]{4}))*")|(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?|true|false|null)(?![\w.]))/iuy

/** Where a text stops being JSON, by what comes there: the offset of the first token that cannot follow, or the text's end where it breaks
 *  off. Engines tell it only now and then. */
export function jsonStop(text: string): number {
  const open: string[] = []
  let wanted: 'value' | 'first' | 'key' | 'firstKey' | 'colon' | 'next' = 'value'
  const pattern = new RegExp(token)
  for (let at = 0; ; at = pattern.lastIndex) {
    const start = at + (/^\s*/u.exec(text.slice(at, at + 1000))?.[0].length ?? 0)
    pattern.lastIndex = at
    const found = pattern.exec(text)
    if (!found || (wanted === 'next' && open.length === 0)) return Math.min(start, text.trimEnd().length)
    const [, sign, string] = found
    const isValue = wanted === 'value' || wanted === 'first'
    if (sign === '{' && isValue) {
      open.push('}')
      wanted = 'firstKey'
    } else if (sign === '[' && isValue) {
      open.push(']')
      wanted = 'first'
    } else if (sign === undefined && isValue) wanted = 'next'
    else if (string !== undefined && (wanted === 'key' || wanted === 'firstKey')) wanted = 'colon'
    else if (sign === ':' && wanted === 'colon') wanted = 'value'
    else if (sign === ',' && wanted === 'next') wanted = open.at(-1) === '}' ? 'key' : 'value'
    else if (
      sign !== undefined &&
      sign === open.at(-1) &&
      (wanted === 'next' || wanted === (sign === '}' ? 'firstKey' : 'first'))
    ) {
      open.pop()
      wanted = 'next'
    } else return start
  }
}
