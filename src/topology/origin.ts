/** The origins of a distribution, and what each of them leads to. */
import type { Gap } from '#base/gap.ts'
import type { LocatedResource } from '#snapshot/record.ts'
import { accessControlOf, identityIn } from './access-control.ts'
import { asValue } from './condition.ts'
import { integerAt, isMissing, itemsAt, objectAt, textAt, valueAt } from './config.ts'
import type { Estate } from './estate.ts'
import { misread } from './facts.ts'
import type { Origin, OriginHeader, OriginKind, Target, VpcOrigin } from './model.ts'
import { follow } from './names.ts'
import { kindOf, targetOf } from './target.ts'
import { vpcOriginNamed, vpcOriginTarget } from './vpc-origin.ts'

export interface BuiltOrigin {
  readonly origin: Origin
  readonly target: Target
  /** What of the origin's own configuration could not be read. */
  readonly gaps: readonly Gap[]
}

const buildHeader = (raw: unknown): OriginHeader | undefined => {
  const name = textAt(raw, 'HeaderName')
  const value = asValue(valueAt(raw, 'HeaderValue'))
  return name === undefined || value === undefined ? undefined : { name, value }
}

/** S3 origins by their configuration, where the name is of a form that is not known. */
const isS3 = (raw: unknown): boolean =>
  !isMissing(raw, 'S3OriginConfig') &&
  isMissing(raw, 'CustomOriginConfig') &&
  isMissing(raw, 'VpcOriginConfig')

/** Multi-tenant distributions write `{{parameter}}` where each tenant has a value of its own. */
const hasParameter = (raw: unknown): boolean => (textAt(raw, 'DomainName') ?? '').includes('{{')

/** What of the configuration is not as AWS writes it, or not to be told from it, in words. */
const faults = (raw: unknown, id: string): readonly string[] => {
  const headers = itemsAt(raw, 'CustomHeaders')?.map(buildHeader)
  const protocols = itemsAt(raw, 'CustomOriginConfig', 'OriginSslProtocols')
  const custom = !isMissing(raw, 'CustomOriginConfig')
  const checks: readonly (readonly [boolean, string])[] = [
    [id === '', 'an origin has no id'],
    [textAt(raw, 'DomainName') === undefined, `origin ${id} has no domain name`],
    [hasParameter(raw), `each tenant fills in the domain name of origin ${id}`],
    [headers === undefined || headers.includes(undefined), `the headers of origin ${id} cannot be read`],
    [
      protocols === undefined || !protocols.every(p => typeof p === 'string'),
      `the TLS versions of origin ${id} cannot be read`,
    ],
    [
      custom && textAt(raw, 'CustomOriginConfig', 'OriginProtocolPolicy') === undefined,
      `the protocol policy of origin ${id} cannot be read`,
    ],
    [
      !isMissing(raw, 'VpcOriginConfig') && textAt(raw, 'VpcOriginConfig', 'VpcOriginId') === undefined,
      `the VPC origin of origin ${id} cannot be read`,
    ],
  ]
  return checks.flatMap(([wrong, what]) => (wrong ? [what] : []))
}

interface Led {
  readonly kind: OriginKind
  readonly target: Target
  readonly vpcOrigin: VpcOrigin | null
}

const ledByName = (estate: Estate, raw: unknown, domainName: string): Led => {
  const originPath = textAt(raw, 'OriginPath') ?? ''
  const target = targetOf(estate, follow(estate, domainName), originPath)
  const kind = kindOf(target, originPath)
  return target.kind === 'unknown' && kind === 'unknown' && isS3(raw)
    ? { kind: 's3-rest', target: { kind: 'service', names: target.names }, vpcOrigin: null }
    : { kind, target, vpcOrigin: null }
}

const ledByVpcOrigin = (estate: Estate, id: string, name: string, account: string): Led => {
  const found = vpcOriginNamed(estate.facts, id, account)
  const vpcOrigin = found.known ? found.value : null
  return { kind: 'vpc-origin', target: vpcOriginTarget(estate, found, [name]), vpcOrigin }
}

/** Reads one origin; total, whatever `raw` is. */
export const buildOrigin = (estate: Estate, raw: unknown, distribution: LocatedResource): BuiltOrigin => {
  const id = textAt(raw, 'Id') ?? ''
  const domainName = textAt(raw, 'DomainName') ?? ''
  const custom = objectAt(raw, 'CustomOriginConfig')
  const inVpc = !isMissing(raw, 'VpcOriginConfig')
  const vpcOriginId = textAt(raw, 'VpcOriginConfig', 'VpcOriginId') ?? null
  const gaps = faults(raw, id).map(what => misread(distribution, what))
  const nothing: Led = {
    kind: inVpc ? 'vpc-origin' : 'unknown',
    target: { kind: 'unknown', names: [domainName], gaps },
    vpcOrigin: null,
  }
  const led =
    vpcOriginId !== null
      ? ledByVpcOrigin(estate, vpcOriginId, domainName, distribution.account)
      : inVpc || domainName === '' || hasParameter(raw)
        ? nothing
        : ledByName(estate, raw, domainName)
  const origin: Origin = {
    id,
    domainName,
    originPath: textAt(raw, 'OriginPath') ?? '',
    kind: led.kind,
    headers: (itemsAt(raw, 'CustomHeaders') ?? []).map(buildHeader).filter(h => h !== undefined),
    protocolPolicy: textAt(custom, 'OriginProtocolPolicy') ?? led.vpcOrigin?.protocolPolicy ?? null,
    httpPort: integerAt(custom, 'HTTPPort') ?? led.vpcOrigin?.httpPort ?? 80,
    httpsPort: integerAt(custom, 'HTTPSPort') ?? led.vpcOrigin?.httpsPort ?? 443,
    sslProtocols: (itemsAt(custom, 'OriginSslProtocols') ?? []).filter(p => typeof p === 'string'),
    vpcOriginId,
    originAccessControlId: textAt(raw, 'OriginAccessControlId') ?? null,
    accessControl: accessControlOf(estate.facts, textAt(raw, 'OriginAccessControlId') ?? '', distribution),
    originAccessIdentity: identityIn(textAt(raw, 'S3OriginConfig', 'OriginAccessIdentity') ?? ''),
  }
  return { origin, target: led.target, gaps }
}
