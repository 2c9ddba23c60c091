import { createSocket } from 'node:dgram'
import { type Answer, AUTHORITATIVE_ANSWER, decode, encode, type RecordType } from 'dns-packet'
import { afterEach, describe, expect, test } from 'vitest'
import { dnsResolver } from '#collect/resolve-name.ts'
import { estate, estateDns, named } from './estate.ts'
import { run } from './run.ts'

type Reply = readonly Answer[] | 'no such name' | 'refused' | 'silence'

const servers: (() => void)[] = []
afterEach(() => {
  for (const close of servers.splice(0)) close()
})

/** A DNS server that says what it is told to. */
const server = async (reply: (name: string, type: RecordType) => Reply): Promise<string> => {
  const socket = createSocket('udp4')
  socket.on('message', (message, peer) => {
    const { id = 0, questions = [] } = decode(message)
    const [question] = questions
    const said = question ? reply(question.name.toLowerCase(), question.type) : 'refused'
    if (said === 'silence') return
    const code = said === 'no such name' ? 3 : said === 'refused' ? 5 : 0
    const answers = typeof said === 'string' ? [] : [...said]
    const flags = AUTHORITATIVE_ANSWER | code
    socket.send(encode({ type: 'response', id, flags, questions, answers }), peer.port, peer.address)
  })
  await new Promise<void>(ready => socket.bind(0, '127.0.0.1', ready))
  servers.push(() => socket.close())
  return `127.0.0.1:${socket.address().port}`
}

const a = (name: string, data: string): Answer => ({ name, type: 'A', ttl: 60, data })
const aaaa = (name: string, data: string): Answer => ({ name, type: 'AAAA', ttl: 60, data })
const cname = (name: string, data: string): Answer => ({ name, type: 'CNAME', ttl: 60, data })

const resolve = async (name: string, reply: (name: string, type: RecordType) => Reply) =>
  dnsResolver({ server: await server(reply), timeoutMs: 200, attempts: 1 }).resolve(name)

describe('a name', () => {
  test('is answered with its addresses of both families, sorted', async () => {
    const answer = await resolve('App.Example.com', (name, type) =>
      type === 'A'
        ? [a(name, '192.0.2.9'), a(name, '192.0.2.10')]
        : type === 'AAAA'
          ? [aaaa(name, '2001:db8::1')]
          : [],
    )
    expect(answer).toEqual({
      outcome: 'answer',
      canonicalNames: [],
      addresses: ['192.0.2.10', '192.0.2.9', '2001:db8::1'],
    })
  })

  test('is followed along its chain of canonical names', async () => {
    const chain: Readonly<Record<string, string>> = {
      'a.example.com': 'B.example.net',
      'b.example.net': 'c.example.net',
    }
    const answer = await resolve('a.example.com', (name, type) => {
      const next = chain[name]
      if (next !== undefined) return [cname(name, next)]
      return type === 'A' ? [a(name, '192.0.2.1')] : []
    })
    expect(answer).toEqual({
      outcome: 'answer',
      canonicalNames: ['b.example.net', 'c.example.net'],
      addresses: ['192.0.2.1'],
    })
  })

  test('that does not exist is said not to', async () => {
    expect((await resolve('gone.example.com', () => 'no such name')).outcome).toBe('no-such-name')
  })

  test('whose chain ends at nothing keeps the chain', async () => {
    const answer = await resolve('a.example.com', name =>
      name === 'a.example.com' ? [cname(name, 'gone.example.net')] : 'no such name',
    )
    expect(answer).toEqual({ outcome: 'no-such-name', canonicalNames: ['gone.example.net'], addresses: [] })
  })

  test('without addresses has no data', async () => {
    expect((await resolve('mail.example.com', () => [])).outcome).toBe('no-data')
  })

  test.each(['refused', 'silence'] as const)('met by %s has failed', async said => {
    expect(await resolve('a.example.com', () => said)).toEqual({
      outcome: 'failed',
      canonicalNames: [],
      addresses: [],
    })
  })

  test('with half an answer has failed: the other half may be the way in', async () => {
    const answer = await resolve('a.example.com', (name, type) =>
      type === 'AAAA' ? 'refused' : type === 'A' ? [a(name, '192.0.2.1')] : [],
    )
    expect(answer.outcome).toBe('failed')
  })

  test('that leads in a circle has failed', async () => {
    const answer = await resolve('a.example.com', name => [
      cname(name, name === 'a.example.com' ? 'b.example.com' : 'a.example.com'),
    ])
    expect(answer.outcome).toBe('failed')
  })
})

describe('collecting', () => {
  test('asks DNS only for names that nothing else explains', async () => {
    const asked: string[] = []
    await run({ collect: { resolver: estateDns(name => asked.push(name)) } })
    expect(asked.sort()).toEqual([
      'api.partner.example',
      'direct.partner.example',
      named.goneName,
      'parked.partner.example',
    ])
  })

  test('without a resolver notes each open name as unresolved', async () => {
    const { resolver: _, ...rest } = { resolver: undefined }
    const { snapshot } = await run({ collect: { ...rest, resolver: failing } })
    const open = snapshot.gaps.filter(gap => gap.service === 'dns')
    expect(open.map(gap => [gap.code, gap.operation, gap.target])).toEqual([
      ['unresolved', 'Resolve', 'api.partner.example'],
      ['unresolved', 'Resolve', 'direct.partner.example'],
      ['unresolved', 'Resolve', named.goneName],
      ['unresolved', 'Resolve', 'parked.partner.example'],
    ])
  })

  test('finds a load balancer that only DNS leads to, by name and by address', async () => {
    const world = {
      ...estate,
      dns: [{ name: namesOfShop.dnsName, type: 'A' as const, value: '203.0.113.200' }],
    }
    const { snapshot } = await run({
      world,
      collect: {
        resolver: {
          resolve: async name => ({
            outcome: 'answer',
            canonicalNames: name === 'api.partner.example' ? [namesOfIntranet.dnsName] : [],
            addresses: name === 'direct.partner.example' ? ['203.0.113.200'] : ['192.0.2.50'],
          }),
        },
      },
    })
    const balancers = snapshot.resources.filter(r => r.type.endsWith('::LoadBalancer')).map(r => r.arn)
    expect(balancers).toContain(namesOfIntranet.arn)
    const card = snapshot.resources.find(r => r.config.Description === `ELB ${namesOfShop.label}`)
    expect(card?.type).toBe('AWS::EC2::NetworkInterface')
  })
})

const failing = {
  resolve: async () => ({ outcome: 'failed' as const, canonicalNames: [], addresses: [] }),
}

const balancerNamed = (name: string) => {
  const found = estate.resources.find(
    r => r.config.LoadBalancerName === name && r.config.DNSName !== undefined,
  )
  const arn = found?.arn ?? ''
  return { arn, dnsName: String(found?.config.DNSName), label: arn.split(':loadbalancer/')[1] ?? '' }
}
const namesOfShop = balancerNamed('shop')
const namesOfIntranet = balancerNamed('intranet')
