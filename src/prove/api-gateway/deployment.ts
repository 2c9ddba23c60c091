/** Whether what an API says now is what a stage of it does: changes take effect when they are deployed. */
import type { Api, ApiStage } from '#topology/model.ts'
import type { Reason } from '../exposure.ts'
import { notModelled, unreadReasons } from '../uncertainty.ts'

/**
 * - `sure`: deployed after the last change.
 * - `unseen`: nothing says that it was not, but changes were not all read. No proof rests on it.
 * - `stale`: changed since, so that the stage may still do what the API said before.
 */
export type Deployment =
  | { readonly kind: 'sure' }
  | { readonly kind: 'unseen' | 'stale'; readonly reasons: readonly Reason[] }

export const deploymentOf = (api: Api, stage: ApiStage): Deployment => {
  if (stage.autoDeploy) return { kind: 'sure' }
  if (stage.deployedAt === null)
    return unseen(`When stage ${stage.name} of ${api.ref.name} was deployed is not known.`)
  if (!api.changed.known)
    return {
      kind: 'unseen',
      reasons: unreadReasons(api.changed.gaps, `When ${api.ref.name} was last changed`),
    }
  const { at, since } = api.changed.value
  const deployed = Date.parse(stage.deployedAt)
  if (deployed > Date.parse(at ?? since)) return { kind: 'sure' }
  if (at === null)
    return unseen(
      `Stage ${stage.name} of ${api.ref.name} was deployed before ${since}, and earlier changes of the API are not known: a new deployment settles it.`,
    )
  const message = `${api.ref.name} was changed at ${at}, after stage ${stage.name} was deployed (${stage.deployedAt}): what the stage does is not certain until it is deployed again.`
  return { kind: 'stale', reasons: [notModelled(message)] }
}

const unseen = (message: string): Deployment => ({ kind: 'unseen', reasons: [notModelled(message)] })

/** Empty where what is configured is in effect for sure. */
export const unproven = (deployment: Deployment): readonly Reason[] =>
  deployment.kind === 'sure' ? [] : deployment.reasons

/** Empty where nothing says that something else is in effect. */
export const doubted = (deployment: Deployment): readonly Reason[] =>
  deployment.kind === 'stale' ? deployment.reasons : []
