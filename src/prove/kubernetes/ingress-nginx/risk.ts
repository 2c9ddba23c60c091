/** Objects that the controller does not take, because an annotation is above its risk level. */
import type { Ingress } from '#topology/model/kubernetes.ts'
import type { Place } from '../nginx/program.ts'
import type { Unrendered } from './auth.ts'
import type { PathVerdict } from './path-verdict.ts'
import { hostOf } from './servers.ts'
import { riskOf, spoken } from './settings.ts'

const annotationsOf = (ingress: Ingress): readonly string[] => [
  ...Object.keys(ingress.annotations),
  ...Object.keys(ingress.snippets).filter(name => spoken(ingress.snippets[name]) !== null),
]

const above = (ingress: Ingress, level: number): readonly string[] =>
  annotationsOf(ingress).filter(a => riskOf(a) > level)

/** `level`: 0 Low, 1 Medium, 2 High, 3 Critical. */
export const isRejected = (ingress: Ingress, level: number): boolean => above(ingress, level).length > 0

export const rejectedAnnotations = (ingress: Ingress, level: number): readonly Unrendered[] =>
  above(ingress, level).map(annotation => ({
    ingress,
    annotation,
    reason: 'it is above the annotations-risk-level, so the controller does not take the Ingress',
  }))

/** What was served before the object was rejected may still be. */
export const rejectedPaths = (ingress: Ingress, level: number): readonly PathVerdict[] => {
  const [annotation = ''] = above(ingress, level)
  const reason = `the controller does not take this Ingress, for ${annotation} is above its annotations-risk-level; an earlier state of it may still be served`
  const place: Place = { origin: `annotation ${annotation}`, line: 0 }
  return ingress.rules.flatMap(({ host, paths }) =>
    paths.map(p => ({
      ingress,
      host: hostOf(host),
      path: p.path || '/',
      pathType: p.pathType,
      service: p.service,
      canaries: [],
      verdict: 'unknown' as const,
      witness: null,
      refusals: [],
      doubts: [{ reason, place }],
    })),
  )
}
