import { describe, expect, test } from 'vitest'
import { types } from '#snapshot/resource-types.ts'
import {
  account,
  changed,
  gap,
  gapsOf,
  given,
  merge,
  ofType,
  type Parts,
  read,
  region,
  resource,
  topologyOf,
} from './parts.ts'
import { lbArn, shop } from './shop.ts'
import { ga, linkNamed, network, oregon, topology, whole, without } from './ways-in.ts'

describe('an accelerator', () => {
  test('has its names, addresses, ports and what each leads to', () => {
    const [accelerator, ...more] = topology.accelerators.items
    expect(more).toEqual([])
    expect(topology.accelerators.gaps).toEqual([])
    expect(accelerator).toMatchObject({
      enabled: true,
      addresses: ['198.51.100.1', '2001:db8:ace::1'],
      ref: { name: 'fast', region: 'us-west-2' },
    })
    expect(accelerator?.dnsNames).toHaveLength(2)
    const [listener] = given(accelerator?.listeners ?? { known: false, gaps: [] })
    expect(listener).toMatchObject({
      protocol: 'TCP',
      portRanges: [
        { from: 443, to: 443 },
        { from: 8000, to: 8100 },
      ],
    })
    const endpoints = given(listener?.endpoints ?? { known: false, gaps: [] })
    expect(new Set(endpoints)).toEqual(
      new Set([
        {
          endpointId: lbArn(),
          region,
          weight: 128,
          trafficDial: 100,
          clientIpPreservation: true,
          portOverrides: [{ listenerPort: 443, endpointPort: 8443 }],
        },
        {
          endpointId: 'eipalloc-1',
          address: '203.0.113.50',
          region,
          weight: 0,
          trafficDial: 12.5,
          clientIpPreservation: false,
          portOverrides: [],
        },
      ]),
    )
  })

  test('of a protocol that nobody knew is not one of those known', () => {
    const parts = changed(whole, ofType(types.acceleratorListener), c => ({ ...c, Protocol: 'QUIC' }))
    const [listener] = given(topologyOf(parts).accelerators.items[0]?.listeners ?? { known: false, gaps: [] })
    expect(listener?.protocol).toBe('unrecognised')
  })

  test('that cannot be read is a gap and not left out', () => {
    const parts = changed(whole, ofType(types.accelerator), c => ({ ...c, IpSets: 'none' }))
    expect(topologyOf(parts).accelerators).toMatchObject({ items: [], gaps: [{ code: 'unrecognised' }] })
  })

  test.each([
    ['ListListeners', types.acceleratorListener],
    ['ListEndpointGroups', types.acceleratorEndpointGroup],
  ])('whose %s was not answered leads nobody knows where', (operation, type) => {
    const [accelerator] = topologyOf(without(operation, type)).accelerators.items
    const listeners = accelerator?.listeners
    const unknown = listeners?.known ? listeners.value[0]?.endpoints : listeners
    expect(unknown).toMatchObject({ known: false, gaps: [{ code: 'not-read', operation }] })
  })

  test('is nobody’s outside the commercial partition, where the service has no region', () => {
    const identity = resource(types.account, `arn:aws-cn:sts::${account}:assumed-role/x/y`, {})
    const parts = merge(shop, { resources: [identity], reads: [] })
    expect(topologyOf(parts).accelerators).toEqual({ items: [], gaps: [] })
    expect(topologyOf(shop).accelerators.gaps.map(g => g.operation)).toEqual([
      'ListAccelerators',
      'ListCustomRoutingAccelerators',
      'ListCrossAccountAttachments',
    ])
  })
})

describe('accelerators that are not read', () => {
  const custom = (Enabled: boolean): Parts =>
    merge(without('ListCustomRoutingAccelerators'), {
      resources: [
        resource(
          types.customRoutingAccelerator,
          'arn:custom',
          { AcceleratorArn: 'arn:custom', Enabled },
          oregon,
        ),
      ],
      reads: [read('ListCustomRoutingAccelerators', '*', 1, ga)],
    })
  const attached = (Principals: readonly string[]): Parts =>
    merge(without('ListCrossAccountAttachments'), {
      resources: [
        resource(
          types.acceleratorAttachment,
          'arn:attachment',
          { Principals, Resources: [{ EndpointId: lbArn(), Region: region }] },
          oregon,
        ),
      ],
      reads: [read('ListCrossAccountAttachments', '*', 1, ga)],
    })

  test('with custom routing are a gap while they are switched on', () => {
    expect(topologyOf(custom(true)).accelerators.gaps).toMatchObject([
      { code: 'unrecognised', target: 'arn:custom' },
    ])
    expect(topologyOf(custom(false)).accelerators.gaps).toEqual([])
  })

  test.each([
    ['444455556666', lbArn()],
    ['arn:aws:globalaccelerator::444455556666:accelerator/abc', lbArn()],
  ])('of %s, with which the account shares a load balancer, are a gap there', (principal, target) => {
    expect(topologyOf(attached([principal])).accelerators.gaps).toMatchObject([
      { code: 'not-read', target, region },
    ])
  })

  test('of the account itself are seen anyway', () => {
    expect(topologyOf(attached([account])).accelerators.gaps).toEqual([])
  })
})

describe('a VPC link', () => {
  test('of the first version names its load balancers', () => {
    expect(linkNamed(topology, 'first')).toMatchObject({
      kind: 'rest',
      loadBalancerArns: { known: true, value: [network] },
      apis: { known: true, value: [] },
    })
  })

  test.each([
    ['second', lbArn(), types.api],
    ['third', network, types.restApi],
  ])('of the second version (%s) leads where integrations through it lead', (name, arn, type) => {
    const link = linkNamed(topology, name)
    expect(link).toMatchObject({ kind: 'http', loadBalancerArns: { known: true, value: [arn] } })
    expect(given(link.apis).map(api => [api.ref.type, api.ref.name])).toEqual([[type, name]])
    expect(topology.vpcLinks.gaps).toEqual([])
  })

  test('leads nobody knows where through an integration with a Cloud Map service', () => {
    const cloudMap = `arn:aws:servicediscovery:${region}:${account}:service/srv-1`
    const parts = changed(whole, ofType(types.apiIntegration), c => ({ ...c, IntegrationUri: cloudMap }))
    const changedTopology = topologyOf(parts)
    expect(linkNamed(changedTopology, 'second').loadBalancerArns).toMatchObject({
      known: false,
      gaps: [{ code: 'unrecognised' }],
    })
    expect(given(linkNamed(changedTopology, 'third').loadBalancerArns)).toEqual([network])
  })

  test('may be any that a stage variable names', () => {
    const parts = changed(whole, ofType(types.restMethod), c => ({
      ...c,
      connectionId: '$' + '{stageVariables.link}',
    }))
    const changedTopology = topologyOf(parts)
    expect(given(linkNamed(changedTopology, 'second').loadBalancerArns)).toEqual(
      [lbArn(), network].toSorted(),
    )
    expect(given(linkNamed(changedTopology, 'third').loadBalancerArns)).toEqual([network])
  })

  test.each([
    ['GetApis', types.api],
    ['GetIntegrations', types.apiIntegration],
    ['GetRestApis', types.restApi],
    ['GetResources', types.restMethod],
  ])('of the second version leads nobody knows where without %s', (operation, type) => {
    for (const name of ['second', 'third'])
      expect(linkNamed(topologyOf(without(operation, type)), name).loadBalancerArns).toMatchObject({
        known: false,
        gaps: [{ code: 'not-read', operation, action: 'apigateway:GET' }],
      })
  })
})

describe('an endpoint service', () => {
  test('has its load balancers, and who may connect', () => {
    expect(topology.endpointServices).toMatchObject({
      items: [
        {
          loadBalancerArns: [network],
          acceptanceRequired: false,
          principals: { known: true, value: ['*', 'arn:aws:iam::444455556666:root'] },
        },
      ],
      gaps: [],
    })
  })

  test('whose permissions were not read is open to nobody knows whom', () => {
    const parts = without('DescribeVpcEndpointServicePermissions', types.endpointServicePermissions)
    expect(gapsOf(topologyOf(parts).endpointServices.items[0]?.principals ?? { known: true })).toMatchObject([
      { code: 'not-read', operation: 'DescribeVpcEndpointServicePermissions' },
    ])
  })
})

const asked = [
  ['ListAccelerators', types.accelerator, 'global-accelerator', 'accelerators'],
  ['ListCustomRoutingAccelerators', undefined, 'global-accelerator', 'accelerators'],
  ['ListCrossAccountAttachments', undefined, 'global-accelerator', 'accelerators'],
  ['GetVpcLinks', types.vpcLink, 'api-gateway', 'vpcLinks'],
  ['GetVpcLinks', types.vpcLink2, 'apigatewayv2', 'vpcLinks'],
  ['DescribeVpcEndpointServiceConfigurations', types.endpointService, 'ec2', 'endpointServices'],
] as const

describe('without an answer to', () => {
  test.each(asked)('%s (%s) there may be more than is seen', (operation, type, service, key) => {
    expect(topologyOf(without(operation, type, service))[key].gaps).toMatchObject([
      { code: 'not-read', operation, service },
    ])
    const denied = {
      ...gap(operation, '*', service === 'global-accelerator' ? 'us-west-2' : region),
      service,
    }
    expect(topologyOf({ ...without(operation, type, service), gaps: [denied] })[key].gaps).toEqual([denied])
  })

  test.each(asked.filter(([, type]) => type !== undefined))(
    '%s (%s) in full there may be more than is seen',
    (operation, type, service, key) => {
      const [gone] = whole.resources.filter(r => r.type === type)
      const parts = { ...whole, resources: whole.resources.filter(r => r !== gone) }
      expect(topologyOf(parts)[key].gaps).toMatchObject([{ code: 'malformed', operation, service }])
    },
  )
})
