import { createSocket } from 'node:dgram'
import { Resolver } from 'node:dns/promises'
import { afterAll, describe, expect, test } from 'vitest'
import { buildZone } from '#lab/build/dns.ts'
import { serveDns } from '#lab/live/dns-server.ts'
import type { World } from '#lab/world.ts'
import { types } from '#snapshot/resource-types.ts'

const lb = 'shop-1.eu-west-1.elb.amazonaws.com'
const account = '111122223333'

/** A zone that only its VPC sees. */
const hidden = buildZone(account, 'internal.example.com', [
  { name: 'db.internal.example.com', addresses: ['10.0.0.9'] },
]).map(r =>
  r.type === types.hostedZone ? { ...r, config: { ...r.config, Config: { PrivateZone: true } } } : r,
)

const world: World = {
  name: 'names',
  story: 'Names only.',
  account,
  regions: ['eu-west-1'],
  resources: [
    ...buildZone(account, 'example.com', [
      { name: 'origin.example.com', alias: lb, zone: 'Z1', ipv6: true },
      { name: 'v4only.example.com', alias: lb, zone: 'Z1' },
      { name: 'front.example.com', alias: 'origin.example.com', zone: 'Z2' },
      { name: 'www.example.com', cname: 'edge.example.net' },
      { name: 'short.example.com', cname: 'origin.example.com' },
      { name: 'old.example.com', cname: 'gone-1.eu-west-1.elb.amazonaws.com' },
      { name: 'round.example.com', addresses: ['203.0.113.1', '203.0.113.2'] },
      { name: 'deep.down.example.com', addresses: ['203.0.113.3'] },
    ]),
    ...hidden,
  ],
  dns: [
    { name: lb, type: 'A', value: '203.0.113.10' },
    { name: lb, type: 'AAAA', value: '2001:db8:1::a' },
    { name: 'edge.example.net', type: 'CNAME', value: 'pop.example.net' },
    { name: 'pop.example.net', type: 'A', value: '192.0.2.1' },
  ],
}

const server = await serveDns(world)
const resolver = new Resolver({ timeout: 2_000, tries: 1 })
resolver.setServers([server.address])
afterAll(() => server.close())

const codeOf = (answer: Promise<unknown>): Promise<unknown> =>
  answer.then(
    () => 'answered',
    (error: NodeJS.ErrnoException) => error.code,
  )

describe('the DNS server', () => {
  test('listens on 127.0.0.1', () => {
    expect(server.address).toMatch(/^127\.0\.0\.1:\d+$/)
  })

  test('gives the IPv4 and IPv6 addresses of a public name, whatever its case', async () => {
    expect(await resolver.resolve4(lb)).toEqual(['203.0.113.10'])
    expect(await resolver.resolve6(lb.toUpperCase())).toEqual(['2001:db8:1::a'])
  })

  test('gives every address of a record set', async () => {
    expect((await resolver.resolve4('round.example.com')).sort()).toEqual(['203.0.113.1', '203.0.113.2'])
  })

  test('answers an alias with the addresses of its target and without a CNAME', async () => {
    expect(await resolver.resolve4('origin.example.com')).toEqual(['203.0.113.10'])
    expect(await resolver.resolve6('origin.example.com')).toEqual(['2001:db8:1::a'])
    expect(await codeOf(resolver.resolveCname('origin.example.com'))).toBe('ENODATA')
  })

  test('an alias of one family has no address of the other', async () => {
    expect(await resolver.resolve4('v4only.example.com')).toEqual(['203.0.113.10'])
    expect(await codeOf(resolver.resolve6('v4only.example.com'))).toBe('ENODATA')
  })

  test('follows an alias of an alias', async () => {
    expect(await resolver.resolve4('front.example.com')).toEqual(['203.0.113.10'])
  })

  test('follows a chain of CNAMEs through several zones, and shows each step', async () => {
    expect(await resolver.resolve4('www.example.com')).toEqual(['192.0.2.1'])
    expect(await resolver.resolveCname('www.example.com')).toEqual(['edge.example.net'])
    expect(await resolver.resolveCname('edge.example.net')).toEqual(['pop.example.net'])
  })

  test('follows a CNAME to an alias', async () => {
    expect(await resolver.resolve4('short.example.com')).toEqual(['203.0.113.10'])
  })

  test('says of a dangling CNAME where it leads, and that there is no such name', async () => {
    expect(await resolver.resolveCname('old.example.com')).toEqual(['gone-1.eu-west-1.elb.amazonaws.com'])
    expect(await codeOf(resolver.resolve4('old.example.com'))).toBe('ENOTFOUND')
    expect(await codeOf(resolver.resolve6('old.example.com'))).toBe('ENOTFOUND')
  })

  test('tells a name without such a record from a name that does not exist', async () => {
    expect(await codeOf(resolver.resolve4('down.example.com'))).toBe('ENODATA')
    expect(await codeOf(resolver.resolve4('nobody.example.com'))).toBe('ENOTFOUND')
  })

  test('has no records of other types, and says so without failing', async () => {
    expect(await codeOf(resolver.resolveMx('round.example.com'))).toBe('ENODATA')
    expect(await codeOf(resolver.resolveTxt('nobody.example.com'))).toBe('ENOTFOUND')
  })

  test('does not tell the public what a private zone holds', async () => {
    expect(await codeOf(resolver.resolve4('db.internal.example.com'))).toBe('ENOTFOUND')
  })

  test('stays silent to what is no DNS query and answers the next one', async () => {
    const socket = createSocket('udp4')
    await new Promise<void>(sent =>
      socket.send('hello', Number(server.address.split(':')[1]), '127.0.0.1', () => sent()),
    )
    socket.close()
    expect(await resolver.resolve4(lb)).toEqual(['203.0.113.10'])
  })
})
