import { describe, expect, it } from 'vitest'
import { classifyLink } from '#probe/classify.ts'
import type { Exchange, NoResponse, ProbeRequest, ProbeResponse } from '#probe/exchange.ts'
import {
  answered,
  exposed,
  gateAnswer,
  isEdge,
  link,
  loadBalancer,
  missing,
  page,
  pageText,
  play,
  ref,
  response,
  silent,
} from './fixtures.ts'
import { type Direct, gate, open, planFor, verdict, wideOpen } from './verdicts.ts'

describe('inconclusive', () => {
  const from: readonly (readonly [string, ProbeResponse | NoResponse, string])[] = [
    [
      'the answer came through CloudFront',
      { ...page, headers: [...page.headers, ['via', '1.1 x.cloudfront.net (CloudFront)']] },
      'not-direct',
    ],
    [
      'the cache of CloudFront answered',
      { ...page, headers: [...page.headers, ['x-cache', 'Hit from cloudfront']] },
      'not-direct',
    ],
    ['the targets are unwell', response(503, 'unavailable'), 'lb-error'],
    ['the gateway failed', response(502, 'bad gateway'), 'lb-error'],
    ['a default page answers', response(200, '<title>Welcome to nginx!</title>'), 'default-page'],
    ['the connection is refused', 'refused', 'refused'],
    ['nothing answers', 'connect-timeout', 'connect-timeout'],
    ['the address is private', 'not-sent-private', 'not-sent-private'],
    ['the budget is used up', 'not-sent-budget', 'not-sent-budget'],
    ['the handshake fails', 'tls-failed', 'tls-failed'],
    ['the answer is endless', 'timeout', 'timeout'],
    ['the answer is no HTTP', 'invalid-http', 'invalid-http'],
  ]
  it.each(from)('where %s', (_, answer, code) => {
    expect(verdict(r => (r.role === 'N1-direct' ? gateAnswer : answer), open())).toMatchObject({
      verdict: 'inconclusive',
      code,
    })
  })

  const edges = (edge: (r: ProbeRequest, nth: number) => ProbeResponse | NoResponse, direct: Direct) => {
    const exposure = exposed(link(), 'unknown')
    let nth = 0
    const exchanges = planFor(exposure).map((r): Exchange => {
      const answer = isEdge(r) ? edge(r, nth++) : direct(r)
      return typeof answer === 'string' ? silent(r, answer) : answered(r, answer)
    })
    return classifyLink(exposure.link, exposure, exchanges)
  }

  it.each([
    ['gives no answer', () => 'timeout' as const, 'control-failed'],
    ['refuses us', () => response(403, 'blocked'), 'control-refused'],
    ['fails', () => response(502, 'bad gateway'), 'control-refused'],
    [
      'changes its mind',
      (r: ProbeRequest, n: number) => (r.role === 'P' && n > 0 ? missing : page),
      'control-unstable',
    ],
  ])('whatever the origin says where the edge %s', (_, edge, code) => {
    expect(edges(edge, gate)).toMatchObject({ verdict: 'inconclusive', code })
    expect(edges(edge, () => response(200, 'hello')).verdict).toBe('inconclusive')
  })

  it('where the edge shows the same page for every path', () => {
    expect(
      edges(
        () => page,
        () => page,
      ),
    ).toMatchObject({ verdict: 'inconclusive', code: 'shell' })
    // A gate can still be recognised.
    expect(edges(() => page, gate).verdict).toBe('blocked')
  })

  it('where the origin shows the same page for every path', () => {
    expect(verdict(() => page, open())).toMatchObject({ verdict: 'inconclusive', code: 'same-for-any-path' })
  })

  it('where the edge shows a default page', () => {
    const welcome = response(200, `<title>Welcome to nginx!</title>${pageText('x')}`, [['etag', '"1"']])
    const result = edges(
      r => (r.role === 'P' ? welcome : missing),
      r => (r.role === 'N1-direct' ? missing : welcome),
    )
    expect(result).toMatchObject({ verdict: 'inconclusive', code: 'default-page' })
  })

  it('where the page is another one each time', () => {
    const news = (n: number) => response(200, pageText(`news ${n} `.repeat(n + 1)))
    expect(
      edges(
        (r, n) => (r.role === 'P' ? news(n) : missing),
        () => news(9),
      ),
    ).toMatchObject({
      verdict: 'inconclusive',
      code: 'control-unstable',
    })
  })
})

describe('not probed', () => {
  it('says why', () => {
    const internal = link({ balancer: loadBalancer({ scheme: 'internal' }) })
    expect(classifyLink(internal, exposed(internal), [])).toMatchObject({
      verdict: 'not-probed',
      code: 'internal',
    })
    const disabled = link({ distribution: { enabled: false } })
    expect(classifyLink(disabled, exposed(disabled), []).code).toBe('distribution-disabled')
    const vpc = link()
    const behind = {
      ...vpc,
      target: { ...vpc.target, vpcOrigin: { ref: ref('vo') } },
    } as unknown as typeof vpc
    expect(classifyLink(behind, exposed(behind), []).code).toBe('vpc-origin')
  })

  it('where nothing was sent for this link, whatever was sent for others', () => {
    const other = link({ id: 'E2/app' })
    const exchanges = play(planFor(open()), wideOpen)
    expect(classifyLink(other, exposed(other), exchanges)).toMatchObject({
      verdict: 'not-probed',
      code: 'no-requests',
      exchanges: [],
    })
  })
})
