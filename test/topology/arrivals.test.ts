/** Where what is sent to a target arrives: the same place by two names is one target. */
import { describe, expect, test } from 'vitest'
import { types } from '#snapshot/resource-types.ts'
import { bare, byId, card, host, hostsOf, id, open, targets, vpc } from './host-parts.ts'
import { changed, merge, ofType, type Parts, read } from './parts.ts'

const arrivals = (...parts: readonly Parts[]) => hostsOf(...parts).map(one => one.arrivals)

describe('what is sent to an instance', () => {
  test('arrives at the primary private address of its first interface', () => {
    expect(arrivals(byId, host(open))).toEqual([[{ target: id, at: `${vpc}/10.0.0.7` }]])
  })

  test('arrives at none of its other interfaces', () => {
    expect(arrivals(byId, host(bare, { privateAddress: '10.0.1.7', groups: ['sg-b'] }))).toEqual([
      [{ target: id, at: `${vpc}/10.0.0.7` }],
      [],
    ])
  })

  test('arrives at the primary IPv6 address in a group of that family, and nowhere known without one', () => {
    const group = targets({ TargetType: 'instance', IpAddressType: 'ipv6' }, id)
    const machine = host({ ...bare, ipv6: '2001:DB8::7' })
    const primary = changed(machine, ofType(types.instance), c => ({
      ...c,
      NetworkInterfaces: [
        {
          ...(c.NetworkInterfaces as readonly object[])[0],
          Ipv6Addresses: [
            { Ipv6Address: '2001:DB8::8', IsPrimaryIpv6: false },
            { Ipv6Address: '2001:DB8::7', IsPrimaryIpv6: true },
          ],
        },
      ],
    }))
    expect(arrivals(group, primary)).toEqual([[{ target: id, at: `${vpc}/2001:db8::7` }]])
    expect(arrivals(group, machine)).toEqual([[]])
  })

  test('is not known where neither instance nor interface says its VPC', () => {
    const placeless = changed(host(open), ofType(types.instance), c => ({
      ...c,
      VpcId: undefined,
      NetworkInterfaces: (c.NetworkInterfaces as readonly object[]).map(one => ({
        ...one,
        VpcId: undefined,
      })),
    }))
    expect(arrivals(byId, placeless)).toEqual([[]])
  })
})

describe('what is sent to an address', () => {
  test('arrives there, at the interface that has it', () => {
    const group = targets({ TargetType: 'ip' }, '10.0.0.8')
    expect(arrivals(group, host(bare), card(['10.0.0.7', '10.0.0.8']))).toEqual([
      [{ target: '10.0.0.8', at: `${vpc}/10.0.0.8` }],
    ])
  })

  test('is named as the group writes it, and arrives at one place however it is spelled', () => {
    const parts = merge(targets({ TargetType: 'ip', IpAddressType: 'ipv6' }, '2001:DB8:0:0::7'), host(bare), {
      ...card(['10.0.0.7'], { Ipv6Addresses: [{ Ipv6Address: '2001:db8::7' }] }),
      reads: [read('DescribeNetworkInterfaces', `${vpc}/2001:db8::7`, 1)],
    })
    expect(arrivals(parts)).toEqual([[{ target: '2001:DB8:0:0::7', at: `${vpc}/2001:db8::7` }]])
  })

  test('arrives at the same place as what is sent to the instance that has the address', () => {
    const byAddress = targets({ TargetType: 'ip' }, '10.0.0.7')
    const attached = card(['10.0.0.7'], { Attachment: { InstanceId: id } })
    const [direct] = arrivals(byAddress, host(bare), attached)
    const [through] = arrivals(byId, host(bare))
    expect(direct?.map(one => one.at)).toEqual(through?.map(one => one.at))
    expect(direct?.map(one => one.target)).toEqual(['10.0.0.7'])
  })
})
