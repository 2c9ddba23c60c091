/** Which client addresses nginx takes a stranger for: its own, the balancer's, or any that it writes into a header. */
import { exampleAddress, intersectCidrs, subtractCidrs } from '#base/ip-set.ts'
import type { Seen } from '../nginx/access.ts'
import type { Settings } from './settings.ts'

/** How connections arrive at the controller. */
export interface Arrival {
  /** CIDRs that strangers come from. */
  readonly clients: readonly string[]
  /** Whose address the controller's connections come from. */
  readonly peer: 'client' | 'balancer' | 'unknown'
  /** CIDRs of the balancer in front; empty where they are not known. */
  readonly balancer: readonly string[]
  /** Whether the balancer appends the client to `X-Forwarded-For`. */
  readonly appendsForwardedFor: boolean
}

const any: Seen = { kind: 'addresses', cidrs: ['0.0.0.0/0', '::/0'] }
const unknown = (reason: string): Seen => ({ kind: 'unknown', reason })

/** `real_ip_recursive on` walks X-Forwarded-For from the right and stops at the first address that it does not trust. */
export const seenAddresses = (settings: Settings, arrival: Arrival): Seen => {
  if (arrival.peer === 'unknown') return unknown('whose address the controller sees was not observed')
  const own: Seen = { kind: 'addresses', cidrs: arrival.clients }
  if (settings.useProxyProtocol)
    return arrival.peer === 'balancer' ? own : unknown('who speaks the PROXY protocol was not observed')
  const peers = arrival.peer === 'client' ? arrival.clients : arrival.balancer
  const believes = settings.useForwardedHeaders || settings.enableRealIp
  if (!believes) {
    if (peers.length === 0) return unknown('the addresses of the balancer were not observed')
    return { kind: 'addresses', cidrs: peers }
  }
  if (peers.length === 0 && !trustsAll(settings))
    return unknown('the addresses of the balancer were not observed')
  const trusted = peers.length === 0 ? ['0.0.0.0/0'] : intersectCidrs(peers, settings.trustedProxies)
  if (exampleAddress(trusted) === null) return { kind: 'addresses', cidrs: peers }
  if (arrival.peer === 'client' || !arrival.appendsForwardedFor) return any
  // The balancer wrote the client last: it is passed over only where it is trusted itself.
  const skipped = intersectCidrs(arrival.clients, settings.trustedProxies)
  return exampleAddress(skipped) === null ? own : any
}

const trustsAll = (settings: Settings): boolean =>
  exampleAddress(subtractCidrs(['0.0.0.0/0'], settings.trustedProxies)) === null
