/** The verdict of a link, given how its origin answers; and the plainest ways to answer. */
import { classifyLink } from '#probe/classify.ts'
import type { NoResponse, ProbeRequest, ProbeResponse, ProbeVerdict } from '#probe/exchange.ts'
import { planProbes } from '#probe/plan.ts'
import type { LinkExposure } from '#prove/exposure.ts'
import { exposed, gateAnswer, link, missing, page, play, witness } from './fixtures.ts'

export const planFor = (exposure: LinkExposure) =>
  planProbes({ exposures: [exposure], options: { mode: 'safe', seed: 's' } })

export type Direct = (request: ProbeRequest) => ProbeResponse | NoResponse

/** The verdict when the edge is well and the origin answers so. */
export const verdict = (direct: Direct, exposure = exposed(link())): ProbeVerdict =>
  classifyLink(exposure.link, exposure, play(planFor(exposure), direct))

/** An application without a gate: its page at `/`, not found elsewhere. */
export const wideOpen: Direct = r => (r.role === 'N1-direct' ? missing : page)
export const gate: Direct = () => gateAnswer
export const open = (of = link()) => exposed(of, 'open', { witness: witness() })
