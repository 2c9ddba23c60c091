import { describe, expect, test } from 'vitest'
import { known } from '#base/known.ts'
import { ownedEndpoints } from '#probe/owned.ts'
import { planProbes } from '#probe/plan.ts'
import { policyFor, refuseRequest } from '#probe/policy.ts'
import { sendProbes } from '#probe/send.ts'
import type { Topology } from '#topology/model.ts'
import { alb, fixed, forward, linkTo, listener, otherwise, topologyOf } from '../prove/build.ts'
import { proved } from '../prove/claims.ts'
import { accelerator, all, endpoint, host, hosted } from '../prove/ways.ts'

const shut = () => listener([otherwise(fixed(403))])
/** The load balancer serves CloudFront on a port of its own; the machine behind it can be asked directly. */
const world = (hosts: Parameters<typeof hosted>[0], more: Partial<Topology> = {}) => {
  const guarded = listener([otherwise(forward(hosted(hosts)))], { mutualTls: 'verify' })
  const lb = alb([guarded, { ...shut(), port: 8443 }])
  return topologyOf([linkTo(lb)], more)
}
const witnessOf = (topology: Topology) => {
  const exposures = proved(topology)
  const connect = exposures[0]?.internet.witness?.connect
  const plan = planProbes({ exposures, options: { mode: 'safe', seed: 's' } })
  return { connect, request: plan.find(r => r.connect.name === connect && r.recipe === 'R1') }
}

describe('a way in that is not the load balancer of the origin', () => {
  test('is asked at its own address, not at the load balancer', () => {
    const { connect, request } = witnessOf(world(known([host()])))
    expect(connect).toBe('203.0.113.20')
    expect(request).toMatchObject({ connect: { name: '203.0.113.20', port: 80, family: 4 }, path: '/' })
  })
  test('is asked only where the account says that it is its own', () => {
    const topology = world(known([host()]))
    const { request } = witnessOf(topology)
    if (request === undefined) throw new Error('not planned')
    expect(refuseRequest(policyFor(topology.links), request)?.reason).toBe('not-sent-unowned')
    const owned = ownedEndpoints(topology)
    expect(refuseRequest(policyFor(topology.links, { owned }), request)).toBeNull()
    const elsewhere = { ...request, connect: { ...request.connect, name: '203.0.113.21' } }
    expect(refuseRequest(policyFor(topology.links, { owned }), elsewhere)?.reason).toBe('not-sent-unowned')
  })
  test('an address is connected to without asking a resolver, and only in its family', async () => {
    const topology = world(known([host()]))
    const { request } = witnessOf(topology)
    if (request === undefined) throw new Error('not planned')
    const asked: string[] = []
    const sent: string[] = []
    const options = {
      policy: policyFor(topology.links, { owned: ownedEndpoints(topology), allow: ['203.0.113.0/24'] }),
      transport: {
        resolve: (name: string) => {
          asked.push(name)
          return Promise.resolve(['198.51.100.99'])
        },
        send: (_: unknown, address: string) => {
          sent.push(address)
          return Promise.resolve({ kind: 'no-response' as const, reason: 'refused' as const, message: '' })
        },
      },
      clock: { now: () => 0, sleep: () => Promise.resolve() },
    }
    await sendProbes([request], options)
    expect(sent).toEqual(['203.0.113.20'])
    const six = { ...request, id: 'six', connect: { ...request.connect, family: 6 as const } }
    const [exchange] = await sendProbes([six], options)
    expect(exchange?.outcome).toMatchObject({ reason: 'unresolved' })
    expect(asked).toEqual([])
  })
  test('accelerators are owned while they are enabled; other addresses of a machine are not asked', () => {
    const aside = host({ publicAddresses: ['203.0.113.20', '203.0.113.30'], direct: ['203.0.113.20'] })
    const on = accelerator(known([endpoint('i-app')]))
    const topology = world(known([aside]), { accelerators: all(on) })
    const owned = ownedEndpoints(topology)
    expect(owned).toContain('a1234567890abcdef.awsglobalaccelerator.com')
    expect(owned).toContain('198.51.100.10')
    expect(owned).toContain('203.0.113.20')
    expect(owned).not.toContain('203.0.113.30')
    const off = { ...topology, accelerators: all({ ...on, enabled: false }) }
    expect(ownedEndpoints(off)).not.toContain('198.51.100.10')
  })
})
