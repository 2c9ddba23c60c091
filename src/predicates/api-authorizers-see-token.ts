/** Does every Lambda authorizer in use look at the secret header again, whatever it decided before? */
import { authorizersIn } from '#topology/api-deployed.ts'
import type { Api, Authorizer, Link } from '#topology/model.ts'
import { type Answer, cite, every, no, ofKnown, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { callingRoutes, headerIn, ofApi, routeText, type StageRoute } from './reading/api.ts'
import { sealedHeaders } from './reading/tokens.ts'

const seesToken = ({ name, ref, identitySources, ttl }: Authorizer, link: Link): Answer => {
  const sent = sealedHeaders(link).map(s => s.header)
  const seen = identitySources.map(headerIn).find(h => h !== null && sent.includes(h))
  if (seen) return yes(cite(ref, `${seen}, which CloudFront sends, is an identity source of ${name}`))
  if (ttl === 0) return yes(cite(ref, `${name} keeps no decision`))
  const sources = identitySources.length > 0 ? identitySources.join(', ') : 'nothing'
  const header = sent.length > 0 ? sent.join(', ') : 'a header that CloudFront sends'
  return no(cite(ref, `${name} keeps its decision for ${ttl} s by ${sources}, and not by ${header}`))
}

const isSeen = (at: StageRoute, api: Api, link: Link): Answer =>
  ofKnown(authorizersIn(api, at.stage), authorizers => {
    const found = authorizers.find(a => a.id === at.route.authorizerId)
    if (found && found.type !== 'unrecognised') {
      const answer = seesToken(found, link)
      const asked = cite(at.route.ref, `${routeText(at)} asks authorizer ${found.name}`)
      return { ...answer, evidence: [...answer.evidence, asked] }
    }
    return unseen([], cite(at.route.ref, `which authorizer ${routeText(at)} was deployed with is not known`))
  })

/** What authorizers of different stages are called says nothing where they were deployed at different times. */
const authorizerOf = ({ stage, route }: StageRoute): string =>
  `${stage.deployedAuthorizers === null ? '' : stage.name} ${route.authorizerId}`

export const apiAuthorizersSeeToken = predicate<'link'>({
  question:
    'Does each Lambda authorizer in use have the secret header as an identity source, or keep no decision?',
  subjects: ['link'],
  ask: ({ link }) =>
    ofApi(link, api =>
      callingRoutes(api, routes => {
        const asking = routes.filter(at => at.route.authorization === 'lambda')
        const oncePer = Map.groupBy(asking, authorizerOf)
        return every([...oncePer.values()].flatMap(([at]) => (at ? [isSeen(at, api, link)] : [])))
      }),
    ),
})
