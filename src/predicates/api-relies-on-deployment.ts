/** Has the API something that guards it only where it was deployed? */
import { cite, no, ofKnown, some, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { callingRoutes, ofApi, routeText } from './reading/api.ts'

export const apiReliesOnDeployment = predicate<'link'>({
  question:
    'Does something guard the API only where it was deployed: an endpoint that is off, a policy, an authorization?',
  subjects: ['link'],
  ask: ({ link }) =>
    ofApi(link, api => {
      if (api.defaultEndpointDisabled) return yes(cite(api.ref, 'the default endpoint is turned off'))
      return ofKnown(api.policy, policy =>
        policy !== null
          ? yes(cite(policy.ref, 'the API has a resource policy'))
          : callingRoutes(api, routes =>
              some(
                routes.map(at => {
                  const { authorization, deployedAsConfigured, ref } = at.route
                  if (deployedAsConfigured === false)
                    return yes(cite(ref, `${routeText(at)} is configured otherwise`))
                  const said = cite(ref, `${routeText(at)} asks for ${authorization} authorization`)
                  return authorization === 'none' ? no(said) : yes(said)
                }),
              ),
            ),
      )
    }),
})
