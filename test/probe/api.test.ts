/** APIs of API Gateway: which doors they have, what they are asked for, and what their answers mean for the link. */
import { describe, expect, it } from 'vitest'
import { known, unobserved } from '#base/known.ts'
import { classifyLink } from '#probe/classify.ts'
import type { ProbeRequest, ProbeResponse } from '#probe/exchange.ts'
import { planProbes } from '#probe/plan.ts'
import { policyFor, refuseRequest } from '#probe/policy.ts'
import { probeableLink } from '#probe/probeable.ts'
import type { Api, ApiDomain, Link } from '#topology/model.ts'
import { answered, exposed, isEdge, link, page, pageText, ref, response, silent } from './fixtures.ts'

const host = 'abc123.execute-api.eu-west-1.amazonaws.com'
const target = 'd-xyz789.execute-api.eu-west-1.amazonaws.com'

const domain = (changes: Partial<ApiDomain> = {}): ApiDomain => ({
  ref: ref('domainnames/api.example.com'),
  name: 'api.example.com',
  targets: [target],
  endpointType: 'REGIONAL',
  mutualTls: false,
  endpointAccessMode: 'BASIC',
  mappings: [{ path: 'v1', stage: 'prod' }],
  routingRules: false,
  ...changes,
})

const api = (changes: Partial<Api> = {}): Api => ({
  ref: ref('restapis/abc123'),
  id: 'abc123',
  kind: 'rest',
  endpointType: 'REGIONAL',
  host,
  defaultEndpointDisabled: false,
  endpointAccessMode: 'BASIC',
  apiKeySource: 'HEADER',
  policy: known(null),
  authorizers: known([]),
  usagePlans: known([]),
  stages: known([]),
  domains: known([]),
  changed: unobserved(),
  settingsChanged: unobserved(),
  ...changes,
})

const apiLink = (
  of: Api,
  via: 'default-endpoint' | ApiDomain = 'default-endpoint',
  stage: string | null = 'prod',
): Link => {
  const name = via === 'default-endpoint' ? of.host : via.name
  const built = link({ target: { kind: 'api', api: of, stage, via, names: [name] } })
  const originPath = via === 'default-endpoint' ? '/prod' : '/v1'
  return { ...built, origin: { ...built.origin, domainName: name, originPath, headers: [] } }
}

const planned = (of: Link) => planProbes({ exposures: [exposed(of)], options: { mode: 'safe', seed: 's' } })
const asks = (of: Link) =>
  planned(of)
    .filter(r => !isEdge(r) && r.role === 'W')
    .map(({ connect, present, path }) => `${connect.name} ${present.host} ${present.sni} ${path}`)
const why = (of: Link) => {
  const probeable = probeableLink(of)
  return probeable.probeable ? 'probed' : probeable.code
}

describe('the doors of an API', () => {
  it('are its default endpoint and each domain name, asked below the same stage', () => {
    const of = apiLink(api({ domains: known([domain()]) }))
    expect(asks(of)).toEqual([
      `${host} ${host} ${host} /prod/`,
      `${target} api.example.com api.example.com /v1/`,
    ])
  })

  it('are the same the other way round, where the origin names the domain', () => {
    const of = apiLink(api({ domains: known([domain()]) }), domain())
    expect(asks(of)).toEqual([
      `${target} api.example.com api.example.com /v1/`,
      `${host} ${host} ${host} /prod/`,
    ])
  })

  it('leave out domain names of other stages and private ones', () => {
    const other = domain({ mappings: [{ path: '', stage: 'test' }] })
    const inside = domain({ endpointType: 'PRIVATE' })
    expect(asks(apiLink(api({ domains: known([other, inside]) })))).toHaveLength(1)
  })

  it('pass the policy, which lets nothing else be asked there', () => {
    const of = apiLink(api({ domains: known([domain()]) }))
    const policy = policyFor([of])
    for (const request of planned(of)) expect(refuseRequest(policy, request)).toBeNull()
    const atDomain = planned(of).find(r => r.connect.name === target)
    if (atDomain === undefined) throw new Error('not planned')
    for (const name of [target, host, 'www.example.com'])
      expect(refuseRequest(policy, { ...atDomain, present: { host: name, sni: name } })?.reason).toBe(
        'not-sent-unowned',
      )
  })

  it.each([
    ['a private API', apiLink(api({ endpointType: 'PRIVATE' })), 'internal'],
    ['a WebSocket API', apiLink(api({ kind: 'websocket' })), 'websocket'],
    ['a domain name without a target', apiLink(api(), domain({ targets: [] })), 'api'],
  ])('%s has none', (_, of, code) => {
    expect(why(of)).toBe(code)
    expect(planned(of)).toEqual([])
  })
})

const missing = response(404, pageText('missing'))
const refused = (status: number, error: string): ProbeResponse => ({ ...response(status, ''), error })
type Answers = (request: ProbeRequest) => ProbeResponse | 'client-certificate-required'

const judged = (of: Link, direct: Answers, verdict: 'open' | 'authenticated' = 'authenticated') => {
  const exposure = exposed(of, verdict)
  const exchanges = planned(of).map(request => {
    const answer = request.role === 'P' ? page : request.role === 'N1-edge' ? missing : direct(request)
    return typeof answer === 'string' ? silent(request, answer) : answered(request, answer)
  })
  const { verdict: said, code } = classifyLink(of, exposure, exchanges)
  return `${said} ${code}`
}

describe('what an API answers', () => {
  const both = apiLink(api({ domains: known([domain()]) }))

  it.each([
    [403, 'MissingAuthenticationTokenException'],
    [403, 'ForbiddenException'],
    [401, 'UnauthorizedException'],
  ])('%i %s at every door is a gate', (status, error) => {
    expect(judged(both, () => refused(status, error))).toBe('blocked apigw-gate')
  })

  it('is the page of the edge where one door forgot to ask', () => {
    const answers: Answers = r =>
      r.connect.name === target && r.role === 'W' ? page : refused(401, 'UnauthorizedException')
    expect(judged(both, answers, 'open')).toBe('confirmed same-page')
  })

  it('is a refusal too where a door asks for a client certificate', () => {
    const of = apiLink(api({ domains: known([domain({ mutualTls: true })]) }))
    const answers: Answers = r =>
      r.connect.name === target ? 'client-certificate-required' : refused(403, 'ForbiddenException')
    expect(judged(of, answers)).toBe('blocked apigw-gate')
    const careless: Answers = r => (r.connect.name === target ? refused(403, 'ForbiddenException') : page)
    expect(judged(of, careless, 'open')).not.toMatch(/^blocked/)
  })

  it('is nothing at a default endpoint that is off, and a question at one that is on', () => {
    const nothing: Answers = () => refused(404, 'NotFoundException')
    expect(judged(apiLink(api({ kind: 'http', defaultEndpointDisabled: true })), nothing)).toBe(
      'blocked apigw-gate',
    )
    expect(judged(apiLink(api({ kind: 'http' })), nothing)).toBe('inconclusive not-served')
  })

  it('comes through a distribution of AWS where the API is edge-optimized, and counts', () => {
    const via = [...page.headers, ['via', '1.1 x.cloudfront.net (CloudFront)']] as const
    const answers: Answers = r => (r.role === 'N1-direct' ? missing : { ...page, headers: via })
    expect(judged(apiLink(api({ endpointType: 'EDGE' })), answers, 'open')).toBe('confirmed same-page')
    expect(judged(apiLink(api()), answers, 'open')).toBe('inconclusive not-direct')
  })

  it('is never called refused where its domain names were not read', () => {
    const of = apiLink(api({ domains: unobserved() }))
    expect(judged(of, () => refused(403, 'ForbiddenException'))).toBe('inconclusive domains-unknown')
  })
})
