/** Dropping a weak value from the list of values that a header condition accepts. */
import { foldCase } from '#base/glob.ts'
import { shellWord } from '#base/shell.ts'
import type { Condition } from '#topology/model.ts'
import { isSealed, sealedName, type Value } from '#topology/sealed.ts'
import { isStrong } from '../../value.ts'
import { changeRule } from '../change.ts'
import type { Edit, EditSort } from '../edit.ts'
import { elbv2, listenerName } from '../naming.ts'
import type { Spot } from '../spot.ts'

type Decided = NonNullable<Spot['decided']>
type HeaderCondition = Extract<Condition, { field: 'http-header' }>
type List = 'globs' | 'regexes'

const fieldOf = { globs: 'Values', regexes: 'RegexValues' } as const

/** `sealed:1a2b3c4d (a pattern with wildcards)`. */
const nameOf = (value: Value): string => {
  if (!isSealed(value)) return JSON.stringify(value)
  const why = value.structure ? 'a pattern with wildcards' : (value.weakness ?? 'too weak')
  return `${sealedName(value)} (${why})`
}

/** The place in the list is what names a value that must not be written down, so the list must be as it was. */
const jqFor = (condition: HeaderCondition, list: List, index: number): string => {
  const values = condition[list]
  const name = JSON.stringify(foldCase(condition.name))
  const isThis = `.Field == "http-header" and (.HttpHeaderConfig.HttpHeaderName | ascii_downcase) == ${name}`
  const dropped = `if length == ${values.length} then del(.[${index}]) else error("the rule has changed since the scan") end`
  const then = `.HttpHeaderConfig.${fieldOf[list]} |= (${dropped})`
  const empty = 'del(.HttpHeaderConfig[]? | select(. == []))'
  return `[.Rules[0].Conditions[] | if ${isThis} then ${then} | ${empty} else . end | del(.Values, .RegexValues)]`
}

const without = (condition: HeaderCondition, list: List, index: number): HeaderCondition => ({
  ...condition,
  [list]: condition[list].filter((_, i) => i !== index),
})

const dropping = (place: Decided, condition: HeaderCondition, list: List, index: number): Edit => {
  const { balancer, rule } = place
  const value = condition[list][index] ?? ''
  const read = elbv2(balancer, 'describe-rules', '--rule-arns', rule.ref.arn)
  const write = elbv2(
    balancer,
    'modify-rule',
    '--rule-arn',
    rule.ref.arn,
    '--conditions',
    'file://conditions.json',
  )
  const shown = isSealed(value) ? value.sealed : value
  return {
    sort: 'drop-header-value',
    key: `drop ${rule.ref.arn} ${condition.name} ${list} ${shown}`,
    text: `Drop the value ${nameOf(value)} that rule ${rule.priority} of ${listenerName(place)} accepts as ${condition.name}. CloudFront sends another.`,
    commands: [
      'umask 077',
      `${read} | jq ${shellWord(jqFor(condition, list, index))} > conditions.json && ${write} > /dev/null && rm conditions.json`,
    ],
    widens: false,
    once: `values of ${rule.ref.arn} ${foldCase(condition.name)}`,
    apply: topology =>
      changeRule(topology, place, r => ({
        ...r,
        conditions: r.conditions.map(c => (sameName(c, condition) ? dropped(c, list, value) : c)),
      })),
  }
}

const sameName = (c: Condition, { name }: HeaderCondition): c is HeaderCondition =>
  c.field === 'http-header' && foldCase(c.name) === foldCase(name)

/** By the value, since other edits may have taken values before it away. */
const dropped = (condition: HeaderCondition, list: List, value: Value): HeaderCondition =>
  without(condition, list, condition[list].indexOf(value))

const weakIn = (place: Decided, condition: HeaderCondition): readonly Edit[] =>
  (['globs', 'regexes'] as const).flatMap(list =>
    condition[list].flatMap((value, i) => (isStrong(value) ? [] : [dropping(place, condition, list, i)])),
  )

/** The last value of a condition cannot go, and two conditions on one header could not be told apart in the command. */
export const dropHeaderValue: EditSort = {
  name: 'drop-header-value',
  says: 'A header condition loses one of its values: a wildcard, a leftover or a weak one.',
  at: ({ decided }) => {
    if (decided === null) return []
    const all = decided.rule.conditions.filter(c => c.field === 'http-header')
    return all
      .filter(c => c.globs.length + c.regexes.length > 1)
      .filter(c => all.filter(d => sameName(d, c)).length === 1)
      .flatMap(c => weakIn(decided, c))
  },
}
