/** What Traefik or a Gateway answers strangers who ask for the Services of a link. */
import type { Truth } from '#base/truth.ts'
import type { Ingress, Link } from '#topology/model.ts'
import type { Reason } from '../exposure.ts'
import { distinctReasons, gapReasons, notModelled } from '../uncertainty.ts'
import type { BehindRouter } from './behind.ts'
import type { Reached } from './reached.ts'
import { routerReachedBy, servicesOfRoute, sharesEntry } from './router-reach.ts'
import type { RouteVerdict } from './routes/route.ts'
import { routeVerdictsIn } from './routes-in.ts'
import { meetsAny } from './services.ts'
import type { Inside, Way } from './way.ts'

export const insideRouter = (link: Link, behind: BehindRouter): Inside => {
  const { cluster, at } = behind
  if (at.gaps.length > 0) return { kind: 'ways', ways: [], reasons: gapReasons(at.gaps) }
  const reached = routerReachedBy(link, behind)
  const bears = (v: RouteVerdict, on: ReadonlySet<string>): Truth =>
    meetsAny(cluster, servicesOfRoute(v.route), on)
  const routes = routeVerdictsIn(at).filter(v => bears(v, reached.maybe) !== false)
  const isWay = (v: RouteVerdict): boolean =>
    isOpen(v) && at.aside === null && sharesEntry(v.route, reached) && bears(v, reached.sure) === true
  const ways = routes.filter(isWay).toSorted((a, b) => Number(isGuess(a)) - Number(isGuess(b)))
  const reasons = distinctReasons([
    ...gapReasons(cluster.gaps),
    ...(reached.maybe.size === 0 ? [unserved(at.ref.name)] : []),
    ...routes.filter(v => isOpen(v) && !isWay(v)).map(v => perhaps(v, at.aside)),
    ...routes.flatMap(v => v.doubts.map(d => notModelled(`${v.route.name}: ${d}.`))),
    ...besideReasons(behind, reached),
  ])
  if (ways.length > 0 || reasons.length > 0) return { kind: 'ways', ways: ways.flatMap(wayOf), reasons }
  return {
    kind: 'refuses',
    login: routes.some(v => v.verdict === 'authenticated'),
    text: refusalText(at.ref.name, routes),
    lines: [at.ref.line, ...routes.map(v => v.route.ref.line)],
  }
}

const isOpen = ({ verdict }: RouteVerdict): boolean => verdict === 'open' || verdict === 'guessable'
const isGuess = ({ verdict }: RouteVerdict): boolean => verdict === 'guessable'

const wayOf = ({ route, verdict, witness }: RouteVerdict): readonly Way[] => {
  if (witness === null) return []
  const text = `${route.name} leads to Service ${route.services.map(s => s.name).join(', ') || '?'}`
  const step = { kind: 'cluster', arn: route.ref.arn, line: route.ref.line, text } as const
  return [{ guessable: verdict === 'guessable', witness, step }]
}

const perhaps = ({ route }: RouteVerdict, aside: string | null): Reason =>
  notModelled(
    `${route.name} asks for nothing that is secret; ${aside ?? 'whether it leads to the backend of the origin is not certain'}.`,
  )

const unserved = (name: string): Reason =>
  notModelled(`No route that was read for ${name} serves the requests of the origin.`)

/** Other ways to the same pods. */
const besideReasons = ({ cluster, at }: BehindRouter, { maybe }: Reached): readonly Reason[] => {
  const shared = (services: readonly string[]): boolean => meetsAny(cluster, services, maybe) !== false
  const own = new Set(routeVerdictsIn(at).map(v => v.route.ref.arn))
  const quiet = ['ClusterIP', 'ExternalName']
  const doors = cluster.services.filter(
    s => !quiet.includes(s.type) && !at.services.includes(s) && shared([s.ref.name]),
  )
  const objects = cluster.ingresses.filter(i => !own.has(i.ref.arn) && shared(backends(i)))
  const routes = cluster.otherRoutes.filter(r => !own.has(r.ref.arn) && shared(r.services))
  return [
    ...doors.map(s => `Service ${s.ref.name} of type ${s.type} may lead to the same pods around it.`),
    ...objects.map(i => `Ingress ${i.ref.name} may lead to the same pods.`),
    ...routes.map(r => `${r.ref.type.replace('Kubernetes::', '')} ${r.ref.name} may lead to the same pods.`),
  ].map(notModelled)
}

const backends = ({ namespace, rules, defaultBackend }: Ingress): readonly string[] =>
  [...rules.flatMap(r => r.paths.map(p => p.service)), defaultBackend].flatMap(s =>
    s === null ? [] : [`${namespace}/${s.name}`],
  )

const refusalText = (name: string, routes: readonly RouteVerdict[]): string => {
  const refused = routes.flatMap(v => v.refusals.map(r => `${v.route.name}: ${r}`))
  const [first = 'every route does'] = refused
  const more = refused.length > 1 ? `, and ${refused.length - 1} more` : ''
  return `${name} refuses requests without the secret: ${first}${more}.`
}
