/** The values that a load balancer compares secret headers with: in its listener rules and in its web ACL. */
import type { Condition, Listener, LoadBalancer, Rule } from '#topology/model.ts'
import { isSealed, type Sealed, type Value } from '#topology/sealed.ts'
import { cite, type Evidence, type EvidenceNames } from '../asking/answer.ts'
import { forwards } from './backends.ts'
import type { Gates, GateValue } from './gate-value.ts'
import { webAclGates } from './web-acl-gates.ts'

export const listenerName = (listener: Pick<Listener, 'protocol' | 'port'>): string =>
  `${listener.protocol}:${listener.port}`

export const ruleName = (listener: Listener, rule: Rule): string =>
  `${rule.priority === 'default' ? 'the default action' : `rule ${rule.priority}`} of listener ${listenerName(listener)}`

/** Whether the seal says anything about strength: a pattern that could not be read is neither strong nor weak. */
export const isUnderstood = (value: Sealed): boolean => value.weakness !== 'not understood'

/** Effective bits of a value against a guesser at the place that compares it. A WAF transform may fold case. */
export const effectiveBits = (value: Sealed): number => {
  if (value.public) return 0
  return value.dialect.startsWith('waf:') && !value.dialect.includes('+') ? value.exactBits : value.bits
}

/** In words: from 128 bits on nobody will ever guess it, from 100 on nobody can today. */
export const gradeOf = (bits: number): 'strong' | 'enough' | 'weak' | 'fails' => {
  if (bits >= 128) return 'strong'
  if (bits >= 100) return 'enough'
  return bits >= 64 ? 'weak' : 'fails'
}

type HeaderCondition = Extract<Condition, { readonly field: 'http-header' }>
interface SecretCondition {
  readonly header: string
  readonly values: readonly Sealed[]
}

const alternatives = (condition: HeaderCondition): readonly Value[] => [
  ...condition.globs,
  ...condition.regexes,
]

/** A condition is about a secret only if every alternative is one: a single plain value lets everyone in. */
const secretCondition = (condition: Condition): readonly SecretCondition[] => {
  if (condition.field !== 'http-header') return []
  const all = alternatives(condition)
  const values = all.filter(isSealed)
  return values.length > 0 && values.length === all.length
    ? [{ header: condition.name.toLowerCase(), values }]
    : []
}

const strength = ({ values }: SecretCondition): number => Math.min(...values.map(effectiveBits))

/** The strongest secret the rule asks for; conditions are ANDed, so weaker ones beside it do no harm. */
const secretOf = (rule: Rule): SecretCondition | null =>
  rule.conditions
    .flatMap(secretCondition)
    .reduce<SecretCondition | null>((best, c) => (best && strength(best) >= strength(c) ? best : c), null)

/** Whether the rule forwards, and only requests that carry a secret. */
export const isGated = (rule: Rule): boolean => forwards(rule) && secretOf(rule) !== null

const ruleGates = (listener: Listener, rule: Rule): readonly GateValue[] => {
  const secret = forwards(rule) ? secretOf(rule) : null
  if (secret === null) return []
  const place = { header: secret.header, place: rule.ref, placeName: ruleName(listener, rule), listener }
  return secret.values.map(value => ({ ...place, value }))
}

const listenerGates = (listener: Listener): Gates =>
  listener.rules.known
    ? { values: listener.rules.value.flatMap(rule => ruleGates(listener, rule)), gaps: [] }
    : { values: [], gaps: listener.rules.gaps }

const none: Gates = { values: [], gaps: [] }

/** Only application load balancers read headers; the others have no gates to find. */
export const readGates = (loadBalancer: LoadBalancer): Gates => {
  if (loadBalancer.kind !== 'application') return none
  const { listeners, webAcl } = loadBalancer
  const parts = listeners.known ? listeners.value.map(listenerGates) : [{ values: [], gaps: listeners.gaps }]
  const fromAcl = webAcl.known
    ? webAcl.value
      ? webAclGates(webAcl.value)
      : none
    : { values: [], gaps: webAcl.gaps }
  return {
    values: [...parts, fromAcl].flatMap(p => p.values),
    gaps: [...parts, fromAcl].flatMap(p => p.gaps),
  }
}

/** Everything that was looked through to find that no gate compares the headers. */
export const noGate = ({ ref, listeners, webAcl }: LoadBalancer, headers: string): readonly Evidence[] => {
  const searched = [
    ...(listeners.known ? listeners.value : []).map(l =>
      cite(l.ref, `no rule of listener ${listenerName(l)} lets only requests with ${headers} through`),
    ),
    ...(webAcl.known && webAcl.value
      ? [cite(webAcl.value.ref, `web ACL ${webAcl.value.name} does not require ${headers}`)]
      : []),
  ]
  return searched.length > 0 ? searched : [cite(ref, `${ref.name} has no listener`)]
}

/** Ids for the commands that change the gate. */
export const gateNames = ({ header, listener, place }: GateValue): EvidenceNames =>
  listener ? { header, rule: place.arn } : { header, webAcl: place.arn }
