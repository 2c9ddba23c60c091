/** Whether an ingress controller behind a rule refuses strangers, told object by object; for checking only. */
import type { Known } from '#base/known.ts'
import type {
  Cluster,
  ClusterController,
  Fronted,
  Link,
  LoadBalancer,
  Rule,
  TargetGroup,
  Topology,
} from '#topology/model.ts'
import { allGroups, targetsOf, usedGroups } from './backend.ts'
import { areApart, leadsNobodyElse, linkServices, servicesOf } from './cluster-services.ts'
import { type Gate, gateOf, isFollowed } from './ingress.ts'
import { routerRefuses } from './router.ts'

type Balancers = ReadonlyMap<string, LoadBalancer>

/** `login` allows for a login of the cluster's own as well. */
export const clusterRefuses = (
  topology: Topology,
  link: Link,
  rule: Rule,
  balancers: Balancers,
  login: boolean,
): boolean => {
  const groups = usedGroups(rule)
  if (groups.length === 0 || rule.actions.some(a => a.kind === 'unrecognised')) return false
  const allowed: readonly Gate[] = login ? ['secret', 'login'] : ['secret']
  const refuses = (cluster: Cluster): boolean =>
    cluster.gaps.length === 0 &&
    (cluster.routers.some(at => leadTo(groups, at, balancers) && routerRefuses(cluster, at, link, login)) ||
      cluster.controllers.some(
        at => leadTo(groups, at, balancers) && controllerRefuses(cluster, at, link, allowed),
      ))
  return topology.clusters.some(refuses)
}

const controllerRefuses = (
  cluster: Cluster,
  at: ClusterController,
  link: Link,
  allowed: readonly Gate[],
): boolean => {
  if (!isFollowed(at)) return false
  const own = linkServices(link, at)
  const objects = at.serves.map(s => s.ingress)
  const asked = objects.filter(i => i.annotations.canary !== 'true')
  return (
    linkServices(link, { ...at, serves: at.serves.filter(s => asked.includes(s.ingress)) }).size > 0 &&
    leadsNobodyElse(cluster, at, own) &&
    [at, ...cluster.controllers.filter(other => other !== at)].every(one =>
      isGated(cluster, one, own, allowed),
    )
  )
}

/** Every object of the controller that leads to the Services asks everybody. */
const isGated = (
  cluster: Cluster,
  { controller, serves, gaps }: ClusterController,
  own: ReadonlySet<string>,
  allowed: readonly Gate[],
): boolean => {
  const objects = serves.map(s => s.ingress)
  const bearing = objects.filter(i => {
    const canaries = objects.filter(c => c.annotations.canary === 'true' && shareHost(c, i))
    return i.annotations.canary !== 'true' && !areApart(cluster, [i, ...canaries].flatMap(servicesOf), own)
  })
  return (
    bearing.length === 0 ||
    (gaps.length === 0 && bearing.every(i => allowed.includes(gateOf(i, controller, objects))))
  )
}

const shareHost = (
  a: ClusterController['serves'][number]['ingress'],
  b: ClusterController['serves'][number]['ingress'],
): boolean => a.rules.some(r => b.rules.some(other => other.host === r.host))

/** Every target of the groups is one that a load balancer of the controller hands requests to as well. */
const leadTo = (groups: readonly Known<TargetGroup>[], at: Fronted, balancers: Balancers): boolean => {
  const ports = at.services.flatMap(s => s.nodePorts ?? [])
  const mine = new Set(
    [...balancers.values()]
      .flatMap(lb => {
        const whole = at.loadBalancers.includes(lb.ref.arn)
        return allGroups(lb).filter(g => whole || (g.known && at.targetGroups.includes(g.value.ref.arn)))
      })
      .flatMap(g => namesIn(g, balancers, g.known && g.value.targetType === 'instance' ? ports : [])),
  )
  return groups.every(g => {
    const names = namesIn(g, balancers, [])
    const plain = names.filter(n => !/^(?:group|at) /.test(n))
    const places = names.filter(n => n.startsWith('at '))
    if (plain.length === 0) return false
    return plain.every(n => mine.has(n)) || (places.length >= plain.length && places.every(n => mine.has(n)))
  })
}

const namesIn = (
  group: Known<TargetGroup>,
  balancers: Balancers,
  ports: readonly number[],
): readonly string[] => {
  const names = targetsOf(group, balancers) ?? []
  return ports.length === 0
    ? names
    : names.filter(n => ports.includes(Number(n.slice(n.lastIndexOf(':') + 1))))
}
