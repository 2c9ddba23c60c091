/** What a controller answers strangers who ask for the Services of a link: nothing, or the paths that let them in. */
import type { Truth } from '#base/truth.ts'
import type { Cluster, Ingress, Link } from '#topology/model.ts'
import type { Reason } from '../exposure.ts'
import { distinctReasons, gapReasons, notModelled } from '../uncertainty.ts'
import { fromAnywhere } from './arrival.ts'
import { type Behind, type BehindController, isController, isRouter } from './behind.ts'
import type { Arrival } from './ingress-nginx/addresses.ts'
import { ingressVerdicts, type PathVerdict } from './ingress-nginx/verdicts.ts'
import type { Doubt } from './nginx/program.ts'
import { pathsOf } from './paths.ts'
import { type Reached, reachedBy, servicesOf } from './reached.ts'
import { insideRouter } from './router.ts'
import { meetsAny } from './services.ts'
import { type Inside, wayOf } from './way.ts'

/** Whatever the controller is. */
export const insideOf = (link: Link, behind: Behind, arrival: Arrival): Inside => {
  if (isController(behind)) return insideController(link, behind, arrival)
  return isRouter(behind) ? insideRouter(link, behind) : { kind: 'ways', ways: [], reasons: [] }
}

const insideController = (link: Link, behind: BehindController, arrival: Arrival): Inside => {
  const { cluster, at } = behind
  if (at.gaps.length > 0) return { kind: 'ways', ways: [], reasons: gapReasons(at.gaps) }
  const reached = reachedBy(link, behind)
  const bears = (v: PathVerdict, on: ReadonlySet<string>): Truth => meetsAny(cluster, servicesOf(v), on)
  const paths = verdictsOf(behind, arrival).filter(v => bears(v, reached.maybe) !== false)
  const always = verdictsOf(behind, fromAnywhere).filter(v => bears(v, reached.maybe) !== false)
  const isWay = (v: PathVerdict): boolean => isOpen(v) && bears(v, reached.sure) === true
  const ways = [...paths.filter(isWay)].toSorted((a, b) => Number(isGuess(a)) - Number(isGuess(b)))
  const reasons = distinctReasons([
    ...gapReasons(cluster.gaps),
    ...(reached.maybe.size === 0 ? [unserved(at.controller.ref.name)] : []),
    ...paths.filter(v => isOpen(v) && !isWay(v)).map(perhaps),
    ...paths.flatMap(v => (v.verdict === 'unknown' ? doubted(v) : [])),
    ...always.filter(v => !isShut(v) && paths.some(p => isShut(p) && samePath(p, v))).map(byAddressOnly),
    ...besideReasons(behind, reached),
  ])
  if (ways.length > 0 || reasons.length > 0) return { kind: 'ways', ways: ways.map(wayOf), reasons }
  return {
    kind: 'refuses',
    login: paths.some(v => v.verdict === 'authenticated'),
    text: refusalText(at.controller.ref.name, paths),
    lines: [at.controller.ref.line, ...paths.flatMap(v => v.ingress?.ref.line ?? [])],
  }
}

const isOpen = ({ verdict }: PathVerdict): boolean => verdict === 'open' || verdict === 'guessable'
const isGuess = ({ verdict }: PathVerdict): boolean => verdict === 'guessable'
const isShut = ({ verdict }: PathVerdict): boolean => verdict === 'closed' || verdict === 'authenticated'

const samePath = (a: PathVerdict, b: PathVerdict): boolean =>
  a.ingress?.ref.arn === b.ingress?.ref.arn &&
  a.host === b.host &&
  a.path === b.path &&
  a.pathType === b.pathType

/** An object of a class that was not read may be served or not: both must agree. */
const verdictsOf = (behind: BehindController, arrival: Arrival): readonly PathVerdict[] => {
  const { at } = behind
  const { serves, controller } = at
  const all = ingressVerdicts(
    controller,
    serves.map(s => s.ingress),
    arrival,
  ).paths
  if (serves.every(s => s.sure)) return all
  const surely = serves.flatMap(s => (s.sure ? [s.ingress] : []))
  const sure = ingressVerdicts(controller, surely, arrival).paths
  const agreed = all.map(v => {
    const other = sure.find(s => samePath(s, v))
    if (isShut(v) && (other === undefined || other.verdict === v.verdict)) return v
    return other?.verdict === v.verdict
      ? v
      : { ...v, verdict: 'unknown' as const, witness: null, doubts: [classless] }
  })
  return [...agreed, ...sure.filter(s => !isShut(s) && !all.some(v => samePath(v, s)))]
}

const classless: Doubt = {
  reason: 'whether the controller serves every object was not observed, for a class was not read',
  place: { origin: 'controller', line: 0 },
}

const nameOf = ({ ingress, host, path }: PathVerdict): string =>
  `Ingress ${ingress?.ref.name ?? 'of the default backend'}, host ${host === '_' ? 'of any other name' : host}, path ${path}`

const placeText = ({ place: { origin, line } }: Doubt): string =>
  line > 0 ? `${origin} line ${line}` : origin

const doubted = (v: PathVerdict): readonly Reason[] =>
  v.doubts.map(d => notModelled(`${nameOf(v)}: ${d.reason} (${placeText(d)}).`))

const perhaps = (v: PathVerdict): Reason =>
  notModelled(`${nameOf(v)} asks for nothing; whether it leads to the backend of the origin is not certain.`)

const byAddressOnly = (v: PathVerdict): Reason =>
  notModelled(
    `${nameOf(v)}: only a list of addresses refuses strangers, which this version takes for no proof.`,
  )

const unserved = (name: string): Reason =>
  notModelled(`No Ingress that was read for controller ${name} serves the requests of the origin.`)

/** Other ways to the same pods, which the controller does not see. */
const besideReasons = ({ cluster, at }: BehindController, { maybe }: Reached): readonly Reason[] => {
  const shared = (services: readonly string[]): boolean => meetsAny(cluster, services, maybe) !== false
  const own = new Set(at.serves.map(s => s.ingress))
  const doors = cluster.services.filter(
    s =>
      s.type !== 'ClusterIP' && s.type !== 'ExternalName' && !at.services.includes(s) && shared([s.ref.name]),
  )
  const objects = cluster.ingresses.filter(i => !own.has(i) && shared(backends(i)))
  const routes = cluster.otherRoutes.filter(r => shared(r.services))
  // Two controllers of one class serve the same objects, each with settings of its own.
  const twins = cluster.controllers
    .filter(other => other !== at)
    .flatMap(other => {
      const { gaps, controller } = other
      return pathsOf({ cluster, at: other })
        .filter(v => (gaps.length > 0 || !isShut(v)) && shared(servicesOf(v)))
        .map(v => `${nameOf(v)}: controller ${controller.ref.name} serves it as well.`)
    })
  return [
    ...twins,
    ...alsoOfTraefik(cluster, [...own])
      .filter(i => shared(backends(i)))
      .map(i => `Ingress ${i.ref.name} may be served by Traefik as well.`),
    ...doors.map(
      s => `Service ${s.ref.name} of type ${s.type} may lead to the same pods around the controller.`,
    ),
    ...objects.map(i => `Ingress ${i.ref.name} of another controller may lead to the same pods.`),
    ...routes.map(r => `${r.ref.type.replace('Kubernetes::', '')} ${r.ref.name} may lead to the same pods.`),
  ].map(notModelled)
}

/** Traefik renders no snippet of ingress-nginx. */
const alsoOfTraefik = ({ routers }: Cluster, objects: readonly Ingress[]): readonly Ingress[] => {
  const takes = routers.flatMap(({ routing }) => (routing.kind === 'traefik' ? [routing] : []))
  if (takes.some(t => t.nginxIngresses)) return objects
  const served = new Set(takes.flatMap(t => t.objects.map(o => o.ref.arn)))
  return objects.filter(i => served.has(i.ref.arn))
}

const backends = ({ namespace, rules, defaultBackend }: Ingress): readonly string[] =>
  [...rules.flatMap(r => r.paths.map(p => p.service)), defaultBackend].flatMap(s =>
    s === null ? [] : [`${namespace}/${s.name}`],
  )

const refusalText = (controller: string, paths: readonly PathVerdict[]): string => {
  const refused = paths.flatMap(v =>
    v.refusals.map(r => `${nameOf(v)} answers ${r.status} (${placeText({ reason: '', place: r.place })})`),
  )
  const [first = 'every path does'] = refused
  const more = refused.length > 1 ? `, and ${refused.length - 1} more` : ''
  return `Controller ${controller} refuses requests without the secret: ${first}${more}.`
}
