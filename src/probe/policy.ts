/** The safety rules of probing as questions with a yes or no: what may be sent, where to, and how much. */
import { normalName } from '#base/domain-name.ts'
import { containsAddress, isPublicAddress } from '#base/ip-set.ts'
import type { Link } from '#topology/model.ts'
import { probeableLink } from './entry.ts'
import type { NoResponse, ProbeRequest } from './exchange.ts'
import { defaultLimits, type Limits } from './limits.ts'
import { originsOf } from './origins.ts'
import { isSafePath } from './safe-path.ts'
import { hasSafeHeaders, isHost } from './safe-request.ts'

export interface Policy {
  readonly limits: Limits
  /** CIDRs of non-public addresses that may be asked all the same: a laboratory, or an agent inside the network. */
  readonly allow: readonly string[]
  /**
   * Names that may be connected to, each with the AWS endpoint name that proves ownership: the address must be one
   * that the endpoint name resolves to as well. Normal form (`#base/domain-name.ts`).
   */
  readonly endpoints: ReadonlyMap<string, string>
  /** Link id to the origin whose pace and budget its requests count against. */
  readonly origins: ReadonlyMap<string, string>
}

export interface PolicyOptions {
  readonly allow?: readonly string[]
  /** Further names and addresses that are proven to be the account's own (`ownedEndpoints`). */
  readonly owned?: readonly string[]
  readonly limits?: Partial<Limits>
}

const endpointsOf = (link: Link): readonly (readonly [string, string])[] => {
  const { domainName } = link.distribution
  const probeable = probeableLink(link)
  if (!probeable.probeable) return []
  return [
    // The origin's own name is only as good as its DNS: what it resolves to must be the load balancer's address too.
    [link.origin.domainName, probeable.loadBalancers[0].dnsName],
    [domainName, domainName],
    ...probeable.loadBalancers.map(({ dnsName }) => [dnsName, dnsName] as const),
  ]
}

/** The policy for probing these links: only their own endpoints may be asked. */
export const policyFor = (links: readonly Link[], options: PolicyOptions = {}): Policy => ({
  limits: { ...defaultLimits, ...options.limits },
  allow: options.allow ?? [],
  endpoints: new Map(
    [...(options.owned ?? []).map(name => [name, name] as const), ...links.flatMap(endpointsOf)].map(
      ([name, endpoint]) => [normalName(name), normalName(endpoint)],
    ),
  ),
  origins: originsOf(links),
})

export interface Refusal {
  readonly reason: NoResponse
  /** One sentence. */
  readonly message: string
}

const refusal = (reason: NoResponse, message: string): Refusal => ({ reason, message })

/** Why the request must not be sent whatever it resolves to; null where it may. */
export const refuseRequest = (policy: Policy, request: ProbeRequest): Refusal | null => {
  const { method, path, headers, connect, present, role } = request
  if (method !== 'GET' && method !== 'HEAD')
    return refusal('not-sent-unsafe', 'Only GET and HEAD are ever sent.')
  if (!isSafePath(path)) return refusal('not-sent-unsafe', 'The path may change state or is not plain text.')
  if (!hasSafeHeaders(headers))
    return refusal('not-sent-unsafe', 'A header carries a credential, a secret or a forged address.')
  if (!isHost(present.host) || (present.sni && !isHost(present.sni)))
    return refusal('not-sent-unsafe', 'The Host header or server name is not a host name or address.')
  if (role === 'N3' && present.sni === null)
    return refusal('not-sent-unsafe', 'Not even a wrong token is sent in clear text.')
  if (!policy.endpoints.has(normalName(connect.name)))
    return refusal('not-sent-unowned', `${connect.name} is not an endpoint of the accounts read.`)
  return null
}

/**
 * Why the address must not be connected to; null where it may. `owned` are the addresses that the account's own
 * endpoint name resolves to now.
 */
export const refuseAddress = (policy: Policy, address: string, owned: readonly string[]): Refusal | null => {
  if (!owned.includes(address))
    return refusal('not-sent-unowned', `${address} is not an address of the account's own endpoint.`)
  if (!isPublicAddress(address) && !containsAddress(policy.allow, address))
    return refusal('not-sent-private', `${address} is not a public address; --probe-allow would admit it.`)
  return null
}
