/** Questions about `*` and `?` patterns, answered by recursion on their text; for checking only. */

/** Whether some text meets both patterns. A pattern without wildcards is a text. */
export const overlap = (a: string, b: string): boolean => {
  const known = new Map<string, boolean>()
  const at = (i: number, j: number): boolean => {
    const key = `${i},${j}`
    const before = known.get(key)
    if (before !== undefined) return before
    known.set(key, false)
    const made = meet(i, j)
    known.set(key, made)
    return made
  }
  const meet = (i: number, j: number): boolean => {
    const [x, y] = [a[i], b[j]]
    if (x === undefined && y === undefined) return true
    if (x === '*') return at(i + 1, j) || (y !== undefined && at(i, j + 1))
    if (y === '*') return at(i, j + 1) || (x !== undefined && at(i + 1, j))
    return x !== undefined && y !== undefined && (x === y || x === '?' || y === '?') && at(i + 1, j + 1)
  }
  return at(0, 0)
}
