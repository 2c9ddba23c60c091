/** The web ACL of the edge, and all that its rules refer to. */

import { buildWebAcl } from '#lab/build/security.ts'
import type { WorldResource } from '#lab/world.ts'
import { types } from '#snapshot/resource-types.ts'
import { regionalSets } from './estate-balancers.ts'
import { account, dublin, of, virginia } from './estate-parts.ts'

const sets = {
  group: `arn:aws:wafv2:us-east-1:${account}:global/rulegroup/gate/2b`,
  ip: `arn:aws:wafv2:us-east-1:${account}:global/ipset/blocked/3c`,
  regex: `arn:aws:wafv2:us-east-1:${account}:global/regexpatternset/agents/4d`,
}
const visibility = (MetricName: string) => ({
  SampledRequestsEnabled: true,
  CloudWatchMetricsEnabled: true,
  MetricName,
})
export const edgeAcl = buildWebAcl({
  name: 'edge',
  scope: 'CLOUDFRONT',
  place: virginia,
  rules: [
    {
      Name: 'gate',
      Priority: 1,
      Statement: { RuleGroupReferenceStatement: { ARN: sets.group } },
      OverrideAction: { None: {} },
      VisibilityConfig: visibility('gate'),
    },
  ],
})
export const edgeParts: readonly WorldResource[] = [
  of(virginia, types.ruleGroup, sets.group, {
    Name: 'gate',
    Id: '2b',
    ARN: sets.group,
    Capacity: 10,
    Scope: 'CLOUDFRONT',
    VisibilityConfig: visibility('gate'),
    Rules: [
      {
        Name: 'agents',
        Priority: 0,
        Action: { Block: {} },
        VisibilityConfig: visibility('agents'),
        Statement: {
          AndStatement: {
            Statements: [
              { IPSetReferenceStatement: { ARN: sets.ip } },
              {
                RegexPatternSetReferenceStatement: {
                  ARN: sets.regex,
                  FieldToMatch: { UriPath: {} },
                  TextTransformations: [{ Priority: 0, Type: 'NONE' }],
                },
              },
            ],
          },
        },
      },
    ],
  }),
  of(virginia, types.ipSet, sets.ip, {
    Name: 'blocked',
    Id: '3c',
    ARN: sets.ip,
    IPAddressVersion: 'IPV4',
    Addresses: ['192.0.2.64/26'],
    Scope: 'CLOUDFRONT',
  }),
  of(virginia, types.regexPatternSet, sets.regex, {
    Name: 'agents',
    Id: '4d',
    ARN: sets.regex,
    RegularExpressionList: [{ RegexString: '^/admin' }],
    Scope: 'CLOUDFRONT',
  }),
  of(dublin, types.ipSet, regionalSets.ip, {
    Name: 'offices',
    Id: '1a',
    ARN: regionalSets.ip,
    IPAddressVersion: 'IPV4',
    Addresses: ['192.0.2.96/27'],
    Scope: 'REGIONAL',
  }),
]
