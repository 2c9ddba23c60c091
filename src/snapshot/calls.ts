/** Which calls were answered in full, counted: the coverage that a result states. */
import { compareText } from '#base/canonical.ts'
import type { Snapshot } from './record.ts'

export interface CallCount {
  /** `service:Operation`. */
  readonly call: string
  readonly count: number
}

/** Sorted by name. */
export const callCounts = ({ reads }: Pick<Snapshot, 'reads'>): readonly CallCount[] =>
  [...Map.groupBy(reads, r => `${r.service}:${r.operation}`)]
    .map(([call, { length }]) => ({ call, count: length }))
    .sort((a, b) => compareText(a.call, b.call))
