import { afterAll, describe, expect, test } from 'vitest'
import { bucketSite, functionSite } from '#lab/build/other-sites.ts'
import { buildWorld } from '#lab/build/site.ts'
import { startLab } from '#lab/lab.ts'
import { lets } from '#lab/live/grants.ts'
import { signedFor } from '#lab/live/service.ts'
import type { World } from '#lab/world.ts'
import { ask } from './ask.ts'
import { dublin } from './worlds.ts'

const at = (name: string) => ({ name, story: name, place: dublin })
const world: World = buildWorld({
  name: 'services',
  story: 'Buckets and a function.',
  zone: 'example.com',
  account: dublin.account,
  regions: ['eu-west-1', 'us-east-1'],
  sites: [],
  others: [
    bucketSite(at('locked'), 'locked'),
    bucketSite(at('public'), 'public'),
    bucketSite(at('site'), 'website'),
    functionSite(at('guarded'), 'locked'),
  ],
})
const elsewhere = 'example-public.s3.us-east-1.amazonaws.com'
const lab = await startLab({
  ...world,
  dns: [...world.dns, { name: elsewhere, type: 'A', value: '198.19.1.250' }],
})
afterAll(() => lab.close())

const addressOf = (host: string): string =>
  host === elsewhere ? '198.19.1.250' : (world.dns.find(e => e.name === host)?.value ?? '')
const get = (
  host: string,
  path: string,
  more: { method?: string; headers?: Record<string, string> } = {},
) => {
  const tls = !host.includes('s3-website')
  return ask({ lab, to: [addressOf(host), tls ? 443 : 80], tls, host, path, ...more })
}
const rest = (site: string) => `example-${site}.s3.eu-west-1.amazonaws.com`
const website = (site: string) => `example-${site}.s3-website-eu-west-1.amazonaws.com`
const functionHost = world.dns.find(e => e.name.includes('.lambda-url.'))?.name ?? ''
const distributionOf = (site: string): string =>
  world.resources.find(r => r.type === 'AWS::CloudFront::Distribution' && r.config.Comment === site)?.arn ??
  ''

describe('a live bucket', () => {
  test('tells strangers nothing: what may not be read and what is not there are refused alike', async () => {
    for (const [site, path] of [
      ['locked', '/index.html'],
      ['public', '/no-such-object'],
    ] as const) {
      const { status, body, headers } = await get(rest(site), path)
      expect([status, headers.server]).toEqual([403, 'AmazonS3'])
      expect(body).toContain('<Code>AccessDenied</Code>')
    }
  })

  test('gives a public object, to HEAD without its body', async () => {
    const got = await get(rest('public'), '/index.html')
    const headed = await get(rest('public'), '/index.html', { method: 'HEAD' })
    expect([got.status, headed.status, headed.body]).toEqual([200, 200, ''])
    expect(headed.headers['content-length']).toBe(String(got.body.length))
    expect(headed.headers.etag).toBe(got.headers.etag)
  })

  test('names its region where another is asked', async () => {
    const { status, headers } = await get(elsewhere, '/index.html')
    expect([status, headers['x-amz-bucket-region']]).toEqual([301, 'eu-west-1'])
  })

  test('has a website only where one is set, with an index', async () => {
    expect((await get(website('site'), '/')).status).toBe(200)
    const none = await get(website('public'), '/')
    expect([none.status, none.headers['x-amz-error-code']]).toEqual([404, 'NoSuchWebsiteConfiguration'])
  })
})

describe("the edge's signature", () => {
  test('is not believed from the internet', async () => {
    const headers = { authorization: signedFor(distributionOf('locked')) }
    expect((await get(rest('locked'), '/index.html', { headers })).status).toBe(403)
    const refused = await get(functionHost, '/', {
      headers: { authorization: signedFor(distributionOf('guarded')) },
    })
    expect([refused.status, refused.headers['x-amzn-errortype']]).toEqual([403, 'AccessDeniedException'])
  })

  test('opens what its distribution may read, at the edge', async () => {
    const edge = world.dns.find(e => e.name.endsWith('.cloudfront.net'))?.value ?? ''
    const through = (host: string, path: string) => ask({ lab, to: [edge, 443], tls: true, host, path })
    expect((await through('locked.example.com', '/index.html')).status).toBe(200)
    expect((await through('guarded.example.com', '/')).status).toBe(200)
  })
})

describe('a policy in the laboratory', () => {
  const read = { action: 's3:GetObject', resource: 'arn:aws:s3:::b/k', caller: { kind: 'stranger' } } as const
  const allow = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' }

  test('lets nobody in without a statement, and nobody whom one denies', () => {
    expect(lets(undefined, read)).toBe(false)
    expect(lets({ Statement: [allow] }, read)).toBe(true)
    expect(lets({ Statement: [allow, { ...allow, Effect: 'Deny', Action: 's3:*' }] }, read)).toBe(false)
  })

  test('stops where it asks what the laboratory does not know', () => {
    const odd = { ...allow, Condition: { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } }
    expect(() => lets({ Statement: [odd] }, read)).toThrow(/does not know the condition operator IpAddress/)
  })
})
