/** One case of what a resource policy means, and short ways to write it. */
import { type Context, is, type Knowledge, type Requester } from '#prove/policy/context.ts'

export interface PolicyCase {
  readonly why: string
  readonly statements: readonly Record<string, unknown>[]
  readonly expect: 'allow' | 'deny' | 'unknown'
  readonly requester?: Requester
  readonly action?: string
  readonly resource?: Knowledge
  readonly context?: Context
  readonly version?: string | null
}

export const object = 'arn:aws:s3:::docs/private/a'
export const [own, other] = ['111122223333', '444455556666']
export const bob = `arn:aws:iam::${own}:user/bob`
export const role = `arn:aws:iam::${own}:role/deploy`
export const nobody: Requester = { kind: 'anonymous' }
export const user: Requester = { kind: 'aws', account: own, canonicalId: null }
export const canonical: Requester = { kind: 'aws', account: own, canonicalId: 'c0ffee' }
export const edge: Requester = { kind: 'service', name: 'cloudfront.amazonaws.com' }
export const asBob: Context = { 'aws:principalarn': is(bob) }

type Part = Partial<PolicyCase>
/** An Allow of everything to everyone, with these elements instead. */
export const allow = (more: Record<string, unknown> = {}) => {
  const elements: Record<string, unknown> = {
    Effect: 'Allow',
    Principal: '*',
    Action: '*',
    Resource: '*',
    ...more,
  }
  if ('NotPrincipal' in more) delete elements.Principal
  if ('NotAction' in more) delete elements.Action
  if ('NotResource' in more) delete elements.Resource
  return elements
}
export const deny = (more: Record<string, unknown> = {}) => ({ ...allow(more), Effect: 'Deny' })

export const one = (
  why: string,
  statement: Record<string, unknown> | readonly Record<string, unknown>[],
  expect: PolicyCase['expect'],
  more: Part = {},
): PolicyCase => ({
  why,
  statements: Array.isArray(statement) ? statement : [statement as Record<string, unknown>],
  expect,
  ...more,
})

/** A condition over `test:k`, asked with that knowledge. */
export const cond = (
  why: string,
  operator: string,
  operands: unknown,
  k: Knowledge,
  expect: PolicyCase['expect'],
  more: Part = {},
): PolicyCase =>
  one(why, allow({ Condition: { [operator]: { 'test:k': operands } } }), expect, {
    context: { 'test:k': k },
    ...more,
  })

export const text = (shape = '*', example = 'x', optional = true): Knowledge => ({
  kind: 'text',
  shape,
  example,
  optional,
})
export const unknown: Knowledge = { kind: 'undecided', why: 'nobody read it' }
