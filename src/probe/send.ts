/** Sends a plan: origins side by side, each one asked one request at a time, gently, within its budget. */

import pLimit from 'p-limit'
import { normalName } from '#base/domain-name.ts'
import { addressFamily } from '#base/ip-set.ts'
import type { Exchange, ProbeRequest } from './exchange.ts'
import { freshPace, paceAfter, pauseBefore, refusePace } from './pace.ts'
import { isShared, type Policy, type Refusal, refuseAddress, refuseRequest } from './policy.ts'

/** What the sender needs of the network. */
export interface Transport {
  /** Addresses of the name in one family, now. Rejects or gives none where there are none. */
  readonly resolve: (name: string, family: 4 | 6) => Promise<readonly string[]>
  /**
   * Sends the request to exactly this address. Never rejects: trouble is an outcome. With `verified`, nothing is asked
   * over TLS whose certificate does not verify.
   */
  readonly send: (request: ProbeRequest, address: string, verified?: boolean) => Promise<Exchange['outcome']>
}

export interface Clock {
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly sleep: (milliseconds: number) => Promise<void>
}

export interface Progress {
  readonly done: number
  readonly total: number
  readonly exchange: Exchange
}

const unsent = (request: ProbeRequest, { reason, message }: Refusal): Exchange => ({
  id: request.id,
  request,
  address: null,
  sentAt: null,
  outcome: { kind: 'no-response', reason, message },
})

const unresolved = (name: string, family: 4 | 6): Refusal => ({
  reason: 'unresolved',
  message: `${name} has no IPv${family} address.`,
})

/** An address stands for itself: no resolver is asked, and none could send it elsewhere. */
const addressesOf = (transport: Transport, name: string, family: 4 | 6): Promise<readonly string[]> => {
  const own = addressFamily(name)
  if (own !== null) return Promise.resolve(own === family ? [name] : [])
  return transport.resolve(name, family).catch((): readonly string[] => [])
}

/** The address to pin: one of the name's that its endpoint's name has too. The least in text order, to be repeatable. */
const chooseAddress = async (
  policy: Policy,
  transport: Transport,
  { connect: { name, family } }: ProbeRequest,
): Promise<string | Refusal> => {
  const ask = (n: string) => addressesOf(transport, n, family)
  const addresses = [...(await ask(name))].sort()
  const endpoint = policy.endpoints.get(normalName(name))
  const owned = await ownedAddresses(endpoint, normalName(name), addresses, ask)
  if (addresses.length === 0) return unresolved(name, family)
  const refusals = addresses.map(address => refuseAddress(policy, address, owned))
  const [first] = refusals
  return addresses.find((_, i) => refusals[i] === null) ?? first ?? unresolved(name, family)
}

/** Where the proof is another name, that name's addresses of this moment. */
const ownedAddresses = async (
  by: string | readonly string[] | undefined,
  name: string,
  addresses: readonly string[],
  ask: (name: string) => Promise<readonly string[]>,
): Promise<readonly string[]> => {
  if (by === undefined || by === name) return addresses
  return typeof by === 'string' ? ask(by) : by
}

/** One budget for the whole run, shared by all origins. */
interface Purse {
  left: number
}

const overall: Refusal = {
  reason: 'not-sent-budget',
  message: 'The budget of requests for the whole run is used up.',
}

/** Sends the requests of one origin in order. */
const sendToOrigin = async (
  requests: readonly ProbeRequest[],
  { policy, transport, clock }: SendOptions,
  purse: Purse,
  report: (exchange: Exchange) => void,
): Promise<void> => {
  const { limits } = policy
  let pace = freshPace
  for (const request of requests) {
    const early = refuseRequest(policy, request) ?? refusePace(limits, pace)
    if (early !== null || purse.left <= 0) {
      report(unsent(request, early ?? overall))
      continue
    }
    // Taken before the first wait, so that origins side by side cannot overdraw it.
    purse.left -= 1
    await clock.sleep(pauseBefore(limits, pace, request, clock.now()))
    const address = await chooseAddress(policy, transport, request)
    if (typeof address !== 'string') {
      purse.left += 1
      report(unsent(request, address))
      continue
    }
    const start = clock.now()
    const outcome = await transport.send(request, address, isShared(policy, request))
    const sentAt = new Date(start).toISOString()
    const exchange: Exchange = { id: request.id, request, address, sentAt, outcome }
    pace = paceAfter(limits, pace, exchange, start, clock.now() - start)
    report(exchange)
  }
}

export interface SendOptions {
  readonly policy: Policy
  readonly transport: Transport
  readonly clock: Clock
}

/**
 * Sends every request of the plan that the policy lets pass and says of each other one why it was not sent. Results
 * come in the order of the plan; `onProgress` hears of each one as it ends. Never rejects for what an origin does.
 */
export const sendProbes = async (
  plan: readonly ProbeRequest[],
  options: SendOptions,
  onProgress: (progress: Progress) => void = () => {},
): Promise<readonly Exchange[]> => {
  const { policy } = options
  const results = new Map<string, Exchange>()
  const purse: Purse = { left: policy.limits.requestsInAll }
  const report = (exchange: Exchange): void => {
    results.set(exchange.id, exchange)
    onProgress({ done: results.size, total: plan.length, exchange })
  }
  const limit = pLimit(policy.limits.originsAtOnce)
  // A request of a link the policy does not know has an origin of its own, and is refused there.
  const queues = Map.groupBy(plan, r => policy.origins.get(r.link) ?? r.link)
  await Promise.all(
    [...queues.values()].map(queue => limit(() => sendToOrigin(queue, options, purse, report))),
  )
  return plan.flatMap(request => results.get(request.id) ?? [])
}
