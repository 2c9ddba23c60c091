/** Parts of small snapshots for the tests of this folder: records, reads and gaps, put together and changed. */
import type { Gap } from '#base/gap.ts'
import { arrangeSnapshot } from '#snapshot/arrange.ts'
import type { HeadRecord, ReadRecord, ResourceRecord, Snapshot } from '#snapshot/record.ts'
import { buildTopology } from '#topology/build.ts'
import type { Link, LoadBalancer, Topology } from '#topology/model.ts'

export const account = '111122223333'

export const region = 'eu-west-1'

export type Config = Readonly<Record<string, unknown>>

/** Everything a snapshot holds, as loose parts that a test may change. */
export interface Parts {
  readonly head?: Partial<HeadRecord>
  readonly resources: readonly ResourceRecord[]
  readonly reads: readonly ReadRecord[]
  readonly gaps?: readonly Gap[]
}

export const resource = (
  type: string,
  arn: string,
  config: Config,
  place: { readonly account?: string; readonly region?: string } = {},
): ResourceRecord => ({
  record: 'resource',
  type,
  arn,
  account: place.account ?? account,
  region: place.region ?? region,
  source: { kind: 'aws', service: 'test', operation: 'Test' },
  config,
})

const elb = 'elastic-load-balancing-v2'

const serviceOf = (operation: string): string => {
  if (/Listener|Rules$|LoadBalancer|Target/.test(operation) && !operation.includes('Security')) return elb
  if (/HostedZones|ResourceRecordSets/.test(operation)) return 'route-53'
  if (/WebACL/.test(operation)) return 'wafv2'
  if (/Certificate/.test(operation)) return 'acm'
  return /Distributions|VpcOrigin/.test(operation) ? 'cloudfront' : 'ec2'
}

export const read = (
  operation: string,
  target = '*',
  count = 1,
  place: { readonly account?: string; readonly region?: string; readonly service?: string } = {},
): ReadRecord => ({
  record: 'read',
  service: place.service ?? serviceOf(operation),
  operation,
  account: place.account ?? account,
  region: place.region ?? region,
  target,
  count,
})

export const gap = (operation: string, target = '*', at = region): Gap => ({
  code: 'denied',
  service: serviceOf(operation),
  operation,
  target,
  account,
  region: at,
  action: `test:${operation}`,
  message: `${operation} was denied.`,
})

export const snapshotOf = ({ head, resources, reads, gaps = [] }: Parts): Snapshot =>
  arrangeSnapshot(
    {
      record: 'head',
      format: 1,
      tool: 'originproof 0.1.0',
      observedAt: '2026-06-01T12:00:00.000Z',
      accounts: [account],
      regions: [region],
      sealKey: 'abcd',
      ...head,
    },
    resources,
    reads,
    gaps,
  )

export const topologyOf = (parts: Parts): Topology => buildTopology(snapshotOf(parts))

export const merge = (...parts: readonly Parts[]): Parts => ({
  head: Object.assign({}, ...parts.map(p => p.head)),
  resources: parts.flatMap(p => p.resources),
  reads: parts.flatMap(p => p.reads),
  gaps: parts.flatMap(p => p.gaps ?? []),
})

/** `parts` with the configuration of some resources replaced. */
export const changed = (
  parts: Parts,
  matches: (r: ResourceRecord) => boolean,
  change: (config: Config) => Config,
): Parts => ({
  ...parts,
  resources: parts.resources.map(r => (matches(r) ? { ...r, config: change(r.config) } : r)),
})

export const ofType =
  (type: string) =>
  (r: ResourceRecord): boolean =>
    r.type === type

export const onlyLink = (topology: Topology): Link => {
  const [link, ...more] = topology.links
  if (link === undefined || more.length > 0) throw new Error(`${topology.links.length} links instead of one`)
  return link
}

export const onlyBalancer = (topology: Topology): LoadBalancer => {
  const { target } = onlyLink(topology)
  if (target.kind !== 'load-balancer') throw new Error(`the target is ${target.kind}`)
  return target.loadBalancer
}

/** The value, or a failure that shows the gaps. */
export const given = <T>(
  known:
    | { readonly known: true; readonly value: T }
    | { readonly known: false; readonly gaps: readonly Gap[] },
): T => {
  if (!known.known) throw new Error(`not known: ${known.gaps.map(g => g.message).join(' ')}`)
  return known.value
}

export const gapsOf = (known: { readonly known: boolean; readonly gaps?: readonly Gap[] }): readonly Gap[] =>
  known.known ? [] : (known.gaps ?? [])
