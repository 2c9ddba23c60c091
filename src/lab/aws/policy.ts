/** Wrappers that make a handler deny, throttle or break chosen operations; they compose in any order. */
import type { Broken } from './broken.ts'
import type { AwsCall, AwsHandler } from './call.ts'
import type { AwsError } from './refusal.ts'
import { json, knownServices, type RefusalCodes } from './sources.ts'

/** `service:Operation` with the SDK package suffix, e.g. `elastic-load-balancing-v2:DescribeRules`. */
export type OperationName = `${string}:${string}`

export const operationName = (call: Pick<AwsCall, 'service' | 'operation'>): OperationName =>
  `${call.service}:${call.operation}`

/** Answers the given operations as IAM does when no policy allows the action. */
export const withDenied =
  (handle: AwsHandler, denied: ReadonlySet<string>): AwsHandler =>
  call =>
    denied.has(operationName(call)) ? { error: accessDenied(call) } : handle(call)

function accessDenied({ service, operation }: AwsCall): AwsError {
  const action = `${knownServices.find(({ name }) => name === service)?.signs ?? service}:${operation}`
  const reason = `because no identity-based policy allows the ${action} action`
  return {
    code: codesOf(service).denied,
    message: `User is not authorized to perform: ${action} ${reason}`,
  }
}

/** A token bucket: `burst` calls at once, refilled with `perSecond` calls a second. */
export interface Rate {
  readonly perSecond: number
  readonly burst: number
}

/**
 * Throttles each listed service (by SDK package suffix) for itself in every region, as AWS does per account.
 * `now` gives milliseconds.
 */
export function withThrottle(
  handle: AwsHandler,
  rates: Readonly<Record<string, Rate>>,
  now: () => number = () => performance.now(),
): AwsHandler {
  const buckets = new Map<string, { tokens: number; at: number }>()
  return call => {
    const rate = rates[call.service]
    if (!rate) return handle(call)
    const key = `${call.service} ${call.region}`
    const at = now()
    const last = buckets.get(key) ?? { tokens: rate.burst, at }
    const tokens = Math.min(rate.burst, last.tokens + ((at - last.at) / 1000) * rate.perSecond)
    buckets.set(key, { tokens: tokens >= 1 ? tokens - 1 : tokens, at })
    return tokens >= 1
      ? handle(call)
      : { error: { code: codesOf(call.service).throttled, message: 'Rate exceeded' } }
  }
}

/** Breaks the given operations, or answers them with the given error. */
export const withFaults =
  (handle: AwsHandler, faults: ReadonlyMap<string, Broken | AwsError>): AwsHandler =>
  call => {
    const fault = faults.get(operationName(call))
    if (fault === undefined) return handle(call)
    return typeof fault === 'string' ? { broken: fault } : { error: fault }
  }

const codesOf = (service: string): RefusalCodes =>
  knownServices.find(({ name }) => name === service)?.refuses ?? json
