/** Which component of a request a statement inspects. */
import type { Component, WafRequest } from './request.ts'

type Config = Readonly<Record<string, unknown>>

export const asConfig = (value: unknown): Config | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Config) : null

/** Reads `FieldToMatch`; a component that this version does not follow is not known. */
export const componentOf = (fieldToMatch: unknown, request: WafRequest): Component => {
  const field = asConfig(fieldToMatch) ?? {}
  const [kind, ...more] = Object.keys(field).filter(key => field[key] !== undefined && field[key] !== null)
  if (kind === undefined || more.length > 0) return 'unknown'
  const name = asConfig(field[kind])?.Name
  switch (kind) {
    case 'SingleHeader':
      return typeof name === 'string' ? request.header(name.toLowerCase()) : 'unknown'
    case 'SingleQueryArgument':
      return typeof name === 'string' ? request.argument(name) : 'unknown'
    case 'UriPath':
      return request.path
    case 'QueryString':
      return request.query
    case 'Method':
      return request.method
    default:
      return 'unknown'
  }
}

/**
 * Whether the statement may be true of a component that AWS WAF could not read whole: oversized, malformed, or without a
 * fingerprint. A sender brings that about at will, so that no secret is needed.
 */
export const mayMatchUnread = (fieldToMatch: unknown): boolean => {
  const config = asConfig(fieldToMatch)
  if (config === null) return false
  return Object.entries(config).some(([key, part]) =>
    fallbacks.includes(key) ? !harmless.includes(String(part)) : mayMatchUnread(part),
  )
}

const fallbacks = ['OversizeHandling', 'FallbackBehavior', 'InvalidFallbackBehavior']
const harmless = ['CONTINUE', 'NO_MATCH', 'EVALUATE_AS_STRING']
