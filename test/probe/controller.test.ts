/** An ingress controller in front of the backend: its refusals are known by its error page, where the proof says that it refuses. */
import { describe, expect, it } from 'vitest'
import { known } from '#base/known.ts'
import { classifyLink } from '#probe/classify.ts'
import type { ProbeRequest, ProbeResponse } from '#probe/exchange.ts'
import { planProbes } from '#probe/plan.ts'
import type { LinkExposure, Obligation } from '#prove/exposure.ts'
import {
  answered,
  exposed,
  forward,
  link,
  listener,
  loadBalancer,
  missing,
  page,
  play,
  response,
  rule,
  sealed,
} from './fixtures.ts'

const nginxPage = (title: string, server = 'nginx'): string =>
  `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>${server}</center>\r\n</body>\r\n</html>\r\n`

const forbidden = response(403, nginxPage('403 Forbidden'))
const unauthorized = response(401, nginxPage('401 Authorization Required'))
const noSuchHost = response(404, nginxPage('404 Not Found'))

/** The load balancer forwards everything; the controller decides. */
const door = listener(443, 'HTTPS', [rule('all', [forward])])
const balancer = loadBalancer({ listeners: known([door]) })

const obligation = (changes: Partial<Obligation> = {}): Obligation => ({
  kind: 'CLUSTER_REFUSES',
  entryPoint: balancer.ref.arn,
  family: 4,
  listener: door.ref.arn,
  rule: null,
  lines: [1],
  text: 'The controller refuses.',
  ...changes,
})

const gated = (...obligations: readonly Obligation[]): LinkExposure =>
  exposed(link({ balancer }), 'closed', { certificate: { obligations, reliesOn: [] } })

const planFor = (exposure: LinkExposure) =>
  planProbes({ exposures: [exposure], options: { mode: 'safe', seed: 's' } })

const byHost = (request: ProbeRequest): ProbeResponse =>
  request.present.host === 'origin.example.com' ? forbidden : noSuchHost

const verdict = (exposure: LinkExposure, direct: (request: ProbeRequest) => ProbeResponse = byHost) =>
  classifyLink(exposure.link, exposure, play(planFor(exposure), direct))

describe('the error pages of an ingress controller', () => {
  it('are refusals where the proof says that the controller behind the door refuses', () => {
    expect(verdict(gated(obligation()))).toMatchObject({ verdict: 'blocked', code: 'gate' })
    expect(verdict(gated(obligation()), () => unauthorized)).toMatchObject({ verdict: 'blocked' })
  })

  it.each([
    ['nothing of a controller', gated(obligation({ kind: 'SECRET_REQUIRED' }))],
    ['it of another listener', gated(obligation({ listener: 'arn:aws:test:listener/other' }))],
    ['it of another address family', gated(obligation({ family: 6 }))],
    ['nothing at all', exposed(link({ balancer }), 'unknown')],
  ])('leave the question open where the proof says %s', (_, exposure) => {
    expect(verdict(exposure).verdict).toBe('inconclusive')
  })

  it.each([
    ['with the version of a server', response(403, nginxPage('403 Forbidden', 'nginx/1.22.1'))],
    ['with another status', response(200, nginxPage('403 Forbidden'))],
    ['of somebody else', response(403, '<html><head><title>403 Forbidden</title></head></html>')],
  ])('are not taken for a refusal of the controller: %s', (_, answer) => {
    expect(verdict(gated(obligation()), () => answer).verdict).toBe('inconclusive')
  })

  it('may be those of the backend where the edge shows them too', () => {
    const exposure = gated(obligation())
    const exchanges = planFor(exposure).map(r =>
      answered(r, r.role === 'P' ? page : r.role === 'N1-edge' ? noSuchHost : byHost(r)),
    )
    expect(classifyLink(exposure.link, exposure, exchanges)).toMatchObject({
      verdict: 'inconclusive',
      code: 'same-not-found',
    })
    const shut = planFor(exposure).map(r => answered(r, unauthorized))
    expect(classifyLink(exposure.link, exposure, shut)).toMatchObject({
      verdict: 'inconclusive',
      code: 'control-no-page',
    })
  })

  it('do not hide a request that gets in', () => {
    const result = verdict(gated(obligation()), r =>
      r.role === 'N3' ? page : r.role === 'N1-direct' ? missing : byHost(r),
    )
    expect(result).toMatchObject({ verdict: 'confirmed', code: 'contradicts-model' })
  })
})

describe('a wrong token for an ingress controller', () => {
  const headersOf = (name: string, exposure = gated(obligation())) => {
    const of = { ...exposure.link, origin: { ...exposure.link.origin, headers: [{ name, value: sealed() }] } }
    return planFor({ ...exposure, link: of }).find(r => r.role === 'N3')?.headers
  }

  it('is sent in the header that CloudFront sends, whatever its name', () => {
    expect(headersOf('X-Edge')).toEqual([['X-Edge', expect.stringMatching(/^\w{32}$/)]])
  })

  it('is not sent where the proof names no controller', () => {
    expect(headersOf('X-Edge', gated(obligation({ kind: 'NON_FORWARD' })))).toBeUndefined()
  })

  it('is never a login', () => {
    expect(headersOf('Authorization')).toBeUndefined()
  })
})
