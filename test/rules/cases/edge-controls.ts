/** Worlds for the rules about other ways through CloudFront, and about code at the edge. */
import { known } from '#base/known.ts'
import type { Difference, Sister } from '#prove/sister.ts'
import type { ContinuousDeployment, Distribution, Tenant } from '#topology/model.ts'
import { aBehavior, aGap, anEdgeFunction, aRef, aWebAcl, aWorld, unread } from '../../judge/build.ts'
import type { Cases } from '../test-rule.ts'

const none: Difference = { control: 'web-acl', weaker: true, text: 'has no web ACL' }
const another: Difference = {
  control: 'web-acl',
  weaker: 'unknown',
  text: 'has another web ACL, old, which cannot be compared',
}

const sister = (kind: Sister['kind'], ...differences: readonly Difference[]): Sister => {
  const { arn, line } = aRef('AWS::CloudFront::Distribution', 'E9SISTER')
  return { kind, arn, name: 'E9SISTER', line, domains: ['old.example.com'], differences }
}

const withSisters = (...found: readonly Sister[]) => aWorld([{ sisters: { found } }])

const policy = (changes: Partial<ContinuousDeployment> = {}): Distribution['continuousDeployment'] =>
  known({
    ref: aRef('AWS::CloudFront::ContinuousDeploymentPolicy', 'policy'),
    enabled: true,
    stagingDomainNames: ['estaging.cloudfront.net'],
    sends: 'header',
    headerName: 'aws-cf-cd-try',
    ...changes,
  })

const edge = known(aWebAcl([]))

/** A distribution with a web ACL, and its staging one. */
const staged = (
  staging: Partial<Distribution>,
  continuousDeployment: Distribution['continuousDeployment'] = policy(),
) =>
  aWorld([
    { distribution: { webAcl: edge, continuousDeployment } },
    {
      id: 'ESTAGING',
      distribution: { webAcl: edge, staging: true, continuousDeployment: known(null), ...staging },
    },
  ])

const tenant = (changes: Partial<Tenant> = {}): Tenant => ({
  ref: aRef('AWS::CloudFront::DistributionTenant', 'shop'),
  id: 'dt_1',
  name: 'shop',
  domains: ['shop.example.com'],
  enabled: true,
  webAcl: known('inherited'),
  geoRestriction: known(null),
  ...changes,
})

const tenanted = (
  tenants: Distribution['tenants'],
  more: Partial<Distribution> = {},
): ReturnType<typeof aWorld> => aWorld([{ distribution: { webAcl: edge, tenants, ...more } }])

const only = { kind: 'allow', countries: ['DE'] } as const

const running = (changes: Parameters<typeof anEdgeFunction>[0], headers?: readonly []) =>
  aWorld([
    {
      behaviors: [aBehavior({ functions: [anEdgeFunction(changes)] })],
      ...(headers && { origin: { headers } }),
    },
  ])

export const edgeControlCases: Cases = {
  'distribution-no-weaker-sister': [
    {
      name: 'B53: another distribution has no web ACL',
      world: withSisters(sister('distribution', another), sister('distribution', none)),
      outcome: 'violated',
      says: 'distribution E9SISTER (old.example.com) has no web ACL',
    },
    { name: 'there is no sister', world: aWorld([{}]), outcome: 'satisfied' },
    { name: 'sisters ask as much', world: aWorld([{ sisters: { asStrict: 3 } }]), outcome: 'satisfied' },
    {
      name: 'tenants and staging have rules of their own',
      world: withSisters(sister('tenant', none), sister('staging', none)),
      outcome: 'satisfied',
    },
    {
      name: 'web ACLs cannot be compared',
      world: withSisters(sister('distribution', another)),
      outcome: 'unknown',
      says: 'has another web ACL',
    },
    {
      name: 'B49: the VPC origin is used by another account',
      world: withSisters(
        sister('other-account', {
          control: 'everything',
          weaker: 'unknown',
          text: 'belongs to account 444455556666, whose edge controls were not read',
        }),
      ),
      outcome: 'unknown',
      says: '444455556666',
    },
    {
      name: 'distributions were not listed',
      world: aWorld([{ sisters: { reasons: [{ kind: 'gap', gap: aGap('ListDistributions') }] } }]),
      outcome: 'unknown',
    },
    { name: 'the link was not proven', world: { ...aWorld([{}]), exposures: [] }, outcome: 'unknown' },
    {
      name: 'the distribution is disabled',
      world: aWorld([
        { distribution: { enabled: false }, sisters: { found: [sister('distribution', none)] } },
      ]),
      outcome: 'inapplicable',
    },
    {
      name: 'the distribution is a staging one',
      world: aWorld([
        { distribution: { staging: true }, sisters: { found: [sister('distribution', none)] } },
      ]),
      outcome: 'inapplicable',
    },
  ],
  'staging-distribution-as-strict': [
    {
      name: 'B55: staging has no web ACL',
      world: staged({ webAcl: known(null) }),
      outcome: 'violated',
      beside: 'inapplicable',
      says: 'staging distribution ESTAGING has no web ACL',
    },
    {
      name: 'staging asks for no signature',
      world: aWorld([
        {
          distribution: { webAcl: edge, continuousDeployment: policy() },
          behaviors: [aBehavior({ signed: true })],
        },
        { id: 'ESTAGING', distribution: { webAcl: edge, staging: true } },
      ]),
      outcome: 'violated',
      beside: 'inapplicable',
      says: 'asks for no signature on /',
    },
    { name: 'staging has the same', world: staged({}), outcome: 'satisfied', beside: 'inapplicable' },
    {
      name: 'staging has another web ACL',
      world: staged({ webAcl: known(aWebAcl([], { name: 'trial' })) }),
      outcome: 'unknown',
      beside: 'inapplicable',
      says: 'trial',
    },
    {
      name: 'the policy was not read',
      world: staged({}, unread()),
      outcome: 'unknown',
      beside: 'inapplicable',
    },
    {
      name: 'the staging distribution was not read',
      world: staged({}, policy({ stagingDomainNames: ['other.cloudfront.net'] })),
      outcome: 'unknown',
      beside: 'inapplicable',
    },
    {
      name: 'the policy is not in force',
      world: staged({ webAcl: known(null) }, policy({ enabled: false })),
      outcome: 'inapplicable',
    },
    { name: 'there is no policy', world: aWorld([{}]), outcome: 'inapplicable' },
  ],
  'tenant-keeps-web-acl': [
    {
      name: 'B56: a tenant switches the web ACL off',
      world: tenanted(known([tenant(), tenant({ name: 'blog', webAcl: known('disabled') })])),
      outcome: 'violated',
      says: 'tenant blog has no web ACL',
    },
    {
      name: 'B56: a tenant serves every country',
      world: tenanted(known([tenant({ geoRestriction: known({ kind: 'none', countries: [] }) })]), {
        geoRestriction: known(only),
      }),
      outcome: 'violated',
      says: 'serves every country',
    },
    { name: 'tenants inherit', world: tenanted(known([tenant()])), outcome: 'satisfied' },
    {
      name: 'a tenant has a web ACL of its own',
      world: tenanted(
        known([
          tenant({ webAcl: known({ arn: 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/own/1' }) }),
        ]),
      ),
      outcome: 'satisfied',
    },
    {
      name: 'the tenant that does is disabled',
      world: tenanted(known([tenant({ enabled: false, webAcl: known('disabled') })])),
      outcome: 'satisfied',
    },
    {
      name: 'tenants were not listed',
      world: tenanted(unread('ListDistributionTenants')),
      outcome: 'unknown',
    },
    {
      name: 'the web ACL was not read, and a tenant switches it off',
      world: tenanted(known([tenant({ webAcl: known('disabled') })]), { webAcl: unread('GetWebACL') }),
      outcome: 'unknown',
    },
    { name: 'there are no tenants', world: aWorld([{}]), outcome: 'inapplicable' },
  ],
  'edge-function-keeps-origin': [
    {
      name: 'B59: a function takes the headers to another host',
      world: running({
        event: 'viewer-request',
        carriesHeaders: true,
        note: 'its code calls updateRequestOrigin',
      }),
      outcome: 'violated',
      says: 'another host',
    },
    { name: 'no function runs', world: aWorld([{}]), outcome: 'satisfied' },
    {
      name: 'a function chooses among the origins',
      world: running({ originChange: known('declared'), carriesHeaders: false }),
      outcome: 'satisfied',
    },
    {
      name: 'B58: the code of a Lambda@Edge function is not read',
      world: running({}),
      outcome: 'unknown',
      says: 'Lambda@Edge',
    },
    {
      name: 'the code of a function was denied',
      world: running({ originChange: unread('GetFunction') }),
      outcome: 'unknown',
    },
    { name: 'the origin is sent no header', world: running({}, []), outcome: 'inapplicable' },
  ],
}
