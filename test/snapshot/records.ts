/** Small snapshot records for the tests of this folder. */
import type { Gap } from '#base/gap.ts'
import type { HeadRecord, ReadRecord, ResourceRecord } from '#snapshot/record.ts'

export const head: HeadRecord = {
  record: 'head',
  format: 1,
  tool: 'originproof 0.1.0',
  observedAt: '2026-01-02T03:04:05.000Z',
  accounts: ['111122223333'],
  regions: ['eu-central-1'],
  sealKey: 'abcd',
}

export const resource = (
  type: string,
  arn: string,
  config: Readonly<Record<string, unknown>> = {},
  region = 'eu-central-1',
): ResourceRecord => ({
  record: 'resource',
  type,
  arn,
  account: '111122223333',
  region,
  source: { kind: 'aws', service: 'elastic-load-balancing-v2', operation: 'DescribeRules' },
  config,
})

export const read = (operation: string, target = '*', region = 'eu-central-1', count = 1): ReadRecord => ({
  record: 'read',
  service: 'elastic-load-balancing-v2',
  operation,
  account: '111122223333',
  region,
  target,
  count,
})

export const gap = (operation: string, target = '*', region = 'eu-central-1'): Gap => ({
  code: 'denied',
  service: 'elastic-load-balancing-v2',
  operation,
  target,
  account: '111122223333',
  region,
  action: `elasticloadbalancing:${operation}`,
  message: `${operation} was denied.`,
})
