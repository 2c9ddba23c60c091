/** The matches of HTTPRoutes as routes, in the order that the Gateway API lays down. */
import { compareText } from '#base/canonical.ts'
import type {
  Gateway,
  GatewayListener,
  HttpRoute,
  HttpRouteMatch,
  HttpRouteRule,
  ValueMatch,
} from '#topology/model/gateway-api.ts'
import type { Seen } from '../nginx/access.ts'
import { type Expression, type Matcher, matcher } from '../routes/expression.ts'
import type { Gate, Route, RouteVerdict } from '../routes/route.ts'
import { routeVerdicts } from '../routes/verdicts.ts'

/** Of every HTTP and HTTPS listener of the Gateway. */
export const gatewayVerdicts = (
  gateway: Gateway,
  routes: readonly HttpRoute[],
  seen: Seen,
): readonly RouteVerdict[] =>
  gateway.listeners
    .filter(l => l.protocol === 'HTTP' || l.protocol === 'HTTPS')
    .flatMap(listener => {
      const elsewhere = gateway.listeners.flatMap(other => takenBy(other, listener, gateway))
      const verdicts = routeVerdicts([...elsewhere, ...routesOf(gateway, listener, routes)], seen)
      return verdicts.filter(v => !elsewhere.includes(v.route))
    })

/** A listener of the same port with a closer host name takes those requests, whatever its routes are. */
const takenBy = (other: GatewayListener, listener: GatewayListener, gateway: Gateway): readonly Route[] => {
  const { hostname, port } = other
  const closer =
    hostname !== null &&
    port === listener.port &&
    (listener.hostname === null || within(hostname, listener.hostname))
  if (!closer) return []
  const { ref, place } = gateway
  const asks = matcher({ on: 'host', name: hostname })
  const tls = listener.protocol === 'HTTPS'
  return [{ ref, place, name: `listener ${other.name}`, rank: -1, tls, asks, gates: [], services: [] }]
}

/** Of every HTTP and HTTPS listener. */
export const gatewayRoutes = (gateway: Gateway, routes: readonly HttpRoute[]): readonly Route[] =>
  gateway.listeners
    .filter(l => l.protocol === 'HTTP' || l.protocol === 'HTTPS')
    .flatMap(listener => routesOf(gateway, listener, routes))

/** Whether the object asks to be attached there; whether it may is the listener's `allowedRoutes`. */
export const attachesTo = (route: HttpRoute, gateway: Gateway, listener: GatewayListener): boolean =>
  route.parents.some(
    p =>
      p.namespace === gateway.namespace &&
      p.name === gateway.name &&
      (p.listener === null || p.listener === listener.name) &&
      (p.port === null || p.port === listener.port),
  ) && !(listener.allowedRoutes === 'Same' && route.namespace !== gateway.namespace)

interface Candidate {
  readonly object: HttpRoute
  readonly rule: HttpRouteRule
  readonly match: HttpRouteMatch
  /** Null for every host. */
  readonly host: string | null
  /** Position of the rule, then of the match. */
  readonly position: number
}

const everyPath: HttpRouteMatch = {
  path: { type: 'PathPrefix', value: '/' },
  headers: [],
  queryParams: [],
  method: null,
}

const routesOf = (
  gateway: Gateway,
  listener: GatewayListener,
  objects: readonly HttpRoute[],
): readonly Route[] =>
  objects
    .filter(o => attachesTo(o, gateway, listener))
    .flatMap(object => candidatesOf(object, listener))
    .toSorted(precedence)
    .map((candidate, _, all) =>
      routeOf(
        candidate,
        all.findIndex(c => tied(c, candidate)),
        listener,
        gateway,
      ),
    )

const candidatesOf = (object: HttpRoute, listener: GatewayListener): readonly Candidate[] =>
  hostsOf(object.hostnames, listener.hostname).flatMap(host =>
    object.rules.flatMap((rule, r) =>
      (rule.matches.length === 0 ? [everyPath] : rule.matches).map((match, m) => ({
        object,
        rule,
        match,
        host,
        position: r * 1000 + m,
      })),
    ),
  )

/** The host names of the route as far as the listener takes them. */
const hostsOf = (names: readonly string[], listener: string | null): readonly (string | null)[] => {
  if (names.length === 0) return [listener]
  if (listener === null) return names
  return names.flatMap(name => {
    if (name === listener || within(name, listener)) return [name]
    return within(listener, name) ? [listener] : []
  })
}

/** Whether every host of the first name is one of the second, a wildcard. */
const within = (name: string, wildcard: string): boolean =>
  wildcard.startsWith('*.') && name.replace(/^\*/, '').endsWith(wildcard.slice(1)) && name !== wildcard

/** The age of manifests is not known, so that either of two that differ in nothing else may come first. */
const tied = (a: Candidate, b: Candidate): boolean =>
  a === b ||
  (weights(a).join() === weights(b).join() &&
    a.object !== b.object &&
    (a.object.createdAt === null || b.object.createdAt === null))

/** Host by length without wildcard first, then path, method, headers, parameters, age, name (HTTPRoute, Gateway API v1). */
const precedence = (a: Candidate, b: Candidate): number =>
  weights(b).reduce((sum, value, i) => sum || value - (weights(a)[i] ?? 0), 0) ||
  compareText(a.object.createdAt ?? '', b.object.createdAt ?? '') ||
  compareText(`${a.object.namespace}/${a.object.name}`, `${b.object.namespace}/${b.object.name}`) ||
  a.position - b.position

const weights = ({ host, match }: Candidate): readonly number[] => [
  host === null || host.startsWith('*') ? 0 : host.length,
  host === null ? 0 : host.length,
  match.path.type === 'Exact' ? 1 : 0,
  match.path.value.length,
  match.method === null ? 0 : 1,
  match.headers.length,
  match.queryParams.length,
]

const routeOf = (
  { object, rule, match, host, position }: Candidate,
  rank: number,
  { protocol, port, allowedRoutes }: GatewayListener,
  { namespace }: Gateway,
): Route => ({
  rank,
  tls: protocol === 'HTTPS',
  ref: object.ref,
  place: object.place,
  name: `rule ${Math.floor(position / 1000) + 1} of ${object.namespace}/${object.name}`,
  asks: {
    kind: 'and',
    of: [
      ...(host === null ? [] : [matcher({ on: 'host', name: host })]),
      pathOf(match.path),
      ...(match.method === null ? [] : [matcher({ on: 'method', method: match.method })]),
      ...match.headers.map(h => matcher(valueMatcher('header', h))),
      ...match.queryParams.map(q => matcher(valueMatcher('query', q))),
    ],
  },
  gates: [
    ...rule.filters.flatMap(gateOf),
    ...admission(object, namespace, allowedRoutes),
    ...grants(object, rule),
  ],
  services: rule.services,
  entries: [String(port)],
})

/** Labels of namespaces are not compared. */
const admission = (
  object: HttpRoute,
  namespace: string,
  allowed: GatewayListener['allowedRoutes'],
): readonly Gate[] =>
  object.namespace === namespace || allowed === 'All'
    ? []
    : [{ kind: 'unread', text: 'whether the listener takes routes of its namespace was not decided' }]

/** Grants are not read, and without one a Service of another namespace is not reached. */
const grants = ({ namespace }: HttpRoute, { services }: HttpRouteRule): readonly Gate[] =>
  services.every(s => s.name.startsWith(`${namespace}/`))
    ? []
    : [{ kind: 'unread', text: 'whether a ReferenceGrant lets it lead to another namespace was not read' }]

const pathOf = ({ type, value }: HttpRouteMatch['path']): Expression => {
  switch (type) {
    case 'Exact':
      return matcher({ on: 'path', path: value })
    case 'PathPrefix':
      return matcher({ on: 'path-prefix', prefix: value, whole: true })
    case 'RegularExpression':
      // Whether it must match the whole path is the implementation's choice.
      return matcher({ on: 'unread', text: `path ${value}` })
    case 'unrecognised':
      return matcher({ on: 'unread', text: 'of the path' })
  }
}

const valueMatcher = (on: 'header' | 'query', { type, name, value }: ValueMatch): Matcher => {
  const key = on === 'header' ? name.toLowerCase() : name
  if (type === 'Exact') return { on, name: key, value }
  if (type === 'RegularExpression') return { on: `${on}-pattern`, name: key, pattern: value }
  return { on: 'unread', text: `of ${name}` }
}

const harmless = new Set([
  'RequestHeaderModifier',
  'ResponseHeaderModifier',
  'RequestMirror',
  'URLRewrite',
  'CORS',
])

const gateOf = (filter: string): readonly Gate[] => {
  if (harmless.has(filter)) return []
  if (filter === 'RequestRedirect') return [{ kind: 'refuses', text: 'it redirects and forwards nothing' }]
  return [{ kind: 'unread', text: `the filter ${filter} is beyond this version` }]
}
