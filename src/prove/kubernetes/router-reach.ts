/** Which Services the requests of a link come to behind Traefik or a Gateway. */
import type { Truth } from '#base/truth.ts'
import type { ClusterRouter, Link, Ref } from '#topology/model.ts'
import type { Value } from '#topology/sealed.ts'
import { edgeRequests } from '../edge-request.ts'
import { globsMachine } from '../language/glob-machine.ts'
import { accepts } from '../language/machine.ts'
import type { BehindRouter } from './behind.ts'
import type { Reached } from './reached.ts'
import { type Attempt, type Expression, holds, meets } from './routes/expression.ts'
import type { Route } from './routes/route.ts'
import { routesIn } from './routes-in.ts'
import { meetsAny } from './services.ts'

/** `namespace/name` of the Services of a route. */
export const servicesOfRoute = ({ services }: Route): readonly string[] => services.map(s => s.name)

export interface RouterReached extends Reached {
  /** Entry points, or ports of listeners, of the routes that surely serve requests of the link; null for any. */
  readonly entries: ReadonlySet<string> | null
}

/** Whether the load balancer that leads to the routes of the link may lead to this one as well. */
export const sharesEntry = ({ entries: own = [] }: Route, { entries }: RouterReached): boolean =>
  entries === null || own.length === 0 || own.some(e => entries.has(e))

const memo = new WeakMap<ClusterRouter, Map<string, RouterReached>>()

export const routerReachedBy = (link: Link, { at }: Pick<BehindRouter, 'at'>): RouterReached => {
  const own = memo.get(at) ?? new Map<string, RouterReached>()
  memo.set(at, own)
  const found = own.get(link.id) ?? reached(link, at)
  own.set(link.id, found)
  return found
}

/** Whether a route of the object may lead to a Service that requests of the link may come to, by their host. */
export const bearsOn = (
  link: Link,
  { cluster, at }: Pick<BehindRouter, 'cluster' | 'at'>,
  object: Ref,
): boolean => {
  const services = routesIn(at)
    .filter(r => r.ref.arn === object.arn)
    .flatMap(servicesOfRoute)
  return meetsAny(cluster, services, routerReachedBy(link, { at }).maybe) !== false
}

const reached = (link: Link, at: ClusterRouter): RouterReached => {
  const requests = edgeRequests(link)
  const routes = routesIn(at)
  const hosts = requests.hosts.map(h => h.toLowerCase().replace(/^\*\./, 'x.'))
  const headers = new Map<string, Value>(requests.headers.map(h => [h.name.toLowerCase(), h.value]))
  const takes = globsMachine([...requests.paths])
  const sent = (route: Route): readonly Attempt[] =>
    hosts.flatMap(host =>
      pathsIn(route.asks)
        .filter(path => accepts(takes, path))
        .map(path => ({ method: 'GET', host, path, headers, query: new Map(), address: null })),
    )
  const isFirst = (route: Route, attempt: Attempt): boolean =>
    routes.every(r => r === route || r.rank > route.rank || met(r, attempt) === false)
  const surely = routes.filter(r => sent(r).some(a => met(r, a) === true && isFirst(r, a)))
  const maybe = routes.filter(r => requests.changed || hosts.some(h => mayTake(r, h)))
  return {
    sure: new Set(surely.flatMap(servicesOfRoute)),
    maybe: new Set([...surely, ...maybe].flatMap(servicesOfRoute)),
    entries: surely.some(r => (r.entries ?? []).length === 0)
      ? null
      : new Set(surely.flatMap(r => r.entries ?? [])),
  }
}

const met = ({ asks }: Route, attempt: Attempt): Truth =>
  typeof asks === 'string' ? 'unknown' : holds(asks, attempt)

/** Paths that a route names, and one below each. */
const pathsIn = (asks: Expression | string): readonly string[] => {
  if (typeof asks === 'string') return []
  const named = matchersIn(asks).flatMap(m =>
    m.on === 'path' ? [m.path] : m.on === 'path-prefix' ? [m.prefix] : [],
  )
  return [
    ...new Set(['/', '/originproof', ...named, ...named.map(p => `${p.replace(/\/$/, '')}/originproof`)]),
  ]
}

const matchersIn = (e: Expression): readonly Extract<Expression, { kind: 'matcher' }>['matcher'][] =>
  e.kind === 'matcher' ? [e.matcher] : e.kind === 'not' ? matchersIn(e.of) : e.of.flatMap(matchersIn)

/** Whether it may take a request for the host, whatever else the request is. */
const mayTake = ({ asks }: Route, host: string): boolean =>
  typeof asks === 'string' || byHost(asks, host) !== false

const byHost = (e: Expression, host: string): Truth => {
  switch (e.kind) {
    case 'matcher':
      return e.matcher.on === 'host' || e.matcher.on === 'host-pattern'
        ? meets(e.matcher, {
            method: '',
            host,
            path: '',
            headers: new Map(),
            query: new Map(),
            address: null,
          })
        : 'unknown'
    case 'not': {
      const inner = byHost(e.of, host)
      return inner === 'unknown' ? inner : !inner
    }
    case 'and':
    case 'or': {
      const all = e.of.map(o => byHost(o, host))
      const deciding = e.kind === 'or'
      if (all.includes(deciding)) return deciding
      return all.includes('unknown') ? 'unknown' : !deciding
    }
  }
}
