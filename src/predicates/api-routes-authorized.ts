/** Does every route of the API ask who calls? */
import { isDeploymentKnown } from '#topology/api-deployed.ts'
import type { Api } from '#topology/model.ts'
import { type Answer, cite, every, no, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { callingRoutes, ofApi, routeText, type StageRoute } from './reading/api.ts'

const isAuthorized = (api: Api, at: StageRoute): Answer => {
  const { authorization, ref } = at.route
  if (!isDeploymentKnown(api, at.stage, at.route))
    return unseen([], cite(ref, `how ${routeText(at)} was deployed is not known`))
  if (authorization === 'unrecognised')
    return unseen([], cite(ref, `the authorization of ${routeText(at)} is not known`))
  return authorization === 'none'
    ? no(cite(ref, `${routeText(at)} asks nobody who calls`))
    : yes(cite(ref, `${routeText(at)} asks for ${authorization} authorization`))
}

export const apiRoutesAuthorized = predicate<'link'>({
  question: 'Does every route of the API, in every stage, ask who calls (where a key does not count)?',
  subjects: ['link'],
  ask: ({ link }) =>
    ofApi(link, api => callingRoutes(api, routes => every(routes.map(at => isAuthorized(api, at))))),
})
