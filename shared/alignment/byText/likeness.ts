/** Least likeness that counts; less is nothing in common. */
const leastLikeness = 0.5

/** How alike two of `keys` are, by their indices: 1 the same; otherwise 1 − edits against the longer one's length; 0 where that is less than
 *  `leastLikeness`, and for keys of one or two characters. */
export function likenesses(keys: readonly string[]): (left: number, right: number) => number {
  const letters = Int32Array.from(keys, (key) => {
    let set = 0
    for (let k = 0; k < key.length; k++) set |= 1 << (key.charCodeAt(k) % 31)
    return set
  })
  const longest = keys.reduce((most, { length }) => Math.max(most, length), 0)
  let row = new Int32Array(longest + 1)
  let next = new Int32Array(longest + 1)
  return (left, right) => {
    if (left === right) return 1
    const [a, b] = [keys[left] as string, keys[right] as string]
    const longer = Math.max(a.length, b.length)
    const mostEdits = longer * (1 - leastLikeness)
    // Most pairs share too few letters: an edit changes two at most.
    if (longer < 3 || Math.abs(a.length - b.length) > mostEdits) return 0
    if (bits((letters[left] as number) ^ (letters[right] as number)) > 2 * mostEdits) return 0
    for (let j = 0; j <= b.length; j++) row[j] = j
    for (let i = 1; i <= a.length; i++) {
      const code = a.charCodeAt(i - 1)
      let least = i
      next[0] = i
      for (let j = 1; j <= b.length; j++) {
        let edits = (row[j - 1] as number) + (code === b.charCodeAt(j - 1) ? 0 : 1)
        if ((row[j] as number) + 1 < edits) edits = (row[j] as number) + 1
        if ((next[j - 1] as number) + 1 < edits) edits = (next[j - 1] as number) + 1
        next[j] = edits
        if (edits < least) least = edits
      }
      if (least > mostEdits) return 0
      ;[row, next] = [next, row]
    }
    const edits = row[b.length] as number
    return edits > mostEdits ? 0 : 1 - edits / longer
  }
}

function bits(set: number): number {
  let left = set - ((set >>> 1) & 0x55555555)
  left = (left & 0x33333333) + ((left >>> 2) & 0x33333333)
  return (((left + (left >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24
}
