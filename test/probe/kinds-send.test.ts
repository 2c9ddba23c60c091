/** The safety rules for services that many share, machines and hosts elsewhere: over real sockets, one rule at a time. */
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Scope } from '#probe/entry.ts'
import type { Exchange } from '#probe/exchange.ts'
import { planProbes } from '#probe/plan.ts'
import { policyFor } from '#probe/policy.ts'
import { sendProbes, type Transport } from '#probe/send.ts'
import { createTransport } from '#probe/transport.ts'
import type { Link } from '#topology/model.ts'
import { newAuthority, type Pair } from './certificates.ts'
import { exposed, isEdge } from './fixtures.ts'
import { closeAll, patience, secure } from './hostile.ts'
import {
  bucket,
  bucketHost,
  bucketLink,
  everything,
  externalLink,
  functionHost,
  functionLink,
  instanceLink,
} from './kinds.ts'

let ca = ''
let own: Pair
let wrong: Pair
beforeAll(async () => {
  const authority = await newAuthority('Test Root')
  ca = authority.cert
  own = await authority.issue(bucketHost)
  wrong = await authority.issue('other.s3.eu-west-1.amazonaws.com')
})
afterEach(closeAll)

const allow = ['192.0.2.0/24', '203.0.113.0/24']

/** Only what is sent directly; every name leads to `address`. */
const sent = async (
  of: Link,
  address: string,
  transport: (resolve: Transport['resolve']) => Transport,
  more: {
    readonly allow?: readonly string[]
    readonly clock?: { now: () => number; sleep: (ms: number) => Promise<void> }
  } = {},
): Promise<readonly Exchange[]> => {
  const scope: Scope = everything
  const plan = planProbes({ exposures: [exposed(of)], options: { ...scope, seed: 's' } }).filter(
    r => !isEdge(r),
  )
  return sendProbes(plan, {
    policy: policyFor([of], { scope, allow: more.allow ?? allow }),
    transport: transport(async (_, family) => (family === 4 ? [address] : [])),
    clock: more.clock ?? { now: () => 0, sleep: async () => {} },
  })
}

const refusals = (exchanges: readonly Exchange[]): ReadonlySet<string> =>
  new Set(exchanges.map(e => (e.outcome.kind === 'no-response' ? e.outcome.reason : 'answered')))

/** A transport that must not be used. */
const untouched = (resolve: Transport['resolve']): Transport => ({
  resolve,
  send: () => Promise.reject(new Error('something was sent')),
})

const kinds = [
  ['a bucket', bucketLink(), bucketHost],
  ['a function', functionLink(), functionHost],
  ['a host that a zone holds', externalLink(true), 'origin.example.com'],
] as const

describe('nothing is sent', () => {
  it.each(kinds)('to %s whose name leads to a private address', async (_, of) => {
    for (const address of ['10.0.0.7', '169.254.169.254', '127.0.0.1', '100.64.0.1'])
      expect([...refusals(await sent(of, address, untouched))].toSorted().join()).toMatch(
        /^not-sent-(?:private|unowned)$/,
      )
  })

  it('to an instance whose address is private, whatever the listing calls it', async () => {
    expect([...refusals(await sent(instanceLink(['10.1.2.3']), '203.0.113.7', untouched))]).toEqual([
      'not-sent-private',
    ])
  })

  it('to a host that a zone holds, once its name leads elsewhere than the zone says', async () => {
    expect([...refusals(await sent(externalLink(true), '203.0.113.99', untouched))]).toEqual([
      'not-sent-unowned',
    ])
  })

  it('to a server that cannot prove to be S3: not a byte of the request', async () => {
    let asked = 0
    const server = await secure(wrong, () => asked++)
    const transport = (resolve: Transport['resolve']) =>
      createTransport({
        resolve,
        userAgent: 'originproof/test',
        ca,
        limits: patience,
        route: () => ({ host: '127.0.0.1', port: server.port }),
      })
    expect([...refusals(await sent(bucketLink(), '192.0.2.9', transport))]).toEqual(['tls-failed'])
    expect(asked).toBe(0)
    expect(server.heard.join('')).toBe('')
  })
})

describe('a redirect of S3', () => {
  it('is recorded with the region that it names, and never followed', async () => {
    const hosts: string[] = []
    const server = await secure(own, (socket, text) => {
      hosts.push(/host: (\S+)/i.exec(text)?.[1] ?? '')
      socket.end(
        'HTTP/1.1 307 Temporary Redirect\r\nLocation: https://files.s3.eu-central-1.amazonaws.com/\r\nx-amz-bucket-region: eu-central-1\r\nContent-Length: 0\r\n\r\n',
      )
    })
    const transport = (resolve: Transport['resolve']) =>
      createTransport({
        resolve,
        userAgent: 'originproof/test',
        ca,
        limits: patience,
        route: () => ({ host: '127.0.0.1', port: server.port }),
      })
    const exchanges = await sent(bucketLink(), '192.0.2.9', transport)
    expect(hosts).toHaveLength(exchanges.length)
    expect(new Set(hosts)).toEqual(new Set([bucketHost]))
    for (const { outcome } of exchanges)
      expect(outcome).toMatchObject({
        kind: 'response',
        response: { status: 307, bucketRegion: 'eu-central-1' },
      })
  })
})

describe('the pace', () => {
  it.each([...kinds, ['an instance', instanceLink(), ''] as const])(
    'at %s is one request a second',
    async (_, of) => {
      let now = 1_000_000
      const starts: number[] = []
      const transport = (resolve: Transport['resolve']): Transport => ({
        resolve,
        send: async () => {
          starts.push(now)
          return { kind: 'no-response', reason: 'refused', message: '' }
        },
      })
      const clock = {
        now: () => now,
        sleep: async (ms: number) => {
          now += ms
        },
      }
      await sent(of, '203.0.113.7', transport, { clock })
      expect(starts.length).toBeGreaterThan(1)
      for (const [i, start] of starts.entries())
        if (i > 0) expect(start - (starts[i - 1] ?? 0)).toBeGreaterThanOrEqual(1_000)
    },
  )
})

describe('the address', () => {
  it('is pinned to the one that was judged, and verification is asked for where many share it', async () => {
    const sends: [string, boolean | undefined][] = []
    const transport = (resolve: Transport['resolve']): Transport => ({
      resolve,
      send: async (_, address, verified) => {
        sends.push([address, verified])
        return { kind: 'no-response', reason: 'refused', message: '' }
      },
    })
    await sent(bucketLink(bucket()), '192.0.2.9', transport)
    await sent(instanceLink(), '192.0.2.9', transport)
    expect(new Set(sends.map(s => JSON.stringify(s)))).toEqual(
      new Set(['["192.0.2.9",true]', '["203.0.113.7",false]']),
    )
  })
})
