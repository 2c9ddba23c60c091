/** IP set statements: the TCP peer, or an address that a header claims. */
import { addressFamily, containsAddress } from '#base/ip-set.ts'
import { or, type Truth } from '#base/truth.ts'
import { isSealed, type Value } from '#topology/sealed.ts'
import { certain, no, type Reading, unknownBecause } from '../reading.ts'
import { uncertain } from '../uncertainty.ts'
import { asConfig } from './component.ts'
import type { WafRequest } from './request.ts'

type Config = Readonly<Record<string, unknown>>

export const meetsIpSet = (statement: Config, cidrs: readonly string[], request: WafRequest): Reading => {
  const forwarded = asConfig(statement.IPSetForwardedIPConfig)
  if (forwarded !== null) return meetsForwarded(forwarded, cidrs, request)
  const { source } = request
  return source === null || addressFamily(source) === null
    ? unknownBecause()
    : certain(containsAddress(cidrs, source))
}

const meetsForwarded = (config: Config, cidrs: readonly string[], request: WafRequest): Reading => {
  const { HeaderName, Position, FallbackBehavior } = config
  if (typeof HeaderName !== 'string') return unknownBecause()
  const values = request.header(HeaderName.toLowerCase())
  if (values === 'unknown') return unknownBecause()
  const [value, ...more] = values
  if (value === undefined) return no
  if (more.length > 0) return unknownBecause(uncertain('U-09'))
  const claimed = claimedAddresses(value, Position)
  if (claimed === null) return unknownBecause()
  if (claimed.some(a => addressFamily(a) === null)) return certain(FallbackBehavior === 'MATCH')
  return certain(claimed.some(a => containsAddress(cidrs, a)))
}

/** `ANY` looks at ten addresses at the most. */
const claimedAddresses = (value: Value, position: unknown): readonly string[] | null => {
  if (isSealed(value)) return null
  const all = value.split(',').map(a => a.trim())
  switch (position) {
    case 'FIRST':
      return all.slice(0, 1)
    case 'LAST':
      return all.slice(-1)
    case 'ANY':
      return all.length <= 10 ? all : null
    default:
      return null
  }
}

/**
 * Whether the statement asks about a forwarded address although the request has no such header: then AWS WAF does not
 * apply the rule at all, and what that means inside Not is not documented (U-10).
 */
export const lacksForwardedHeader = (statement: unknown, request: WafRequest): Truth => {
  if (Array.isArray(statement)) return or(...statement.map(part => lacksForwardedHeader(part, request)))
  const config = asConfig(statement)
  if (config === null) return false
  const parts = Object.entries(config).map(([key, part]): Truth => {
    if (key !== 'IPSetForwardedIPConfig' && key !== 'ForwardedIPConfig')
      return lacksForwardedHeader(part, request)
    // Written as null where there is none.
    if (asConfig(part) === null) return false
    const name = asConfig(part)?.HeaderName
    const values = typeof name === 'string' ? request.header(name.toLowerCase()) : 'unknown'
    return values === 'unknown' ? 'unknown' : values.length === 0
  })
  return or(...parts)
}
