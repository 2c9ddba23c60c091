/** Does every stage of the API serve what guards it as it is configured now? */
import type { Api, ApiStage } from '#topology/model.ts'
import { type Answer, cite, every, no, ofKnown, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { namesOfApi, ofApi, routeText } from './reading/api.ts'

/** Told of the deployment itself, where AWS exports it, but for the policy and the endpoint: those CloudTrail tells. */
const isDeployed = (api: Api, stage: ApiStage): Answer => {
  const { ref, name, autoDeploy, deployedAuthorizers } = stage
  if (autoDeploy) return yes(cite(ref, `stage ${name} deploys each change by itself`))
  const others = (stage.routes.known ? stage.routes.value : []).filter(r => r.deployedAsConfigured === false)
  if (others.length > 0)
    return no(
      ...others.map(route =>
        cite(route.ref, `${routeText({ stage, route })} asks callers otherwise than it is configured`),
      ),
      cite(ref, `stage ${name} is to be deployed again`, { ...namesOfApi(api), stage: name }),
    )
  if (deployedAuthorizers === null) return isAfter(api, stage, api.changed)
  const told = cite(ref, `whom the routes of stage ${name} ask was deployed as it is configured`)
  if (hasSettings(api)) return every([yes(told), isAfter(api, stage, api.settingsChanged)])
  return api.policy.known ? yes(told) : unseen(api.policy.gaps)
}

const hasSettings = ({ defaultEndpointDisabled, policy }: Api): boolean =>
  defaultEndpointDisabled || (policy.known && policy.value !== null)

const isAfter = (api: Api, { ref, name, deployedAt }: ApiStage, changed: Api['changed']): Answer => {
  if (deployedAt === null) return unseen([], cite(ref, `when stage ${name} was deployed is not known`))
  return ofKnown(changed, ({ at, since }) => {
    if (Date.parse(deployedAt) > Date.parse(at ?? since))
      return yes(
        cite(ref, `stage ${name} was deployed at ${deployedAt}, after the last change that CloudTrail tells`),
      )
    return at === null
      ? unseen(
          [],
          cite(ref, `stage ${name} was deployed at ${deployedAt}; changes before ${since} are not known`),
        )
      : no(
          cite(ref, `stage ${name} was deployed at ${deployedAt}`, { ...namesOfApi(api), stage: name }),
          cite(api.ref, `${api.ref.name} was changed at ${at}`),
        )
  })
}

export const apiStagesDeployed = predicate<'link'>({
  question: 'Does every stage of the API serve what guards it as it is configured now?',
  subjects: ['link'],
  ask: ({ link }) =>
    ofApi(link, api => ofKnown(api.stages, stages => every(stages.map(stage => isDeployed(api, stage))))),
})
