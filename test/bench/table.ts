/** Tables as plain text. */

export type Row = readonly (string | number)[]

const shown = (cell: string | number): string =>
  typeof cell === 'string' ? cell : Number.isInteger(cell) ? String(cell) : cell.toFixed(cell < 10 ? 2 : 1)

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

/** Slope of `values` over `sizes` on logarithmic axes, by least squares: 1 is linear, 2 quadratic. */
export const growthExponent = (sizes: readonly number[], values: readonly number[]): number => {
  const points = sizes.map((size, i) => [Math.log(size), Math.log(values[i] ?? Number.NaN)] as const)
  const mean = (index: 0 | 1): number => points.reduce((sum, p) => sum + p[index], 0) / points.length
  const [x, y] = [mean(0), mean(1)]
  const covariance = points.reduce((sum, p) => sum + (p[0] - x) * (p[1] - y), 0)
  return covariance / points.reduce((sum, p) => sum + (p[0] - x) ** 2, 0)
}
