/** Look-ups over a snapshot: resources by type and name, and what was and was not read. */
import type { Gap } from '#base/gap.ts'
import type { LocatedResource, ReadRecord, Snapshot } from './record.ts'

/** A call that may have been answered. `region` and `account` left out mean: in any. */
interface ReadQuery {
  /** SDK client name; operations of different services share names (`DescribeLoadBalancers`). */
  readonly service: string
  readonly operation: string
  /** The ARN, id or name asked about; `*` for an account- or region-wide list. */
  readonly target: string
  readonly region?: string
  readonly account?: string
}

/** A call that may have failed. Whatever is left out means: any. */
interface GapQuery extends Omit<ReadQuery, 'service'> {
  readonly service?: string
}

export interface SnapshotIndex {
  readonly snapshot: Snapshot
  /** Canonical order; empty where there is none. */
  byType(type: string): readonly LocatedResource[]
  /** The first in canonical order. */
  byArn(type: string, arn: string): LocatedResource | undefined
  /** All of that name: the same ARN may have been read in several accounts or regions. */
  allByArn(type: string, arn: string): readonly LocatedResource[]
  /**
   * Whether the call was answered in full, so that what is not there does not exist. A list of a whole region and
   * account answers for each target in it, but only where the query names both: elsewhere it proves nothing.
   * Says nothing of gaps; ask `gapsFor` too.
   */
  wasRead(query: ReadQuery): boolean
  /**
   * Every gap that may hide the answer: of the same target, of the whole list (`*`), or of no particular region or
   * account. In canonical order.
   */
  gapsFor(query: GapQuery): readonly Gap[]
}

const grouped = <T>(items: readonly T[], key: (item: T) => string): ReadonlyMap<string, readonly T[]> => {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(key(item))
    if (group) group.push(item)
    else groups.set(key(item), [item])
  }
  return groups
}

const pair = (a: string, b: string): string => `${a}\n${b}`

const anywhere = (place: string): boolean => place === '' || place === '*'
const same = (asked: string | undefined, own: string): boolean => asked === undefined || asked === own

const listed = (read: ReadRecord, query: ReadQuery): boolean =>
  read.service === query.service && read.region === query.region && read.account === query.account

const hides = (gap: Gap, query: GapQuery): boolean =>
  same(query.service, gap.service) &&
  (anywhere(gap.region) || same(query.region, gap.region)) &&
  (anywhere(gap.account) || same(query.account, gap.account))

export const indexSnapshot = (snapshot: Snapshot): SnapshotIndex => {
  const types = grouped(snapshot.resources, r => r.type)
  const names = grouped(snapshot.resources, r => pair(r.type, r.arn))
  const reads = grouped(snapshot.reads, r => pair(r.operation, r.target))
  const gaps = grouped(snapshot.gaps, g => pair(g.operation, g.target))
  const listGaps = grouped(
    snapshot.gaps.filter(g => g.target === '*'),
    g => g.operation,
  )
  const allByArn = (type: string, arn: string) => names.get(pair(type, arn)) ?? []
  return {
    snapshot,
    byType: type => types.get(type) ?? [],
    byArn: (type, arn) => allByArn(type, arn)[0],
    allByArn,
    wasRead: query =>
      (reads.get(pair(query.operation, query.target)) ?? []).some(
        r => r.service === query.service && same(query.region, r.region) && same(query.account, r.account),
      ) || (reads.get(pair(query.operation, '*')) ?? []).some(r => listed(r, query)),
    gapsFor: query => {
      const own = query.target === '*' ? [] : (gaps.get(pair(query.operation, query.target)) ?? [])
      const wide = listGaps.get(query.operation) ?? []
      return [...wide, ...own].filter(g => hides(g, query))
    },
  }
}
