/** Plays a request against the routes of Traefik or a Gateway: the first that takes it, with everything in it known. */
import type { Truth } from '#base/truth.ts'
import type { ClusterRouter, Link } from '#topology/model.ts'
import { isSealed, type Sealed, sealedName, type Value } from '#topology/sealed.ts'
import { type Matcher, parseRule, type Rule } from '#topology/traefik.ts'
import type { Witness } from '../exposure.ts'
import type { BehindRouter } from '../kubernetes/behind.ts'
import { routerReachedBy } from '../kubernetes/router-reach.ts'
import type { Gate, Route } from '../kubernetes/routes/route.ts'
import { routesIn } from '../kubernetes/routes-in.ts'
import { meetsAny } from '../kubernetes/services.ts'

/** Null where the request surely reaches a Service of the link; else what stops it, or is not known. */
export const stoppedByRouter = (link: Link, witness: Witness, behind: BehindRouter): string | null => {
  const { at, cluster } = behind
  if (at.gaps.length > 0) return 'what the router does was not read'
  if (at.aside !== null) return at.aside
  const played = playedOf(witness, at)
  if (played === null) return 'a sealed value of the request is not one of the cluster'
  const routes = [...routesIn(at)].sort((a, b) => a.rank - b.rank)
  const taking = routes.find(r => takes(at, r, played) !== false)
  if (taking === undefined) return 'no route takes the request'
  if (takes(at, taking, played) !== true) return `whether ${taking.name} takes the request is not known`
  const rivals = routes.filter(r => r !== taking && r.rank === taking.rank && takes(at, r, played) !== false)
  if (rivals.length > 0) return 'two routes of the same rank take the request'
  const shut = taking.gates.find(g => !passes(g, played))
  if (shut !== undefined) return `${taking.name} asks for more: ${shut.text}`
  const services = taking.services.map(s => s.name)
  return meetsAny(cluster, services, routerReachedBy(link, behind).sure) === true
    ? null
    : 'the route does not lead to the backend of the link for sure'
}

interface Played {
  readonly method: string
  readonly host: string
  readonly path: string
  readonly query: ReadonlyMap<string, Value>
  readonly headers: ReadonlyMap<string, Value>
  readonly guessesPassword: boolean
}

const mark = /^\$\{(sealed:[0-9a-f]{8})\}$/

const playedOf = (witness: Witness, at: ClusterRouter): Played | null => {
  const sealed = new Map(sealedIn(at.routing).map(v => [sealedName(v), v]))
  const [path = '/', query = ''] = witness.path.split(/\?(.*)/s)
  const valued = (pairs: readonly (readonly [string, string])[]) =>
    pairs.map(([name, text]) => {
      const named = mark.exec(text)?.[1]
      return [name, named === undefined ? text : (sealed.get(named) ?? null)] as const
    })
  const pairs =
    query === '' ? [] : query.split('&').map(p => [p.split('=')[0] ?? '', p.replace(/^[^=]*=?/, '')] as const)
  const [headers, parameters] = [valued(witness.headers), valued(pairs)]
  const whole = [...headers, ...parameters].flatMap(([n, v]) => (v === null ? [] : [[n, v] as const]))
  if (whole.length < headers.length + parameters.length) return null
  return {
    method: witness.method,
    host: witness.host.toLowerCase(),
    path,
    query: new Map(whole.slice(headers.length)),
    headers: new Map(whole.slice(0, headers.length).map(([n, v]) => [n.toLowerCase(), v])),
    guessesPassword: witness.headers.some(
      ([n, v]) => /^authorization$/i.test(n) && v === `Basic $\{password}`,
    ),
  }
}

const sealedIn = (value: unknown): readonly Sealed[] => {
  if (isSealed(value)) return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(sealedIn)
}

/** Only a password that is weak enough to be guessed lets anybody in. */
const passes = (gate: Gate, { guessesPassword }: Played): boolean =>
  gate.kind === 'password' && gate.bits !== null && gate.bits < 100 && guessesPassword

/** Read from the object again, not from what proving made of it. */
const takes = ({ routing }: ClusterRouter, route: Route, played: Played): Truth => {
  if (routing.kind === 'gateway') return fromMatchers(route, played)
  const [, n = '0'] = /^router (\d+) of /.exec(route.name) ?? []
  const router = routing.objects.find(o => o.ref.arn === route.ref.arn)?.routes[Number(n) - 1]
  const parsed = router === undefined ? null : parseRule(router.match.text)
  if (router === undefined || router.doubt !== undefined || !parsed?.ok) return 'unknown'
  return ruleTakes(parsed.rule, router.match.values, played)
}

/** All that a match of an HTTPRoute asks for, one by one. */
const fromMatchers = ({ asks }: Route, played: Played): Truth => {
  if (typeof asks === 'string' || asks.kind !== 'and') return 'unknown'
  return lowest(
    asks.of.map(one => {
      if (one.kind !== 'matcher') return 'unknown'
      const { matcher: m } = one
      switch (m.on) {
        case 'host':
          return m.name.startsWith('*.')
            ? played.host.length > m.name.length - 1 && played.host.endsWith(m.name.slice(1))
            : played.host === m.name
        case 'path':
          return played.path === m.path
        case 'path-prefix':
          return `${played.path}/`.startsWith(`${m.prefix.replace(/\/$/, '')}/`)
        case 'method':
          return played.method === m.method
        case 'header':
          return equal(m.name, m.value, played.headers, true)
        case 'query':
          return equal(m.name, m.value, played.query, false)
        default:
          return 'unknown'
      }
    }),
  )
}

const ruleTakes = (rule: Rule, values: readonly Value[], played: Played): Truth => {
  if (rule.kind === 'matcher') return matcherTakes(rule, values, played)
  if (rule.kind === 'not') return flipped(ruleTakes(rule.of, values, played))
  const all = rule.of.map(r => ruleTakes(r, values, played))
  return rule.kind === 'and' ? lowest(all) : flipped(lowest(all.map(flipped)))
}

const flipped = (t: Truth): Truth => (t === 'unknown' ? t : !t)
const lowest = (all: readonly Truth[]): Truth =>
  all.includes(false) ? false : all.includes('unknown') ? 'unknown' : true

const matcherTakes = ({ name, args }: Matcher, values: readonly Value[], played: Played): Truth => {
  const texts = args.map(({ text }): Value => {
    const n = /^⟦(\d+)⟧$/.exec(text)?.[1]
    return n === undefined ? text : (values[Number(n)] ?? text)
  })
  const [first, second] = texts
  const plain = texts.filter(t => typeof t === 'string')
  const any = (ask: (text: string) => boolean): Truth =>
    plain.length === texts.length && !plain.some(t => /[{}*]/.test(t)) ? plain.some(ask) : 'unknown'
  switch (name.toLowerCase()) {
    case 'host':
      return any(t => t.toLowerCase() === played.host)
    case 'path':
      return any(t => t === played.path)
    case 'pathprefix':
      return any(t => played.path.startsWith(t))
    case 'method':
      return any(t => t.toUpperCase() === played.method)
    case 'header':
    case 'headers':
      return equal(first, second, played.headers, true)
    case 'query':
      return equal(first, second, played.query, false)
    default:
      return expressionTakes(name, texts, played)
  }
}

const equal = (
  name: Value | undefined,
  value: Value | undefined,
  sent: ReadonlyMap<string, Value>,
  fold: boolean,
): Truth => {
  if (typeof name !== 'string' || value === undefined) return 'unknown'
  const own = sent.get(fold ? name.toLowerCase() : name)
  if (own === undefined) return false
  if (isSealed(own) && isSealed(value)) return own.sealed === value.sealed
  if (!(isSealed(own) || isSealed(value))) return own === value
  // Text against a strong secret: nobody types it by chance.
  const secret = isSealed(own) ? own : value
  return isSealed(secret) && secret.exactBits >= 100 ? false : 'unknown'
}

/** Regular expressions that JavaScript reads as Go does; a sealed one is met by its own guess alone. */
const expressionTakes = (name: string, texts: readonly Value[], played: Played): Truth => {
  const [first, second] = texts
  const lower = name.toLowerCase()
  if (lower === 'hostregexp' || lower === 'pathregexp') {
    const [text, on, flags] = lower === 'hostregexp' ? [first, played.host, 'i'] : [first, played.path, '']
    return typeof text === 'string' && texts.length === 1 ? searched(text, on, flags ?? '') : 'unknown'
  }
  if (!/^(?:headers?regexp|queryregexp)$/.test(lower) || typeof first !== 'string' || second === undefined)
    return 'unknown'
  const own = lower.startsWith('query') ? played.query.get(first) : played.headers.get(first.toLowerCase())
  if (own === undefined) return false
  if (isSealed(second))
    return isSealed(own)
      ? own.sealed === second.sealed
        ? true
        : 'unknown'
      : second.exactBits >= 100
        ? false
        : 'unknown'
  return isSealed(own) ? 'unknown' : searched(second, own, '')
}

const searched = (pattern: string, text: string, flags: string): Truth => {
  if (/\(\?|\\[^wdsWDS.*+?()[\]{}|^$/\\-]/.test(pattern)) return 'unknown'
  try {
    return new RegExp(pattern, flags).test(text)
  } catch {
    return 'unknown'
  }
}
