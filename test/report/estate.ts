/** A small estate with every verdict: eight links, and what the rules say about them. */
import type { Finding, LinkResult } from '#findings/result.ts'
import {
  account,
  albArn,
  albName,
  closed,
  distributionArn,
  finding,
  gap,
  link,
  noNetwork,
  open,
  sealedText,
  subject,
  unknown,
  witness,
} from './parts.ts'

const shop = link('E1SHOP', 'shop', {
  exposure: {
    internet: open('shop'),
    tenant: open('shop', { vantage: 'tenant', source: '130.176.0.10' }),
    inside: null,
  },
  probe: {
    verdict: 'confirmed',
    code: 'same-content',
    reason: 'same-content: the direct answer is the page that the edge shows (200, 1832 bytes, same title)',
    exchanges: ['E1SHOP/shop#1', 'E1SHOP/shop#2', 'E1SHOP/shop#3'],
  },
})
export const account2 = '444455556666'
const wildcard = link('E2CATALOG', 'catalog', {
  account: account2,
  exposure: {
    internet: closed('catalog', noNetwork, { ...noNetwork, family: 6 }),
    tenant: {
      verdict: 'guessable',
      witness: witness('catalog', {
        vantage: 'tenant',
        source: '130.176.0.10',
        headers: [['x-origin-verify', sealedText('9f86d081')]],
        path: '/api/items?limit=1',
      }),
      certificate: null,
      gaps: [],
    },
    inside: null,
  },
})
const locked = link('E3LOCKED', 'locked', {
  probe: {
    verdict: 'blocked',
    code: 'gate',
    reason: 'gate: the direct answer is the fixed response of the default action',
    exchanges: ['E3LOCKED/locked#1'],
  },
})
const vpc = link('E4VPC', 'internal-app', {
  origin: 'internal-app',
  originDomainName: `internal-${albName('internal-app')}`,
  originKind: 'vpc-origin',
  line: 9,
  exposure: {
    internet: closed('internal-app', {
      ...noNetwork,
      text: 'the load balancer is internal: no public address',
    }),
    tenant: closed('internal-app', { ...noNetwork, text: 'the VPC origin belongs to this account only' }),
    inside: open('internal-app', {
      vantage: 'inside',
      source: '10.0.3.7',
      scheme: 'http',
      port: 80,
      sni: null,
    }),
  },
})
export const billing = link('E5BILLING', 'billing', {
  exposure: {
    internet: unknown(gap()),
    tenant: unknown(
      gap(),
      gap({
        operation: 'GetWebACL',
        service: 'wafv2',
        action: 'wafv2:GetWebACL',
        message: 'The web ACL of billing was not read.',
      }),
    ),
    inside: null,
  },
  probe: {
    verdict: 'inconclusive',
    code: 'different',
    reason: 'different: both answers are 200, but the pages differ',
    exchanges: ['E5BILLING/billing#1', 'E5BILLING/billing#2'],
  },
})
const admin = link('E6ADMIN', 'admin', {
  exposure: {
    internet: { verdict: 'authenticated', witness: witness('admin'), certificate: null, gaps: [] },
    tenant: {
      verdict: 'authenticated',
      witness: witness('admin', { vantage: 'tenant' }),
      certificate: null,
      gaps: [],
    },
    inside: null,
  },
})
const v6 = link('E7MEDIA', 'media', {
  exposure: {
    internet: open('media', {
      family: 6,
      source: '2001:4860:4860::8888',
      scheme: 'http',
      port: 8080,
      sni: null,
      path: '/images/[a]/../x.png',
    }),
    tenant: open('media', { vantage: 'tenant', family: 6 }),
    inside: null,
  },
})
const outside = link('E8PARTNER', 'partner', {
  origin: 'partner',
  originDomainName: 'origin.partner.example.net',
  originKind: 'external',
  line: 12,
  target: null,
  exposure: {
    internet: {
      verdict: 'unknown',
      witness: null,
      certificate: null,
      gaps: [
        { kind: 'not-modelled', message: 'The origin belongs to somebody else; only a probe can tell.' },
      ],
    },
    tenant: {
      verdict: 'unknown',
      witness: null,
      certificate: null,
      gaps: [
        { kind: 'uncertain', id: 'U-06', message: 'What an empty Host header matches is not documented.' },
      ],
    },
    inside: null,
  },
})

export const about = (l: LinkResult) => ({ distribution: l.distribution, origin: l.origin, links: [l.id] })
const listener = (name: string) =>
  subject(
    albArn(name).replace('loadbalancer', 'listener'),
    'AWS::ElasticLoadBalancingV2::Listener',
    `${name} HTTPS:443`,
    22,
  )

const shopOpen = finding('origin-closed-to-internet', {
  ...about(shop),
  severity: 'critical',
  title: 'The origin is reachable only through CloudFront',
  message:
    'Anyone on the internet reaches the backend of shop without passing CloudFront, its web ACL or its functions.',
  remediation:
    'Let the **default action** answer 403 and forward only with the secret header:\n\n```sh\naws elbv2 modify-listener --listener-arn arn:aws:... \\\n  --default-actions Type=fixed-response,FixedResponseConfig={StatusCode=403}\n```\n\nThen narrow `sg-0a1b2c3d` to `pl-a3a144ac`.',
  evidence: [
    {
      text: 'security group sg-0a1b2c3d admits tcp/443 from 0.0.0.0/0',
      line: 31,
      arn: `arn:aws:ec2:eu-central-1:${account}:security-group/sg-0a1b2c3d`,
      exchange: null,
    },
    {
      text: 'the default action of HTTPS:443 forwards to shop-web',
      line: 25,
      arn: listener('shop').arn,
      exchange: null,
    },
    {
      text: 'the direct answer equals the answer of the edge',
      line: null,
      arn: null,
      exchange: 'E1SHOP/shop#3',
    },
  ],
  related: [subject(albArn('shop'), 'AWS::ElasticLoadBalancingV2::LoadBalancer', 'shop', 20)],
})
const causes = [
  finding('alb-default-action-denies', {
    ...about(shop),
    subject: listener('shop'),
    severity: 'high',
    partOf: shopOpen.fingerprint,
    message: 'The default action of HTTPS:443 forwards to shop-web instead of answering 403.',
  }),
  finding('origin-security-group-cloudfront-only', {
    ...about(shop),
    subject: subject(
      'arn:aws:ec2:eu-central-1:111122223333:security-group/sg-0a1b2c3d',
      'AWS::EC2::SecurityGroup',
      'sg-0a1b2c3d',
      31,
    ),
    severity: 'medium',
    partOf: shopOpen.fingerprint,
    message: 'sg-0a1b2c3d admits the whole internet on port 443.',
  }),
]
export const findings: readonly Finding[] = [
  { ...shopOpen, causes: causes.map(c => c.fingerprint) },
  ...causes,
  finding('origin-closed-to-internet', {
    ...about(v6),
    severity: 'critical',
    subject: subject(distributionArn('E7MEDIA'), 'AWS::CloudFront::Distribution', 'E7MEDIA', 8),
    message: 'Anyone with IPv6 reaches the backend of media: the IPv6 half of the security group is open.',
  }),
  finding('origin-closed-to-tenants', {
    ...about(wildcard),
    subject: {
      ...subject(distributionArn('E2CATALOG'), 'AWS::CloudFront::Distribution', 'E2CATALOG', 5),
      account: account2,
    },
    message: 'Any CloudFront customer reaches catalog by guessing the header value: 22 effective bits.',
  }),
  finding('origin-link-encrypted', {
    ...about(v6),
    severity: 'medium',
    subject: subject(distributionArn('E7MEDIA'), 'AWS::CloudFront::Distribution', 'E7MEDIA', 8),
    message: 'CloudFront fetches from media over plain HTTP.',
  }),
  finding('distribution-waf-attached', {
    distribution: 'E4VPC',
    links: [vpc.id],
    severity: 'low',
    subject: subject(distributionArn('E4VPC'), 'AWS::CloudFront::Distribution', 'E4VPC', 9),
    message: 'No web ACL stands in front of E4VPC.',
  }),
  finding('origin-header-enforced', {
    ...about(billing),
    outcome: 'unknown',
    subject: listener('billing'),
    message: 'The listener rules of billing were not read.',
    gaps: [gap()],
  }),
]

export const links: readonly LinkResult[] = [shop, wildcard, locked, vpc, billing, admin, v6, outside]
