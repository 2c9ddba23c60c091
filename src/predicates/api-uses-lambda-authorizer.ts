/** Does some route of the API ask a Lambda authorizer? */
import { cite, no, some, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { callingRoutes, ofApi, routeText } from './reading/api.ts'

export const apiUsesLambdaAuthorizer = predicate<'link'>({
  question: 'Does some route of the API ask a Lambda authorizer?',
  subjects: ['link'],
  ask: ({ link }) =>
    ofApi(link, api =>
      callingRoutes(api, routes =>
        some(
          routes.map(at => {
            const { authorization, ref } = at.route
            const said = cite(ref, `${routeText(at)} asks for ${authorization} authorization`)
            if (authorization === 'unrecognised') return unseen([], said)
            return authorization === 'lambda' ? yes(said) : no(said)
          }),
        ),
      ),
    ),
})
