/** The verdict for every host and path that an ingress-nginx controller serves: does a request without the token get in? */
import type { Ingress, IngressController } from '#topology/model/kubernetes.ts'
import { type Arrival, seenAddresses } from './addresses.ts'
import { type Unrendered, unrenderedAuth } from './auth.ts'
import { type PathVerdict, pathVerdict } from './path-verdict.ts'
import { type Reading, readingsOf } from './readings.ts'
import { rejectedAnnotations, rejectedPaths } from './risk.ts'
import { spoken } from './settings.ts'

export type { PathVerdict }

export interface ControllerVerdict {
  readonly paths: readonly PathVerdict[]
  /** Checks that stand on an object and are not rendered. */
  readonly unrendered: readonly Unrendered[]
}

/** `ingresses` are those of the controller's classes. Where a setting or an age is not known, all readings must agree. */
export const ingressVerdicts = (
  controller: IngressController,
  ingresses: readonly Ingress[],
  arrival: Arrival,
): ControllerVerdict => {
  const readings = readingsOf(controller, ingresses).map(reading => verdictsOf(reading, arrival))
  return {
    paths: agreed(readings.map(r => r.paths)),
    unrendered: distinct(readings.flatMap(r => r.unrendered)),
  }
}

/** Checks that stand on an object and are not rendered under one reading. */
export const unrenderedIn = ({
  controlled,
  risk,
  taken,
  rejected,
  servers,
}: Reading): readonly Unrendered[] => [
  ...rejected.flatMap(i => rejectedAnnotations(i, risk)),
  ...taken.flatMap(i => [...(controlled.snippets ? [] : droppedSnippets(i)), ...unrenderedAuth(i)]),
  ...servers.flatMap(s => s.lostSnippets.map(lostSnippet)),
]

const verdictsOf = (reading: Reading, arrival: Arrival): ControllerVerdict => {
  const { controlled, risk, rejected, servers } = reading
  const seen = seenAddresses(controlled.settings, arrival)
  const paths = servers.flatMap(server =>
    server.locations
      .filter(l => l.ingress !== null && l.service !== null)
      .flatMap(location =>
        [server.host, ...server.aliases].map(host =>
          pathVerdict({ host, server, location, servers, controlled, seen }),
        ),
      ),
  )
  return {
    paths: [...paths, ...rejected.flatMap(i => rejectedPaths(i, risk))],
    unrendered: unrenderedIn(reading),
  }
}

const droppedSnippets = (ingress: Ingress): readonly Unrendered[] =>
  ['configuration-snippet', 'server-snippet']
    .filter(name => spoken(ingress.snippets[name]) !== null)
    .map(annotation => ({ ingress, annotation, reason: 'allow-snippet-annotations is not true' }))

const lostSnippet = (ingress: Ingress): Unrendered => ({
  ingress,
  annotation: 'server-snippet',
  reason: 'an older Ingress of the same host has a server-snippet, and only the first is rendered',
})

const keyOf = (p: PathVerdict): string =>
  JSON.stringify([p.ingress?.namespace, p.ingress?.name, p.host, p.path, p.pathType])

/** A path that some reading does not serve through the object is open only as far as it is served. */
const agreed = (readings: readonly (readonly PathVerdict[])[]): readonly PathVerdict[] => {
  const keys = [...new Set(readings.flat().map(keyOf))]
  return keys.flatMap(key => {
    const told = readings.flatMap(r => r.filter(p => keyOf(p) === key))
    const [first] = told
    if (first === undefined) return []
    const everywhere = told.length === readings.length || first.verdict === 'closed'
    if (everywhere && told.every(p => p.verdict === first.verdict)) return [first]
    const reason =
      'it depends on the version of the controller, its settings or the age of its objects, which were not observed'
    const doubts = [{ reason, place: { origin: 'controller', line: 0 } }, ...told.flatMap(p => p.doubts)]
    return [{ ...first, verdict: 'unknown' as const, witness: null, refusals: [], doubts }]
  })
}

const distinct = (all: readonly Unrendered[]): readonly Unrendered[] => [
  ...new Map(all.map(u => [JSON.stringify([u.ingress.namespace, u.ingress.name, u.annotation]), u])).values(),
]
