/** Letting a rule forward only with the secret header that CloudFront already sends. */
import { foldCase } from '#base/glob.ts'
import { shellWord } from '#base/shell.ts'
import type { Condition, Rule } from '#topology/model.ts'
import { changeRule, changeRules } from '../change.ts'
import type { Edit, EditSort } from '../edit.ts'
import { elbv2, forbidden, forbiddenWord, listenerName } from '../naming.ts'
import type { Spot } from '../spot.ts'
import { conditionFor, isAllowed, type TokenHeader, tokenHeaders } from './tokens.ts'

type Decided = NonNullable<Spot['decided']>

/** Whose value goes into which variable. */
const where = ({ variables }: TokenHeader): string => {
  const [only] = variables
  if (variables.length === 1 && only) return `Put the value into ${only.name} from your secret store first.`
  const list = variables.map(v => `that of ${v.distribution} into ${v.name}`).join(', ')
  return `Put the values into variables from your secret store first: ${list}.`
}

const exported = ({ variables }: TokenHeader): string => `export ${variables.map(v => v.name).join(' ')}`

const valuesOf = ({ variables }: TokenHeader): string =>
  `[${variables.map(v => `$ENV.${v.name}`).join(', ')}]`

const conditionText = (token: TokenHeader): string =>
  `{Field: "http-header", HttpHeaderConfig: {HttpHeaderName: ${JSON.stringify(token.name)}, Values: ${valuesOf(token)}}}`

const isOn =
  ({ name }: TokenHeader) =>
  (condition: Condition): boolean =>
    condition.field === 'http-header' && foldCase(condition.name) === foldCase(name)

/** Conditions of the rule with the header: an own condition where it has none on that name, else no other value. */
const gated = (conditions: readonly Condition[], token: TokenHeader): readonly Condition[] => {
  const own = conditionFor(token)
  return conditions.some(isOn(token)) ? conditions.map(c => (isOn(token)(c) ? own : c)) : [...conditions, own]
}

const jqFor = ({ rule }: Decided, token: TokenHeader): string => {
  const old = 'del(.Values, .RegexValues)'
  if (!rule.conditions.some(isOn(token)))
    return `[.Rules[0].Conditions[] | ${old}] + [${conditionText(token)}]`
  const name = JSON.stringify(foldCase(token.name))
  const isThis = `.Field == "http-header" and (.HttpHeaderConfig.HttpHeaderName | ascii_downcase) == ${name}`
  const then = `.HttpHeaderConfig |= (.Values = ${valuesOf(token)} | del(.RegexValues))`
  return `[.Rules[0].Conditions[] | if ${isThis} then ${then} else . end | ${old}]`
}

const gateRule = (place: Decided, token: TokenHeader): readonly Edit[] => {
  const { balancer, rule } = place
  const conditions = gated(rule.conditions, token)
  if (!isAllowed(conditions)) return []
  const tight = rule.conditions.some(isOn(token))
  const what = tight
    ? `accept no other value of ${token.name} than CloudFront sends`
    : `ask for the header ${token.name}, which CloudFront already sends`
  const read = elbv2(balancer, 'describe-rules', '--rule-arns', rule.ref.arn)
  const write = elbv2(
    balancer,
    'modify-rule',
    '--rule-arn',
    rule.ref.arn,
    '--conditions',
    'file://conditions.json',
  )
  return [
    {
      sort: 'require-header',
      key: `gate ${rule.ref.arn} ${foldCase(token.name)}`,
      text: `Let rule ${rule.priority} of ${listenerName(place)} ${what}. ${where(token)}`,
      commands: [
        exported(token),
        'umask 077',
        `${read} | jq ${shellWord(jqFor(place, token))} > conditions.json && ${write} > /dev/null && rm conditions.json`,
      ],
      widens: false,
      apply: topology => changeRule(topology, place, r => ({ ...r, conditions: gated(r.conditions, token) })),
    },
  ]
}

/** The largest priority that Elastic Load Balancing takes. */
const lastPriority = 50_000

const numbers = (rules: readonly Rule[]): readonly number[] =>
  rules.flatMap(r => (r.priority === 'default' ? [] : [r.priority]))

/** A default rule has no conditions: what it does moves into a rule of its own, tried last. */
const gateDefault = (place: Decided, token: TokenHeader): readonly Edit[] => {
  const { balancer, listener, rule } = place
  const rules = listener.rules.known ? listener.rules.value : []
  const priority = Math.max(0, ...numbers(rules)) + 1
  if (priority > lastPriority || rule.actions.some(a => a.kind !== 'forward')) return []
  const at = ['--listener-arn', listener.ref.arn]
  const create = elbv2(
    balancer,
    'create-rule',
    ...[...at, '--priority', String(priority)],
    ...['--conditions', 'file://conditions.json', '--actions', 'file://actions.json'],
  )
  const read = elbv2(
    balancer,
    'describe-listeners',
    ...['--listener-arns', listener.ref.arn, '--query', 'Listeners[0].DefaultActions'],
  )
  const deny = elbv2(balancer, 'modify-listener', ...at, '--default-actions', forbiddenWord)
  const moved: Rule = {
    ...rule,
    ref: { ...rule.ref, arn: `${rule.ref.arn}#moved`, name: `rule ${priority}` },
    priority,
    conditions: [conditionFor(token)],
  }
  return [
    {
      sort: 'require-header',
      key: `gate ${rule.ref.arn} ${foldCase(token.name)}`,
      text: `On ${listenerName(place)}, let a new rule ${priority} do what the default action does, but only with the header ${token.name}, which CloudFront already sends; let the default action answer 403. ${where(token)}`,
      commands: [
        exported(token),
        'umask 077',
        `jq -n ${shellWord(`[${conditionText(token)}]`)} > conditions.json`,
        `${read} > actions.json`,
        `${create} > /dev/null && ${deny} && rm conditions.json actions.json`,
      ],
      widens: false,
      apply: topology =>
        changeRules(topology, place, all =>
          all.flatMap(r => (r.ref.arn === rule.ref.arn ? [moved, { ...r, actions: [forbidden] }] : [r])),
        ),
    },
  ]
}

export const requireHeader: EditSort = {
  name: 'require-header',
  says: 'A rule that forwards asks for the secret header that CloudFront already sends for the origin.',
  at: ({ decided }, edge) => {
    if (decided === null || decided.balancer.kind !== 'application') return []
    const { balancer, rule } = decided
    return tokenHeaders(balancer.ref.arn, rule, edge).flatMap(token =>
      rule.priority === 'default' ? gateDefault(decided, token) : gateRule(decided, token),
    )
  },
}
