import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { classifyLink } from '#probe/classify.ts'
import type { ProbeVerdict } from '#probe/exchange.ts'
import type { Limits } from '#probe/limits.ts'
import { planProbes } from '#probe/plan.ts'
import { policyFor } from '#probe/policy.ts'
import { type Clock, sendProbes } from '#probe/send.ts'
import { createTransport } from '#probe/transport.ts'
import type { LinkExposure } from '#prove/exposure.ts'
import { newAuthority, type Pair } from './certificates.ts'
import { exposed, lbName, link, pageText, witness } from './fixtures.ts'
import { closeAll, drip, flood, type Hostile, impatience, patience, secure } from './hostile.ts'

let ca = ''
let edgePair: Pair
let originPair: Pair
beforeAll(async () => {
  const authority = await newAuthority('Test Root')
  ca = authority.cert
  edgePair = await authority.issue('shop.example.com')
  originPair = await authority.issue('origin.example.com')
})
afterEach(closeAll)

const http = (status: string, type: string, body: string, headers = '') =>
  `HTTP/1.1 ${status}\r\nContent-Type: ${type}\r\n${headers}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`

/** An application with one page; each answer carries its own nonce and time. */
const application = (requestText: string): string => {
  const moving = `<script nonce="${Math.random().toString(36)}"></script><i>${new Date().toISOString()}</i>`
  return requestText.startsWith('GET / ')
    ? http('200 OK', 'text/html', pageText('shop') + moving, 'Server: app\r\nSet-Cookie: sid=1\r\n')
    : http('404 Not Found', 'text/html', pageText('missing') + moving, 'Server: app\r\n')
}

const gate = () =>
  http('403 Forbidden', 'text/plain', 'Direct access is not allowed.', 'Server: awselb/2.0\r\n')

const instant: Clock = { now: () => Date.UTC(2026, 0, 1), sleep: async () => {} }

/** Everything from plan to verdict, over real sockets; the names lead to documentation addresses. */
const probe = async (
  exposure: LinkExposure,
  origin: Hostile,
  limits: Partial<Limits> = patience,
): Promise<ProbeVerdict> => {
  const edge = await secure(edgePair, (socket, text) =>
    socket.end(application(text).replace('\r\n', '\r\nVia: 1.1 x.cloudfront.net (CloudFront)\r\n')),
  )
  const addresses = new Map([
    [exposure.link.distribution.domainName, '192.0.2.10'],
    [lbName, '192.0.2.20'],
  ])
  const transport = createTransport({
    resolve: async (name, family) => (family === 4 ? [addresses.get(name) ?? '8.8.8.8'] : []),
    userAgent: 'originproof/test',
    ca,
    limits,
    route: address => ({ host: '127.0.0.1', port: address === '192.0.2.10' ? edge.port : origin.port }),
  })
  const plan = planProbes({ exposures: [exposure], options: { mode: 'safe', seed: 's' } })
  const policy = policyFor([exposure.link], { allow: ['192.0.2.0/24'] })
  const exchanges = await sendProbes(plan, { policy, transport, clock: instant })
  return classifyLink(exposure.link, exposure, exchanges)
}

describe('from plan to verdict over real sockets', () => {
  it('an open origin is confirmed', async () => {
    const origin = await secure(originPair, (socket, text) => socket.end(application(text)))
    const result = await probe(exposed(link(), 'open', { witness: witness() }), origin)
    expect(result).toMatchObject({ verdict: 'confirmed', code: 'same-page' })
  })

  it('an origin open to one Host only is confirmed', async () => {
    const origin = await secure(originPair, (socket, text) =>
      socket.end(/host: shop\.example\.com/i.test(text) ? application(text) : gate()),
    )
    expect((await probe(exposed(link(), 'unknown'), origin)).verdict).toBe('confirmed')
  })

  it('a gate is blocked', async () => {
    const origin = await secure(originPair, socket => socket.end(gate()))
    expect(await probe(exposed(link()), origin)).toMatchObject({ verdict: 'blocked', code: 'gate' })
  })

  it('a refusal of the application itself is inconclusive', async () => {
    const origin = await secure(originPair, socket => socket.end(http('403 Forbidden', 'text/html', 'no')))
    expect(await probe(exposed(link()), origin)).toMatchObject({
      verdict: 'inconclusive',
      code: 'same-for-any-path',
    })
  })

  it('a tarpit is inconclusive', async () => {
    const origin = await secure(originPair, socket => drip(socket, 'x'))
    expect((await probe(exposed(link()), origin, impatience)).verdict).toBe('inconclusive')
  })

  it('a flood is inconclusive', async () => {
    const origin = await secure(originPair, socket => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      flood(socket, 'x'.repeat(65_536))
    })
    expect((await probe(exposed(link()), origin)).verdict).toBe('inconclusive')
  })
})
