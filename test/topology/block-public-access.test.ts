import { describe, expect, test } from 'vitest'
import { types } from '#snapshot/resource-types.ts'
import {
  account,
  type Config,
  changed,
  given,
  merge,
  ofType,
  onlyBalancer,
  type Parts,
  read,
  region,
  resource,
  topologyOf,
} from './parts.ts'
import { shop } from './shop.ts'

const ec2 = (rest: string): string => `arn:aws:ec2:${region}:${account}:${rest}`

const blocked = (mode: unknown, more: Config = {}): Parts => ({
  resources: [
    resource(types.blockPublicAccess, ec2('vpc-block-public-access-options'), {
      InternetGatewayBlockMode: mode,
      State: 'update-complete',
      ...more,
    }),
  ],
  reads: [read('DescribeVpcBlockPublicAccessOptions')],
})

const excluded = (...exclusions: readonly Config[]): Parts => ({
  resources: exclusions.map((config, i) =>
    resource(types.blockPublicAccessExclusion, ec2(`vpc-block-public-access-exclusion/vpcbpa-exclude-${i}`), {
      State: 'create-complete',
      ...config,
    }),
  ),
  reads: [read('DescribeVpcBlockPublicAccessExclusions', '*', exclusions.length)],
})

const subnet = (mode: string): Config => ({
  ResourceArn: ec2('subnet/subnet-1'),
  InternetGatewayExclusionMode: mode,
})
const vpc = (mode: string): Config => ({ ResourceArn: ec2('vpc/vpc-1'), InternetGatewayExclusionMode: mode })

const blockOf = (...parts: readonly Parts[]) =>
  given(onlyBalancer(topologyOf(merge(shop, ...parts))).subnets)[0]?.publicAccessBlock

describe('the block of public access in a subnet', () => {
  test.each([
    ['off', [], 'off'],
    ['block-ingress', [], 'block-ingress'],
    ['block-bidirectional', [], 'block-bidirectional'],
    ['block-bidirectional', [subnet('allow-bidirectional')], 'off'],
    ['block-bidirectional', [vpc('allow-bidirectional')], 'off'],
    ['block-bidirectional', [subnet('allow-egress')], 'block-ingress'],
    ['block-ingress', [vpc('allow-egress')], 'block-ingress'],
    ['block-ingress', [subnet('allow-bidirectional')], 'off'],
    ['block-ingress', [subnet('allow-bidirectional'), vpc('allow-bidirectional')], 'off'],
    [
      'block-bidirectional',
      [{ ...subnet('allow-bidirectional'), State: 'delete-complete' }],
      'block-bidirectional',
    ],
    [
      'block-bidirectional',
      [{ ...subnet('allow-bidirectional'), State: 'disable-complete' }],
      'block-bidirectional',
    ],
    [
      'block-bidirectional',
      [{ ...subnet('allow-bidirectional'), ResourceArn: ec2('subnet/subnet-2') }],
      'block-bidirectional',
    ],
  ] as const)('under %s with %j is %s', (mode, exclusions, block) => {
    expect(blockOf(blocked(mode), excluded(...exclusions))).toEqual({ known: true, value: block })
  })

  test.each([
    ['an unknown mode', blocked('block-egress')],
    ['a mode that is just being changed', blocked('off', { State: 'update-in-progress' })],
    ['a mode of an unknown state', blocked('off', { State: 'paused' })],
    ['an unknown exclusion', merge(blocked('block-ingress'), excluded(subnet('allow-ingress')))],
    [
      'an exclusion that is just being removed',
      merge(
        blocked('block-ingress'),
        excluded({ ...subnet('allow-bidirectional'), State: 'delete-in-progress' }),
      ),
    ],
    [
      'exclusions of VPC and subnet that differ',
      merge(blocked('block-bidirectional'), excluded(subnet('allow-egress'), vpc('allow-bidirectional'))),
    ],
    [
      'an exclusion that names nothing',
      merge(blocked('block-ingress'), excluded({ InternetGatewayExclusionMode: 'allow-sideways' })),
    ],
  ])('is not known under %s', (_, parts) => {
    expect(blockOf(parts, excluded())).toMatchObject({ known: false, gaps: [{ code: 'unrecognised' }] })
  })

  test('is not known where the mode, or with a block its exclusions, were not read', () => {
    const unread = (operation: string) => ({ known: false, gaps: [{ code: 'not-read', operation }] })
    expect(blockOf()).toMatchObject(unread('DescribeVpcBlockPublicAccessOptions'))
    expect(blockOf(blocked('block-ingress'))).toMatchObject(unread('DescribeVpcBlockPublicAccessExclusions'))
    expect(blockOf(blocked('off'))).toEqual({ known: true, value: 'off' })
  })

  test('is that of the account that owns the subnet', () => {
    const parts = changed(shop, ofType(types.subnet), c => ({ ...c, OwnerId: '444455556666' }))
    const [first] = given(onlyBalancer(topologyOf(merge(parts, blocked('off')))).subnets)
    expect(first?.publicAccessBlock).toMatchObject({
      known: false,
      gaps: [{ code: 'not-read', account: '444455556666' }],
    })
  })
})
