/** Follows a domain name to everything it leads to: Route 53 records, aliases, CNAME chains and DNS answers. */

import { normalName } from '#base/domain-name.ts'
import { addressFamily } from '#base/ip-set.ts'
import type { LocatedResource } from '#snapshot/record.ts'
import { call } from './calls.ts'
import { elbNameOf, type Shape, shapeOf } from './classify.ts'
import { listAt, textAt } from './config.ts'
import { type DnsAnswer, dnsAnswer } from './dns.ts'
import {
  asEnds,
  type End,
  endAtAddress,
  endAtAddresses,
  endAtInstance,
  endAtStrangeLoadBalancer,
  nowhere,
  stuck,
} from './ends.ts'
import type { Estate } from './estate.ts'
import { gapsOf } from './facts.ts'

export interface Destination {
  /** Every name on the way, the one asked about first. */
  readonly names: readonly string[]
  /** Everything the name leads to, in the order found. Never empty. */
  readonly ends: readonly End[]
}

/** Longer chains than resolvers follow are not followed either. */
const deepest = 16

/** Services whose own endpoint ends the search. */
const endpoints: readonly Shape[] = [
  's3-rest',
  's3-website',
  'execute-api',
  'api-domain',
  'lambda-url',
  'mediastore',
  'mediapackage',
]

/** One search: the names met so far, and those on the way from the first to the current one. */
interface Search {
  readonly estate: Estate
  readonly met: Set<string>
  readonly path: readonly string[]
}

const recordSet = (search: Search, set: LocatedResource): readonly End[] => {
  const alias = textAt(set.config, 'AliasTarget', 'DNSName')
  if (alias !== undefined) return walk(search, alias, undefined)
  const values = (listAt(set.config, 'ResourceRecords') ?? []).map(r => textAt(r, 'Value'))
  if (values.length === 0) return stuck(set.arn, `The record set ${set.arn} names no target.`)
  return values.flatMap(value => {
    if (value === undefined) return stuck(set.arn, `The record set ${set.arn} has an unreadable value.`)
    return addressFamily(value) !== null ? endAtAddress(search.estate, value) : walk(search, value, undefined)
  })
}

const resolved = (search: Search, name: string, answer: DnsAnswer | undefined): readonly End[] => {
  if (answer === undefined) return asEnds(gapsOf(search.estate.facts, call('Resolve', name)))
  const [next, ...rest] = answer.canonicalNames
  if (next !== undefined) return walk(search, next, { ...answer, canonicalNames: rest })
  return answer.outcome === 'no-such-name'
    ? nowhere(name)
    : endAtAddresses(search.estate, name, answer.addresses)
}

const ordinary = (search: Search, name: string, answer: DnsAnswer | undefined): readonly End[] => {
  const { sets, gaps } = search.estate.zones.lookUp(name)
  if (sets.length === 0) return [...asEnds(gaps), ...resolved(search, name, answer)]
  const own = [...asEnds(gaps), ...sets.flatMap(set => recordSet(search, set))]
  if (answer === undefined) return own
  // An alias is answered with addresses alone, which are its target's; a chain of names may contradict the zone.
  if (answer.canonicalNames.length > 0) return [...own, ...resolved(search, name, answer)]
  return answer.outcome === 'no-such-name'
    ? [...own, ...stuck(name, `A hosted zone of the account holds ${name}, but DNS knows no such name.`)]
    : own
}

const walk = (search: Search, text: string, inherited: DnsAnswer | undefined): readonly End[] => {
  const { estate, met, path } = search
  const name = normalName(text)
  if (path.includes(name)) return stuck(name, `The records of ${name} lead back to it.`)
  if (path.length >= deepest) return stuck(name, `The names that lead to ${name} are too many to follow.`)
  if (met.has(name)) return []
  met.add(name)
  if (addressFamily(name) !== null) return endAtAddress(estate, name)
  const resource = estate.loadBalancerNamed(name)
  if (resource) return [{ kind: 'load-balancer', resource }]
  const answer = dnsAnswer(estate.facts, name) ?? inherited
  const elb = elbNameOf(name)
  if (elb) return endAtStrangeLoadBalancer(estate, name, elb, answer)
  const shape = shapeOf(name)
  if (shape !== undefined && endpoints.includes(shape)) return [{ kind: 'service', name, shape }]
  // An edge-optimized custom domain name of API Gateway is pointed at a distribution of AWS's own.
  if (estate.apiDomainsBehind(name).length > 0) return [{ kind: 'service', name, shape: 'api-domain' }]
  const further = { ...search, path: [...path, name] }
  return shape === 'ec2'
    ? (endAtInstance(estate, name) ?? resolved(further, name, answer))
    : ordinary(further, name, answer)
}

/** Follows `domainName` as far as the snapshot tells. Total: what cannot be followed ends in a gap. */
export const follow = (estate: Estate, domainName: string): Destination => {
  const met = new Set<string>()
  const ends = walk({ estate, met, path: [] }, domainName, undefined)
  return { names: [...met], ends }
}
