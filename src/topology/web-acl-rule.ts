/** The rules of a web ACL or rule group, in the order in which they are tried. */
import { type Config, integerAt, isMissing, listAt, objectAt, textAt } from './config.ts'
import type { WebAclRule } from './model.ts'

type ActionKind = WebAclRule['action']

const actions: ReadonlyMap<string | undefined, ActionKind> = new Map([
  ['Allow', 'allow'],
  ['Block', 'block'],
  ['Count', 'count'],
  ['Captcha', 'captcha'],
  ['Challenge', 'challenge'],
])

/** Of a rule that refers to a rule group: its own rules decide, unless their result is only counted. */
const overrides: ReadonlyMap<string | undefined, ActionKind> = new Map([
  ['None', 'group'],
  ['Count', 'count'],
])

/** The one key of an object that holds something: how WAF writes a choice. */
export const choiceOf = (object: Config | undefined): string | undefined => {
  const keys = Object.keys(object ?? {}).filter(key => !isMissing(object, key))
  return keys.length === 1 ? keys[0] : undefined
}

const actionOf = (rule: unknown): ActionKind => {
  const own = objectAt(rule, 'Action')
  const override = objectAt(rule, 'OverrideAction')
  if (own && override) return 'unrecognised'
  return (own ? actions.get(choiceOf(own)) : overrides.get(choiceOf(override))) ?? 'unrecognised'
}

/** Undefined where they cannot be read: any label may then be set. */
const labelsOf = (rule: unknown): readonly string[] | undefined => {
  if (isMissing(rule, 'RuleLabels')) return []
  const names = listAt(rule, 'RuleLabels')?.map(label => textAt(label, 'Name'))
  const readable = names?.filter(name => name !== undefined)
  return readable?.length === names?.length ? readable : undefined
}

const buildRule = (rule: unknown, statementKey: string): WebAclRule | undefined => {
  const priority = integerAt(rule, 'Priority')
  const labels = labelsOf(rule)
  if (priority === undefined) return undefined
  return {
    name: textAt(rule, 'Name') ?? '',
    priority,
    action: actionOf(rule),
    statement: objectAt(rule, statementKey) ?? {},
    ...(labels && { labels }),
  }
}

/** The rules under `key` by ascending priority; none where there is no such key, undefined where one has no place. */
export const webAclRulesAt = (
  config: Config,
  key: string,
  statementKey = 'Statement',
): readonly WebAclRule[] | undefined => {
  if (isMissing(config, key)) return []
  const rules = listAt(config, key)?.map(rule => buildRule(rule, statementKey))
  const readable = rules?.filter(rule => rule !== undefined)
  if (readable === undefined || readable.length !== rules?.length) return undefined
  return readable.toSorted((a, b) => a.priority - b.priority)
}
