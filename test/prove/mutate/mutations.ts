/** Every small change of a snapshot that a certificate may rest on: each value, list, record and answer, one at a time. */
import type { LocatedResource, ReadRecord, Snapshot } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { additions } from './additions.ts'
import { type Config, keyOf, placesOf, withPlace } from './places.ts'
import { insteadOf, wholes } from './values.ts'

export interface Mutation {
  readonly text: string
  /** Made when it is asked for, as there are many. */
  readonly make: () => Snapshot
}

/** Nothing that decides who reaches an origin is read from these. */
const beside: ReadonlySet<string> = new Set([
  types.account,
  types.certificate,
  types.listenerCertificates,
  types.tags,
  types.hostedZone,
  types.originAccessControl,
])

/** Names, dates and notes. */
const idle =
  /^(Name|Comment|ETag|.*Time|.*Date|Description|MetricName|VisibilityConfig|IsIPV6Enabled|Status|PriceClass|HttpVersion|MinimumProtocolVersion|ViewerProtocolPolicy|SslPolicy|.*RequestPolicyId|CachePolicyId|.*Certificate.*|Capacity|LabelNamespace|alphabet|length|weakness|.*Timeout|.*Attempts|AvailabilityZone|ZoneName|OwnerId|.*AssociationId|Health.*|ICP.*|CNAME|CallerReference)$/
/** Where a name or an owner says what a resource is. */
const named: ReadonlySet<string> = new Set([
  types.prefixList,
  types.webAcl,
  types.ruleGroup,
  types.recordSet,
  types.dnsAnswer,
])
/** Where a date says what is in effect. */
const dated: ReadonlySet<string> = new Set([types.restDeployment, types.apiDeployment])
const isIdle = (key: string, type: string): boolean =>
  idle.test(key) &&
  !(named.has(type) && (key === 'OwnerId' || key === 'Name')) &&
  !(dated.has(type) && /date$/i.test(key))

const isEdgeAcl = ({ type, config }: LocatedResource): boolean =>
  type === types.webAcl && config.Scope === 'CLOUDFRONT'

const decides = (resource: LocatedResource): boolean => !beside.has(resource.type) && !isEdgeAcl(resource)

const swapped = (snapshot: Snapshot, old: LocatedResource, config: Config): Snapshot => ({
  ...snapshot,
  resources: snapshot.resources.map(r => (r === old ? { ...r, config } : r)),
})

/** All scalar values by the name they stand under, of one type of record. */
const seenIn = (
  resources: readonly LocatedResource[],
): ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<unknown>>> => {
  const seen = new Map<string, Map<string, Set<unknown>>>()
  for (const { type, config } of resources)
    for (const { path, value } of placesOf(config)) {
      if (Array.isArray(value)) continue
      const ofType = seen.get(type) ?? new Map<string, Set<unknown>>()
      seen.set(type, ofType)
      ofType.set(keyOf(path), (ofType.get(keyOf(path)) ?? new Set()).add(value))
    }
  return seen
}

const short = (value: unknown): string => (JSON.stringify(value) ?? 'nothing').slice(0, 80)

const ofLists = (items: readonly unknown[]): readonly unknown[] => [
  ...items.map((_, i) => items.toSpliced(i, 1)),
  ...items.slice(1).map((_, i) => items.toSpliced(i, 2, items[i + 1], items[i])),
]

/** Values and lists of one record. */
const changes = (
  resource: LocatedResource,
  seen: ReadonlyMap<string, ReadonlySet<unknown>>,
): readonly { readonly text: string; readonly config: Config }[] => {
  const { type, config } = resource
  const places = placesOf(config).flatMap(({ path, value }) => {
    const key = keyOf(path)
    if (path.some(step => isIdle(String(step), type))) return []
    const instead = Array.isArray(value) ? ofLists(value) : insteadOf(key, value, seen)
    return instead.map(other => ({
      text: `${resource.arn} ${path.join('.')}: ${short(other)} instead of ${short(value)}`,
      config: withPlace(config, path, other),
    }))
  })
  const whole = wholes(config).map(([key, value]) => ({
    text: `${resource.arn} ${key}: ${short(value)}`,
    config: { ...config, [key]: value },
  }))
  return [...places, ...whole, ...wholeRules(resource)]
}

/** Actions of each rule of a web ACL or rule group. */
const wholeRules = ({ type, arn, config }: LocatedResource) => {
  if (type !== types.webAcl && type !== types.ruleGroup) return []
  const rules = (config.Rules ?? []) as readonly Config[]
  return rules.flatMap((rule, i) =>
    wholes(rule).map(([key, value]) => ({
      text: `${arn} rule ${i} ${key}: ${short(value)}`,
      config: { ...config, Rules: rules.with(i, { ...rule, [key]: value }) },
    })),
  )
}

const isAbout = (read: ReadRecord, { source, account, region, arn, config }: LocatedResource): boolean =>
  source.kind === 'aws' &&
  read.operation === source.operation &&
  read.account === account &&
  (read.region === region || region === 'us-east-1') &&
  (read.target === '*' || read.target === arn || JSON.stringify(config).includes(JSON.stringify(read.target)))

/** The record does not exist, and the list that held it is one shorter. */
const gone = (snapshot: Snapshot, old: LocatedResource): Snapshot => ({
  ...snapshot,
  resources: snapshot.resources.filter(r => r !== old),
  reads: snapshot.reads.map(r => (isAbout(r, old) ? { ...r, count: Math.max(0, r.count - 1) } : r)),
})

/** What told of the record was not answered. */
const unread = (snapshot: Snapshot, old: LocatedResource): Snapshot => ({
  ...snapshot,
  resources: snapshot.resources.filter(r => r !== old),
  reads: snapshot.reads.filter(r => !isAbout(r, old)),
  gaps: [
    ...snapshot.gaps,
    ...snapshot.reads
      .filter(r => isAbout(r, old))
      .map(({ service, operation, target, account, region }) => ({
        ...{ service, operation, target, account, region },
        code: 'denied' as const,
        action: `${service}:${operation}`,
        message: `${operation} was denied.`,
      })),
  ],
})

export const mutationsOf = (snapshot: Snapshot): readonly Mutation[] => {
  const deciding = snapshot.resources.filter(decides)
  const seen = seenIn(deciding)
  return [
    ...deciding.flatMap(resource => [
      ...changes(resource, seen.get(resource.type) ?? new Map()).map(({ text, config }) => ({
        text,
        make: () => swapped(snapshot, resource, config),
      })),
      { text: `${resource.arn} is gone`, make: () => gone(snapshot, resource) },
      { text: `${resource.arn} was not read`, make: () => unread(snapshot, resource) },
    ]),
    ...additions(snapshot).map(({ text, resources, reads = snapshot.reads }) => ({
      text,
      make: () => ({ ...snapshot, resources, reads }),
    })),
  ]
}
