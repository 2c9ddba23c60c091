/** Tables as plain text. */

export type Row = readonly (string | number)[]

const shown = (cell: string | number): string => {
  if (typeof cell === 'string' || Number.isInteger(cell)) return String(cell)
  return Number.isNaN(cell) ? '' : cell.toFixed(cell < 10 ? 2 : 1)
}

/** The first column to the left, the others to the right. */
export const table = (head: readonly string[], rows: readonly Row[]): string => {
  const cells = [head, ...rows.map(row => row.map(shown))]
  const widths = head.map((_, i) => Math.max(...cells.map(row => (row[i] ?? '').length)))
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  ')
      .trimEnd()
  const rule = widths.map(width => '-'.repeat(width)).join('  ')
  return [line(cells[0] ?? []), rule, ...cells.slice(1).map(line)].join('\n')
}

/** Slope of the last two values on logarithmic axes: 1 is linear, 2 quadratic; NaN for fewer than two. */
export const growthExponent = (sizes: readonly number[], values: readonly number[]): number => {
  const ratio = (of: readonly number[]): number => (of.at(-1) ?? Number.NaN) / (of.at(-2) ?? Number.NaN)
  return Math.log(ratio(values)) / Math.log(ratio(sizes))
}
