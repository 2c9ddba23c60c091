/** Why nobody gets through a rule without a secret, as far as the rule, its place and the web ACL tell; backend aside. */
import { coversAll, intersectCidrs, unionCidrs } from '#base/ip-set.ts'
import type { Rule } from '#topology/model.ts'
import { describeSecret, endingOf, secretCondition } from './alb/gate.ts'
import type { Door } from './door.ts'
import type { Obligation, ObligationKind } from './exposure.ts'
import { takesAllOf } from './shadow.ts'
import { webAclGate } from './web-acl-gate.ts'

/** The obligation for one rule behind one door; `at` is the rule's place in the order. */
export const obligationFor = (
  door: Door,
  rule: Rule,
  kind: ObligationKind,
  text: string,
  lines: readonly number[] = [],
): Obligation => ({
  kind,
  entryPoint: door.entry.ref.arn,
  family: door.family,
  listener: door.listener.ref.arn,
  rule: rule.ref.arn,
  lines: [...new Set([rule.ref.line, ...lines])],
  text,
})

/** Null where none of these closes the rule. */
export const gateOf = (door: Door, rule: Rule): Obligation | null =>
  answers(door, rule) ??
  secret(door, rule) ??
  shadowed(door, rule) ??
  fromNowhere(door, rule) ??
  blocked(door, rule)

const answers = (door: Door, rule: Rule): Obligation | null => {
  if (endingOf(rule) !== 'answer') return null
  const [action] = rule.actions.filter(a => a.kind === 'fixed-response' || a.kind === 'redirect')
  const text = `The rule ends in a ${action?.kind === 'redirect' ? 'redirect' : 'fixed response'} (${action?.status}).`
  return obligationFor(door, rule, 'NON_FORWARD', text)
}

const secret = (door: Door, rule: Rule): Obligation | null => {
  const condition = secretCondition(rule)
  return (
    condition &&
    obligationFor(door, rule, 'SECRET_REQUIRED', `The rule asks that ${describeSecret(condition)}.`)
  )
}

const shadowed = (door: Door, rule: Rule): Obligation | null => {
  const earlier = door.rules.slice(0, door.rules.indexOf(rule)).find(e => takesAllOf(e, rule))
  if (earlier === undefined) return null
  const text = `Rule ${earlier.priority} takes every request that this rule would take.`
  return { ...obligationFor(door, rule, 'SHADOWED_BY', text, [earlier.ref.line]), earlier: [earlier.ref.arn] }
}

/** Several rules take together what none of them takes alone. */
export const coveredBy = (door: Door, rule: Rule, by: readonly Rule[]): Obligation => {
  const names = by.map(r => String(r.priority)).join(', ')
  const text =
    by.length === 0
      ? 'No request of somebody without a secret meets all conditions of the rule.'
      : `Rules ${names} together take every request of somebody without a secret that this rule would take.`
  const lines = by.map(r => r.ref.line)
  return { ...obligationFor(door, rule, 'SHADOWED_BY', text, lines), earlier: by.map(r => r.ref.arn) }
}

const fromNowhere = (door: Door, rule: Rule): Obligation | null => {
  const { reach, family } = door
  // Behind another load balancer the rules may see that one's own address.
  if (door.entry.balancer !== door.balancer) return null
  const possible = reach.kind === 'open' ? reach.sources.possible : reach.possible
  const asked = rule.conditions.filter(c => c.field === 'source-ip').map(c => unionCidrs(c.cidrs))
  if (asked.length === 0 || asked.every(cidrs => coversAll(cidrs, family))) return null
  const left = asked.reduce<readonly string[]>((cidrs, wanted) => intersectCidrs(cidrs, wanted), possible)
  if (left.length > 0) return null
  return obligationFor(
    door,
    rule,
    'NET_UNREACHABLE',
    `The rule asks for a source address that the ${door.vantage} does not have.`,
  )
}

const blocked = (door: Door, rule: Rule): Obligation | null => {
  const gate = webAclGate(door.balancer)
  return gate.kind === 'blocks' ? obligationFor(door, rule, 'WAF_BLOCKS', gate.text, [gate.line]) : null
}
