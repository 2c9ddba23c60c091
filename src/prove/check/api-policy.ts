/** Whether the resource policy of an API surely turns every stranger away, told statement by statement; for checking only. */
import { addressFamily, intersectCidrs, malformedCidrs, publicSpace, subtractCidrs } from '#base/ip-set.ts'
import type { Api, ApiRoute, ApiStage, PrefixList, Topology } from '#topology/model.ts'
import type { Vantage } from '../exposure.ts'
import { letsNobodyIn } from './policy.ts'
import { isSearchSecret } from './values.ts'

type Fields = Readonly<Record<string, unknown>>
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value])

/** Addresses that are written as examples and stand for public ones. */
const examples = ['192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24', '2001:db8::/32', '3fff::/20']

export interface Call {
  readonly api: Api
  readonly stage: ApiStage
  readonly route: ApiRoute
}

/** Whether no statement lets a stranger without credentials in, or some Deny speaks of every stranger. */
export const turnsAway = (topology: Topology, call: Call, document: unknown, vantage: Vantage): boolean => {
  if (!isFields(document) || document.Statement === undefined) return false
  const statements = listOf(document.Statement)
  if (!statements.every(isFields)) return false
  const away: Away = values => isAway(topology, values, vantage)
  return (
    statements.some(s => isFields(s) && deniesAll(call.api, s, away)) ||
    statements.every(s => isFields(s) && (letsNobody(s) || onlyFrom(s, away) || isElsewhere(call, s)))
  )
}

/** Every resource is written out where it matters, and is another stage, method or path. */
const isElsewhere = ({ api: { ref, id }, stage, route }: Call, { Resource }: Fields): boolean =>
  Resource !== undefined &&
  listOf(Resource).every(resource => {
    const start = ['execute-api:/', `arn:aws:execute-api:${ref.region}:${ref.account}:${id}/`].find(s =>
      String(resource).startsWith(s),
    )
    if (start === undefined || String(resource).includes('$')) return false
    const [at = '*', method = '*', ...path] = String(resource).slice(start.length).split('/')
    const differs = (text: string, own: string | null): boolean =>
      own !== null && !/[*?]/.test(text) && text !== own
    return (
      differs(at, stage.name) ||
      (!/[*?]/.test(at) &&
        (differs(method, route.method === 'ANY' ? null : route.method) ||
          (!/[*?]/.test(method) && !route.path?.includes('{') && differs(`/${path.join('/')}`, route.path))))
    )
  })

/** Whether no stranger of the vantage has one of the addresses. */
type Away = (values: readonly string[]) => boolean

const letsNobody = (statement: Fields): boolean =>
  letsNobodyIn({ Statement: [statement] }, 'anonymous', ['execute-api:invoke'])

const onlyFrom = ({ Effect, Condition }: Fields, away: Away): boolean => {
  const values = isFields(Condition) ? textsUnder(Condition.IpAddress, /^aws:sourceip$/i) : null
  return Effect === 'Allow' && values !== null && away(values)
}

/** The values under a key of an operator; null where it does not name the key, or names what is no text. */
const textsUnder = (block: unknown, key: RegExp): readonly string[] | null => {
  const found = isFields(block) ? Object.entries(block).find(([name]) => key.test(name)) : undefined
  const values = found === undefined ? [] : listOf(found[1])
  return values.length > 0 && values.every(v => typeof v === 'string') ? values : null
}

const isAway = (topology: Topology, values: readonly string[], vantage: Vantage): boolean => {
  // A VPC endpoint gives no public address.
  if (vantage === 'inside') return true
  if (malformedCidrs(values).length > 0) return false
  return ([4, 6] as const).every(family => {
    const own = values.filter(v => addressFamily(v) === family)
    const everyone = [...publicSpace(family), ...examples.filter(e => addressFamily(e) === family)]
    const servers = serversOf(topology).filter(s => addressFamily(s) === family)
    if (vantage === 'tenant') return intersectCidrs(own, servers.length > 0 ? servers : everyone).length === 0
    return intersectCidrs(subtractCidrs(own, servers), everyone).length === 0
  })
}

const serversOf = ({ prefixLists, loadBalancers }: Topology): readonly string[] => {
  const named = loadBalancers
    .flatMap(lb => (lb.ingress.known ? lb.ingress.value : []))
    .flatMap(({ peer }) => (peer.kind === 'prefix-list' && peer.list.known ? [peer.list.value] : []))
  // What a list of the one family holds of the other is no word of CloudFront's.
  const isOwn = (said: string, cidr: string): boolean =>
    !/[46]/.test(said) || said.includes(String(addressFamily(cidr)))
  const entries = ({
    entries: e,
    cloudFrontOriginFacing,
    addressFamily: said,
  }: PrefixList): readonly string[] =>
    cloudFrontOriginFacing && e.known ? e.value.filter(cidr => isOwn(said, cidr)) : []
  return [...prefixLists, ...named].flatMap(entries)
}

const isEveryone = (principal: unknown): boolean =>
  principal === '*' || (isFields(principal) && listOf(principal.AWS).includes('*'))

const deniesAll = (
  api: Api,
  { Effect, Principal, Action, Resource, Condition }: Fields,
  away: Away,
): boolean =>
  Effect === 'Deny' &&
  isEveryone(Principal) &&
  listOf(Action).some(a => /^(?:\*|execute-api:\*|execute-api:invoke)$/i.test(String(a))) &&
  listOf(Resource).some(r => isWhole(api, r)) &&
  (Condition === undefined || holdsForStrangers(Condition, away))

/** Every stage, method and path. */
const isWhole = ({ ref, id }: Api, resource: unknown): boolean =>
  resource === '*' ||
  /^execute-api:\/\*(?:\/\*){0,2}$/.test(String(resource)) ||
  resource === `arn:aws:execute-api:${ref.region}:${ref.account}:${id}/*`

/** One test, which every stranger meets. */
const holdsForStrangers = (condition: unknown, away: Away): boolean => {
  if (!isFields(condition)) return false
  const [[operator, block] = ['', null], ...more] = Object.entries(condition)
  if (more.length > 0 || !isFields(block) || Object.keys(block).length !== 1) return false
  const [values] = Object.values(block).map(listOf)
  if (operator === 'NotIpAddress') {
    const addresses = textsUnder(block, /^aws:sourceip$/i)
    return addresses !== null && away(addresses)
  }
  if (operator === 'StringNotEquals' && values && values.length > 0 && values.every(isSearchSecret))
    return true
  const fences = textsUnder(block, /^aws:sourcevpce?$/i)
  return (
    operator === 'StringNotEquals' && fences !== null && fences.every(f => /^vpce?-[0-9a-f]{8,}$/.test(f))
  )
}
