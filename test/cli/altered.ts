/** Files and answers that somebody tampered with. */
import type { AwsHandler, Broken } from '#lab/aws/endpoint.ts'
import { withFaults } from '#lab/aws/policy.ts'
import type { World } from '#lab/world.ts'
import type { ScanResult } from '#scan.ts'
import { secretsOf } from '../e2e/secrets.ts'

/** The text of a snapshot after a change of records; throws where the change meets none. */
const withRecordsChanged = (
  snapshot: string,
  is: (config: Record<string, unknown>) => boolean,
  change: (config: Record<string, unknown>) => Record<string, unknown>,
): string => {
  let changes = 0
  const lines = snapshot
    .trimEnd()
    .split('\n')
    .map(line => {
      const record = JSON.parse(line) as { record: string; config?: Record<string, unknown> }
      if (!record.config || !is(record.config)) return line
      changes += 1
      return JSON.stringify({ ...record, config: change(record.config) })
    })
  if (changes === 0) throw new Error('no record was changed')
  return `${lines.join('\n')}\n`
}

/** The security groups that admit CloudFront admit everybody. */
export const openedToAll = (snapshot: string): string =>
  withRecordsChanged(
    snapshot,
    c => c.SecurityGroupRuleId !== undefined && c.PrefixListId !== undefined,
    ({ PrefixListId: _, ...c }) => ({ ...c, CidrIpv4: '0.0.0.0/0' }),
  )

/** No listener rule forwards any more. */
export const forwardingNothing = (snapshot: string): string =>
  withRecordsChanged(
    snapshot,
    c => c.RuleArn !== undefined && JSON.stringify(c.Actions).includes('"forward"'),
    c => ({
      ...c,
      Actions: [{ Type: 'fixed-response', Order: 1, FixedResponseConfig: { StatusCode: '404' } }],
    }),
  )

/** A result whose first certificate lacks its first obligation. */
export const withoutObligation = (text: string): string => {
  const whole = JSON.parse(text) as ScanResult
  const at = whole.links.findIndex(l => (l.exposure.internet.certificate?.obligations.length ?? 0) > 0)
  const { internet, ...others } = whole.links[at]?.exposure ?? {}
  const certificate = { ...internet?.certificate, obligations: internet?.certificate?.obligations.slice(1) }
  const exposure = { ...others, internet: { ...internet, certificate } }
  return JSON.stringify({ ...whole, links: whole.links.map((l, i) => (i === at ? { ...l, exposure } : l)) })
}

/** Answers that are broken, cut, or errors that quote a secret of the world. */
export const broken =
  (world: World) =>
  (handle: AwsHandler): AwsHandler =>
    withFaults(
      handle,
      new Map<string, Broken | { readonly code: string; readonly message: string }>([
        ['cloudfront:GetDistributionConfig', 'malformed'],
        ['ec2:DescribeSubnets', 'truncated'],
        [
          'elastic-load-balancing-v2:DescribeRules',
          { code: 'ValidationError', message: `Condition value '${secretsOf(world)[0]}' is invalid` },
        ],
      ]),
    )
