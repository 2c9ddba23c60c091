/** Load balancers behind VPC links: whom the APIs in front let through, really collected, proven, checked and replayed. */
import { describe, expect, test } from 'vitest'
import { known } from '#base/known.ts'
import { header as conditionOf, forbidden, forward, rule } from '#lab/build/rules.ts'
import type { World } from '#lab/world.ts'
import { checkCertificate } from '#prove/check.ts'
import type { LinkExposure } from '#prove/exposure.ts'
import { proveLinks } from '#prove/prove.ts'
import { replayWitness } from '#prove/replay.ts'
import type { Snapshot } from '#snapshot/record.ts'
import { buildTopology } from '#topology/build.ts'
import type { Topology } from '#topology/model.ts'
import { b46Link, linkedBy, linkedTo } from '../../fixtures/worlds/bypass/b46.ts'
import { admit, behind, https, token } from '../../fixtures/worlds/bypass/parts.ts'
import { snapshotOf } from './bypass-pipeline.ts'

const provenOf = (snapshot: Snapshot): readonly [Topology, LinkExposure] => {
  const topology = buildTopology(snapshot)
  const found = proveLinks(topology).find(e => e.link.origin.id === 'app')
  if (found === undefined) throw new Error('The world has no origin app.')
  return [topology, found]
}

const proven = async (world: World) => provenOf(await snapshotOf(world))

const reads = (name: string, service?: string) => (r: { operation: string; service: string }) =>
  r.operation === name && (service === undefined || r.service === service)

describe('an API in front of a VPC link', () => {
  test('that asks nothing is open, and its request is the witness, which replays', async () => {
    const [topology, { link, internet, tenant }] = await proven(b46Link.wrong)
    expect([internet.verdict, tenant.verdict]).toEqual(['open', 'open'])
    expect(internet.witness).toMatchObject({ scheme: 'https', port: 443, method: 'GET' })
    expect(internet.witness?.connect).toMatch(/\.execute-api\.eu-west-1\.amazonaws\.com$/)
    for (const { witness } of [internet, tenant])
      expect(witness && replayWitness(topology, link, witness)).toEqual({ end: 'backend' })
  })

  test('whose every route asks for a signature is passed after a login only, and the certificate stands on it', async () => {
    const [topology, { link, internet, tenant }] = await proven(b46Link.right)
    expect([internet.verdict, tenant.verdict]).toEqual(['authenticated', 'authenticated'])
    const { certificate, witness } = internet
    if (certificate === null) throw new Error('There is no certificate.')
    expect(certificate.reliesOn).toContain('integrations-as-configured')
    expect(checkCertificate(topology, link, 'internet', certificate)).toEqual([])
    expect(witness && replayWitness(topology, link, witness)).toEqual({ end: 'login' })
    const [opened] = await proven(b46Link.wrong)
    expect(checkCertificate(opened, link, 'internet', certificate)).not.toEqual([])
    for (const left of certificate.obligations) {
      const obligations = certificate.obligations.filter(o => o !== left)
      if (left.entryPoint.includes(':apigateway:'))
        expect(checkCertificate(topology, link, 'internet', { ...certificate, obligations })).not.toEqual([])
    }
    const reliesOn = certificate.reliesOn.filter(r => r !== 'integrations-as-configured')
    expect(checkCertificate(topology, link, 'internet', { ...certificate, reliesOn })).not.toEqual([])
  })

  test('that no name leads to, or that calls something else, lets nobody through', async () => {
    const off = await proven(linkedBy({}, { defaultEndpointDisabled: true }))
    expect([off[1].internet.verdict, off[1].tenant.verdict]).toEqual(['closed', 'closed'])
    const world = linkedBy({})
    const unused = world.resources.filter(r => !/:\/apis|::\/apis/.test(r.arn))
    const none = await proven({ ...world, resources: unused })
    expect(none[1].internet.verdict).toBe('closed')
  })

  test.each([
    // The laboratory's integrations add a header of this name to every request.
    ['adds the header that the gate behind the link asks for leaves nothing closed', 'x-api-key', 'unknown'],
    ['adds another header than the gate asks for changes nothing', 'x-origin-token', 'closed'],
  ])('that %s', async (_, header, verdict) => {
    const gate = https([rule(10, conditionOf(header, token), forward())], forbidden)
    const balancer = { internal: true, admits: [admit({ cidr: '10.0.0.0/8' })], listeners: [gate] }
    const site = behind(balancer, { vpcOrigin: true, headers: { [header]: token } })
    const [topology, { link, internet }] = await proven(linkedTo(site))
    expect(internet.verdict).toBe(verdict)
    const { certificate } = internet
    if (certificate === null) return
    expect(checkCertificate(topology, link, 'internet', certificate)).toEqual([])
    const brought = {
      ...topology,
      vpcLinks: {
        ...topology.vpcLinks,
        items: topology.vpcLinks.items.map(l => ({ ...l, writes: known([`header.${header}`]) })),
      },
    }
    expect(checkCertificate(brought, link, 'internet', certificate)).not.toEqual([])
  })

  test('that leaves the decision to code is not decided', async () => {
    const authorizers = [
      { name: 'gate', type: 'REQUEST', identitySources: ['$request.header.x-origin-token'] },
    ] as const
    const [, { internet }] = await proven(
      linkedBy({ authorization: 'CUSTOM', authorizer: 'gate' }, { authorizers }),
    )
    expect(internet.verdict).toBe('unknown')
  })

  test.each([
    ['GetVpcLinks', 'apigatewayv2'],
    ['GetApis', 'apigatewayv2'],
    ['GetIntegrations', 'apigatewayv2'],
    ['GetRoutes', 'apigatewayv2'],
    ['GetStages', 'apigatewayv2'],
    ['GetDomainNames', 'api-gateway'],
  ])('is never called shut without %s', async (operation, service) => {
    const snapshot = await snapshotOf(b46Link.right)
    expect(snapshot.reads.some(reads(operation, service))).toBe(true)
    const without = { ...snapshot, reads: snapshot.reads.filter(r => !reads(operation, service)(r)) }
    const [, { internet, tenant }] = provenOf(without)
    expect([internet.verdict, tenant.verdict]).toEqual(['unknown', 'unknown'])
  })
})
