/** Web ACLs and their statements. */
import type { Sealed } from '#snapshot/sealed.ts'
import type { WebAcl, WebAclRule } from '#topology/model.ts'
import { next, ref, seal } from './values.ts'

type Config = Readonly<Record<string, unknown>>

export const bytes = (
  field: Config,
  search: string | Sealed,
  constraint = 'EXACTLY',
  ...transforms: readonly string[]
): Config => ({
  ByteMatchStatement: {
    FieldToMatch: field,
    SearchString: search,
    PositionalConstraint: constraint,
    TextTransformations: (transforms.length > 0 ? transforms : ['NONE']).map((Type, Priority) => ({
      Type,
      Priority,
    })),
  },
})
export const single = (Name: string): Config => ({ SingleHeader: { Name } })
export const uriPath: Config = { UriPath: {} }
export const notStatement = (Statement: Config): Config => ({ NotStatement: { Statement } })
export const andStatement = (...Statements: readonly Config[]): Config => ({ AndStatement: { Statements } })
export const orStatement = (...Statements: readonly Config[]): Config => ({ OrStatement: { Statements } })
export const secretHeader = (text: string, constraint = 'EXACTLY'): Config =>
  bytes(single('x-token'), seal(text, `waf:${constraint}`), constraint)
export const size = (field: Config, ComparisonOperator: string, Size: number): Config => ({
  SizeConstraintStatement: {
    FieldToMatch: field,
    ComparisonOperator,
    Size,
    TextTransformations: [{ Type: 'NONE', Priority: 0 }],
  },
})
export const managed = (Name = 'AWSManagedRulesCommonRuleSet'): Config => ({
  ManagedRuleGroupStatement: { VendorName: 'AWS', Name },
})

export const aclRule = (
  name: string,
  action: WebAclRule['action'],
  statement: Config,
  labels: readonly string[] = [],
): WebAclRule => ({ name, priority: next(), action, statement, labels })

export const webAcl = (
  defaultAction: 'allow' | 'block',
  rules: readonly WebAclRule[],
  more: Partial<WebAcl> = {},
): WebAcl => ({
  ref: ref('arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/gate/1', 'gate'),
  name: 'gate',
  scope: 'REGIONAL',
  defaultAction,
  rules,
  ...more,
})
