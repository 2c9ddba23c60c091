/** Does something at the target compare the secret header that CloudFront sends? */
import type { LoadBalancer } from '#topology/model.ts'
import { type Answer, cite, every, no, unseen, yes } from './asking/answer.ts'
import type { Facts } from './asking/facts.ts'
import { predicate } from './asking/predicate.ts'
import { loadBalancersOf, unlessFollowed } from './reading/backends.ts'
import { edgeCode } from './reading/edge-code.ts'
import { noGate } from './reading/gates.ts'
import { secretsSent } from './reading/tokens.ts'

const compares = (loadBalancer: LoadBalancer, headers: ReadonlySet<string>, facts: Facts): Answer => {
  const { values, gaps } = facts.gatesOf(loadBalancer)
  const gate = values.find(v => headers.has(v.header))
  if (gate) return yes(cite(gate.place, `${gate.placeName} compares ${gate.header}`, { header: gate.header }))
  if (gaps.length > 0) return unseen(gaps)
  const [first = ''] = headers
  return no(...noGate(loadBalancer, [...headers].join(', ')).map(e => ({ ...e, names: { header: first } })))
}

export const gateComparesSentHeader = predicate<'link'>({
  question:
    'Does a listener rule or a web ACL of the target compare the secret header that CloudFront sends?',
  subjects: ['link'],
  ask: ({ link }, _options, facts) => {
    if (link.target.kind === 'unknown') return unseen(link.target.gaps)
    const { secrets, perhaps, gaps } = secretsSent(link, facts)
    const headers = new Set(secrets.map(s => s.header))
    const loadBalancers = loadBalancersOf(link)
    const none = cite(link.distribution.ref, `origin ${link.origin.id} is sent no secret header`)
    if (headers.size > 0 && loadBalancers.length > 0)
      return every([...loadBalancers.map(lb => compares(lb, headers, facts)), ...unlessFollowed(link)])
    return perhaps.length > 0 || edgeCode(link).length > 0 ? unseen(gaps, none) : no(none)
  },
})
