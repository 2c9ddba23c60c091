/** What the paths of a controller ask of strangers, whoever they are and wherever they come from. */
import type { Truth } from '#base/truth.ts'
import type { Cluster, ClusterController, Ingress, Link } from '#topology/model.ts'
import { fromAnywhere } from './arrival.ts'
import type { BehindController } from './behind.ts'
import { readingsOf } from './ingress-nginx/readings.ts'
import { ingressVerdicts, type PathVerdict, unrenderedIn } from './ingress-nginx/verdicts.ts'
import { compileSnippet } from './nginx/compile.ts'
import type { Doubt } from './nginx/program.ts'
import type { Context } from './nginx/source.ts'
import { reachedBy, servicesOf } from './reached.ts'
import { meetsAny } from './services.ts'

export type { PathVerdict }

/** A controller in its cluster, whatever leads there. */
export interface Placed {
  readonly cluster: Cluster
  readonly at: ClusterController
}

const behinds = new WeakMap<ClusterController, BehindController>()

const asBehind = ({ cluster, at }: Placed): BehindController => {
  const made = behinds.get(at) ?? { cluster, at, entrances: new Set<string>() }
  behinds.set(at, made)
  return made
}

const verdicts = new WeakMap<ClusterController, readonly PathVerdict[]>()

/** Every path of every object that the controller serves, or may serve. */
export const pathsOf = ({ at }: Placed): readonly PathVerdict[] => {
  const made =
    verdicts.get(at) ??
    ingressVerdicts(
      at.controller,
      at.serves.map(s => s.ingress),
      fromAnywhere,
    ).paths
  verdicts.set(at, made)
  return made
}

/** Whether requests of the link come to a Service of the object. */
export const comesTo = (link: Link, placed: Placed, ingress: Ingress): Truth => {
  const services = pathsOf(placed)
    .filter(v => v.ingress === ingress)
    .flatMap(servicesOf)
  const { sure, maybe } = reachedBy(link, asBehind(placed))
  if (meetsAny(placed.cluster, services, sure) === true) return true
  return meetsAny(placed.cluster, services, maybe) === false ? false : 'unknown'
}

/** Whether two paths lead to the same pods. */
export const sameBackend = ({ cluster }: Placed, a: PathVerdict, b: PathVerdict): Truth =>
  meetsAny(cluster, servicesOf(a), new Set(servicesOf(b)))

/** Services that lead around the controller to the pods of a path. */
export const doorsBeside = ({ cluster, at }: Placed, path: PathVerdict) =>
  cluster.services.filter(
    s =>
      s.type !== 'ClusterIP' &&
      s.type !== 'ExternalName' &&
      !at.services.includes(s) &&
      meetsAny(cluster, [s.ref.name], new Set(servicesOf(path))) === true,
  )

export interface Rendering {
  readonly annotation: string
  readonly reason: string
  /** Under every reading of what was not observed. */
  readonly certain: boolean
}

/** Checks on an object that the controller does not put into its configuration. */
export const lostChecks = ({ at }: Placed, ingress: Ingress): readonly Rendering[] => {
  const readings = readingsOf(
    at.controller,
    at.serves.map(s => s.ingress),
  )
  const each = readings.map(r => unrenderedIn(r).filter(u => u.ingress === ingress))
  const certain = each.every(list => list.length > 0)
  const all = new Map(each.flat().map(u => [u.annotation, u]))
  return [...all.values()].map(({ annotation, reason }) => ({ annotation, reason, certain }))
}

const contexts: Readonly<Record<string, Context>> = {
  'http-snippet': 'http',
  'server-snippet': 'server',
}

/** What nginx refuses in a snippet beyond its syntax. */
export const refusedIn = (name: string, snippet: Parameters<typeof compileSnippet>[0]): readonly Doubt[] =>
  compileSnippet(snippet, name, contexts[name] ?? 'location').invalid
