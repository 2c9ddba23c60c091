/** Which sealed values a web ACL compares which headers with, in its rules, its rule groups and its pattern sets. */
import { asObject, textAt } from '../config.ts'
import type { WebAcl } from '../model.ts'
import { isSealed, type Sealed, type Value } from '../sealed.ts'

export interface Compared {
  readonly header: string
  readonly value: Sealed
}

const own = (acl: WebAcl, statement: Readonly<Record<string, unknown>>): readonly Compared[] => {
  const header = textAt(statement, 'FieldToMatch', 'SingleHeader', 'Name')
  if (header === undefined) return []
  const set = acl.regexSets?.[textAt(statement, 'ARN') ?? '']
  const values = [statement.SearchString, statement.RegexString, ...(set?.known ? set.value : [])] as Value[]
  return values.filter(isSealed).map(value => ({ header, value }))
}

/** Statements nest: whatever is inside of them is looked at as well. */
const inside = (acl: WebAcl, part: unknown): readonly Compared[] => {
  if (Array.isArray(part)) return part.flatMap(one => inside(acl, one))
  const fields = asObject(part)
  if (fields === undefined || isSealed(fields as never)) return []
  return [...own(acl, fields), ...Object.values(fields).flatMap(one => inside(acl, one))]
}

export const comparedIn = (acl: WebAcl): readonly Compared[] => {
  const groups = Object.values(acl.ruleGroups ?? {}).flatMap(group => (group.known ? group.value : []))
  return [...acl.rules, ...groups].flatMap(rule => inside(acl, rule.statement))
}
