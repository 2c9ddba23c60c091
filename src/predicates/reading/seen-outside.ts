/** What a probe saw of a host outside AWS, as a predicate's answer: as much as was seen, and that it is no proof. */
import type { ProbeVerdict } from '#probe/exchange.ts'
import type { Link } from '#topology/model.ts'
import { type Answer, cite, type Evidence, no, unseen, yes } from '../asking/answer.ts'

/** Edge functions that may choose another host than the origin, which nobody asked. */
const mayLeave = ({ behaviors }: Link): boolean =>
  behaviors.some(b => b.functions.some(f => !f.originChange.known || f.originChange.value === 'possible'))

/**
 * Null where the origin is in AWS, or nothing conclusive was seen. A refusal is seen from the internet: whether
 * addresses of CloudFront are let in stays open.
 */
export const seenOutside = (
  link: Link,
  vantage: 'internet' | 'tenant',
  probe: ProbeVerdict | null,
): Answer | null => {
  const outside = link.target.kind === 'external' || link.target.kind === 'unknown'
  if (!outside || probe === null) return null
  const { ref } = link.distribution
  const [first = null] = probe.exchanges
  const seen: Evidence = { ...cite(ref, probe.reason), exchange: first }
  if (probe.verdict === 'confirmed' && vantage === 'internet') return no(seen)
  if (mayLeave(link) || probe.verdict !== 'blocked' || probe.code !== 'app-gate') return null
  if (vantage === 'internet')
    return yes(seen, cite(ref, 'as seen by this probe: rules of the application are not in AWS'))
  return unseen(
    [],
    cite(
      ref,
      `${link.origin.domainName} was seen to refuse hosts on the internet, but the probe has none of CloudFront's addresses: whether it lets in whoever comes from those is up to its own rules`,
    ),
    seen,
  )
}
