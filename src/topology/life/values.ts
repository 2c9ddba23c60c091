/** Every sealed value of the graph at the place that sends or compares it: what a history remembers of a scan. */
import type { ValueAtPlace } from '#snapshot/sightings.ts'
import type { Api, Link, Listener, LoadBalancer, Rule, Topology, WebAcl } from '../model.ts'
import { isSealed, type Value } from '../sealed.ts'
import { comparedIn } from './web-acl-values.ts'

const values = (
  account: string,
  place: string,
  header: string,
  found: readonly Value[],
): readonly ValueAtPlace[] =>
  found.flatMap(value =>
    isSealed(value) && !value.public
      ? [{ account, place, header: header.toLowerCase(), fingerprint: value.sealed }]
      : [],
  )

const sentBy = ({ id, distribution, origin }: Link): readonly ValueAtPlace[] =>
  origin.headers.flatMap(({ name, value }) => values(distribution.ref.account, id, name, [value]))

const comparedBy = ({ ref, conditions }: Rule): readonly ValueAtPlace[] =>
  conditions.flatMap(c => (c.field === 'http-header' ? values(ref.account, ref.arn, c.name, c.globs) : []))

const rulesOf = ({ rules }: Listener): readonly Rule[] => (rules.known ? rules.value : [])

const comparedByAcl = (acl: WebAcl): readonly ValueAtPlace[] =>
  comparedIn(acl).flatMap(({ header, value }) => values(acl.ref.account, acl.ref.arn, header, [value]))

const aclsOf = (loadBalancers: readonly LoadBalancer[], links: readonly Link[]): readonly WebAcl[] => {
  const apis = new Set(
    links.flatMap(({ target }): readonly Api[] => (target.kind === 'api' ? [target.api] : [])),
  )
  const stages = [...apis].flatMap(({ stages }) => (stages.known ? stages.value : []))
  const acls = [...loadBalancers, ...stages].flatMap(({ webAcl }) =>
    webAcl.known && webAcl.value ? [webAcl.value] : [],
  )
  return [...new Map(acls.map(acl => [acl.ref.arn, acl])).values()]
}

export const valuesAtPlaces = ({ links, loadBalancers }: Topology): readonly ValueAtPlace[] => [
  ...links.flatMap(sentBy),
  ...loadBalancers
    .flatMap(({ listeners }) => (listeners.known ? listeners.value : []))
    .flatMap(rulesOf)
    .flatMap(comparedBy),
  ...aclsOf(loadBalancers, links).flatMap(comparedByAcl),
]
