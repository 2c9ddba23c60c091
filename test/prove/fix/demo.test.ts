import { beforeAll, expect, test } from 'vitest'
import type { Scan } from '#scan.ts'
import { buildTopology } from '#topology/build.ts'
import { demoWorld } from '../../../fixtures/worlds/demo.ts'
import { demoManifests } from '../../../fixtures/worlds/demo-cluster.ts'
import { scanWorld } from '../../e2e/run.ts'
import { secretsOf } from '../../e2e/secrets.ts'
import { solved } from './fixing.ts'

let scan: Scan

beforeAll(async () => {
  scan = await scanWorld(demoWorld, { probing: false, manifests: demoManifests })
}, 60_000)

test('every fix of the demo account closes what it says, needs all it has, and serves CloudFront', () => {
  const solutions = solved(buildTopology(scan.snapshot))
  const shown = scan.result.links.filter(l => l.fix !== null)
  expect(shown.map(l => l.id).toSorted()).toEqual([...solutions.keys()].toSorted())
  expect(shown.map(l => l.originDomainName.split('.')[0]).toSorted()).toEqual([
    'origin-chat',
    'origin-docs',
    'origin-events',
    'origin-forum',
    'origin-invoices',
    'origin-mail',
    'origin-news',
    'origin-parcels',
    'origin-payroll',
    'origin-returns',
    'origin-search',
    'origin-stock',
    'origin-stream',
    'origin-video',
    'origin-wiki',
  ])
})

test('what a controller would undo is said of the load balancers that it made, and of no other', () => {
  const fixOf = (site: string) =>
    scan.result.links.find(l => l.originDomainName === `origin-${site}.example.com`)?.fix
  expect(fixOf('parcels')).toMatchObject({ undone: true })
  expect(fixOf('search')).toMatchObject({ undone: true })
  expect(fixOf('news')?.undone).toBeUndefined()
  const [parcels] = scan.result.findings.filter(
    f => f.rule === 'origin-closed-to-internet' && f.message.includes('parcels'),
  )
  expect(parcels?.remediation).toContain('undoes such changes')
})

test('commands name resources of the account, and no secret', () => {
  const commands = scan.result.links.flatMap(l => l.fix?.edits ?? []).flatMap(e => e.commands)
  const arns = new Set(scan.snapshot.resources.map(r => r.arn))
  const named = commands.flatMap(c => c.match(/arn:aws:elasticloadbalancing:[^\s']+/g) ?? [])
  expect(named.length).toBeGreaterThan(0)
  for (const arn of named) expect(arns).toContain(arn)
  for (const secret of secretsOf(demoWorld)) expect(commands.join('\n')).not.toContain(secret)
})

test('the finding of the link says how to close it, in place of general advice', () => {
  const fixed = scan.result.links.filter(l => l.fix !== null)
  for (const link of fixed) {
    const own = scan.result.findings.filter(
      f => f.links.includes(link.id) && f.rule === 'origin-closed-to-internet' && f.outcome === 'violated',
    )
    for (const { remediation } of own) {
      expect(remediation).toMatch(/^This change closes the origin to the internet/)
      for (const command of link.fix?.edits.flatMap(e => e.commands) ?? [])
        expect(remediation).toContain(command)
    }
  }
})
