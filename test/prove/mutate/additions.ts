/** What somebody may add to an account: a rule, a listener, an admission, a target, a route, a load balancer. */
import type { LocatedResource, Snapshot } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { apiAdditions } from './api-additions.ts'
import type { Config } from './places.ts'

export interface Addition {
  readonly text: string
  readonly resources: readonly LocatedResource[]
  /** With what is added; those of the snapshot where left out. */
  readonly reads?: Snapshot['reads']
}

const list = (value: unknown): readonly Config[] => (Array.isArray(value) ? (value as Config[]) : [])

const of = (snapshot: Snapshot, type: string): readonly LocatedResource[] =>
  snapshot.resources.filter(r => r.type === type)

const swapped = (snapshot: Snapshot, old: LocatedResource, config: Config): readonly LocatedResource[] =>
  snapshot.resources.map(r => (r === old ? { ...r, config } : r))

const forwardTo = (TargetGroupArn: string): readonly Config[] => [
  {
    Type: 'forward',
    TargetGroupArn,
    Order: 1,
    ForwardConfig: { TargetGroups: [{ TargetGroupArn, Weight: 1 }] },
  },
]

const added = (
  snapshot: Snapshot,
  like: LocatedResource,
  arn: string,
  config: Config,
): readonly LocatedResource[] => [
  ...snapshot.resources,
  { ...like, arn, config: { ...like.config, ...config } },
]

const peers: readonly Config[] = [
  { CidrIpv4: '0.0.0.0/0' },
  { CidrIpv6: '::/0' },
  { CidrIpv4: '198.51.100.0/25' },
  { ReferencedGroupInfo: { GroupId: 'sg-0123456789abcdef0' } },
]

const admissions = (snapshot: Snapshot): readonly Addition[] =>
  of(snapshot, types.securityGroupRule).flatMap(rule =>
    peers.map((peer, i) => {
      const { PrefixListId: _p, CidrIpv4: _4, CidrIpv6: _6, ReferencedGroupInfo: _g, ...rest } = rule.config
      const SecurityGroupRuleId = `sgr-0added${i}`
      const like = { ...rule, config: rest }
      const config = { ...peer, SecurityGroupRuleId, FromPort: 0, ToPort: 65_535 }
      const text = `${String(rest.GroupId)} also admits ${JSON.stringify(peer)}`
      return { text, resources: added(snapshot, like, `${rule.arn}-${i}`, config) }
    }),
  )

const groupArns = (snapshot: Snapshot): readonly string[] => of(snapshot, types.targetGroup).map(r => r.arn)

/** A rule in front of all others. */
const rules = (snapshot: Snapshot): readonly Addition[] =>
  of(snapshot, types.rule).flatMap(rule =>
    groupArns(snapshot).map(group => {
      const Conditions = [{ Field: 'path-pattern', PathPatternConfig: { Values: ['/added/*'] } }]
      const RuleArn = `${rule.arn}-added`
      const config = { RuleArn, Priority: '2', IsDefault: false, Conditions, Actions: forwardTo(group) }
      return {
        text: `${rule.arn} stands behind a new rule`,
        resources: added(snapshot, rule, RuleArn, config),
      }
    }),
  )

/** A listener on a port of its own. */
const listeners = (snapshot: Snapshot): readonly Addition[] =>
  of(snapshot, types.listener).flatMap(listener => {
    const rule = of(snapshot, types.rule).find(
      r => r.config.ListenerArn === listener.arn && r.config.Priority === 'default',
    )
    if (!rule) return []
    return groupArns(snapshot).map(group => {
      const ListenerArn = `${listener.arn}8080`
      const Actions = forwardTo(group)
      const own = {
        ListenerArn,
        Port: 8080,
        Protocol: 'HTTP',
        DefaultActions: Actions,
        MutualAuthentication: undefined,
      }
      const RuleArn = `${rule.arn}8080`
      const resources = [
        ...added(snapshot, listener, ListenerArn, own),
        { ...rule, arn: RuleArn, config: { ...rule.config, RuleArn, ListenerArn, Actions } },
      ]
      return { text: `${listener.arn} has a neighbour on 8080`, resources }
    })
  })

/** A target of one group is registered in another too. */
const targets = (snapshot: Snapshot): readonly Addition[] => {
  const all = of(snapshot, types.targetHealth)
  return all.flatMap(into =>
    all
      .filter(from => from !== into)
      .map(from => {
        const TargetHealthDescriptions = [
          ...list(into.config.TargetHealthDescriptions),
          ...list(from.config.TargetHealthDescriptions),
        ]
        const text = `${into.arn} has the targets of ${from.arn} too`
        return { text, resources: swapped(snapshot, into, { ...into.config, TargetHealthDescriptions }) }
      }),
  )
}

const inLists = (
  snapshot: Snapshot,
  type: string,
  field: string,
  items: readonly Config[],
): readonly Addition[] =>
  of(snapshot, type).flatMap(old =>
    items.map(item => {
      const config = { ...old.config, [field]: [item, ...list(old.config[field])] }
      return {
        text: `${old.arn}: ${field} begins with ${JSON.stringify(item)}`,
        resources: swapped(snapshot, old, config),
      }
    }),
  )

const lists = (snapshot: Snapshot): readonly Addition[] => [
  ...inLists(
    snapshot,
    types.networkAcl,
    'Entries',
    ['allow', 'deny'].flatMap(RuleAction => [
      { Egress: false, RuleNumber: 1, RuleAction, Protocol: '-1', CidrBlock: '0.0.0.0/0' },
      { Egress: false, RuleNumber: 1, RuleAction, Protocol: '-1', Ipv6CidrBlock: '::/0' },
    ]),
  ),
  ...inLists(snapshot, types.routeTable, 'Routes', [
    { DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-0123456789abcdef0', State: 'active' },
  ]),
  ...inLists(snapshot, types.prefixListEntries, 'Entries', [{ Cidr: '0.0.0.0/0' }, { Cidr: '::/0' }]),
  ...inLists(snapshot, types.rule, 'Actions', [
    { Type: 'authenticate-oidc', Order: 1, AuthenticateOidcConfig: { OnUnauthenticatedRequest: 'allow' } },
  ]),
  ...inLists(
    snapshot,
    types.webAcl,
    'Rules',
    ['Allow', 'Block', 'Count'].map(action => ({
      Name: 'added',
      Priority: -1,
      Action: { [action]: {} },
      Statement: { GeoMatchStatement: { CountryCodes: ['IE'] } },
    })),
  ),
]

/** The same load balancer once more under another name, admitting everyone and forwarding everything. */
const balancers = (snapshot: Snapshot): readonly Addition[] =>
  of(snapshot, types.loadBalancer).map(lb => {
    const mark = (text: string): string => text.replaceAll(tail(lb.arn), `${tail(lb.arn).slice(0, -4)}twin`)
    const own = snapshot.resources.filter(
      r => /ElasticLoadBalancingV2|WebACLAssoc/.test(r.type) && `${r.arn}/`.includes(`${tail(lb.arn)}/`),
    )
    const copies = own.map(r => JSON.parse(mark(JSON.stringify(r))) as LocatedResource)
    const opened = copies.map(r => ({ ...r, config: openedConfig(r, groupArns(snapshot)[0] ?? '') }))
    return { text: `${lb.arn} has a twin that is open`, resources: [...snapshot.resources, ...opened] }
  })

const tail = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1)

const openedConfig = ({ type, config }: LocatedResource, group: string): Config => {
  if (type === types.rule && config.Priority === 'default') return { ...config, Actions: forwardTo(group) }
  if (type === types.listener) return { ...config, MutualAuthentication: { Mode: 'off' } }
  if (type === types.webAclAssociation) return { ...config, WebACLArn: null }
  if (type === types.loadBalancer)
    return { ...config, DNSName: `twin-${String(config.DNSName)}`, Scheme: 'internet-facing' }
  return config
}

export const additions = (snapshot: Snapshot): readonly Addition[] => [
  ...admissions(snapshot),
  ...rules(snapshot),
  ...listeners(snapshot),
  ...targets(snapshot),
  ...lists(snapshot),
  ...balancers(snapshot),
  ...apiAdditions(snapshot),
]
