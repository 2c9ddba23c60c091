/** The names of condition operators. */
import type { Comparison, Operator } from './policy.ts'

const plain: Readonly<Record<string, readonly [Comparison, negated?: true]>> = {
  stringequals: ['equals'],
  stringnotequals: ['equals', true],
  stringequalsignorecase: ['equals-ignore-case'],
  stringnotequalsignorecase: ['equals-ignore-case', true],
  stringlike: ['like'],
  stringnotlike: ['like', true],
  // ArnEquals and ArnLike behave identically.
  arnequals: ['arn'],
  arnlike: ['arn'],
  arnnotequals: ['arn', true],
  arnnotlike: ['arn', true],
  numericequals: ['number='],
  numericnotequals: ['number=', true],
  numericlessthan: ['number<'],
  numericlessthanequals: ['number<='],
  numericgreaterthan: ['number>'],
  numericgreaterthanequals: ['number>='],
  dateequals: ['date='],
  datenotequals: ['date=', true],
  datelessthan: ['date<'],
  datelessthanequals: ['date<='],
  dategreaterthan: ['date>'],
  dategreaterthanequals: ['date>='],
  bool: ['bool'],
  binaryequals: ['binary'],
  ipaddress: ['address'],
  notipaddress: ['address', true],
  null: ['null'],
}

const quantifiers = { foranyvalue: 'any', forallvalues: 'all' } as const

/** Null for a name that this version does not know. Source: IAM User Guide, "Condition operators". */
export const operatorNamed = (name: string): Operator | null => {
  const [first = '', second] = name.toLowerCase().split(':')
  const quantifier =
    second === undefined
      ? 'none'
      : Object.hasOwn(quantifiers, first)
        ? quantifiers[first as keyof typeof quantifiers]
        : null
  const whole = second ?? first
  const ifExists = whole.endsWith('ifexists')
  const bare = ifExists ? whole.slice(0, -'ifexists'.length) : whole
  const found = Object.hasOwn(plain, bare) ? plain[bare] : undefined
  if (!found || quantifier === null || name.split(':').length > 2) return null
  const [base, negated = false] = found
  // Null speaks of presence itself: neither suffix nor quantifier means anything with it.
  if (base === 'null' && (ifExists || quantifier !== 'none')) return null
  return { base, negated, ifExists, quantifier }
}
