/** The secrets of the estate: which header values are meant as secrets, who sends each one and who accepts it. */
import type { Gap } from '#base/gap.ts'
import { or, type Truth } from '#base/truth.ts'
import type { Link, LoadBalancer, Topology } from '#topology/model.ts'
import { isSealed, patternId, type Sealed } from '#topology/sealed.ts'
import { backendsOf, loadBalancersOf, unfollowed } from './backends.ts'
import type { Gates, GateValue } from './gate-value.ts'

export interface Sent {
  /** Header name, lower case. */
  readonly header: string
  readonly value: Sealed
}

/** One link for each backend that is sent the value, and the links whose backend is not known. */
interface Senders {
  readonly byBackend: ReadonlyMap<string, Link>
  readonly unresolved: readonly Link[]
}

export interface Tokens {
  /** Where the value is sent, by its case-folded fingerprint: the load balancer compares without case. */
  readonly senders: ReadonlyMap<string, Senders>
  /** Every link that sends the value, by the same fingerprint. */
  readonly links: ReadonlyMap<string, readonly Link[]>
  /** Load balancers that accept exactly the value, by the same fingerprint. */
  readonly acceptors: ReadonlyMap<string, readonly { readonly at: LoadBalancer; readonly gate: GateValue }[]>
  /** `header|pattern` of each gate that a link whose target is not known passes, or may pass. */
  readonly strays: ReadonlySet<string>
  /** Distributions that may send and were not read. */
  readonly unreadSenders: readonly Gap[]
  /** Gates that were not read. */
  readonly unreadGates: readonly Gap[]
}

/** Header values that are not known to be public. */
export const sealedOf = ({ headers }: Link['origin']): readonly Sent[] =>
  headers.flatMap(({ name, value }) =>
    isSealed(value) && !value.public ? [{ header: name.toLowerCase(), value }] : [],
  )

export const sealedHeaders = (link: Link): readonly Sent[] => sealedOf(link.origin)

/** Whether the gate lets the sent value pass; not certain where AWS leaves the comparison undocumented. */
export const meets = (sent: Sent, gate: GateValue): Truth => {
  if (sent.header !== gate.header) return false
  if (gate.value === null) return 'unknown'
  const id = patternId(gate.value)
  return sent.value.meets.includes(id) || (sent.value.mayMeet.includes(id) ? 'unknown' : false)
}

/** Whether some value that the link sends passes some of the gates. */
export const opens = (link: Link, gates: readonly GateValue[]): Truth =>
  or(...sealedHeaders(link).flatMap(sent => gates.map(gate => meets(sent, gate))))

/** Below this many bits a header that no gate looks at is a setting (`x-environment: production`), not a secret. */
export const settingBits = 32

export interface SecretsSent {
  readonly secrets: readonly Sent[]
  /** Weak values that a gate which was not read may compare. */
  readonly perhaps: readonly Sent[]
  readonly gaps: readonly Gap[]
}

interface GateReader {
  readonly gatesOf: (loadBalancer: LoadBalancer) => Gates
}

/** The headers of the origin that are meant as secrets: a gate of its target compares them, or they look random. */
export const secretsSent = (link: Link, facts: GateReader): SecretsSent => {
  const gates = loadBalancersOf(link).map(facts.gatesOf)
  const compared = new Set(gates.flatMap(g => g.values.map(v => v.header)))
  const gaps = [...gates.flatMap(g => g.gaps), ...unfollowed(link)]
  const all = sealedHeaders(link)
  const secrets = all.filter(s => compared.has(s.header) || s.value.bits >= settingBits)
  const rest = all.filter(s => !secrets.includes(s))
  return { secrets, perhaps: gaps.length > 0 ? rest : [], gaps }
}

const isLiteral = (value: Sealed): boolean =>
  value.structure === undefined && (value.dialect === 'alb-glob' || /^waf:EXACTLY(\+|$)/.test(value.dialect))

/** Whether the gate takes one text and nothing else (letter case aside). */
export const isExact = (gate: GateValue): boolean => gate.value !== null && isLiteral(gate.value)

const add = <K, V>(map: Map<K, V[]>, key: K, value: V): void => {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}

const readSenders = (links: readonly Link[]): Tokens['senders'] => {
  const senders = new Map<string, { byBackend: Map<string, Link>; unresolved: Link[] }>()
  for (const link of links) {
    const backends = backendsOf(link)
    for (const { value } of sealedHeaders(link)) {
      const found = senders.get(value.folded) ?? { byBackend: new Map<string, Link>(), unresolved: [] }
      senders.set(value.folded, found)
      if (!backends.known) found.unresolved.push(link)
      else for (const id of backends.value) if (!found.byBackend.has(id)) found.byBackend.set(id, link)
    }
  }
  return senders
}

/** The name of a gate's pattern on its header. */
const gateId = (header: string, pattern: string): string => `${header}|${pattern}`

const readLinks = (links: readonly Link[]): Tokens['links'] => {
  const found = new Map<string, Link[]>()
  for (const link of links)
    for (const folded of new Set(sealedHeaders(link).map(s => s.value.folded))) add(found, folded, link)
  return found
}

const readStrays = (links: readonly Link[]): Tokens['strays'] =>
  new Set(
    links
      .filter(link => link.target.kind === 'unknown')
      .flatMap(sealedHeaders)
      .flatMap(({ header, value }) => [...value.meets, ...value.mayMeet].map(id => gateId(header, id))),
  )

/** Whether a link whose target is not known may pass the gate. */
export const mayStray = ({ strays }: Tokens, { header, value }: GateValue): boolean =>
  value === null || strays.has(gateId(header, patternId(value)))

const readAcceptors = (
  loadBalancers: readonly LoadBalancer[],
  gatesOf: (loadBalancer: LoadBalancer) => Gates,
): Tokens['acceptors'] => {
  const acceptors = new Map<string, { at: LoadBalancer; gate: GateValue }[]>()
  for (const at of loadBalancers)
    for (const gate of gatesOf(at).values)
      if (gate.value && isExact(gate)) add(acceptors, gate.value.folded, { at, gate })
  return acceptors
}

export const readTokens = (topology: Topology, gatesOf: (loadBalancer: LoadBalancer) => Gates): Tokens => ({
  senders: readSenders(topology.links),
  links: readLinks(topology.links),
  acceptors: readAcceptors(topology.loadBalancers, gatesOf),
  strays: readStrays(topology.links),
  unreadSenders: topology.gaps.filter(gap => gap.operation === 'ListDistributions'),
  unreadGates: topology.loadBalancers.flatMap(lb => gatesOf(lb).gaps),
})
