/** Whether every route of Traefik or a Gateway that a link may come to asks for a strong secret; for checking only. */
import type {
  Cluster,
  ClusterRouter,
  Gateway,
  HttpRoute,
  HttpRouteMatch,
  Ingress,
  Link,
  Middleware,
  ObjectName,
  TraefikRouter,
} from '#topology/model.ts'
import { isSealed, type Value } from '#topology/sealed.ts'
import { parseRule, type Rule } from '#topology/traefik.ts'
import { areApart, servicesOf as servicesOfIngress } from './cluster-services.ts'

/** One way to Services, read off the object. */
interface Lane {
  readonly arn: string
  readonly services: readonly string[]
  readonly mayTake: (host: string) => boolean
  /** False where it surely is none of this router's. */
  readonly attached: boolean
  readonly asks: 'secret' | 'login' | 'nothing'
}

/** `login` allows for a login of the cluster's own as well. */
export const routerRefuses = (cluster: Cluster, at: ClusterRouter, link: Link, login: boolean): boolean => {
  if (at.gaps.length > 0) return false
  const lanes = lanesOf(at)
  const { origin, distribution, behaviors } = link
  const changed = behaviors.some(b => b.functions.some(f => f.event.endsWith('request')))
  const hosts = [origin.domainName, distribution.domainName, ...distribution.aliases].map(h =>
    h.toLowerCase().replace(/^\*\./, 'x.'),
  )
  const taking = lanes.filter(l => changed || hosts.some(h => l.mayTake(h)))
  const own = new Set(taking.flatMap(l => l.services))
  const bearing = lanes.filter(l => !areApart(cluster, l.services, own))
  const mine = new Set(lanes.map(l => l.arn))
  const quiet = ['ClusterIP', 'ExternalName']
  const beside = [
    ...cluster.services
      .filter(s => !quiet.includes(s.type) && !at.services.some(m => m.ref.arn === s.ref.arn))
      .map(s => [s.ref.name]),
    ...cluster.ingresses.filter(i => !mine.has(i.ref.arn)).map((i: Ingress) => servicesOfIngress(i)),
    ...cluster.otherRoutes.filter(r => !mine.has(r.ref.arn)).map(r => r.services),
  ]
  return (
    taking.some(l => l.attached && l.services.length > 0) &&
    beside.every(services => areApart(cluster, services, own)) &&
    bearing.every(l => l.asks === 'secret' || (login && l.asks === 'login'))
  )
}

const lanesOf = ({ routing }: ClusterRouter): readonly Lane[] => {
  if (routing.kind === 'gateway')
    return routing.routes
      .filter(r => !isKeptOut(r, routing.gateway))
      .flatMap(r => laneOfHttpRoute(r, routing.gateway))
  return routing.objects.flatMap(o =>
    o.routes.map(router => ({
      arn: o.ref.arn,
      attached: true,
      services: router.services.map(s => s.name),
      ...asksOfRouter(router, routing),
    })),
  )
}

const isSecret = (value: Value | undefined): boolean =>
  isSealed(value) && value.public !== true && value.exactBits >= 100 && value.weakness !== 'not understood'

type Traefik = Extract<ClusterRouter['routing'], { kind: 'traefik' }>

const asksOfRouter = (router: TraefikRouter, routing: Traefik): Pick<Lane, 'mayTake' | 'asks'> => {
  const parsed = parseRule(router.match.text)
  if (!parsed.ok || router.doubt !== undefined) return { mayTake: () => true, asks: 'nothing' }
  const { rule } = parsed
  const all = router.middlewares.flatMap(m => unfolded(m, routing, 8))
  const writes = all.findIndex(m => m?.does.kind === 'authorization')
  // Behind one that writes an Authorization header, a password is asked of nobody.
  const gates = all.slice(0, writes < 0 ? all.length : writes).map(m => asksOfMiddleware(m, routing))
  const asks =
    isGated(rule, router.match.values) || gates.includes('secret')
      ? 'secret'
      : gates.includes('login')
        ? 'login'
        : 'nothing'
  return { mayTake: host => mayName(rule, host), asks }
}

/** Every way to meet the rule carries the secret. */
const isGated = (rule: Rule, values: readonly Value[]): boolean => {
  if (rule.kind === 'not') return false
  if (rule.kind !== 'matcher') {
    const each = rule.of.map(r => isGated(r, values))
    return rule.kind === 'and' ? each.includes(true) : !each.includes(false)
  }
  if (rule.args.length !== 2) return false
  const n = /^⟦(\d+)⟧$/.exec(rule.args[1]?.text ?? '')?.[1]
  return n !== undefined && /^(?:header|query)s?(?:regexp)?$/i.test(rule.name) && isSecret(values[Number(n)])
}

const mayName = (rule: Rule, host: string): boolean => {
  if (rule.kind === 'not') return true
  if (rule.kind !== 'matcher') {
    const each = rule.of.map(r => mayName(r, host))
    return rule.kind === 'and' ? !each.includes(false) : each.includes(true)
  }
  if (rule.name.toLowerCase() !== 'host') return true
  return rule.args.some(({ text }) => /[*{]/.test(text) || text.toLowerCase() === host)
}

/** The middlewares of chains in their order; null for what cannot be told. */
const unfolded = (name: ObjectName, routing: Traefik, depth: number): readonly (Middleware | null)[] => {
  const all = routing.middlewares.filter(m => m.name === name.name && m.namespace === name.namespace)
  const [found] = all
  if (found === undefined || name.doubt !== undefined || depth === 0) return [null]
  const { does } = found
  if (all.some(m => JSON.stringify(m.does) !== JSON.stringify(does))) return [null]
  return does.kind === 'chain' ? does.of.flatMap(n => unfolded(n, routing, depth - 1)) : [found]
}

const asksOfMiddleware = (middleware: Middleware | null, routing: Traefik): Lane['asks'] => {
  const does = middleware?.does
  if (does?.kind === 'login') return 'login'
  if (does?.kind !== 'basic-auth' || !routing.authSecrets.known) return 'nothing'
  const secret = routing.authSecrets.value.find(s => s.name === does.secret)
  return secret?.state === 'usable' && (secret.bits ?? 0) >= 100 ? 'secret' : 'nothing'
}

/** It names no other Gateway, and no listener of this one takes its namespace. */
const isKeptOut = ({ namespace, parents }: HttpRoute, gateway: Gateway): boolean =>
  parents.every(p => p.namespace === gateway.namespace && p.name === gateway.name) &&
  namespace !== gateway.namespace &&
  gateway.listeners.every(l => l.allowedRoutes === 'Same')

/** Whichever Gateway it attaches to: more lanes than there are never let a proof through. */
const laneOfHttpRoute = (route: HttpRoute, gateway: Gateway): readonly Lane[] =>
  route.rules.map(rule => ({
    arn: route.ref.arn,
    attached: gateway.listeners.some(l =>
      route.parents.some(
        p =>
          p.namespace === gateway.namespace &&
          p.name === gateway.name &&
          (p.listener ?? l.name) === l.name &&
          (p.port ?? l.port) === l.port,
      ),
    ),
    services: rule.filters.includes('RequestRedirect') ? [] : rule.services.map(s => s.name),
    mayTake: host =>
      route.hostnames.length === 0 ||
      route.hostnames.some(h => (h.startsWith('*.') ? host.endsWith(h.slice(1)) : h === host)),
    asks: rule.matches.length > 0 && rule.matches.every(asksSecret) ? 'secret' : 'nothing',
  }))

const asksSecret = ({ headers, queryParams }: HttpRouteMatch): boolean =>
  [...headers, ...queryParams].some(m => m.type !== 'unrecognised' && isSecret(m.value))
