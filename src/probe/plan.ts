/** The plan of a run: which requests are sent for which link, decided before anything is sent. */
import type { LinkExposure } from '#prove/exposure.ts'
import { requestsPerLink } from './draft.ts'
import { type Entry, type Scope, safeScope } from './entry.ts'
import type { ProbeRequest } from './exchange.ts'
import { defaultLimits } from './limits.ts'
import { planLink } from './link-plan.ts'
import { originsOf } from './origins.ts'
import { planPaths, takesSeveralPaths } from './paths-plan.ts'
import { probeableLink } from './probeable.ts'
import { planSigned } from './signed-plan.ts'

export interface PlanInput {
  readonly exposures: readonly LinkExposure[]
  readonly options: PlanOptions
}

export interface PlanOptions extends Partial<Scope> {
  /** Random paths, hosts and wrong tokens are derived from it: the same seed gives the same plan. */
  readonly seed: string
}

interface Job {
  readonly exposure: LinkExposure
  readonly entry: Entry
  readonly origin: string
}

const jobsOf = (exposures: readonly LinkExposure[], scope: Scope): readonly Job[] => {
  const origins = originsOf(
    exposures.map(e => e.link),
    scope,
  )
  return exposures.flatMap(exposure => {
    const probeable = probeableLink(exposure.link, scope)
    const origin = origins.get(exposure.link.id)
    return probeable.probeable && origin !== undefined ? [{ exposure, entry: probeable.entry, origin }] : []
  })
}

/** Both positive controls, the witness and a negative control: with less, nothing can be said. */
const least = 5

/** How many requests each of `links` at one origin gets; those beyond the budget get none. */
const shareOf = (links: number): number =>
  Math.max(least, Math.min(requestsPerLink, Math.floor(defaultLimits.requestsPerOrigin / links)))

/**
 * The requests in the order of the links. Within one link the order is the order of sending. A link that is not
 * probed has none; `probeableLink` says why. At most 60 requests go to one origin, whatever the links.
 */
export const planProbes = ({ exposures, options }: PlanInput): readonly ProbeRequest[] => {
  const jobs = jobsOf(exposures, { ...safeScope, ...options })
  const atOrigin = Map.groupBy(jobs, j => j.origin)
  const left = new Map([...atOrigin.keys()].map(origin => [origin, defaultLimits.requestsPerOrigin]))
  return jobs.flatMap(({ exposure, entry, origin }) => {
    const share = shareOf(atOrigin.get(origin)?.length ?? 1)
    const room = left.get(origin) ?? 0
    if (room < share) return []
    const signed = planSigned(exposure, entry, options.seed, share - least)
    const planned = takesSeveralPaths(entry) ? planPaths : planLink
    const drafts = [...planned(exposure, entry, options.seed, share - signed.length), ...signed]
    left.set(origin, room - drafts.length)
    return drafts.map((draft, i) => ({ id: `${exposure.link.id}#${i + 1}`, ...draft }))
  })
}
