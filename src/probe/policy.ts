/** The safety rules of probing as questions with a yes or no: what may be sent, where to, and how much. */
import { normalName, sameName } from '#base/domain-name.ts'
import { containsAddress, isPublicAddress } from '#base/ip-set.ts'
import type { Link } from '#topology/model.ts'
import { type Entry, type Proof, type Scope, safeScope } from './entry.ts'
import type { NoResponse, ProbeRequest } from './exchange.ts'
import { defaultLimits, type Limits } from './limits.ts'
import { originsOf } from './origins.ts'
import { probeableLink } from './probeable.ts'
import { isSafePath } from './safe-path.ts'
import { hasSafeHeaders, isHost } from './safe-request.ts'

export interface Policy {
  readonly limits: Limits
  /** CIDRs of non-public addresses that may be asked all the same: a laboratory, or an agent inside the network. */
  readonly allow: readonly string[]
  /**
   * Names that may be connected to, each with what proves ownership: the address must be one that this other name
   * resolves to as well, or one of these. Normal form (`#base/domain-name.ts`).
   */
  readonly endpoints: ReadonlyMap<string, Proof['by']>
  /** Names of services that many customers share, and what alone each is asked for, over TLS that verifies for it. */
  readonly shared: ReadonlyMap<string, string>
  /** Link id to the origin whose pace and budget its requests count against. */
  readonly origins: ReadonlyMap<string, string>
}

export interface PolicyOptions {
  readonly allow?: readonly string[]
  /** Further names and addresses that are proven to be the account's own (`ownedEndpoints`). */
  readonly owned?: readonly string[]
  /** What is probed besides what is safe for everyone; nothing unless given. */
  readonly scope?: Scope
  readonly limits?: Partial<Limits>
}

const entryOf = (link: Link, scope: Scope): readonly Entry[] => {
  const probeable = probeableLink(link, scope)
  return probeable.probeable ? [probeable.entry] : []
}

/** The policy for probing these links: only their own endpoints may be asked. */
export const policyFor = (links: readonly Link[], options: PolicyOptions = {}): Policy => {
  const { owned = [], scope = safeScope } = options
  const behind = links.flatMap(link => entryOf(link, scope).map(entry => ({ link, entry })))
  const proofs: readonly Proof[] = [
    ...owned.map(name => ({ name, by: name })),
    ...behind.flatMap(({ link: { distribution }, entry }) => [
      ...entry.proofs,
      { name: distribution.domainName, by: distribution.domainName },
    ]),
  ]
  const shared = behind.flatMap(({ entry }) => (entry.shared ? entry.proofs : []))
  return {
    limits: { ...defaultLimits, ...options.limits },
    allow: options.allow ?? [],
    endpoints: new Map(
      proofs.map(({ name, by }) => [normalName(name), typeof by === 'string' ? normalName(by) : by]),
    ),
    shared: new Map(shared.map(({ name, host }) => [normalName(name), normalName(host ?? name)])),
    origins: originsOf(links, scope),
  }
}

export interface Refusal {
  readonly reason: NoResponse
  /** One sentence. */
  readonly message: string
}

const refusal = (reason: NoResponse, message: string): Refusal => ({ reason, message })

/** Whether the request goes to a service that many share, so that its certificate must verify. */
export const isShared = (policy: Policy, { connect }: ProbeRequest): boolean =>
  policy.shared.has(normalName(connect.name))

/** Whether Host and server name are those that the account has there. */
const asksItself = (policy: Policy, { connect, present }: ProbeRequest): boolean => {
  const own = policy.shared.get(normalName(connect.name)) ?? connect.name
  return sameName(present.host, own) && (present.sni === null || sameName(present.sni, own))
}

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
  if (isShared(policy, request) && !asksItself(policy, request))
    return refusal(
      'not-sent-unowned',
      `${present.host} is not the account's own name at ${connect.name}: it might be somebody else's.`,
    )
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
