/** Listener rules of a world, written as one would say them. */

/** One condition as DescribeRules returns it. */
export type RawCondition = Readonly<Record<string, unknown>>

export type RawAction =
  | { readonly forward: string }
  | { readonly respond: number; readonly body?: string }
  | { readonly redirect: 'https' }

export interface RuleSpec {
  readonly priority: number
  readonly when: readonly RawCondition[]
  readonly then: RawAction
}

export interface ListenerSpec {
  readonly port: number
  readonly protocol: 'HTTP' | 'HTTPS' | 'TCP' | 'TLS'
  readonly rules?: readonly RuleSpec[]
  readonly otherwise: RawAction
}

export const header = (HttpHeaderName: string, ...Values: readonly string[]): RawCondition => ({
  Field: 'http-header',
  HttpHeaderConfig: { HttpHeaderName, Values },
})

export const headerRegex = (HttpHeaderName: string, ...RegexValues: readonly string[]): RawCondition => ({
  Field: 'http-header',
  HttpHeaderConfig: { HttpHeaderName, RegexValues },
})

export const path = (...Values: readonly string[]): RawCondition => ({
  Field: 'path-pattern',
  Values,
  PathPatternConfig: { Values },
})

export const host = (...Values: readonly string[]): RawCondition => ({
  Field: 'host-header',
  Values,
  HostHeaderConfig: { Values },
})

/** Forwards to the site's target group of that name. */
export const forward = (targetGroup = 'app'): RawAction => ({ forward: targetGroup })
export const forbidden: RawAction = { respond: 403, body: 'Forbidden' }
export const toHttps: RawAction = { redirect: 'https' }

export const rule = (
  priority: number,
  when: RawCondition | readonly RawCondition[],
  then: RawAction,
): RuleSpec => ({
  priority,
  when: Array.isArray(when) ? (when as readonly RawCondition[]) : [when as RawCondition],
  then,
})
