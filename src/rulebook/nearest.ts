/** What somebody who mistyped a name probably meant. */

const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}

/** ` (did you mean "x"?)`, or nothing where no name is near. */
export const suggestion = (typed: string, names: readonly string[]): string => {
  const near = names
    .map(name => ({ name, far: distance(typed.slice(0, 60), name) }))
    .filter(({ far }) => far <= Math.max(2, Math.floor(typed.length / 4)))
    .sort((a, b) => a.far - b.far)
  return near[0] ? ` (did you mean "${near[0].name}"?)` : ''
}
