/** Look-ups: a read proves absence only where it covers the question, a gap is suspected wherever it may hide the answer. */
import { expect, test } from 'vitest'
import { arrangeSnapshot } from '#snapshot/arrange.ts'
import { indexSnapshot } from '#snapshot/index.ts'
import { gap, head, read, resource } from './records.ts'

const elb = 'elastic-load-balancing-v2'
const account = '111122223333'
const region = 'eu-central-1'

const index = indexSnapshot(
  arrangeSnapshot(
    head,
    [
      resource('A', 'a:1', { n: 1 }),
      resource('A', 'a:1', { n: 2 }, 'us-east-1'),
      resource('A', 'a:2'),
      resource('B', 'a:1'),
    ],
    [read('DescribeRules', 'l:1'), read('DescribeLoadBalancers')],
    [gap('DescribeRules', 'l:2'), gap('DescribeTags'), { ...gap('DescribeZones'), region: '', account: '' }],
  ),
)

test('resources are found by type and by name, in canonical order', () => {
  expect(index.byType('A').map(r => [r.arn, r.region])).toEqual([
    ['a:1', 'eu-central-1'],
    ['a:1', 'us-east-1'],
    ['a:2', 'eu-central-1'],
  ])
  expect(index.byArn('A', 'a:1')?.config).toEqual({ n: 1 })
  expect(index.allByArn('A', 'a:1').map(r => r.config)).toEqual([{ n: 1 }, { n: 2 }])
  expect(index.byArn('A', 'none')).toBeUndefined()
  expect(index.byType('none')).toEqual([])
})

test('a call is read when it was answered for that very target', () => {
  expect(index.wasRead({ service: elb, operation: 'DescribeRules', target: 'l:1' })).toBe(true)
  expect(index.wasRead({ service: elb, operation: 'DescribeRules', target: 'l:1', region, account })).toBe(
    true,
  )
  expect(index.wasRead({ service: elb, operation: 'DescribeRules', target: 'l:2' })).toBe(false)
  expect(
    index.wasRead({ service: elb, operation: 'DescribeRules', target: 'l:1', region: 'us-east-1' }),
  ).toBe(false)
})

test('a list of a region answers for each target in that region and account, and for nothing else', () => {
  const asked = { service: elb, operation: 'DescribeLoadBalancers', target: 'lb:9' }
  expect(index.wasRead({ ...asked, region, account })).toBe(true)
  expect(index.wasRead({ ...asked, region: 'us-east-1', account })).toBe(false)
  expect(index.wasRead({ ...asked, region, account: '444455556666' })).toBe(false)
  expect(index.wasRead(asked)).toBe(false)
  expect(index.wasRead({ ...asked, region })).toBe(false)
})

test('an operation of another service with the same name is another call', () => {
  const asked = { operation: 'DescribeLoadBalancers', target: '*', region, account }
  expect(index.wasRead({ ...asked, service: elb })).toBe(true)
  expect(index.wasRead({ ...asked, service: 'elastic-load-balancing' })).toBe(false)
  expect(
    index.gapsFor({ operation: 'DescribeTags', target: 'x', service: 'elastic-load-balancing' }),
  ).toEqual([])
})

test('a gap hides its own target, and a gap of a list hides everything in it', () => {
  expect(index.gapsFor({ operation: 'DescribeRules', target: 'l:2' })).toHaveLength(1)
  expect(index.gapsFor({ operation: 'DescribeRules', target: 'l:1' })).toEqual([])
  expect(index.gapsFor({ operation: 'DescribeTags', target: 'anything' })).toHaveLength(1)
  expect(index.gapsFor({ operation: 'DescribeTags', target: '*', region })).toHaveLength(1)
  expect(index.gapsFor({ operation: 'DescribeTags', target: 'anything', region: 'us-east-1' })).toEqual([])
})

test('a gap of no particular region or account hides every one', () => {
  const asked = { operation: 'DescribeZones', target: 'z', region: 'us-east-1', account: '444455556666' }
  expect(index.gapsFor(asked)).toHaveLength(1)
})
