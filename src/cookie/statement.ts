/** Reads the policy statement of a signature and names each thing in it that CloudFront refuses. */
import { addressFamily } from '#base/ip-set.ts'

export interface Limits {
  /** Null where the policy names none. */
  readonly resource: string | null
  /** Seconds since 1970. */
  readonly expires: number | null
  readonly starts: number | null
  readonly sourceIp: string | null
}

export interface Read<T> {
  readonly value: T
  /** Sentences. */
  readonly problems: readonly string[]
}

export const noLimits: Limits = { resource: null, expires: null, starts: null, sourceIp: null }

type Fields = Readonly<Record<string, unknown>>
const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const broken = (problem: string): Read<Limits> => ({ value: noLimits, problems: [problem] })

/** Source: CloudFront Developer Guide, "Create a policy statement for a signed URL that uses a custom policy". */
export const readStatement = (text: string): Read<Limits> => {
  const parsed = parse(text)
  if (parsed === undefined) return broken('The policy is no JSON.')
  if (!isObject(parsed) || !Array.isArray(parsed.Statement))
    return broken('The policy has no Statement list.')
  const [only, ...more]: readonly unknown[] = parsed.Statement
  if (!isObject(only)) return broken('The policy has no statement.')
  const problems: string[] = more.length > 0 ? ['The policy has more than one statement.'] : []
  const conditions = only.Condition
  if (!isObject(conditions)) problems.push('The policy has no Condition.')
  const { Resource: resource } = only
  if (resource !== undefined && typeof resource !== 'string') problems.push('The Resource is no text.')
  const known = isObject(conditions) ? conditions : {}
  for (const name of Object.keys(known).filter(k => !operators.includes(k)))
    problems.push(
      `The Condition has an operator ${JSON.stringify(name.slice(0, 40))} that CloudFront does not know.`,
    )
  const expires = timeIn(known, 'DateLessThan', problems)
  if (expires === null) problems.push('The policy has no expiry (DateLessThan).')
  const starts = timeIn(known, 'DateGreaterThan', problems)
  const sourceIp = addressIn(known, problems)
  return {
    value: { resource: typeof resource === 'string' ? resource : null, expires, starts, sourceIp },
    problems,
  }
}

const operators = ['DateLessThan', 'DateGreaterThan', 'IpAddress']

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Latest second that a calendar can show. */
const latest = 8_640_000_000_000

const timeIn = (conditions: Fields, operator: string, problems: string[]): number | null => {
  if (!(operator in conditions)) return null
  const block = conditions[operator]
  const value = isObject(block) ? block['AWS:EpochTime'] : undefined
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < latest) return value
  problems.push(`${operator} holds no AWS:EpochTime in whole seconds.`)
  return null
}

const addressIn = (conditions: Fields, problems: string[]): string | null => {
  if (!('IpAddress' in conditions)) return null
  const block = conditions.IpAddress
  const value = isObject(block) ? block['AWS:SourceIp'] : undefined
  if (typeof value === 'string' && addressFamily(value) !== null) return value
  problems.push('IpAddress holds no AWS:SourceIp that is an address or range.')
  return null
}
