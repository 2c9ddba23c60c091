/** Whether what an API says now is what a stage of it does: changes take effect when they are deployed. */

import type { Known } from '#base/known.ts'
import type { Api, ApiChange, ApiStage } from '#topology/model.ts'
import type { Reason } from '../exposure.ts'
import { notModelled, unreadReasons } from '../uncertainty.ts'

/**
 * - `sure`: told of the deployment itself, or deployed after the last change.
 * - `unseen`: nothing says that it was not, but changes were not all read. No proof rests on it.
 * - `stale`: changed since, so that the stage may still do what the API said before.
 */
export type Deployment =
  | { readonly kind: 'sure' }
  | { readonly kind: 'unseen' | 'stale'; readonly reasons: readonly Reason[] }

/** Of the resource policy and the default endpoint, of which no deployment tells. */
export const settingsDeployment = (api: Api, stage: ApiStage): Deployment =>
  stage.autoDeploy ? { kind: 'sure' } : byTrail(api, stage, api.settingsChanged)

/** Of the authorizers that are asked and of what is called. Whom a method asks is always told of the deployment. */
export const routesDeployment = (api: Api, stage: ApiStage): Deployment =>
  stage.autoDeploy || stage.deployedAuthorizers !== null ? { kind: 'sure' } : byTrail(api, stage, api.changed)

const byTrail = ({ ref }: Api, { name, deployedAt }: ApiStage, changed: Known<ApiChange>): Deployment => {
  if (deployedAt === null) return unseen(`When stage ${name} of ${ref.name} was deployed is not known.`)
  if (!changed.known)
    return { kind: 'unseen', reasons: unreadReasons(changed.gaps, `When ${ref.name} was last changed`) }
  const { at, since } = changed.value
  if (Date.parse(deployedAt) > Date.parse(at ?? since)) return { kind: 'sure' }
  if (at === null)
    return unseen(
      `Stage ${name} of ${ref.name} was deployed before ${since}, and earlier changes of the API are not known: a new deployment settles it.`,
    )
  const message = `${ref.name} was changed at ${at}, after stage ${name} was deployed (${deployedAt}): what the stage does is not certain until it is deployed again.`
  return { kind: 'stale', reasons: [notModelled(message)] }
}

const unseen = (message: string): Deployment => ({ kind: 'unseen', reasons: [notModelled(message)] })

/** Empty where what is configured is in effect for sure. */
export const unproven = (deployment: Deployment): readonly Reason[] =>
  deployment.kind === 'sure' ? [] : deployment.reasons

/** Empty where nothing says that something else is in effect. */
export const doubted = (deployment: Deployment): readonly Reason[] =>
  deployment.kind === 'stale' ? deployment.reasons : []

/** Whether a proof about the API may rest on what CloudTrail tells of its changes, which it tells late. */
export const restsOnTrail = ({ stages, policy, defaultEndpointDisabled, endpointType }: Api): boolean =>
  stages.known &&
  stages.value.some(
    stage =>
      !stage.autoDeploy &&
      (stage.deployedAuthorizers === null ||
        defaultEndpointDisabled ||
        endpointType === 'PRIVATE' ||
        !policy.known ||
        policy.value !== null),
  )
