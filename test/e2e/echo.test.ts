/** Pages that give back what CloudFront adds, really asked for through the edge: found in any form, and never repeated. */
import { beforeAll, describe, expect, it } from 'vitest'
import { externalSite } from '#lab/build/other-sites.ts'
import { buildWorld } from '#lab/build/site.ts'
import type { HeaderDump } from '#lab/world.ts'
import { judgeSnapshot, type Scan } from '#scan.ts'
import { snapshotLines } from '#snapshot/write.ts'
import { judging, scanWorld } from './run.ts'
import { formsOf } from './secrets.ts'

const place = { account: '111122223333', region: 'eu-west-1' }
/** Made for this world; guards nothing. */
const token = 'Kd8/vQ2+xWm5_Rz7-Yb4'
const plain = 'hR4nVt9XqLc2MzKb7WdJ8sPf'

const pagesOf: readonly (readonly [site: string, value: string, shows: HeaderDump | null])[] = [
  ['silent', plain, null],
  ['html', token, { on: 'every-page', as: 'html' }],
  ['json', token, { on: 'every-page', as: 'json' }],
  ['base64', token, { on: 'every-page', as: 'base64' }],
  ['hex', plain, { on: 'missing-pages', as: 'hex' }],
  ['percent', token, { on: 'missing-pages', as: 'percent' }],
  ['header', plain, { on: 'missing-pages', as: 'header' }],
]

const world = buildWorld({
  ...{ name: 'echoes', story: 'Pages that show too much.', zone: 'example.com', sites: [] },
  ...{ account: place.account, regions: ['eu-west-1', 'us-east-1'] },
  others: pagesOf.map(([name, value, shows], i) =>
    externalSite({
      ...{ name, story: name, place, address: `198.18.9.${40 + i}`, headers: { 'x-origin-verify': value } },
      ...(shows && { shows }),
    }),
  ),
})

const rule = 'token-not-echoed'
let scan: Scan
beforeAll(async () => {
  scan = await scanWorld(world, { probing: true })
}, 120_000)

const linkOf = (site: string) => {
  const link = scan.result.links.find(l => l.names.includes(`${site}.example.com`))
  if (!link) throw new Error(`no link for ${site}`)
  return link
}
const findingOn = (site: string) =>
  scan.result.findings.find(f => f.rule === rule && f.links.includes(linkOf(site).id))

describe('a page through the edge', () => {
  it.each([
    ['html', 'escaped', 'body', 'P'],
    ['json', 'plain', 'body', 'P'],
    ['base64', 'base64', 'body', 'P'],
    ['hex', 'hex', 'body', 'N1-edge'],
    ['percent', 'escaped', 'body', 'N1-edge'],
    ['header', 'plain', 'headers', 'N1-edge'],
  ])('that shows the header (%s) is found: %s in the %s of %s', (site, form, where, role) => {
    const echoes = linkOf(site).probe.echoes ?? []
    expect(echoes.length).toBeGreaterThan(0)
    for (const echo of echoes) expect(echo).toMatchObject({ header: 'x-origin-verify', form, where })
    const found = findingOn(site)
    expect(found).toMatchObject({ outcome: 'violated', severity: 'high' })
    const cited = scan.result.exchanges.filter(e => found?.evidence.some(({ exchange }) => exchange === e.id))
    expect(cited.map(e => e.request.role)).toContain(role)
  })

  it('that does not is satisfied, as far as it was asked', () => {
    expect(linkOf('silent').probe.echoes).toEqual([])
    expect(findingOn('silent')).toBeUndefined()
    expect(scan.result.rules.find(r => r.id === rule)?.outcomes).toMatchObject({ satisfied: 1, violated: 6 })
  })

  it('is asked for with no secret and no more often than without the rule', () => {
    for (const { request } of scan.result.exchanges.filter(e => ['P', 'N1-edge'].includes(e.request.role)))
      expect(request.headers).toEqual([])
    for (const [site] of pagesOf) {
      const own = scan.result.exchanges.filter(e => e.request.link === linkOf(site).id)
      expect(own.length).toBeLessThanOrEqual(16)
    }
  })

  it('leaves no value in the result or the snapshot, in any encoding', () => {
    const text = [JSON.stringify(scan.result), ...snapshotLines(scan.snapshot)].join('\n')
    for (const value of [token, plain])
      for (const form of formsOf(value)) expect(text.toLowerCase()).not.toContain(form.toLowerCase())
    const link = linkOf('header').id
    const shown = scan.result.exchanges.flatMap(e =>
      e.outcome.kind === 'response' && e.request.link === link && e.request.role === 'N1-edge'
        ? e.outcome.response.headers.filter(([n]) => n === 'location')
        : [],
    )
    expect(shown).toEqual([['location', '[masked]']])
  })

  it('is judged the same again from the snapshot and the exchanges', async () => {
    const again = judgeSnapshot(scan.snapshot, await judging(), scan.result.exchanges)
    expect(again.findings).toEqual(scan.result.findings)
  })

  it('is not judged without a probe', async () => {
    const { result } = await scanWorld(world)
    expect(result.rules.find(r => r.id === rule)?.outcomes).toMatchObject({ inapplicable: 7, unknown: 0 })
  }, 60_000)
})
