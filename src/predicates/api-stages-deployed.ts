/** Was every stage of the API deployed after the API was last changed? */
import type { Api, ApiStage } from '#topology/model.ts'
import { type Answer, cite, every, no, ofKnown, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { namesOfApi, ofApi } from './reading/api.ts'

const isDeployed = (api: Api, { ref, name, autoDeploy, deployedAt }: ApiStage): Answer => {
  if (autoDeploy) return yes(cite(ref, `stage ${name} deploys each change by itself`))
  if (deployedAt === null) return unseen([], cite(ref, `when stage ${name} was deployed is not known`))
  return ofKnown(api.changed, ({ at, since }) => {
    if (Date.parse(deployedAt) > Date.parse(at ?? since))
      return yes(cite(ref, `stage ${name} was deployed at ${deployedAt}, after the last change`))
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
  question: 'Was every stage of the API deployed after the API was last changed?',
  subjects: ['link'],
  ask: ({ link }) =>
    ofApi(link, api => ofKnown(api.stages, stages => every(stages.map(stage => isDeployed(api, stage))))),
})
