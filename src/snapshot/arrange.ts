/** The canonical arrangement of a snapshot: one order, no duplicates, and line numbers that are true of the written file. */
import { canonicalJson, compareText } from '#base/canonical.ts'
import type { Gap } from '#base/gap.ts'
import type { HeadRecord, LocatedResource, ReadRecord, ResourceRecord, Snapshot } from './record.ts'

/** What makes two records one: the same resource read twice. */
const identity = (r: ResourceRecord): string => JSON.stringify([r.type, r.arn, r.region, r.account])

/** A record with its sort keys, computed once. */
interface Keyed<R> {
  readonly record: R
  readonly id: string
  readonly content: string
}

const resourceOrder = <R extends ResourceRecord>(a: Keyed<R>, b: Keyed<R>): number =>
  compareText(a.record.type, b.record.type) ||
  compareText(a.record.arn, b.record.arn) ||
  compareText(a.record.region, b.record.region) ||
  compareText(a.record.account, b.record.account) ||
  compareText(a.content, b.content)

const conflict = (r: ResourceRecord): Gap => ({
  code: 'malformed',
  service: r.source.kind === 'aws' ? r.source.service : r.source.kind,
  operation: r.source.kind === 'aws' ? r.source.operation : '',
  target: r.arn,
  account: r.account,
  region: r.region,
  action: '',
  message: `${r.type} ${r.arn} was read more than once with different contents; one of them was kept.`,
})

/**
 * Resources in canonical order (type, arn, region, account), each once. Of several records of one resource the one with
 * the smallest canonical content stays, whatever order they came in; where the contents differ, a gap says so, because
 * nobody knows which is true (the resource changed while it was being read).
 */
export const arrangeResources = <R extends ResourceRecord>(
  resources: readonly R[],
): { readonly resources: readonly R[]; readonly gaps: readonly Gap[] } => {
  const ordered = resources
    .map(record => ({
      record,
      id: identity(record),
      content: `${canonicalJson(record.config)}${canonicalJson(record.source)}`,
    }))
    .sort(resourceOrder)
  const kept: R[] = []
  const conflicts = new Map<string, Gap>()
  let last: Keyed<R> | undefined
  for (const entry of ordered) {
    if (last?.id !== entry.id) {
      kept.push(entry.record)
      last = entry
    } else if (canonicalJson(last.record.config) !== canonicalJson(entry.record.config)) {
      conflicts.set(entry.id, conflict(last.record))
    }
  }
  return { resources: kept, gaps: [...conflicts.values()] }
}

/** Canonical order without duplicates, by the records' whole content. */
const arranged = <T>(items: readonly T[], key: (item: T) => string): readonly T[] =>
  [...new Map(items.map(item => [key(item), item])).entries()]
    .sort(([a], [b]) => compareText(a, b))
    .map(([, item]) => item)

const readKey = (r: ReadRecord): string =>
  JSON.stringify([r.service, r.operation, r.account, r.region, r.target, r.count]) + canonicalJson(r)

const gapKey = (g: Gap): string =>
  JSON.stringify([g.service, g.operation, g.account, g.region, g.target, g.code]) + canonicalJson(g)

export const arrangeReads = (reads: readonly ReadRecord[]): readonly ReadRecord[] => arranged(reads, readKey)
export const arrangeGaps = (gaps: readonly Gap[]): readonly Gap[] => arranged(gaps, gapKey)

/** A snapshot in canonical order; the line of a resource is the one `snapshotLines` writes it on (the head is line 1). */
export const arrangeSnapshot = (
  head: HeadRecord,
  resources: readonly ResourceRecord[],
  reads: readonly ReadRecord[],
  gaps: readonly Gap[],
): Snapshot => {
  const own = arrangeResources(resources)
  return {
    head,
    resources: own.resources.map((r, i): LocatedResource => ({ ...r, line: i + 2 })),
    reads: arrangeReads(reads),
    gaps: arrangeGaps([...gaps, ...own.gaps]),
  }
}
