/** The laboratory's edge refuses what is not signed, where a behaviour asks for a signature. */
import { afterAll, describe, expect, test } from 'vitest'
import { buildDistribution } from '#lab/build/distribution.ts'
import { startLab } from '#lab/lab.ts'
import { type Ask, ask } from './ask.ts'
import { cloudFront, dublin, edgeAddress, https, site, worldOf } from './worlds.ts'

const sites = worldOf(site('app', { admits: [cloudFront(443)], listeners: [https] }))
const members = buildDistribution({
  name: 'members',
  account: dublin.account,
  comment: 'A private path',
  aliases: ['members.example.com'],
  origins: [{ id: 'app', domainName: 'origin-app.example.com' }],
  behaviors: [{ pathPattern: '/private/*', origin: 'app', keyGroups: ['G1'] }],
})
const world = { ...sites, resources: [...sites.resources, members] }

const lab = await startLab(world)
afterAll(() => lab.close())

const told = async (path: string, more: Partial<Ask> = {}) => {
  const to = [edgeAddress(world), 443] as const
  const { status, headers, body } = await ask({
    lab,
    to,
    tls: true,
    host: 'members.example.com',
    path,
    ...more,
  })
  return [status, /<Code>(\w+)<\/Code>/.exec(body)?.[1], headers['x-cache']]
}

const missing = [403, 'MissingKey', 'Error from cloudfront']

describe('a private path', () => {
  test('is refused without cookie and signature', async () => {
    expect(await told('/private/a')).toEqual(missing)
    expect(await told('/private/a?page=2')).toEqual(missing)
    expect(await told('/private/a', { headers: { cookie: 'session=1' } })).toEqual(missing)
  })

  test('is refused with a key that nobody knows', async () => {
    const cookie = { headers: { cookie: 'CloudFront-Policy=x; CloudFront-Key-Pair-Id=K1' } }
    expect(await told('/private/a', cookie)).toEqual([403, 'InvalidKey', 'Error from cloudfront'])
    expect((await told('/private/a?Key-Pair-Id=K1'))[1]).toBe('InvalidKey')
  })

  test('is the same with encoded letters, and another one with an encoded slash or in capitals', async () => {
    expect(await told('/%70rivate/a')).toEqual(missing)
    for (const path of ['/private%2Fa', '/Private/a', '/'])
      expect((await told(path))[1], path).toBeUndefined()
  })
})
