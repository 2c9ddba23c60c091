/** Writes down a request that gets through, with every thing it passes on the way. */
import { addressFamily } from '#base/ip-set.ts'
import type { Rule, TargetGroup, TargetHost } from '#topology/model.ts'
import { isSealed, sealedName, type Value } from '#topology/sealed.ts'
import { outcomeOf } from './alb/interpret.ts'
import type { AlbRequest, QueryPair } from './alb/request.ts'
import type { Door } from './door.ts'
import type { RouteStep, Witness } from './exposure.ts'
import { admittingRule } from './network/reach.ts'

/** What a value looks like where it may be read: sealed ones as `${sealed:xxxxxxxx}`. */
const shownValue = (value: Value): string => (isSealed(value) ? `\${${sealedName(value)}}` : value)

/** `request` is as the deciding listener sees it; the client connects to the entry. */
export const witnessOf = (door: Door, rule: Rule, request: AlbRequest): Witness => ({
  vantage: door.vantage,
  family: door.family,
  source: request.source,
  scheme: request.tls ? 'https' : 'http',
  connect: door.connect,
  port: door.port,
  sni: request.tls ? serverName(request.host) : null,
  method: request.method,
  host: request.host ?? '',
  path: request.path + queryText(request.query),
  headers: request.headers.map(h => [h.name, shownValue(h.value)] as const),
  route: routeOf(door, rule, request),
})

/** No name is told of an address: server names are DNS names (RFC 6066, section 3). */
const serverName = (host: string | null): string | null =>
  host === null || addressFamily(host) !== null ? null : host

const queryText = (query: readonly QueryPair[]): string => {
  if (query.length === 0) return ''
  return `?${query.map(({ key, value }) => (value === null ? key : `${key}=${shownValue(value)}`)).join('&')}`
}

const routeOf = (door: Door, rule: Rule, request: AlbRequest): readonly RouteStep[] => {
  const { entry, entryListener, balancer, listener } = door
  const front = entry.balancer === balancer ? [] : [listenerStep(entryListener, entry.balancer.ref.name)]
  if (entry.way.kind === 'host')
    return [networkStep(door, request.source), ...machineSteps(rule, entry.way.host)]
  return [
    ...wayStep(door),
    networkStep(door, request.source),
    ...front,
    listenerStep(listener, balancer.ref.name),
    ...webAclStep(door),
    {
      kind: 'rule',
      arn: rule.ref.arn,
      line: rule.ref.line,
      text: rule.priority === 'default' ? 'default rule' : `rule ${rule.priority}`,
    },
    ...endSteps(rule),
  ]
}

/** What passes the packet on before the load balancer sees it. */
const wayStep = ({ entry: { ref, way, balancer }, port, entryListener }: Door): readonly RouteStep[] => {
  const at = { kind: 'network', arn: ref.arn, line: ref.line } as const
  if (way.kind === 'accelerator')
    return [
      {
        ...at,
        text: `accelerator ${ref.name} passes port ${port} on to port ${entryListener.port} of ${balancer.ref.name}`,
      },
    ]
  if (way.kind === 'endpoint-service')
    return [
      { ...at, text: `endpoint service ${ref.name} lets other accounts connect to ${balancer.ref.name}` },
    ]
  return []
}

const networkStep = ({ entry, family, entryListener: { port } }: Door, source: string): RouteStep => {
  const { balancer } = entry
  const rule = admittingRule(balancer, source, family, port)
  if (rule === null) {
    const who = `${balancer.ref.name} has no security group and admits everyone`
    const text =
      balancer.securityGroupIds.length === 0 ? who : `${balancer.ref.name} is reached from ${source}`
    return { kind: 'network', arn: balancer.ref.arn, line: balancer.ref.line, text }
  }
  const { peer } = rule
  const from =
    peer.kind === 'prefix-list' ? peer.prefixListId : peer.kind === 'group' ? peer.groupId : peer.cidr
  const text = `${rule.groupId} admits tcp/${port} from ${from}`
  return { kind: 'network', arn: rule.ref.arn, line: rule.ref.line, text }
}

const listenerStep = (listener: Door['listener'], name: string): RouteStep => ({
  kind: 'listener',
  arn: listener.ref.arn,
  line: listener.ref.line,
  text: `${listener.protocol} listener on port ${listener.port} of ${name}`,
})

const webAclStep = ({ balancer }: Door): readonly RouteStep[] => {
  if (!balancer.webAcl.known || balancer.webAcl.value === null) return []
  const { ref, name } = balancer.webAcl.value
  return [{ kind: 'waf', arn: ref.arn, line: ref.line, text: `web ACL ${name} lets it pass` }]
}

const endSteps = (rule: Rule): readonly RouteStep[] => {
  const outcome = outcomeOf(rule.actions)
  const at = { arn: rule.ref.arn, line: rule.ref.line }
  if (outcome.kind === 'authenticate')
    return [{ kind: 'action', ...at, text: `asks for ${outcome.with} authentication` }]
  if (outcome.kind !== 'forward') return []
  const groups = outcome.groups.flatMap(g => (g.known ? [g.value] : []))
  return [
    { kind: 'action', ...at, text: 'forwards' },
    ...groups.map(group => ({
      kind: 'target' as const,
      arn: group.ref.arn,
      line: group.ref.line,
      text: targetText(group),
    })),
  ]
}

/** Nothing stands before a machine that is connected to: it is the target itself. */
const machineSteps = (rule: Rule, { ref }: TargetHost): readonly RouteStep[] =>
  endSteps(rule).flatMap(step => (step.kind === 'target' ? [{ ...step, text: `machine ${ref.name}` }] : []))

const targetText = (group: TargetGroup): string => {
  const count = group.targets.known ? group.targets.value.length : null
  const targets = count === null ? 'targets not read' : count === 1 ? '1 target' : `${count} targets`
  return `target group ${group.name} (${targets})`
}
