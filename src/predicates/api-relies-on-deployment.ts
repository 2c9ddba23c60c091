/** Has the API a setting that guards it only where it was deployed? */
import { cite, no, ofKnown, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { ofApi } from './reading/api.ts'

export const apiReliesOnDeployment = predicate<'link'>({
  question:
    'Has the API a setting that guards it only where it was deployed: an endpoint that is off, a policy?',
  subjects: ['link'],
  ask: ({ link }) =>
    ofApi(link, api => {
      if (api.defaultEndpointDisabled) return yes(cite(api.ref, 'the default endpoint is turned off'))
      return ofKnown(api.policy, policy =>
        policy === null
          ? no(cite(api.ref, 'the API has no resource policy, and its default endpoint is on'))
          : yes(cite(policy.ref, 'the API has a resource policy')),
      )
    }),
})
