/** What a proven exposure says to a predicate: closed or not, with the way in as evidence. */
import type { Exposure, Reason, Vantage, Witness } from '#prove/exposure.ts'
import type { Link } from '#topology/model.ts'
import { type Answer, cite, type Evidence, holds, no, unseen, yes } from '../asking/answer.ts'
import type { Facts } from '../asking/facts.ts'

const strangers: Readonly<Record<Vantage, string>> = {
  internet: 'any host on the internet',
  tenant: "another customer's CloudFront distribution",
  inside: 'a host inside the network',
}

const requestText = (witness: Witness): string => {
  const url = `${witness.scheme}://${witness.host}${witness.path}`
  const names = witness.headers.map(([name]) => name)
  const headers = names.length > 0 ? `, with ${names.join(', ')}` : ''
  return `${witness.method} ${url}, sent to ${witness.connect} port ${witness.port} over IPv${witness.family} by ${strangers[witness.vantage]}${headers}`
}

const wayIn = (link: Link, vantage: Vantage, { verdict, witness }: Exposure): readonly Evidence[] => {
  const means =
    verdict === 'guessable' ? 'a value that can be guessed is all it takes' : 'no secret is needed'
  if (witness === null)
    return [cite(link.distribution.ref, `${strangers[vantage]} reaches the origin: ${means}`)]
  const steps = witness.route.map(({ text, line, arn }) => ({ text, line, arn, exchange: null }))
  return [cite(link.distribution.ref, `${requestText(witness)} reaches the origin: ${means}`), ...steps]
}

const undecided = (link: Link, reasons: readonly Reason[]): Answer =>
  unseen(
    reasons.flatMap(r => (r.kind === 'gap' ? [r.gap] : [])),
    ...reasons.flatMap(r => {
      if (r.kind === 'gap') return []
      const settle = r.kind === 'uncertain' && r.experiment ? ` To settle it: ${r.experiment}` : ''
      const text =
        r.kind === 'uncertain' ? `AWS does not document this (${r.id}): ${r.message}${settle}` : r.message
      return [cite(link.distribution.ref, text)]
    }),
  )

const closedBy = (link: Link, { certificate, verdict, witness }: Exposure): Answer => {
  const steps = certificate
    ? certificate.obligations.map(o => ({
        text: o.text,
        line: o.lines[0] ?? null,
        arn: null,
        exchange: null,
      }))
    : (witness?.route ?? []).map(({ text, line, arn }) => ({ text, line, arn, exchange: null }))
  const said = verdict === 'closed' ? 'no request without a secret gets in' : 'only a login leads in'
  return yes(cite(link.distribution.ref, said), ...steps)
}

const exposureAt = (link: Link, vantage: 'internet' | 'tenant', facts: Facts): Exposure | null =>
  facts.exposureOf(link)?.[vantage] ?? null

/** Whether strangers at the vantage are kept out; a login counts as keeping them out. */
export const closedAnswer = (link: Link, vantage: 'internet' | 'tenant', facts: Facts): Answer => {
  const exposure = exposureAt(link, vantage, facts)
  if (exposure === null) return unseen([], cite(link.distribution.ref, 'the link was not proven'))
  if (exposure.verdict === 'unknown') return undecided(link, exposure.reasons)
  if (exposure.verdict === 'open' || exposure.verdict === 'guessable')
    return no(...wayIn(link, vantage, exposure))
  return closedBy(link, exposure)
}

/** Whether nothing but an undocumented detail of AWS stands between the link and a verdict. */
const onlyUncertain = (link: Link, vantage: 'internet' | 'tenant', facts: Facts): boolean => {
  const reasons = exposureAt(link, vantage, facts)?.reasons ?? []
  return reasons.length > 0 && reasons.every(r => r.kind === 'uncertain')
}

/**
 * Whether the link is proven closed at the vantage, by whatever means. Input that is missing leaves it undecided; a proof
 * that fails on an undocumented detail only is no proof, so that robust settings are still asked for.
 */
export const provenAnswer = (link: Link, vantage: 'internet' | 'tenant', facts: Facts): Answer => {
  const answer = closedAnswer(link, vantage, facts)
  if (holds(answer)) return answer
  const open = answer.observed || onlyUncertain(link, vantage, facts)
  // The way in is shown by the finding about the link; here it is enough that there is one.
  return open ? no(cite(link.distribution.ref, `nothing else closes ${link.id}`)) : answer
}
