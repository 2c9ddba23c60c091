/** Is the value that CloudFront sends one that the gate accepts? */
import { or } from '#base/truth.ts'
import type { Link, Listener, LoadBalancer } from '#topology/model.ts'
import { sealedName } from '#topology/sealed.ts'
import { type Answer, cite, type Evidence, every, no, unseen, yes } from './asking/answer.ts'
import type { Facts } from './asking/facts.ts'
import { predicate } from './asking/predicate.ts'
import { loadBalancersOf, unlessFollowed } from './reading/backends.ts'
import { edgeCode } from './reading/edge-code.ts'
import type { GateValue } from './reading/gate-value.ts'
import { gateNames } from './reading/gates.ts'
import { connectionOf } from './reading/ports.ts'
import { meets, type Sent, sealedHeaders } from './reading/tokens.ts'

/** Gates that one request has to pass: those of a listener that CloudFront connects to, or of the web ACL. */
const stations = (link: Link, gates: readonly GateValue[]): readonly (readonly GateValue[])[] => {
  const { http, https, httpPort, httpsPort } = connectionOf(link)
  const used = (l: Listener): boolean =>
    (l.port === httpPort && http !== false) || (l.port === httpsPort && https !== false)
  const listeners = new Set(gates.flatMap(g => (g.listener && used(g.listener) ? [g.listener] : [])))
  return [
    ...[...listeners].map(l => gates.filter(g => g.listener === l)),
    gates.filter(g => g.listener === null),
  ]
}

const stationAccepts = (station: readonly GateValue[], sent: readonly Sent[]): Answer => {
  const accepted = or(...station.flatMap(g => sent.map(s => meets(s, g))))
  const said = (words: string): readonly Evidence[] =>
    station.map(gate => {
      const values = sent.filter(s => s.header === gate.header).map(s => sealedName(s.value))
      const text = `${gate.placeName} ${words} the value of ${gate.header} that CloudFront sends (${values.join(', ')})`
      return cite(gate.place, text, gateNames(gate))
    })
  if (accepted === true || station.length === 0) return yes()
  return accepted === 'unknown'
    ? unseen([], ...said('may or may not accept'))
    : no(...said('does not accept'))
}

const accepts = (loadBalancer: LoadBalancer, link: Link, sent: readonly Sent[], facts: Facts): Answer => {
  const headers = new Set(sent.map(s => s.header))
  const { values, gaps } = facts.gatesOf(loadBalancer)
  const answers = stations(
    link,
    values.filter(v => headers.has(v.header)),
  ).map(s => stationAccepts(s, sent))
  return every([...answers, ...(gaps.length > 0 ? [unseen(gaps)] : [])])
}

export const gateAcceptsSentValue = predicate<'link'>({
  question: 'Is the value that CloudFront sends one that the gate of the target accepts?',
  subjects: ['link'],
  ask: ({ link }, _options, facts) => {
    if (link.target.kind === 'unknown') return unseen(link.target.gaps)
    const answer = every([
      ...loadBalancersOf(link).map(lb => accepts(lb, link, sealedHeaders(link), facts)),
      ...unlessFollowed(link),
    ])
    const code = edgeCode(link)
    if (!answer.observed || answer.holds || code.length === 0) return answer
    return unseen([], cite(link.distribution.ref, `${code.join(', ')} may change the value`))
  },
})
