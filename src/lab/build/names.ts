/** Identifiers for a world: stable, shaped as AWS shapes them, derived from a readable name. */
import { identityFingerprint } from '#base/fingerprint.ts'

const digest = (...parts: readonly string[]): string => identityFingerprint('world', ...parts)

/** `n` lower-case hex digits. */
export const hex = (n: number, ...parts: readonly string[]): string => digest(...parts).slice(0, n)

/** `n` decimal digits. */
export const digits = (n: number, ...parts: readonly string[]): string =>
  BigInt(`0x${digest(...parts)}`)
    .toString()
    .padStart(40, '0')
    .slice(-n)

/** A distribution id, e.g. `E1A2B3C4D5E6F7`. */
export const distributionId = (name: string): string => `E${hex(13, 'distribution', name).toUpperCase()}`

export const distributionDomain = (name: string): string => `d${hex(13, 'domain', name)}.cloudfront.net`

/** The 16 hex digits at the end of a load balancer, listener or target group ARN. */
export const elbId = (...parts: readonly string[]): string => hex(16, 'elb', ...parts)

export const securityGroupId = (name: string): string => `sg-0${hex(16, 'sg', name)}`

/** A last octet from 1 to 254, stable per name. */
export const octet = (...parts: readonly string[]): number =>
  1 + (Number.parseInt(hex(6, ...parts), 16) % 254)
