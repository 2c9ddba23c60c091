/** Links with their exposures and probes, and a whole world of them. */

import type { Gap } from '#base/gap.ts'
import { known } from '#base/known.ts'
import type { ProbeVerdict, SignatureVerdict, Spelling } from '#probe/exchange.ts'
import type { Exposure, LinkExposure, Twins, Verdict } from '#prove/exposure.ts'
import type { Sisters } from '#prove/sister.ts'
import type {
  Behavior,
  Distribution,
  Link,
  LoadBalancer,
  Origin,
  Target,
  TokenLife,
  Topology,
  VpcOrigin,
} from '#topology/model.ts'
import { aBehavior, aCertificate, anOrigin, aWebAcl, managedRules } from './edge.ts'
import { rememberedLife } from './life.ts'
import { aLoadBalancer, cloudFrontList } from './load-balancer.ts'
import { account, aGap, aRef, region } from './refs.ts'

export const toLoadBalancer = (
  loadBalancer: LoadBalancer = aLoadBalancer(),
  vpcOrigin: VpcOrigin | null = null,
): Target => ({
  ...{ kind: 'load-balancer', loadBalancer, vpcOrigin },
  ...{ others: [], names: ['origin.example.com', loadBalancer.dnsName], gaps: [] },
})

export const lost: Target = {
  kind: 'unknown',
  names: ['origin.example.com'],
  gaps: [aGap('DescribeLoadBalancers')],
}

export interface LinkSpec {
  readonly id?: string
  readonly distribution?: Partial<Distribution>
  readonly origin?: Partial<Origin>
  readonly behaviors?: readonly Behavior[]
  readonly target?: Target
  /** Verdicts for internet and tenant; closed where not said. */
  readonly verdict?: Verdict | readonly [internet: Verdict, tenant: Verdict]
  readonly reasons?: Exposure['reasons']
  readonly probe?: ProbeVerdict['verdict']
  /** Code of that verdict, and the secrets that pages of the edge gave back. */
  readonly probeCode?: string
  readonly echoes?: ProbeVerdict['echoes']
  /** What paths that need a signature answered without one. */
  readonly signature?: SignatureVerdict['verdict']
  readonly sisters?: Partial<Sisters>
  readonly twins?: Partial<Twins>
  /** What other spellings of signed paths were answered; with `signature`. */
  readonly spellings?: readonly Spelling[]
}

const aDistribution = (id: string, origin: Origin, spec: LinkSpec): Distribution => ({
  ref: aRef('AWS::CloudFront::Distribution', id, `arn:aws:cloudfront::${account}:distribution/${id}`),
  id,
  domainName: `${id.toLowerCase()}.cloudfront.net`,
  aliases: ['www.example.com'],
  enabled: true,
  staging: false,
  behaviors: spec.behaviors ?? [aBehavior()],
  origins: [origin],
  originGroups: [],
  viewer: {
    isDefault: false,
    minimumProtocolVersion: 'TLSv1.2_2021',
    sslSupportMethod: 'sni-only',
    certificate: known(aCertificate({ domainName: 'www.example.com' })),
  },
  webAcl: known(aWebAcl([managedRules()])),
  geoRestriction: known({ kind: 'none', countries: [] }),
  continuousDeployment: known(null),
  tenants: null,
  ...spec.distribution,
})

const aLink = (spec: LinkSpec): Link => {
  const origin = anOrigin(spec.origin)
  const distribution = aDistribution(spec.id ?? 'E1EXAMPLE', origin, spec)
  return {
    id: `${distribution.id}/${origin.id}`,
    distribution,
    origin,
    behaviors: spec.behaviors ?? [aBehavior()],
    target: spec.target ?? toLoadBalancer(),
  }
}

const anExposure = (
  link: Link,
  vantage: 'internet' | 'tenant',
  verdict: Verdict,
  reasons: Exposure['reasons'],
): Exposure => ({
  verdict,
  reasons: verdict === 'unknown' ? reasons : [],
  certificate:
    verdict === 'closed'
      ? {
          obligations: [
            {
              ...{ kind: 'SECRET_REQUIRED', entryPoint: link.origin.domainName, family: 4 },
              ...{
                listener: null,
                rule: null,
                lines: [link.distribution.ref.line],
                text: 'needs the secret',
              },
            },
          ],
          reliesOn: [],
        }
      : null,
  witness:
    verdict === 'open' || verdict === 'guessable'
      ? {
          ...{
            vantage,
            family: 4,
            source: '198.51.100.7',
            scheme: 'https',
            connect: 'origin.example.com',
            port: 443,
          },
          ...{ sni: 'origin.example.com', method: 'GET', host: 'origin.example.com', path: '/', headers: [] },
          route: [
            {
              kind: 'listener',
              arn: link.distribution.ref.arn,
              line: link.distribution.ref.line,
              text: 'HTTPS:443',
            },
          ],
        }
      : null,
})

export const noSisters: Sisters = { found: [], more: 0, asStrict: 0, reasons: [] }
export const noTwins: Twins = { found: [], more: 0, apart: 0, reasons: [] }

const exposureOf = (link: Link, { verdict = 'closed', reasons, sisters, twins }: LinkSpec): LinkExposure => {
  const [internet, tenant] = typeof verdict === 'string' ? [verdict, verdict] : verdict
  const why = reasons ?? [{ kind: 'gap', gap: aGap() }]
  return {
    link,
    internet: anExposure(link, 'internet', internet, why),
    tenant: anExposure(link, 'tenant', tenant, why),
    inside: null,
    sisters: { ...noSisters, ...sisters },
    twins: { ...noTwins, ...twins },
  }
}

export interface World {
  readonly topology: Topology
  readonly exposures: readonly LinkExposure[]
  readonly probes: ReadonlyMap<string, ProbeVerdict>
}

/** A world of these links; load balancers are those that the links lead to, and `more`. */
export const aWorld = (
  specs: readonly LinkSpec[],
  {
    gaps = [],
    more = [],
    life,
  }: {
    readonly gaps?: readonly Gap[]
    readonly more?: readonly LoadBalancer[]
    readonly life?: TokenLife
  } = {},
): World => {
  const built = specs.map(spec => ({ spec, link: aLink(spec) }))
  const links = built.map(b => b.link)
  const behind = links.flatMap(({ target }) => (target.kind === 'load-balancer' ? [target.loadBalancer] : []))
  const probed = built.flatMap(({ spec, link }) => {
    if (spec.probe === undefined) return []
    const saying = { code: 'test', reason: 'as the test says', exchanges: [`${link.id}#1`] }
    const verdict: ProbeVerdict = {
      ...saying,
      ...(spec.probeCode !== undefined && { code: spec.probeCode }),
      ...(spec.echoes && { echoes: spec.echoes }),
      verdict: spec.probe,
      ...(spec.signature !== undefined && {
        signature: { ...saying, verdict: spec.signature, spellings: spec.spellings ?? [] },
      }),
    }
    return [[link.id, verdict] as const]
  })
  return {
    topology: {
      observedAt: '2026-06-01T00:00:00.000Z',
      accounts: [account],
      regions: [region],
      distributions: [...new Map(links.map(l => [l.distribution.id, l.distribution])).values()],
      links,
      loadBalancers: [...new Map([...behind, ...more].map(lb => [lb.ref.arn, lb])).values()],
      unseenLoadBalancers: [],
      prefixLists: [cloudFrontList],
      accelerators: { items: [], gaps: [] },
      vpcLinks: { items: [], gaps: [] },
      endpointServices: { items: [], gaps: [] },
      signingKeys: { items: [], gaps: [] },
      keyGroups: { items: [], gaps: [] },
      life: life ?? rememberedLife(links),
      clusters: [],
      gaps,
    },
    exposures: built.map(({ spec, link }) => exposureOf(link, spec)),
    probes: new Map(probed),
  }
}
