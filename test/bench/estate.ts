/** An account of any size for the benchmark: `n` distributions over load balancers in four regions, good and bad ones mixed. */
import { buildDistribution } from '#lab/build/distribution.ts'
import { buildZone, cloudFrontZone, type RecordSpec } from '#lab/build/dns.ts'
import { type BuiltLoadBalancer, buildLoadBalancer, type LoadBalancerSpec } from '#lab/build/load-balancer.ts'
import { distributionDomain, hex } from '#lab/build/names.ts'
import { network, type Place } from '#lab/build/place.ts'
import {
  forbidden,
  forward,
  header,
  headerRegex,
  host,
  path,
  type RawCondition,
  type RuleSpec,
  rule,
  toHttps,
} from '#lab/build/rules.ts'
import { buildCertificate, buildWebAcl, requireHeader } from '#lab/build/security.ts'
import { buildVpcOrigin } from '#lab/build/vpc-origin.ts'
import type { World, WorldResource } from '#lab/world.ts'

const account = '111122223333'
const regions = ['us-east-1', 'eu-west-1', 'eu-central-1', 'ap-southeast-2'] as const
const places: readonly Place[] = regions.map(region => ({ account, region }))
const virginia: Place = { account, region: 'us-east-1' }

/** Distributions behind one load balancer, in turn: five in seven stand alone. */
const shares = [1, 1, 2, 1, 1, 3, 1] as const
/** Distributions per hosted zone. */
const perZone = 250
/** Load balancers that one web ACL of a region guards; AWS takes at most 100. */
const perWebAcl = 10
const name = 'x-auth-token'

/** What is right or wrong with a load balancer; nearly one in two is locked as it should be. */
const styles = [
  'locked',
  'locked',
  'web-acl',
  'locked',
  'vpc-origin',
  'locked',
  'open-default',
  'locked',
  'path-hole',
  'locked',
  'everyone-connects',
  'locked',
  'wildcard',
  'regular-expression',
  'plain-port',
  'locked',
  'ipv6',
  'locked',
  'own-name',
  'weak-token',
] as const
type Style = (typeof styles)[number]

/** A load balancer and the distributions that share it. */
interface Group {
  readonly number: number
  readonly style: Style
  readonly place: Place
  /** Names of the distributions. */
  readonly members: readonly string[]
}

const groupsOf = (n: number): readonly Group[] => {
  const groups: Group[] = []
  for (let taken = 0, number = 0; taken < n; number++) {
    const size = Math.min(shares[number % shares.length] ?? 1, n - taken)
    groups.push({
      number,
      style: styles[(number * 7) % styles.length] ?? 'locked',
      // Shifted every round, so that every style is found in every region.
      place: places[(number + Math.floor(number / styles.length)) % places.length] ?? virginia,
      members: Array.from({ length: size }, (_, i) => `app${taken + i}`),
    })
    taken += size
  }
  return groups
}

const zoneOf = (member: string): string => `z${Math.floor(Number(member.slice(3)) / perZone)}.example.com`
const originHost = (member: string): string => `origin-${member}.${zoneOf(member)}`

const tokenOf = (group: Group, member: string): string => {
  if (group.style === 'weak-token') return `secret${group.number % 100}`
  if (group.style === 'web-acl') return hex(40, 'token', aclName(group))
  return hex(40, 'token', member)
}

/** One in twenty load balancers has a web ACL. */
const aclName = ({ number }: Group): string =>
  `gate-${Math.floor(number / (styles.length * places.length * perWebAcl))}`

const gateOf = (group: Group, member: string): RawCondition => {
  const token = tokenOf(group, member)
  if (group.style === 'wildcard') return header(name, `${token.slice(0, 6)}*`)
  return group.style === 'regular-expression' ? headerRegex(name, `^${token}$`) : header(name, token)
}

/** For each distribution its API, its site, and a maintenance page; every one asks for the token. */
const rulesOf = (group: Group): readonly RuleSpec[] => [
  ...(group.style === 'path-hole' ? [rule(1, path('/assets/*'), forward('web'))] : []),
  ...group.members.flatMap((member, i) => {
    const gate = gateOf(group, member)
    const own = host(originHost(member), `*.${originHost(member)}`)
    return [
      rule(10 * i + 10, [gate, own, path('/api/*', '/v1/*')], forward('api')),
      rule(10 * i + 11, [gate, path('/maintenance')], { respond: 503, body: 'Back soon' }),
      rule(10 * i + 12, gate, forward('web')),
    ]
  }),
]

const ungated = (group: Group): boolean => ['web-acl', 'vpc-origin', 'open-default'].includes(group.style)

const listenersOf = (group: Group): LoadBalancerSpec['listeners'] => [
  {
    port: 443,
    protocol: 'HTTPS',
    rules: ungated(group) ? [] : rulesOf(group),
    otherwise: ungated(group) ? forward('web') : forbidden,
  },
  ...(group.style === 'vpc-origin'
    ? []
    : [
        {
          port: 80,
          protocol: 'HTTP' as const,
          otherwise: group.style === 'plain-port' ? forward('web') : toHttps,
        },
      ]),
]

const admitsOf = ({ style }: Group): LoadBalancerSpec['admits'] => [
  { peer: style === 'everyone-connects' ? 'world' : 'cloudfront', ports: [443, 443] },
  ...(style === 'plain-port' ? [{ peer: 'world' as const, ports: [80, 80] as const }] : []),
  ...(style === 'ipv6' ? [{ peer: 'world-v6' as const, ports: [443, 443] as const }] : []),
]

const certificateOf = (place: Place, member: string): WorldResource =>
  buildCertificate({ place, names: [zoneOf(member), `*.${zoneOf(member)}`] })

const webAclOf = (group: Group): WorldResource | undefined =>
  group.style === 'web-acl'
    ? buildWebAcl({
        name: aclName(group),
        scope: 'REGIONAL',
        place: group.place,
        rules: [requireHeader(name, hex(40, 'token', aclName(group)))],
      })
    : undefined

const edgeAcl = (group: Group): WorldResource =>
  buildWebAcl({
    name: group.number % 5 === 0 ? 'edge-counting' : 'edge-blocking',
    scope: 'CLOUDFRONT',
    place: virginia,
    counting: group.number % 5 === 0,
  })

interface Part {
  readonly resources: readonly WorldResource[]
  readonly dns: World['dns']
  readonly records: readonly (readonly [zone: string, record: RecordSpec])[]
}

const distributionOf = (
  group: Group,
  member: string,
  lb: BuiltLoadBalancer,
  vpcOrigin: WorldResource | undefined,
): WorldResource =>
  buildDistribution({
    name: member,
    account,
    comment: `${member} is ${group.style}`,
    aliases: [`${member}.${zoneOf(member)}`],
    origins: [
      {
        id: 'app',
        domainName: group.style === 'own-name' ? lb.dnsName : originHost(member),
        headers: { [name]: tokenOf(group, member), 'x-served-for': member },
        ...(vpcOrigin && { vpcOriginId: String(vpcOrigin.config.Id) }),
      },
    ],
    behaviors: [
      { pathPattern: '/api/*', origin: 'app', viewerPolicy: 'https-only' },
      { pathPattern: '/assets/*', origin: 'app' },
    ],
    certificate: certificateOf(virginia, member).arn,
    webAcl: edgeAcl(group).arn,
  })

const recordsOf = (member: string, lb: BuiltLoadBalancer): Part['records'] => {
  const zone = zoneOf(member)
  return [
    [
      zone,
      { name: `${member}.${zone}`, alias: distributionDomain(member), zone: cloudFrontZone, ipv6: true },
    ],
    [zone, { name: originHost(member), alias: lb.dnsName, zone: lb.zone }],
  ]
}

const partOf = (group: Group): Part => {
  const [first = ''] = group.members
  const webAcl = webAclOf(group)
  const certificate = certificateOf(group.place, first)
  const lb = buildLoadBalancer({
    name: `lb${group.number}`,
    number: group.number,
    place: group.place,
    internal: group.style === 'vpc-origin',
    dualstack: group.style === 'ipv6',
    admits: admitsOf(group),
    listeners: listenersOf(group),
    certificate: certificate.arn,
    ...(webAcl && { webAcl: webAcl.arn }),
  })
  const vpcOrigin =
    group.style === 'vpc-origin' ? buildVpcOrigin(account, `lb${group.number}`, lb.arn) : undefined
  return {
    resources: [
      ...lb.resources,
      certificate,
      ...(webAcl ? [webAcl] : []),
      ...(vpcOrigin ? [vpcOrigin] : []),
      edgeAcl(group),
      ...group.members.flatMap(member => [
        certificateOf(virginia, member),
        distributionOf(group, member, lb, vpcOrigin),
      ]),
    ],
    dns: lb.dns,
    records: group.members.flatMap(member => recordsOf(member, lb)),
  }
}

/** `n` distributions. The same number gives the same world. */
export const estateWorld = (n: number): World => {
  const parts = groupsOf(n).map(partOf)
  const records = Map.groupBy(
    parts.flatMap(p => p.records),
    ([zone]) => zone,
  )
  const resources = [
    ...places.flatMap(network),
    ...parts.flatMap(p => p.resources),
    ...[...records].flatMap(([zone, own]) =>
      buildZone(
        account,
        zone,
        own.map(([, record]) => record),
      ),
    ),
  ]
  return {
    name: `estate-${n}`,
    story: `${n} distributions in front of ${parts.length} load balancers.`,
    account,
    regions: [...regions],
    resources: [...new Map(resources.map(r => [`${r.type} ${r.arn}`, r])).values()],
    dns: parts.flatMap(p => p.dns),
  }
}
