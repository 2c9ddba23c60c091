/** Does no route of the API rest on an API key alone? */
import { isDeploymentKnown } from '#topology/api-deployed.ts'
import type { Api, UsagePlan } from '#topology/model.ts'
import { type Answer, cite, type Evidence, every, no, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { callingRoutes, ofApi, routeText, type StageRoute } from './reading/api.ts'

const isNotAlone = (at: StageRoute, api: Api): Answer => {
  const { authorization, apiKeyRequired, ref } = at.route
  if (!apiKeyRequired || (authorization !== 'none' && authorization !== 'unrecognised')) return yes()
  if (!isDeploymentKnown(api, at.stage, at.route) || authorization === 'unrecognised')
    return unseen([], cite(ref, `what ${routeText(at)} asks besides a key is not known`))
  return no(cite(ref, `${routeText(at)} asks for an API key and nothing else`), ...goodFor(at, api))
}

/** What else whoever has such a key may call. */
const goodFor = ({ stage }: StageRoute, api: Api): readonly Evidence[] => {
  if (api.apiKeySource === 'AUTHORIZER')
    return [cite(api.ref, `${api.ref.name} takes keys from an authorizer, which the route does not ask`)]
  if (!api.usagePlans.known) return [cite(stage.ref, 'which usage plans its keys belong to is not known')]
  const isOwn = (one: UsagePlan['stages'][number]): boolean =>
    one.apiId === api.id && one.stage === stage.name
  const own = api.usagePlans.value.filter(plan => plan.stages.some(isOwn))
  if (own.length === 0)
    return [cite(stage.ref, `stage ${stage.name} is in no usage plan: no key of one opens it`)]
  return own.map(({ ref, stages }) => {
    const others = stages.filter(one => !isOwn(one)).map(one => `${one.apiId}/${one.stage}`)
    return cite(
      ref,
      others.length === 0
        ? `its keys are those of usage plan ${ref.name}, which is for this stage alone`
        : `its keys are those of usage plan ${ref.name}, which are good for ${others.toSorted().join(', ')} as well`,
    )
  })
}

export const apiKeysNotAlone = predicate<'link'>({
  question: 'Does no route of the API rest on an API key alone?',
  subjects: ['link'],
  ask: ({ link }) =>
    ofApi(link, api =>
      callingRoutes(api, routes => {
        const answer = every(routes.map(at => isNotAlone(at, api)))
        return answer.observed && answer.holds
          ? yes(cite(api.ref, 'no route rests on an API key alone'))
          : answer
      }),
    ),
})
