import { describe, expect, test } from 'vitest'
import { known } from '#base/known.ts'
import type { Distribution, Link, Tenant } from '#topology/model.ts'
import { linkTo, missing } from './build.ts'
import { edge, gated, nobody, type Spec, said, sends, sistersOf, to } from './sister-parts.ts'

describe('staging', () => {
  const policy = (...stagingDomainNames: readonly string[]): Distribution['continuousDeployment'] =>
    known({
      ref: to(gated()).distribution.ref,
      enabled: true,
      stagingDomainNames,
      sends: 'share',
      headerName: null,
    })
  const staging = (lb: ReturnType<typeof gated>) =>
    to(lb, { webAcl: known(null), staging: true, domainName: 'DSTAGING.cloudfront.net' })

  test('B55: is a way where a policy in force sends viewers there', () => {
    const lb = gated()
    const primary = to(lb, { continuousDeployment: policy('dstaging.cloudfront.net') })
    expect(sistersOf([primary, staging(lb)]).found).toMatchObject([
      { kind: 'staging', differences: [{ weaker: true, text: 'has no web ACL' }] },
    ])
  })

  test.each([
    ['no policy names it', policy('another.cloudfront.net')],
    ['there is none', known(null)],
  ])('is none where %s', (_, continuousDeployment) => {
    const lb = gated()
    expect(sistersOf([to(lb, { continuousDeployment }), staging(lb)])).toEqual(nobody)
  })

  test('may be one where a policy was not read', () => {
    const lb = gated()
    const continuousDeployment = missing('GetContinuousDeploymentPolicy')
    expect(sistersOf([to(lb, { continuousDeployment }), staging(lb)])).toMatchObject({
      found: [],
      reasons: [{ kind: 'gap', gap: { operation: 'GetContinuousDeploymentPolicy' } }],
    })
  })
})

describe('tenants', () => {
  const tenant = (more: Partial<Tenant> = {}): Tenant => ({
    ref: { ...to(gated()).distribution.ref, arn: 'arn:tenant/blog' },
    id: 'dt_1',
    name: 'blog',
    domains: ['blog.example.com'],
    enabled: true,
    webAcl: known('inherited'),
    geoRestriction: known(null),
    ...more,
  })
  const off = tenant({ webAcl: known('disabled') })

  test('B56: one that switches the web ACL off is a way around it, of its own distribution and of others', () => {
    const lb = gated()
    const shared = to(lb, { tenants: known([tenant(), off]) })
    const weak = { kind: 'tenant', arn: 'arn:tenant/blog', domains: ['blog.example.com'] }
    expect(sistersOf([shared])).toMatchObject({ found: [weak], asStrict: 1 })
    expect(sistersOf([to(lb), shared])).toMatchObject({ found: [weak], asStrict: 1 })
  })

  test('are compared instead of their distribution, which viewers do not reach itself', () => {
    const lb = gated()
    const own = tenant({ webAcl: known({ arn: edge.known ? edge.value.ref.arn : '' }) })
    expect(sistersOf([to(lb), to(lb, { webAcl: known(null), tenants: known([own]) })])).toEqual({
      ...nobody,
      asStrict: 1,
    })
  })

  test('that are disabled are none', () => {
    const lb = gated()
    expect(sistersOf([to(lb, { tenants: known([{ ...off, enabled: false }]) })])).toEqual(nobody)
  })

  test('that were not listed may be anything', () => {
    const lb = gated()
    expect(sistersOf([to(lb, { tenants: missing('ListDistributionTenants') })])).toMatchObject({
      found: [],
      reasons: [{ kind: 'gap' }],
    })
  })
})

describe('a VPC origin', () => {
  const vpcLink = (
    users: readonly { distributionId: string; account: string }[] | null,
    spec: Spec = {},
  ): Link => {
    const link = linkTo(gated(), {
      headers: sends,
      vpcOrigin: true,
      distribution: { webAcl: edge, ...spec },
    })
    if (link.target.kind !== 'load-balancer' || link.target.vpcOrigin === null)
      throw new Error('no VPC origin')
    const vpcOrigin = {
      ...link.target.vpcOrigin,
      users: users === null ? missing('ListDistributionsByOwnedResource') : known(users),
    }
    return { ...link, target: { ...link.target, vpcOrigin } }
  }

  test('B49: of which another distribution makes use is a way', () =>
    expect(said(sistersOf([vpcLink([]), vpcLink([], { webAcl: known(null) })]))).toHaveLength(1))

  test('B49: that another account uses cannot be compared', () =>
    expect(
      sistersOf([vpcLink([{ distributionId: 'E9FOREIGN', account: '444455556666' }])]).found,
    ).toMatchObject([
      {
        kind: 'other-account',
        arn: 'arn:aws:cloudfront::444455556666:distribution/E9FOREIGN',
        differences: [{ weaker: 'unknown' }],
      },
    ]))

  test('whose users include those that were read says nothing new', () => {
    const link = vpcLink([])
    const own = vpcLink([{ distributionId: link.distribution.id, account: '111122223333' }])
    expect(sistersOf([{ ...own, distribution: link.distribution }])).toEqual(nobody)
  })

  test('whose users were not listed leaves a gap', () =>
    expect(sistersOf([vpcLink(null)]).reasons).toMatchObject([
      { kind: 'gap', gap: { operation: 'ListDistributionsByOwnedResource' } },
    ]))
})

describe('origins that are no load balancer', () => {
  const external = (domainName: string, spec: Spec): Link => {
    const link = to(gated(), spec)
    const origin = { ...link.origin, domainName }
    return { ...link, origin, target: { kind: 'external', names: [domainName], addresses: [] } }
  }
  test('are the same by name, letter case aside', () => {
    const weak = external('API.partner.example', { webAcl: known(null) })
    expect(said(sistersOf([external('api.partner.example', {}), weak]))).toHaveLength(1)
    expect(sistersOf([external('www.partner.example', {}), weak])).toEqual(nobody)
  })
})
