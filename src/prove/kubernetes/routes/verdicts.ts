/** The verdict for every route of a controller: does a request without the token reach its Service? */
import { exampleAddress, intersectCidrs, malformedCidrs } from '#base/ip-set.ts'
import { isSealed, sealedName, type Value } from '#topology/sealed.ts'
import type { IngressWitness } from '../ingress-nginx/witness.ts'
import type { Seen } from '../nginx/access.ts'
import { attemptsOf } from './attempts.ts'
import { isContradiction } from './contradiction.ts'
import { type Attempt, holds } from './expression.ts'
import type { Gate, Route, RouteVerdict } from './route.ts'
import { type Term, termsOf } from './terms.ts'

/** In any order; `seen` are the addresses that strangers have for the controller. */
export const routeVerdicts = (routes: readonly Route[], seen: Seen): readonly RouteVerdict[] =>
  routes.map(route =>
    verdictOf(
      route,
      routes.filter(r => r !== route && r.rank <= route.rank),
      seen,
    ),
  )

type Finding =
  | { readonly kind: 'refused'; readonly text: string }
  | { readonly kind: 'login'; readonly text: string }
  | { readonly kind: 'doubt'; readonly text: string }
  | {
      readonly kind: 'passes'
      readonly attempt: Attempt
      readonly guessed: boolean
      readonly password: boolean
    }

const verdictOf = (route: Route, earlier: readonly Route[], seen: Seen): RouteVerdict => {
  const { asks } = route
  if (typeof asks === 'string') return summed(route, [{ kind: 'doubt', text: asks }])
  const terms = termsOf(asks)
  if (terms === null)
    return summed(route, [{ kind: 'doubt', text: 'its rule branches too often to be followed' }])
  const ways = terms.filter(t => !isContradiction(t)).map(term => wayOf(route, term, earlier, seen))
  return summed(route, ways.flat())
}

const wayOf = (route: Route, term: Term, earlier: readonly Route[], seen: Seen): readonly Finding[] => {
  const found = attemptsOf(term, seen)
  if (found.kind === 'impossible') return []
  if (found.kind === 'secret')
    return [{ kind: 'refused', text: `it asks for ${sealedName(found.secret)} in ${found.name}` }]
  const gate = throughGates(route.gates, seen)
  // A gate stands in front of whatever the rule takes.
  if (gate.kind === 'refused' || gate.kind === 'login') return [gate]
  if (found.kind === 'doubt') return [{ kind: 'doubt', text: found.reason }]
  if (gate.kind !== 'open') return [gate]
  const met = found.attempts.filter(a => typeof route.asks !== 'string' && holds(route.asks, a) === true)
  if (met.length === 0) return [{ kind: 'doubt', text: 'no request that meets it could be worked out' }]
  const first = met.find(a => earlier.every(e => typeof e.asks !== 'string' && holds(e.asks, a) === false))
  if (first === undefined)
    return [{ kind: 'doubt', text: 'another route may take every request for it that was tried' }]
  const address = first.address ?? gate.address
  if (first.address !== null && gate.address !== null)
    return [{ kind: 'doubt', text: 'it asks twice for an address' }]
  return [
    {
      kind: 'passes',
      attempt: { ...first, address },
      guessed: gate.password || found.guesses.length > 0,
      password: gate.password,
    },
  ]
}

type Through =
  | Extract<Finding, { kind: 'refused' | 'login' | 'doubt' }>
  | { readonly kind: 'open'; readonly address: string | null; readonly password: boolean }

/** Bits from which a password counts as one that nobody guesses: as of any other secret. */
const strongPassword = 100

/** The strongest obstacle decides: a refusal, then a login, then what could not be read. */
const throughGates = (gates: readonly Gate[], seen: Seen): Through => {
  const each = gates.map(g => throughGate(g, seen))
  const stop =
    each.find(t => t.kind === 'refused') ??
    each.find(t => t.kind === 'login') ??
    each.find(t => t.kind === 'doubt')
  if (stop !== undefined) return stop
  const passed = each.filter(t => t.kind === 'open')
  const addresses = passed.flatMap(t => (t.address === null ? [] : [t.address]))
  if (addresses.length > 1) return { kind: 'doubt', text: 'two lists of addresses stand in front of it' }
  return { kind: 'open', address: addresses[0] ?? null, password: passed.some(t => t.password) }
}

const throughGate = (gate: Gate, seen: Seen): Through => {
  const { text } = gate
  switch (gate.kind) {
    case 'refuses':
      return { kind: 'refused', text }
    case 'login':
      return { kind: 'login', text }
    case 'unread':
      return { kind: 'doubt', text }
    case 'password':
      if (gate.bits === null)
        return { kind: 'doubt', text: `how hard a password of ${text} is to guess is not known` }
      return gate.bits >= strongPassword
        ? { kind: 'refused', text }
        : { kind: 'open', address: null, password: true }
    case 'addresses':
      return throughList(gate.cidrs, text, seen)
  }
}

const throughList = (cidrs: readonly string[], text: string, seen: Seen): Through => {
  if (malformedCidrs(cidrs).length > 0) return { kind: 'doubt', text: `an address of ${text} cannot be read` }
  if (seen.kind === 'unknown') return { kind: 'doubt', text: seen.reason }
  const address = exampleAddress(intersectCidrs(seen.cidrs, cidrs))
  return address === null ? { kind: 'refused', text } : { kind: 'open', address, password: false }
}

/** A request that gets in outweighs everything; of those that may, the reasons are kept. */
const summed = (route: Route, findings: readonly Finding[]): RouteVerdict => {
  const passes = findings.filter(f => f.kind === 'passes')
  const best = passes.find(p => !p.guessed) ?? passes[0]
  const base = { route, witness: null, refusals: [], doubts: [] }
  if (best !== undefined)
    return { ...base, verdict: best.guessed ? 'guessable' : 'open', witness: witnessOf(best) }
  const texts = (kind: 'doubt' | 'login' | 'refused') => [
    ...new Set(findings.flatMap(f => (f.kind === kind ? [f.text] : []))),
  ]
  const doubts = texts('doubt')
  if (doubts.length > 0) return { ...base, verdict: 'unknown', doubts }
  const refusals = [...texts('login'), ...texts('refused')]
  return { ...base, verdict: findings.some(f => f.kind === 'login') ? 'authenticated' : 'closed', refusals }
}

const shown = (value: Value): string => (isSealed(value) ? `\${${sealedName(value)}}` : value)

/** How a witness writes a password that has to be guessed. */
const guessedPassword = ['authorization', `Basic $\{password}`] as const

const witnessOf = ({ attempt, password }: Extract<Finding, { kind: 'passes' }>): IngressWitness => {
  const { method, host, path, headers, query, address } = attempt
  const pairs = [...query].map(([n, v]) => `${n}=${shown(v)}`)
  return {
    method,
    host,
    path: pairs.length === 0 ? path : `${path}?${pairs.join('&')}`,
    headers: [
      ...[...headers].map(([n, v]) => [n, shown(v)] as const),
      ...(password ? [guessedPassword] : []),
    ],
    address,
  }
}
