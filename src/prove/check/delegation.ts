/** Statements of a bucket policy that speak of requests through access points alone; for checking only. */
import { matchesGlob } from '#base/glob.ts'
import type { AccessPoint } from '#topology/model.ts'
import { type Fields, isFields, listOf } from './policy.ts'

export interface Delegation {
  /** Account ids. */
  readonly accounts: readonly string[]
  /** ARNs, with wildcards in region and name only; no name has a colon that could end one. */
  readonly arns: readonly string[]
  /** Whether it is about those alone that answer one network. */
  readonly sameNetwork: boolean
}

const operators = ['StringEquals', 'StringLike', 'ArnEquals', 'ArnLike']
const pointArn = /^arn:aws:s3:[a-z0-9*-]*:\d{12}:accesspoint\/[^?]+$/

/** Some key names nothing but access points of accounts that are written out; null where none does. */
export const delegationOf = ({ Effect, Condition }: Fields): Delegation | null => {
  if (Effect !== 'Allow' || !isFields(Condition)) return null
  const tests = operators.flatMap(operator => {
    const own = Condition[operator]
    return isFields(own)
      ? Object.entries(own).map(([key, values]) => [key.toLowerCase(), listOf(values).map(String)] as const)
      : []
  })
  const sameNetwork = tests.some(
    ([key, values]) => key === 's3:accesspointnetworkorigin' && values.every(v => v === 'VPC'),
  )
  for (const [key, values] of tests) {
    if (key === 's3:dataaccesspointaccount' && values.every(v => /^\d{12}$/.test(v)))
      return { accounts: values, arns: [], sameNetwork }
    if (key === 's3:dataaccesspointarn' && values.every(v => pointArn.test(v)))
      return { accounts: [], arns: values, sameNetwork }
  }
  return null
}

export const delegationsIn = (document: unknown): readonly Delegation[] =>
  (isFields(document) ? listOf(document.Statement) : []).flatMap(s =>
    isFields(s) ? (delegationOf(s) ?? []) : [],
  )

export const accountsIn = ({ accounts, arns }: Delegation): readonly string[] => [
  ...accounts,
  ...arns.map(arn => arn.split(':')[4] ?? ''),
]

export const speaksOf = (
  { accounts, arns, sameNetwork }: Delegation,
  { ref, networkOrigin }: AccessPoint,
): boolean =>
  !(sameNetwork && networkOrigin === 'Internet') &&
  (accounts.includes(ref.account) || arns.some(arn => matchesGlob(arn, ref.arn)))

/** ARNs of Multi-Region Access Points have no region. */
export const mayBeMultiRegion = ({ accounts, arns }: Delegation): boolean =>
  accounts.length > 0 || arns.some(arn => /^\**$/.test(arn.split(':')[3] ?? ''))
