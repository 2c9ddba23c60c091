/**
 * Whether a resource policy surely lets no stranger in, told statement by statement; for checking only. Sufficient, not
 * necessary: what a Deny keeps out, or a condition that is not plain, counts as let in.
 */

/** `anonymous`: somebody without credentials; `stranger`: somebody with an AWS account and a distribution of their own. */
export type Caller = 'anonymous' | 'stranger'

export type Fields = Readonly<Record<string, unknown>>
export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value])

/**
 * `actions`, lower case: what the caller wants to do, where statements about anything else do not count; `aside`: statements
 * that are looked at elsewhere.
 */
export const letsNobodyIn = (
  document: unknown,
  caller: Caller,
  actions?: readonly string[],
  aside: (statement: Fields) => boolean = () => false,
): boolean =>
  isFields(document) &&
  document.Statement !== undefined &&
  listOf(document.Statement).every(
    s =>
      isFields(s) && (keepsOut(s, caller) || aside(s) || (actions !== undefined && isAboutElse(s, actions))),
  )

/** Every action is written out, and is none of these. */
const isAboutElse = ({ Action }: Fields, actions: readonly string[]): boolean =>
  Action !== undefined &&
  listOf(Action).every(
    a => typeof a === 'string' && /^[a-z0-9-]+:[a-z0-9]+$/i.test(a) && !actions.includes(a.toLowerCase()),
  )

const keepsOut = (statement: Fields, caller: Caller): boolean => {
  if (statement.Effect === 'Deny') return true
  if (statement.Effect === 'Allow' && (isBehindSecret(statement.Condition) || isFenced(statement.Condition)))
    return true
  if (statement.Effect !== 'Allow' || 'NotPrincipal' in statement || !isFields(statement.Principal))
    return false
  return Object.entries(statement.Principal).every(([kind, values]) =>
    listOf(values).every(value => isNamed(kind, value, statement.Condition, caller)),
  )
}

/** A principal that the caller cannot be, whatever the caller chooses. */
const isNamed = (kind: string, value: unknown, condition: unknown, caller: Caller): boolean => {
  if (typeof value !== 'string') return false
  switch (kind) {
    case 'AWS':
      return /^(\d{12}|arn:[\w-]+:(iam|sts)::(\d{12}|cloudfront):[^*?]+|A[A-Z]{3}[A-Z0-9]{12,})$/.test(value)
    case 'CanonicalUser':
      return value !== '*'
    case 'Service':
      // A service acts for whoever set it up, unless the statement says for whom.
      return !value.includes('*') && (caller === 'anonymous' || isBound(condition))
    default:
      return false
  }
}

const exactOperators = ['StringEquals', 'ArnEquals', 'ArnLike', 'StringLike']
const source = /^aws:source(arn|account)$/i

const secretBits = 100

/** Some header is compared with nothing but values that nobody guesses. */
const isBehindSecret = (condition: unknown): boolean =>
  isFields(condition) &&
  ['StringEquals', 'StringLike', 'StringEqualsIgnoreCase'].some(operator => {
    const tests = condition[operator]
    return isFields(tests) && Object.values(tests).some(values => listOf(values).every(isLongSecret))
  })

const fences = /^aws:(?:sourcevpce?|principalorgid|principalaccount)$/i

/** Only the endpoint, network, organization or account that is written out. */
const isFenced = (condition: unknown): boolean =>
  isFields(condition) &&
  isFields(condition.StringEquals) &&
  Object.entries(condition.StringEquals).some(
    ([key, values]) =>
      fences.test(key) && listOf(values).every(v => typeof v === 'string' && /^[\w-]{12,}$/.test(v)),
  )

const isLongSecret = (value: unknown): boolean =>
  isFields(value) &&
  typeof value.sealed === 'string' &&
  value.public !== true &&
  Number(value.dialect === 'waf:EXACTLY' ? value.exactBits : value.bits) >= secretBits

/** Some key of the source is compared with values that name their account. */
const isBound = (condition: unknown): boolean =>
  isFields(condition) &&
  Object.entries(condition).some(
    ([operator, tests]) =>
      exactOperators.includes(operator) &&
      isFields(tests) &&
      Object.entries(tests).some(([key, values]) => source.test(key) && listOf(values).every(namesAccount)),
  )

const namesAccount = (value: unknown): boolean =>
  typeof value === 'string' &&
  (/^\d{12}$/.test(value) || /^arn:[\w-]+:[\w-]+:[\w-]*:\d{12}:[^*?]+$/.test(value))
