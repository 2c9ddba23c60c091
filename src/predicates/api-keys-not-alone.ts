/** Does no route of the API rest on an API key alone? */
import { isDeploymentKnown } from '#topology/api-deployed.ts'
import { type Answer, cite, every, no, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { callingRoutes, ofApi, routeText, type StageRoute } from './reading/api.ts'

const isNotAlone = (at: StageRoute): Answer => {
  const { authorization, apiKeyRequired, ref } = at.route
  if (!apiKeyRequired || (authorization !== 'none' && authorization !== 'unrecognised')) return yes()
  if (!isDeploymentKnown(at.stage, at.route) || authorization === 'unrecognised')
    return unseen([], cite(ref, `what ${routeText(at)} asks besides a key is not known`))
  return no(cite(ref, `${routeText(at)} asks for an API key and nothing else`))
}

export const apiKeysNotAlone = predicate<'link'>({
  question: 'Does no route of the API rest on an API key alone?',
  subjects: ['link'],
  ask: ({ link }) =>
    ofApi(link, api =>
      callingRoutes(api, routes => {
        const answer = every(routes.map(isNotAlone))
        return answer.observed && answer.holds
          ? yes(cite(api.ref, 'no route rests on an API key alone'))
          : answer
      }),
    ),
})
