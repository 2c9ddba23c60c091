import { describe, expect, test } from 'vitest'
import { types } from '#snapshot/resource-types.ts'
import { bare, byId, groupOf, host, hostsOf, id, open } from './host-parts.ts'
import { type Config, changed, gap, given, merge, ofType, read } from './parts.ts'

describe('the hosts of a target group by instance', () => {
  test('are the instance with its public address, groups and subnet', () => {
    const [only, ...more] = hostsOf(byId, host(open))
    expect(more).toEqual([])
    expect(only).toMatchObject({
      ref: { name: id, type: types.instance },
      ids: [id, '10.0.0.7'],
      publicAddresses: ['203.0.113.7'],
      direct: ['203.0.113.7'],
      securityGroupIds: ['sg-h'],
      subnet: { known: true, value: { id: 'subnet-1' } },
    })
    expect(given(only?.ingress ?? { known: false, gaps: [] })).toMatchObject([{ fromPort: 8080 }])
  })

  test('are one for each interface, with the groups of each', () => {
    const hosts = hostsOf(
      byId,
      host(bare, {
        privateAddress: '10.0.1.7',
        publicAddress: '203.0.113.8',
        ipv6: '2001:DB8::7',
        groups: ['sg-b'],
      }),
    )
    expect(hosts.map(h => [h.publicAddresses, h.direct, h.securityGroupIds])).toEqual([
      [[], [], ['sg-h']],
      [['2001:db8::7', '203.0.113.8'], [], ['sg-b']],
    ])
  })

  test('have no address that only the local network knows', () => {
    const [only] = hostsOf(byId, host({ ...bare, ipv6: 'fd00::7' }))
    expect(only?.publicAddresses).toEqual([])
  })

  test('are those of an instance that lists no interface too', () => {
    const plain = changed(
      merge(byId, host(open)),
      ofType(types.instance),
      ({ NetworkInterfaces: _, ...c }) => c,
    )
    expect(hostsOf(plain)).toMatchObject([
      { publicAddresses: ['203.0.113.7'], direct: ['203.0.113.7'], securityGroupIds: ['sg-h'] },
    ])
  })

  test('are not known while the instance is not read, and none where there is no such instance', () => {
    expect(groupOf(byId).hosts).toMatchObject({
      known: false,
      gaps: [{ code: 'not-read', operation: 'DescribeInstances', target: id }],
    })
    const denied = gap('DescribeInstances', id)
    expect(groupOf({ ...byId, gaps: [denied] }).hosts).toEqual({ known: false, gaps: [denied] })
    expect(hostsOf(byId, { resources: [], reads: [read('DescribeInstances', id, 0)] })).toEqual([])
    const lost = merge(byId, { resources: [], reads: [read('DescribeInstances', id, 1)] })
    expect(groupOf(lost).hosts).toMatchObject({ known: false, gaps: [{ code: 'malformed' }] })
  })

  test('are none of an instance that was terminated', () => {
    const parts = changed(merge(byId, host(open)), ofType(types.instance), c => ({
      ...c,
      State: { Code: 48, Name: 'terminated' },
    }))
    expect(hostsOf(parts)).toEqual([])
  })

  test('admit nobody knows whom where groups or their rules were not read', () => {
    const unread = merge(byId, host(open))
    const reads = unread.reads.filter(r => r.target !== 'sg-h')
    expect(hostsOf({ ...unread, reads })[0]?.ingress).toMatchObject({ known: false })
    const ungrouped = changed(unread, ofType(types.instance), c => ({
      ...c,
      NetworkInterfaces: (c.NetworkInterfaces as readonly Config[]).map(one => ({ ...one, Groups: [] })),
    }))
    expect(hostsOf(ungrouped)[0]?.ingress).toMatchObject({ known: false, gaps: [{ code: 'unrecognised' }] })
  })
})
