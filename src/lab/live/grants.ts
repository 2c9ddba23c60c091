/** Whether a resource policy lets a caller in, for the statements that worlds use; anything else stops the laboratory. */
import { matchesGlob } from '#base/glob.ts'

/** Whoever asks: a stranger who signs nothing, or CloudFront for a distribution with an origin access control. */
export type Caller = { readonly kind: 'stranger' } | { readonly kind: 'distribution'; readonly arn: string }

export interface Ask {
  readonly action: string
  readonly resource: string
  readonly caller: Caller
  /** Condition keys in lower case; a key that is left out is absent from the request. */
  readonly keys?: Readonly<Record<string, string>>
}

interface Statement {
  readonly Effect: string
  readonly Principal: unknown
  readonly Action: unknown
  readonly Resource: unknown
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

const unknown = (what: string): never => {
  throw new Error(`The laboratory does not know ${what} of a policy: teach it, or change the world.`)
}

const texts = (value: unknown): readonly string[] => [value].flat().map(String)

const isMeant = (principal: unknown, caller: Caller): boolean => {
  if (principal === '*') return true
  const { AWS = [], Service = [] } = principal as { readonly AWS?: unknown; readonly Service?: unknown }
  const service = caller.kind === 'distribution' && texts(Service).includes('cloudfront.amazonaws.com')
  // Principals of an account would have to sign, which nobody here does.
  return service || texts(AWS).includes('*')
}

const operators: Readonly<Record<string, (pattern: string, value: string) => boolean>> = {
  ArnEquals: matchesGlob,
  ArnLike: matchesGlob,
  Bool: (pattern, value) => pattern === value,
  StringEquals: (pattern, value) => pattern === value,
  StringLike: matchesGlob,
}

const keysOf = ({ caller, keys = {} }: Ask): Readonly<Record<string, string>> => ({
  ...keys,
  ...(caller.kind === 'distribution' && {
    'aws:sourcearn': caller.arn,
    'aws:sourceaccount': caller.arn.split(':')[4] ?? '',
  }),
})

const holds = ({ Condition = {} }: Statement, ask: Ask): boolean =>
  Object.entries(Condition).every(([name, tests]) => {
    const compare = operators[name] ?? unknown(`the condition operator ${name}`)
    return Object.entries(tests).every(([key, patterns]) => {
      const value = keysOf(ask)[key.toLowerCase()]
      return value !== undefined && texts(patterns).some(pattern => compare(pattern, value))
    })
  })

const speaksOf = (statement: Statement, ask: Ask): boolean =>
  isMeant(statement.Principal, ask.caller) &&
  texts(statement.Action).some(action => matchesGlob(action, ask.action, { ignoreCase: true })) &&
  texts(statement.Resource).some(resource => matchesGlob(resource, ask.resource)) &&
  holds(statement, ask)

/** `policy`: the document; without one nobody is let in. */
export const lets = (policy: unknown, ask: Ask): boolean => {
  const { Statement = [] } = (policy ?? {}) as { readonly Statement?: readonly Statement[] }
  const meant = Statement.filter(statement => speaksOf(statement, ask))
  return meant.some(s => s.Effect === 'Allow') && !meant.some(s => s.Effect === 'Deny')
}
