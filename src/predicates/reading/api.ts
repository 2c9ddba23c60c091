/** What the predicates about APIs share: the API behind a link, its routes, and what CloudFront sends to it. */

import type { Known } from '#base/known.ts'
import { known, mapKnown } from '#base/known.ts'
import { askingRoute } from '#topology/api-deployed.ts'
import type { Api, ApiRoute, ApiStage, Link } from '#topology/model.ts'
import { type Answer, cite, type EvidenceNames, no, ofKnown, unseen } from '../asking/answer.ts'

/** The question put to the API of the link; of any other origin the answer is no. */
export const ofApi = (link: Link, ask: (api: Api) => Answer): Answer => {
  const { target, distribution } = link
  if (target.kind === 'unknown') return unseen(target.gaps)
  return target.kind === 'api' ? ask(target.api) : no(cite(distribution.ref, 'the origin is no API'))
}

export interface StageRoute {
  readonly stage: ApiStage
  readonly route: ApiRoute
}

/**
 * The routes of every stage that call something; what API Gateway answers itself is none of them. Of a WebSocket API the one
 * of each stage that asks for all, or the first where none does.
 */
export const callingRoutes = (api: Api, ask: (routes: readonly StageRoute[]) => Answer): Answer =>
  ofKnown(api.stages, stages => ofKnown(allRoutes(api, stages), ask))

const allRoutes = (api: Api, stages: readonly ApiStage[]): Known<readonly StageRoute[]> =>
  stages.reduce<Known<readonly StageRoute[]>>((all, stage) => {
    if (!all.known) return all
    return mapKnown(stage.routes, routes => [
      ...all.value,
      ...decidingRoutes(api, routes).map(route => ({ stage, route })),
    ])
  }, known([]))

const decidingRoutes = (api: Api, routes: readonly ApiRoute[]): readonly ApiRoute[] => {
  const calling = routes.filter(r => r.integration !== 'MOCK')
  if (api.kind !== 'websocket') return calling
  return calling.slice(0, 1).map(first => askingRoute(api, routes, first) ?? first)
}

/** `GET /orders of stage prod`. */
export const routeText = ({ stage, route }: StageRoute): string => `${route.ref.name} of stage ${stage.name}`

/** For the commands of a remediation. */
export const namesOfApi = ({ kind, id, ref }: Api): EvidenceNames => ({
  [kind === 'rest' ? 'restApi' : 'httpApi']: id,
  apiRegion: ref.region,
})

/** The header that an identity source of an authorizer is, in lower case; null for a source that is none. */
export const headerIn = (source: string): string | null =>
  /^(?:(?:method|route)\.request|\$request)\.header\.(.+)$/i.exec(source)?.[1]?.toLowerCase() ?? null
