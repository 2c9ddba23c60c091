/** Every way through CloudFront that viewers can take: distributions, tenants, and staging distributions that are in use. */
import type { Gap } from '#base/gap.ts'
import { known, mapKnown } from '#base/known.ts'
import type { Behavior, Distribution, Link, Tenant, Topology } from '#topology/model.ts'
import { type Front, frontOf } from './edge-controls.ts'
import { mayChoose } from './edge-functions.ts'
import type { SisterKind } from './sister.ts'

/** One way to the origin of a link. */
export interface Way {
  readonly kind: SisterKind
  readonly link: Link
  readonly arn: string
  readonly name: string
  readonly line: number
  readonly domains: readonly string[]
  readonly front: Front
  /** Why it is not certain that there is such a way. */
  readonly doubts: readonly Gap[]
}

/** Behaviours that send requests to the origin of the link, or whose functions may. */
const usesOf = ({ distribution, behaviors }: Link): readonly Behavior[] =>
  distribution.behaviors.filter(b => behaviors.includes(b) || b.functions.some(mayChoose))

export const waysOf = (topology: Topology): readonly Way[] => {
  const staging = stagingOf(topology)
  return topology.links.flatMap(link => {
    const { distribution } = link
    if (!distribution.enabled || usesOf(link).length === 0) return []
    if (distribution.tenants !== null) return tenantWays(link, distribution.tenants)
    const doubts = distribution.staging ? staging(distribution) : []
    return doubts === null ? [] : [directWay(link, doubts)]
  })
}

const directWay = (link: Link, doubts: readonly Gap[]): Way => {
  const { distribution } = link
  return {
    kind: distribution.staging ? 'staging' : 'distribution',
    link,
    arn: distribution.ref.arn,
    name: distribution.id,
    line: distribution.ref.line,
    domains: [distribution.domainName, ...distribution.aliases],
    front: frontOf(distribution, usesOf(link)),
    doubts,
  }
}

const tenantWays = (link: Link, tenants: NonNullable<Distribution['tenants']>): readonly Way[] => {
  if (!tenants.known) return [{ ...directWay(link, tenants.gaps), kind: 'tenant' }]
  return tenants.value
    .filter(t => t.enabled)
    .map(tenant => ({
      kind: 'tenant' as const,
      link,
      arn: tenant.ref.arn,
      name: tenant.name,
      line: tenant.ref.line,
      domains: tenant.domains,
      front: tenantFront(frontOf(link.distribution, usesOf(link)), tenant),
      doubts: [],
    }))
}

/** The distribution's controls with what the tenant changes of them. */
export const tenantFront = (front: Front, { webAcl, geoRestriction }: Tenant): Front => {
  const country = geoRestriction.known ? geoRestriction.value : null
  return {
    ...front,
    webAcl: webAcl.known && webAcl.value === 'inherited' ? front.webAcl : mapKnown(webAcl, nameOfAcl),
    geoRestriction: country ? known(country) : geoRestriction.known ? front.geoRestriction : geoRestriction,
  }
}

const nameOfAcl = (choice: 'inherited' | 'disabled' | { readonly arn: string }) =>
  typeof choice === 'string' ? null : { arn: choice.arn, name: choice.arn.split('/').at(-2) ?? choice.arn }

/**
 * Whether viewers are sent to a staging distribution: no doubts where a policy in force says so, null where none does.
 * Staging is reached through the primary distribution alone.
 */
const stagingOf = (topology: Topology): ((staging: Distribution) => readonly Gap[] | null) => {
  const primaries = topology.distributions.filter(d => d.enabled)
  const names = new Set(
    primaries.flatMap(({ continuousDeployment: policy }) =>
      policy.known && policy.value?.enabled ? policy.value.stagingDomainNames : [],
    ),
  )
  const gaps = primaries.flatMap(d => (d.continuousDeployment.known ? [] : d.continuousDeployment.gaps))
  return ({ domainName }) => (names.has(domainName.toLowerCase()) ? [] : gaps.length > 0 ? gaps : null)
}
