import { describe, expect, test } from 'vitest'
import type { ResourceRecord } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import type { Distribution, EdgeFunction } from '#topology/model.ts'
import { distribution, items, listedDistributions, origin } from './edge.ts'
import { account, type Config, gapsOf, given, type Parts, read, resource, topologyOf } from './parts.ts'
import { lbName } from './shop.ts'

const arnOf = (kind: string, id: string): string => `arn:aws:cloudfront::${account}:${kind}/${id}`

const built = (config: Config, more: Partial<Parts> = {}): Distribution => {
  const topology = topologyOf({
    ...more,
    resources: [distribution([origin(lbName())], config), ...(more.resources ?? [])],
    reads: [listedDistributions(), ...(more.reads ?? [])],
  })
  const [found] = topology.distributions
  if (found === undefined) throw new Error('no distribution')
  return found
}

const global = (type: string, arn: string, config: Config): ResourceRecord => ({
  ...resource(type, arn, config),
  region: 'us-east-1',
})

describe('a function of a behaviour', () => {
  const arn = arnOf('function', 'gate')
  const withFunctions = (associations: Config, more: Partial<Parts> = {}): EdgeFunction => {
    const DefaultCacheBehavior = {
      TargetOriginId: 'app',
      ViewerProtocolPolicy: 'https-only',
      ...associations,
    }
    const found = built({ DefaultCacheBehavior }, more).behaviors[0]?.functions[0]
    if (found === undefined) throw new Error('no function')
    return found
  }
  const viewer = (told: unknown, EventType = 'viewer-request') =>
    withFunctions(
      { FunctionAssociations: items({ FunctionARN: arn, EventType }) },
      told === undefined
        ? {}
        : { resources: [global(types.edgeFunction, arn, { Name: 'gate', FunctionCode: told })], reads: [] },
    )
  const lambda = (EventType: string) =>
    withFunctions({
      LambdaFunctionAssociations: items({ LambdaFunctionARN: 'arn:aws:lambda:f:1', EventType }),
    })
  const code = (OriginHelpers: readonly string[], more: Config = {}) => ({
    OriginHelpers,
    OriginUpdates: [],
    Doubts: [],
    ...more,
  })
  const update = (DomainName: string, CustomHeaders: string) =>
    code(['updateRequestOrigin'], { OriginUpdates: [{ DomainName, CustomHeaders }] })

  test.each([
    ['no helper', code([]), 'never', false],
    [
      'a choice among origins',
      code(['selectRequestOriginById', 'createRequestOriginGroup']),
      'declared',
      false,
    ],
    ['doubts', code([], { Doubts: ['it cannot be parsed'] }), 'possible', 'unknown'],
    ['a host and the headers of the origin', update('set', 'kept'), 'possible', true],
    ['a host and headers of its own', update('set', 'set'), 'possible', false],
    ['a time-out only', update('kept', 'kept'), 'possible', false],
    ['settings that are not written out', update('untold', 'untold'), 'possible', 'unknown'],
    ['the helper without a call', code(['updateRequestOrigin']), 'possible', 'unknown'],
    [
      'a call that surely carries them, and doubts',
      { ...update('set', 'kept'), Doubts: ['it imports at run time'] },
      'possible',
      true,
    ],
  ])('with %s', (_, told, change, carries) => {
    const found = viewer(told)
    expect(given(found.originChange)).toBe(change)
    expect(found.carriesHeaders).toBe(carries)
    expect(found.note === '').toBe(change === 'never')
  })

  test.each([
    ['was not read', undefined, 'not-read'],
    ['is still code', 'function handler() {}', 'unrecognised'],
    ['says too little', { OriginHelpers: [] }, 'unrecognised'],
    ['says something else', code([], { Doubts: [1] }), 'unrecognised'],
  ])('whose record %s is not known', (_, told, gap) => {
    const found = viewer(told)
    expect(gapsOf(found.originChange)).toMatchObject([{ code: gap }])
    expect(found.carriesHeaders).toBe('unknown')
  })

  test('that was denied names the action', () => {
    const denied = {
      code: 'denied' as const,
      service: 'cloudfront',
      operation: 'GetFunction',
      target: arn,
      account,
      region: 'us-east-1',
      action: 'cloudfront:GetFunction',
      message: 'denied',
    }
    const found = withFunctions(
      { FunctionAssociations: items({ FunctionARN: arn, EventType: 'viewer-request' }) },
      { gaps: [denied] },
    )
    expect(gapsOf(found.originChange)).toEqual([denied])
  })

  test('at viewer-response cannot change the origin, and need not be read', () =>
    expect(given(viewer(undefined, 'viewer-response').originChange)).toBe('never'))

  test('at an event that nobody knows is read all the same', () =>
    expect(viewer(undefined, 'later').originChange.known).toBe(false))

  test.each([
    ['viewer-request', 'never'],
    ['viewer-response', 'never'],
    ['origin-response', 'never'],
    ['origin-request', 'possible'],
    ['later', 'possible'],
  ])('in Lambda at %s changes the origin: %s', (event, change) =>
    expect(given(lambda(event).originChange)).toBe(change),
  )
})

describe('the continuous deployment of a distribution', () => {
  const id = '0a1b2c3d-0000-4000-8000-000000000000'
  const policy = (config: Config) =>
    global(types.continuousDeploymentPolicy, arnOf('continuous-deployment-policy', id), {
      Id: id,
      ContinuousDeploymentPolicyConfig: config,
    })
  const sound = {
    Enabled: true,
    StagingDistributionDnsNames: items('D222222abcdef8.cloudfront.net'),
    TrafficConfig: {
      Type: 'SingleHeader',
      SingleHeaderConfig: { Header: 'aws-cf-cd-try', Value: { sealed: 'ab', meets: [] } },
    },
  }
  const deployed = (config: Config, more: Partial<Parts> = {}) => built(config, more).continuousDeployment

  test('is the policy that it names', () =>
    expect(
      given(deployed({ ContinuousDeploymentPolicyId: id }, { resources: [policy(sound)], reads: [] })),
    ).toMatchObject({
      enabled: true,
      stagingDomainNames: ['d222222abcdef8.cloudfront.net'],
      sends: 'header',
      headerName: 'aws-cf-cd-try',
    }))

  test('is none where it names none', () =>
    expect(given(deployed({ ContinuousDeploymentPolicyId: '' }))).toBeNull())

  test('is none where the full configuration was read and says nothing', () => {
    const arn = arnOf('distribution', 'E1')
    const reads = [read('GetDistributionConfig', arn, 1, { region: 'us-east-1', service: 'cloudfront' })]
    expect(given(deployed({}, { resources: [], reads }))).toBeNull()
  })

  test.each([
    ['where the full configuration was not read', {}, [], 'GetDistributionConfig'],
    [
      'where the policy was not read',
      { ContinuousDeploymentPolicyId: id },
      [],
      'GetContinuousDeploymentPolicy',
    ],
    ['where it names something else', { ContinuousDeploymentPolicyId: 7 }, [], ''],
    [
      'where the policy cannot be read',
      { ContinuousDeploymentPolicyId: id },
      [policy({ Enabled: true, StagingDistributionDnsNames: { Quantity: 1 } })],
      '',
    ],
    [
      'where the policy does not say whether it is in force',
      { ContinuousDeploymentPolicyId: id },
      [policy({ ...sound, Enabled: undefined })],
      '',
    ],
  ])('is not known %s', (_, config: Config, resources, operation) => {
    const found = deployed(config, { resources, reads: [] })
    expect(gapsOf(found)[0]?.operation).toContain(operation)
  })
})

describe('the tenants of a distribution', () => {
  const tenant = (id: string, more: Config = {}, DistributionId = 'E1') =>
    global(types.distributionTenant, arnOf('distribution-tenant', id), {
      Id: id,
      Arn: arnOf('distribution-tenant', id),
      DistributionId,
      Name: id,
      Domains: [{ Domain: `${id}.example.com`, Status: 'active' }],
      Enabled: true,
      ...more,
    })
  const listedTenants = (count: number) =>
    read('ListDistributionTenants', '*', count, { region: 'us-east-1', service: 'cloudfront' })
  const tenants = (...resources: readonly ResourceRecord[]) =>
    built({ ConnectionMode: 'tenant-only' }, { resources, reads: [listedTenants(resources.length)] }).tenants

  test('are null of a distribution that viewers reach itself', () => expect(built({}).tenants).toBeNull())

  test('are those of this distribution', () => {
    const found = tenants(tenant('a'), tenant('b', { Enabled: false }), tenant('c', {}, 'E2'))
    expect(found && given(found)).toMatchObject([
      {
        name: 'a',
        domains: ['a.example.com'],
        enabled: true,
        webAcl: { known: true, value: 'inherited' },
        geoRestriction: { known: true, value: null },
      },
      { name: 'b', enabled: false },
    ])
  })

  test.each([
    [{ WebAcl: { Action: 'disable' } }, { webAcl: { value: 'disabled' } }],
    [{ WebAcl: { Action: 'override', Arn: 'arn:acl' } }, { webAcl: { value: { arn: 'arn:acl' } } }],
    [{ WebAcl: { Action: 'override' } }, { webAcl: { known: false } }],
    [{ WebAcl: { Action: 'later' } }, { webAcl: { known: false } }],
    [
      { GeoRestrictions: { RestrictionType: 'none' } },
      { geoRestriction: { value: { kind: 'none', countries: [] } } },
    ],
    [
      { GeoRestrictions: { RestrictionType: 'whitelist', Locations: ['FR', 'DE'] } },
      { geoRestriction: { value: { kind: 'allow', countries: ['DE', 'FR'] } } },
    ],
    [{ GeoRestrictions: { RestrictionType: 'later' } }, { geoRestriction: { known: false } }],
    [
      { GeoRestrictions: { RestrictionType: 'whitelist', Locations: 7 } },
      { geoRestriction: { known: false } },
    ],
  ])('with the customisation %j', (Customizations, wanted) => {
    const found = tenants(tenant('a', { Customizations }))
    expect(found && given(found)).toMatchObject([wanted])
  })

  test.each([
    ['were not listed', []],
    ['are missing of the list', [listedTenants(2)]],
  ])('are not known where they %s', (_, reads) => {
    const found = built({ ConnectionMode: 'tenant-only' }, { resources: [tenant('a')], reads }).tenants
    expect(found?.known).toBe(false)
  })
})

describe('the countries that a distribution serves', () => {
  test.each([
    [undefined, { value: { kind: 'none', countries: [] } }],
    [{ RestrictionType: 'none', Quantity: 0 }, { value: { kind: 'none', countries: [] } }],
    [
      { RestrictionType: 'blacklist', ...items('RU', 'CN') },
      { value: { kind: 'deny', countries: ['CN', 'RU'] } },
    ],
    [{ RestrictionType: 'later', Quantity: 0 }, { known: false }],
    [{ RestrictionType: 'whitelist', Quantity: 2, Items: ['DE'] }, { known: false }],
  ])('%j', (GeoRestriction, wanted) =>
    expect(built({ Restrictions: { GeoRestriction } }).geoRestriction).toMatchObject(wanted),
  )
})

describe('an origin name that tenants fill in', () => {
  test('leads nowhere that is known, instead of nowhere', () => {
    const topology = topologyOf({
      resources: [distribution([origin('{{tenant}}.example.com')], { ConnectionMode: 'tenant-only' })],
      reads: [listedDistributions()],
    })
    expect(topology.links[0]?.target.kind).toBe('unknown')
    expect(topology.gaps.map(g => g.message)).toContainEqual(
      expect.stringContaining('each tenant fills in the domain name of origin app'),
    )
  })
})
