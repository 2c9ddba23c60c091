/** The plan of a run: which requests are sent for which link, decided before anything is sent. */
import type { LinkExposure } from '#prove/exposure.ts'
import type { LoadBalancer } from '#topology/model.ts'
import { probeableLink } from './entry.ts'
import type { ProbeRequest } from './exchange.ts'
import { defaultLimits } from './limits.ts'
import { planLink, requestsPerLink } from './link-plan.ts'

export interface PlanInput {
  readonly exposures: readonly LinkExposure[]
  readonly options: PlanOptions
}

export interface PlanOptions {
  /** `all` adds targets that run the customer's code on each request, such as function URLs; load balancers are in both. */
  readonly mode: 'safe' | 'all'
  /** Random paths, hosts and wrong tokens are derived from it: the same seed gives the same plan. */
  readonly seed: string
}

interface Job {
  readonly exposure: LinkExposure
  readonly loadBalancer: LoadBalancer
}

const jobOf = (exposure: LinkExposure): readonly Job[] => {
  const probeable = probeableLink(exposure.link)
  return probeable.probeable ? [{ exposure, loadBalancer: probeable.loadBalancer }] : []
}

/** Both positive controls, the witness and a negative control: with less, nothing can be said. */
const least = 5

/** How many requests each of `links` at one origin gets; those beyond the budget get none. */
const shareOf = (links: number): number =>
  Math.max(least, Math.min(requestsPerLink, Math.floor(defaultLimits.requestsPerOrigin / links)))

/**
 * The requests in the order of the links. Within one link the order is the order of sending. A link that is not
 * probed has none; `probeableLink` says why. At most 60 requests go to one load balancer, whatever the links.
 */
export const planProbes = ({ exposures, options }: PlanInput): readonly ProbeRequest[] => {
  const jobs = exposures.flatMap(jobOf)
  const atOrigin = Map.groupBy(jobs, j => j.loadBalancer.ref.arn)
  const left = new Map([...atOrigin.keys()].map(arn => [arn, defaultLimits.requestsPerOrigin]))
  return jobs.flatMap(({ exposure, loadBalancer }) => {
    const { arn } = loadBalancer.ref
    const share = shareOf(atOrigin.get(arn)?.length ?? 1)
    const room = left.get(arn) ?? 0
    if (room < share) return []
    const drafts = planLink(exposure, loadBalancer, options.seed, share)
    left.set(arn, room - drafts.length)
    return drafts.map((draft, i) => ({ id: `${exposure.link.id}#${i + 1}`, ...draft }))
  })
}
