/** Reads web ACLs by ARN, with the rule groups, IP sets and pattern sets that they name. */
import type { WebACL } from '@aws-sdk/client-wafv2'
import { types } from '#snapshot/resource-types.ts'
import type { Ask, Question } from './ask.ts'
import type { Operation, OperationName } from './operations/operation.ts'
import { getIpSet, getRegexPatternSet, getRuleGroup, getWebAcl } from './operations/wafv2.ts'
import { arnParts, distinct, once, type Reader } from './reader.ts'

export interface WebAcls {
  /** Reads and notes the web ACL of an ARN, once. */
  read(arn: string): Promise<void>
  /** Notes a web ACL that some other call already brought. */
  note(operation: OperationName, acl: WebACL): Promise<void>
}

export function webAclReader(reader: Reader): WebAcls {
  const parts = once(arn => readPart(reader, arn, config => readParts(config)))
  const readParts = async (config: unknown): Promise<void> => {
    await Promise.all(distinct(namedIn(config)).map(parts))
  }
  const noted = new Set<string>()
  const note: WebAcls['note'] = async (operation, acl) => {
    const arn = String(acl.ARN)
    if (noted.has(arn)) return
    noted.add(arn)
    const { region, scope } = placeOf(arn)
    const config = { ...acl, Scope: scope }
    reader.journal.keep(operation, { type: types.webAcl, arn, region, config })
    await readParts(acl)
  }
  const read = once(async arn => {
    if (noted.has(arn)) return
    const { region, name, id, scope } = placeOf(arn)
    const input = { Name: name, Id: id, Scope: scope }
    const { items } = await reader.ask(getWebAcl, { region, input, about: arn })
    for (const acl of items) await note(getWebAcl, acl)
  })
  return { read, note }
}

/** `arn:aws:wafv2:REGION:ACCOUNT:global|regional/KIND/NAME/ID`. */
const placeOf = (arn: string) => {
  const { region, resource } = arnParts(arn)
  const [kind, , name = '', id = ''] = resource.split('/')
  return { region, name, id, scope: kind === 'global' ? ('CLOUDFRONT' as const) : ('REGIONAL' as const) }
}

const references = new Set([
  'RuleGroupReferenceStatement',
  'IPSetReferenceStatement',
  'RegexPatternSetReferenceStatement',
])

/** The ARNs that statements name, at any depth. */
const namedIn = (value: unknown): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap(namedIn)
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return []
  return Object.entries(value).flatMap(([key, item]) => {
    const own = references.has(key) && typeof item?.ARN === 'string' ? [item.ARN as string] : []
    return [...own, ...namedIn(item)]
  })
}

const readPart = async (
  reader: Reader,
  arn: string,
  readParts: (config: unknown) => Promise<void>,
): Promise<void> => {
  const { region, name, id, scope } = placeOf(arn)
  const question = { region, input: { Name: name, Id: id, Scope: scope }, about: arn }
  const keep = keeper(reader, arn, region, scope)
  if (arn.includes('/rulegroup/')) {
    const items = await keep(getRuleGroup, types.ruleGroup, question)
    await readParts(items)
  } else if (arn.includes('/ipset/')) await keep(getIpSet, types.ipSet, question)
  else if (arn.includes('/regexpatternset/')) await keep(getRegexPatternSet, types.regexPatternSet, question)
}

const keeper =
  ({ ask, journal }: { ask: Ask; journal: Reader['journal'] }, arn: string, region: string, scope: string) =>
  async <Input extends object, Output, Item extends object>(
    operation: Operation<Input, Output, Item>,
    type: string,
    question: Question<Input, Item>,
  ): Promise<readonly Item[]> => {
    const { items } = await ask(operation, question)
    for (const item of items)
      journal.keep(operation, { type, arn, region, config: { ...item, Scope: scope } })
    return items
  }
