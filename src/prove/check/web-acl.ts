/** Whether a web ACL stops everybody who holds no secret, by the plainest argument; for checking only. */
import { and, not, or, type Truth } from '#base/truth.ts'
import type { WebAcl, WebAclRule } from '#topology/model.ts'
import { isSearchSecret } from './values.ts'

type Config = Readonly<Record<string, unknown>>

const config = (value: unknown): Config =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Config) : {}
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** Labels so far: set for sure, perhaps, and whether others may be set. */
interface Labels {
  readonly sure: Set<string>
  readonly perhaps: Set<string>
  unseen: boolean
}

/**
 * True where some Block surely takes every request, or nothing else is left but the default Block, and nothing in front
 * of that can let a request pass.
 */
export const blocksStrangers = (acl: WebAcl): boolean => {
  const labels: Labels = { sure: new Set(), perhaps: new Set(), unseen: false }
  for (const outer of acl.rules) {
    for (const rule of flattened(outer, acl, labels)) {
      if (rule === 'opaque') return false
      const truth = ruleHolds(rule, labels, acl)
      if (truth === false) continue
      if (rule.action === 'block' && truth === true) return true
      // Who has solved a puzzle goes on as if the rule had counted.
      if (!['block', 'count', 'captcha', 'challenge'].includes(rule.action)) return false
      note(labels, rule, truth)
    }
  }
  return acl.defaultAction === 'block'
}

const note = (labels: Labels, rule: Owned, truth: Truth): void => {
  if (rule.labels === undefined) labels.unseen = true
  for (const label of rule.labels ?? [])
    (truth === true ? labels.sure : labels.perhaps).add(labelKey(rule.owner, label))
}

/** A rule group as its rules; nothing for one that can only block; `opaque` for one that may allow. */
const flattened = (rule: WebAclRule, acl: WebAcl, labels: Labels): readonly (Owned | 'opaque')[] => {
  const statement = config(rule.statement)
  const managed = config(statement.ManagedRuleGroupStatement)
  const own = config(statement.RuleGroupReferenceStatement)
  if ('ManagedRuleGroupStatement' in statement) {
    labels.unseen = true
    const mayAllow = managed.VendorName !== 'AWS' || overrides(managed).some(o => o.action === 'Allow')
    return rule.action === 'count' || !mayAllow ? [] : ['opaque']
  }
  if (!('RuleGroupReferenceStatement' in statement)) return [{ ...rule, owner: '' }]
  if (rule.action === 'count') {
    labels.unseen = true
    return []
  }
  const group = acl.ruleGroups?.[String(own.ARN)]
  if (!group?.known) return ['opaque']
  const changed = overrides(own)
  return group.value.map(inner => ({
    ...inner,
    action: actionAfter(inner, changed),
    owner: String(own.ARN),
  }))
}

/** A rule with the ARN of its rule group; empty for one of the web ACL itself. Labels are known by both. */
interface Owned extends WebAclRule {
  readonly owner: string
}

const labelKey = (owner: string, name: string): string => `${owner} ${name}`

interface Override {
  readonly name: string
  readonly action: string
}

const overrides = (body: Config): readonly Override[] => [
  ...list(body.RuleActionOverrides).map(o => ({
    name: String(config(o).Name),
    action: Object.keys(config(config(o).ActionToUse))[0] ?? '',
  })),
  ...list(body.ExcludedRules).map(o => ({ name: String(config(o).Name), action: 'Count' })),
]

const actionAfter = (rule: WebAclRule, changed: readonly Override[]): WebAclRule['action'] => {
  const action = changed.find(o => o.name === rule.name)?.action
  if (action === undefined) return rule.action
  return known[action] ?? 'unrecognised'
}

const known: Readonly<Record<string, WebAclRule['action']>> = {
  Block: 'block',
  Count: 'count',
  Captcha: 'captcha',
  Challenge: 'challenge',
}

/** A rule that looks at a forwarded address is not applied at all where the header is missing. */
const ruleHolds = (rule: Owned, labels: Labels, acl: WebAcl): Truth => {
  const truth = holds(rule.statement, labels, acl, rule.owner)
  const forwarded = /"(?:IPSet)?ForwardedIPConfig":\{/.test(JSON.stringify(rule.statement))
  return forwarded && truth === true ? 'unknown' : truth
}

/** Only strong search strings and labels tell anything of a request that is not known. */
const holds = (statement: unknown, labels: Labels, acl: WebAcl, owner: string): Truth => {
  const [[kind, value] = ['', undefined], ...more] = Object.entries(config(statement)).filter(
    ([, v]) => v != null,
  )
  const body = config(value)
  if (more.length > 0) return 'unknown'
  switch (kind) {
    case 'AndStatement':
      return list(body.Statements).length === 0
        ? 'unknown'
        : and(...list(body.Statements).map(s => holds(s, labels, acl, owner)))
    case 'OrStatement':
      return list(body.Statements).length === 0
        ? 'unknown'
        : or(...list(body.Statements).map(s => holds(s, labels, acl, owner)))
    case 'NotStatement':
      return not(holds(body.Statement, labels, acl, owner))
    case 'ByteMatchStatement':
      return isSearchSecret(body.SearchString) && isStraight(body) ? false : 'unknown'
    case 'RegexMatchStatement':
      return isSearchSecret(body.RegexString) && isStraight(body) ? false : 'unknown'
    case 'RegexPatternSetReferenceStatement': {
      const set = acl.regexSets?.[String(body.ARN)]
      return set?.known && set.value.length > 0 && set.value.every(isSearchSecret) && isStraight(body)
        ? false
        : 'unknown'
    }
    case 'LabelMatchStatement':
      return labelled(body, labels, owner)
    default:
      return 'unknown'
  }
}

/** Transformations whose order cannot be read may be any others. */
const areInOrder = ({ TextTransformations }: Config): boolean =>
  list(TextTransformations).every(t => typeof config(t).Priority === 'number')

/** What is compared is the text as sent: known transformations in order, and no match for what AWS WAF cannot read whole. */
const isStraight = (body: Config): boolean =>
  areInOrder(body) &&
  list(body.TextTransformations).every(t => transformations.test(String(config(t).Type))) &&
  !/"(?:OversizeHandling|(?:Invalid)?FallbackBehavior)":(?!"(?:CONTINUE|NO_MATCH|EVALUATE_AS_STRING)")/.test(
    JSON.stringify(body.FieldToMatch ?? null),
  )

const transformations =
  /^(?:NONE|LOWERCASE|UPPERCASE|TRIM(?:_LEFT|_RIGHT)?|COMPRESS_WHITE_SPACE|REMOVE_WHITESPACE|URL_DECODE(?:_UNI)?|(?:HTML_ENTITY|JS|CSS|ESCAPE_SEQ|SQL_HEX|HEX|BASE64)_DECODE|(?:JS|BASE64)_DECODE_EXT|CMD_LINE(?:_UNIX|_WIN)?|NORMALIZE_PATH(?:_WIN)?|(?:REMOVE|REPLACE)_NULLS|REPLACE_COMMENTS|REMOVE_COMMENTS_CHAR|UTF8_TO_UNICODE|MD5|SHA256)$/

const labelled = ({ Scope, Key }: Config, { sure, perhaps, unseen }: Labels, owner: string): Truth => {
  if (Scope !== 'LABEL' || typeof Key !== 'string') return 'unknown'
  if (sure.has(labelKey(owner, Key))) return true
  return unseen || sure.size + perhaps.size > 0 ? 'unknown' : false
}
