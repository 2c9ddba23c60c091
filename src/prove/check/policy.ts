/**
 * Whether a resource policy surely lets no stranger in, told statement by statement; for checking only. Sufficient, not
 * necessary: what a Deny keeps out, or a condition that is not plain, counts as let in.
 */

/** `anonymous`: somebody without credentials; `stranger`: somebody with an AWS account and a distribution of their own. */
export type Caller = 'anonymous' | 'stranger'

type Fields = Readonly<Record<string, unknown>>
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value])

export const letsNobodyIn = (document: unknown, caller: Caller): boolean =>
  isFields(document) &&
  document.Statement !== undefined &&
  listOf(document.Statement).every(s => isFields(s) && keepsOut(s, caller))

const keepsOut = (statement: Fields, caller: Caller): boolean => {
  if (statement.Effect === 'Deny') return true
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
