/** The exposure of a load balancer by a VPC link: whom the APIs that go through it let through. */
import { isDeploymentKnown } from '#topology/api-deployed.ts'
import type { Api, Listener, LoadBalancer, VpcLink } from '#topology/model.ts'
import type { Exposure, RouteStep, Vantage } from '../exposure.ts'
import { distinctReasons, notModelled, unreadReasons } from '../uncertainty.ts'
import { routesDeployment, unproven } from './deployment.ts'
import { closing } from './doors.ts'
import { routesExposure, type When } from './exposure.ts'
import { calledThrough } from './link-call.ts'
import type { Relation, RelationTo } from './target.ts'

/** A load balancer behind a link. */
export interface Linked {
  readonly link: VpcLink
  readonly balancer: LoadBalancer
  /** Whether everything that comes to the listener by the link surely arrives at the backend. */
  readonly forwards: (listener: Listener) => boolean
}

/** Assumption: no stage serves a deployment of before an integration was taken off the link. */
const asConfigured = 'integrations-as-configured'

export const linkExposure = (linked: Linked, vantage: Vantage, when: When): Exposure => {
  const { apis, ref } = linked.link
  if (!apis.known) return unknown(unreadReasons(apis.gaps, `What goes through VPC link ${ref.name}`))
  const all = apis.value.map(api => {
    const relation = relationTo(linked, api)
    // What CloudFront sends is no word to an API that it does not ask.
    return routesExposure(api, { relation, origin: { headers: [] }, vantage, assumes: asConfigured }, when)
  })
  const open = all.find(e => e.verdict === 'open')
  if (open?.witness)
    return { ...open, witness: { ...open.witness, route: [...open.witness.route, leading(linked)] } }
  const proofs = all.flatMap(e => e.certificate ?? [])
  if (proofs.length < all.length) return unknown(all.flatMap(e => e.reasons))
  const names = apis.value.map(api => api.ref.name).join(', ')
  const text =
    names === ''
      ? `No integration of an API goes through ${ref.name}.`
      : `No stranger gets through ${ref.name} by ${names}.`
  return {
    verdict: all.some(e => e.verdict === 'authenticated') ? 'authenticated' : 'closed',
    witness: all.find(e => e.witness !== null)?.witness ?? null,
    certificate: {
      obligations: [
        ...closing('NON_FORWARD', ref.arn, {}, [ref.line], text),
        ...proofs.flatMap(p => p.obligations),
      ],
      reliesOn: [asConfigured, ...proofs.flatMap(p => p.reliesOn)],
    },
    reasons: [],
  }
}

const unknown = (reasons: Exposure['reasons']): Exposure => ({
  verdict: 'unknown',
  witness: null,
  certificate: null,
  reasons: distinctReasons(reasons),
})

const leading = ({ link, balancer: { ref } }: Linked): RouteStep => ({
  kind: 'target',
  arn: ref.arn,
  line: ref.line,
  text: `${ref.name}, through VPC link ${link.ref.name}, hands everything on`,
})

const relationTo =
  ({ link, balancer, forwards }: Linked, api: Api): RelationTo =>
  (stage, route) => {
    const { integration, ref, deployedAsConfigured } = route
    const isTold = deployedAsConfigured !== false && isDeploymentKnown(api, stage, route)
    if (!isTold && stage.deployedAuthorizers === null)
      return maybe(
        `Whether ${ref.name} was deployed to stage ${stage.name} as it is configured is not certain.`,
      )
    if (integration === null) return maybe(`What ${ref.name} calls was not observed.`)
    const called = calledThrough(integration, link, balancer)
    if (called === 'unknown')
      return maybe(`Whether ${ref.name} leads to ${balancer.ref.name} through ${link.ref.name} is not known.`)
    if (called === 'elsewhere') {
      const doubts = unproven(routesDeployment(api, stage))
      if (doubts.length > 0) return { kind: 'maybe', reasons: doubts }
      return { kind: integration === 'MOCK' ? 'none' : 'different' }
    }
    if (called.length > 0 && called.every(forwards)) return { kind: 'same' }
    return maybe(
      `${api.ref.name} leads to ${balancer.ref.name} through VPC link ${link.ref.name}; what becomes of its requests there is not decided by this version.`,
    )
  }

const maybe = (message: string): Relation => ({ kind: 'maybe', reasons: [notModelled(message)] })
