/** The header that a link's gate compares, and a wrong value for it that looks like the right one. */
import type { LinkExposure } from '#prove/exposure.ts'
import type { LoadBalancer, OriginHeader } from '#topology/model.ts'
import { hasOwnRules } from './application-gate.ts'
import type { Entry } from './entry.ts'
import { hasSafeHeaders } from './safe-request.ts'
import { seededWord } from './words.ts'

type Sealed = Exclude<OriginHeader['value'], string>

/** Below this a made-up value might be the real one. */
const leastBits = 64
/** CloudFront's limit for an origin header value. */
const longest = 1783

const listenerHeaders = (loadBalancer: LoadBalancer): readonly string[] => {
  if (!loadBalancer.listeners.known) return []
  return loadBalancer.listeners.value
    .flatMap(l => (l.rules.known ? l.rules.value : []))
    .flatMap(r => r.conditions)
    .flatMap(c => (c.field === 'http-header' ? [c.name] : []))
}

/** Names in `SingleHeader` field selectors, anywhere in a WAF statement. */
const statementHeaders = (statement: unknown): readonly string[] => {
  if (typeof statement !== 'object' || statement === null) return []
  return Object.entries(statement).flatMap(([key, value]) => {
    const name = key === 'SingleHeader' && typeof value === 'object' && value !== null && 'Name' in value
    return name && typeof value.Name === 'string' ? [value.Name] : statementHeaders(value)
  })
}

const wafHeaders = (loadBalancer: LoadBalancer): readonly string[] =>
  loadBalancer.webAcl.known && loadBalancer.webAcl.value !== null
    ? loadBalancer.webAcl.value.rules.flatMap(r => statementHeaders(r.statement))
    : []

/** Whether the proof says that a controller behind the load balancer compares what CloudFront sends, in whatever header. */
const gatedInCluster = ({ internet }: LinkExposure): boolean =>
  internet.certificate?.obligations.some(o => o.kind === 'CLUSTER_REFUSES') === true

/**
 * The sealed header CloudFront sends that a listener rule or the web ACL compares, or, where an application or a controller
 * has rules of its own, may compare; null where there is none, or it is a login that is never sent.
 */
const gateHeader = (exposure: LinkExposure, entry: Entry): { name: string; value: Sealed } | null => {
  const inside = hasOwnRules(entry) || gatedInCluster(exposure)
  const compared = new Set(
    entry.loadBalancers.flatMap(lb => [...listenerHeaders(lb), ...wafHeaders(lb)]).map(n => n.toLowerCase()),
  )
  const may = (name: string): boolean =>
    compared.has(name.toLowerCase()) || (inside && hasSafeHeaders([[name, '']]))
  for (const { name, value } of exposure.link.origin.headers)
    if (typeof value !== 'string' && value.public !== true && may(name)) return { name, value }
  return null
}

/** Header and made-up value of the same length and alphabet; null where the gate is not known or a guess might be right. */
export const wrongToken = (
  exposure: LinkExposure,
  entry: Entry,
  seed: string,
): readonly [name: string, value: string] | null => {
  const gate = gateHeader(exposure, entry)
  if (gate === null || Math.min(gate.value.bits, gate.value.exactBits) < leastBits) return null
  const { length, alphabet } = gate.value
  return [gate.name, seededWord(seed, `${exposure.link.id} wrong token`, Math.min(length, longest), alphabet)]
}
