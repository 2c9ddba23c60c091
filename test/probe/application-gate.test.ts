/** What refusals of an application mean of which AWS knows no rules. */
import { describe, expect, it } from 'vitest'
import { classifyLink } from '#probe/classify.ts'
import type { NoResponse, ProbeRequest, ProbeResponse } from '#probe/exchange.ts'
import { planProbes } from '#probe/plan.ts'
import type { LinkExposure } from '#prove/exposure.ts'
import type { Link } from '#topology/model.ts'
import {
  answered,
  exposed,
  isEdge,
  link,
  loadBalancer,
  missing,
  page,
  response,
  sealed,
  silent,
} from './fixtures.ts'
import { everything, externalLink, instanceLink } from './kinds.ts'

type Answer = ProbeResponse | NoResponse

const sends = (of: Link, secret = sealed()): Link => ({
  ...of,
  origin: { ...of.origin, headers: [{ name: 'x-origin-verify', value: secret }] },
})

/** From plan to verdict: the edge as usual, and what the origin itself answers. */
const judged = (exposure: LinkExposure, direct: (request: ProbeRequest) => Answer) => {
  const plan = planProbes({ exposures: [exposure], options: { ...everything, seed: 's' } })
  const exchanges = plan.map(request => {
    const answer = isEdge(request) ? (request.role === 'P' ? page : missing) : direct(request)
    return typeof answer === 'string' ? silent(request, answer) : answered(request, answer)
  })
  return classifyLink(exposure.link, exposure, exchanges, everything)
}
const brief = (...args: Parameters<typeof judged>): string => {
  const { verdict, code } = judged(...args)
  return `${verdict} ${code}`
}

const forbidden = response(403, 'Forbidden: for the edge only.')
const refuses = () => forbidden
const outside = sends(externalLink(true))

describe('an application with rules of its own', () => {
  it('that refuses with no token, with a wrong one and for any path is seen to refuse', () => {
    expect(brief(exposed(outside, 'unknown'), refuses)).toBe('blocked app-gate')
    expect(brief(exposed(outside, 'unknown'), () => response(401, 'Who are you?'))).toBe('blocked app-gate')
  })

  it('is not, where the wrong token was never sent: none is, or a guess might be right', () => {
    expect(brief(exposed(externalLink(true), 'unknown'), refuses)).toBe('inconclusive app-refusal')
    expect(brief(exposed(sends(externalLink(true), sealed(4, 12)), 'unknown'), refuses)).toBe(
      'inconclusive app-refusal',
    )
  })

  it.each(['W', 'N1-direct', 'N3'])('is not, where it answers otherwise in the role %s', role => {
    const others = [
      page,
      response(404, 'no such page'),
      response(500, 'oops'),
      response(200, ''),
      'timeout',
    ] as const
    for (const other of others)
      expect(
        brief(exposed(outside, 'unknown'), request => (request.role === role ? other : forbidden)),
      ).not.toMatch(/^blocked/)
  })

  it('may refuse a name that nobody serves in its own words', () => {
    for (const status of [400, 404, 421])
      expect(
        brief(exposed(outside, 'unknown'), ({ role }) =>
          role === 'N2' ? response(status, 'no') : forbidden,
        ),
      ).toBe('blocked app-gate')
  })

  it('on a machine that the network lets everybody reach: that it refuses is no contradiction, and no proof', () => {
    const { verdict, code, reason } = judged(exposed(sends(instanceLink()), 'open'), refuses)
    expect([verdict, code]).toEqual(['blocked', 'app-gate'])
    expect(reason).toContain('It is reached all the same, as the proof says.')
  })

  it('is not seen behind a load balancer that has rules: those would explain what is refused', () => {
    expect(brief(exposed(sends(link()), 'unknown'), refuses)).toBe('inconclusive same-for-any-path')
    const unread = link({
      balancer: loadBalancer({ kind: 'network', listeners: { known: false, gaps: [] } }),
    })
    expect(brief(exposed(sends(unread), 'unknown'), refuses)).not.toContain('app-gate')
  })

  it('gets no header but a made-up one, and that over TLS', () => {
    const plan = planProbes({
      exposures: [exposed(outside, 'unknown')],
      options: { ...everything, seed: 's' },
    })
    const tokens = plan.filter(r => r.headers.length > 0)
    expect(tokens.map(r => [r.role, r.present.sni !== null])).toEqual([['N3', true]])
  })
})
