/** Index of the last entry that passes, -1 where none does. Entries that pass stand before those that do not; takes logarithmic time. */
export function lastWhere<T>(entries: readonly T[], test: (entry: T) => boolean): number {
  let low = 0
  let high = entries.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (test(entries[middle] as T)) low = middle + 1
    else high = middle
  }
  return low - 1
}
