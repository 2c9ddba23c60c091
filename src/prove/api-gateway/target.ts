/** What an origin that is an API leads to: its stages, and what their routes call. */
import { isDeploymentKnown } from '#topology/api-deployed.ts'
import type { Api, ApiRoute, ApiStage, Link } from '#topology/model.ts'
import type { Reason } from '../exposure.ts'
import { notModelled } from '../uncertainty.ts'
import { routesDeployment, unproven } from './deployment.ts'

export type ApiTarget = Extract<Link['target'], { kind: 'api' }>

/** What API Gateway answers by itself is no backend. */
const byItself = 'MOCK'

export type Relation =
  | { readonly kind: 'same' | 'different' | 'none' }
  | { readonly kind: 'maybe'; readonly reasons: readonly Reason[] }

/** The stages that CloudFront's own requests may reach; null where they are not known. */
export const ownStages = ({ api, stage, via }: ApiTarget): readonly ApiStage[] | null => {
  if (!api.stages.known) return null
  const all = api.stages.value
  if (stage !== null) return all.filter(s => s.name === stage)
  if (via === 'default-endpoint' || via.routingRules) return all
  return all.filter(s => via.mappings.some(m => m.stage === s.name))
}

export type RelationTo = (stage: ApiStage, route: ApiRoute) => Relation

/**
 * Whether a route leads to the backend of the origin: to anything that some route of the origin's own stages calls.
 * Which of their paths a behaviour asks for is not looked at: a stage is behind the distribution as a whole.
 */
export const relationTo = (target: ApiTarget): RelationTo => {
  const own = ownStages(target) ?? []
  const called = own.flatMap(s => (s.routes.known ? s.routes.value.map(r => r.integration) : [null]))
  const texts = new Set(called)
  const { api } = target
  const isPartly = texts.has(null) || own.length === 0
  const ownDoubts = own.flatMap(s => unproven(routesDeployment(api, s)))
  return (stage, route) => {
    const { integration, ref, deployedAsConfigured } = route
    if (integration === null) return maybe(`What ${ref.name} calls was not observed.`)
    const isOwn = own.includes(stage)
    if (isOwn && integration !== byItself) return { kind: 'same' }
    const isTold = deployedAsConfigured !== false && isDeploymentKnown(api, stage, route)
    if (!isTold && stage.deployedAuthorizers === null)
      return maybe(
        `Whether ${ref.name} was deployed to stage ${stage.name} as it is configured is not certain.`,
      )
    const doubts = unproven(routesDeployment(api, stage))
    if (integration === byItself)
      return doubts.length > 0 ? { kind: 'maybe', reasons: doubts } : { kind: 'none' }
    if (texts.has(integration))
      return dependsOnStage(integration)
        ? maybe(`What ${ref.name} calls depends on variables of its stage.`)
        : { kind: 'same' }
    if (isPartly || [...texts].some(t => t !== byItself && !areApart(t, integration)))
      return maybe(
        `Whether ${ref.name} of stage ${stage.name} calls what the origin's own stage calls is not known.`,
      )
    const reasons = [...doubts, ...ownDoubts]
    return reasons.length > 0 ? { kind: 'maybe', reasons } : { kind: 'different' }
  }
}

/**
 * Only functions are told apart by their names: an alias or version is still the same function, and two URLs or listeners
 * with different texts may lead to one machine.
 */
const areApart = (a: string | null, b: string): boolean => {
  const [one, other] = [functionIn(a), functionIn(b)]
  return one !== null && other !== null && one !== other
}

/** Without alias or version. */
const functionIn = (integration: string | null): string | null =>
  /^arn:[^:]+:lambda:[^:]+:\d+:function:[^:$]+/.exec(integration ?? '')?.[0] ?? null

const maybe = (message: string): Relation => ({ kind: 'maybe', reasons: [notModelled(message)] })

/** Equal texts with variables of the stage in them need not be the same backend. */
const dependsOnStage = (integration: string | null): boolean =>
  integration?.includes('stageVariables') ?? false

export const stageNamed = ({ stages }: Api, name: string): ApiStage | undefined =>
  stages.known ? stages.value.find(s => s.name === name) : undefined
