/** Certificates of AWS Certificate Manager, as listeners and viewers use them. */
import { type Known, known, unobserved } from '#base/known.ts'
import type { LocatedResource } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { call, notRead, type Place } from './calls.ts'
import { listAt, textAt, textsAt } from './config.ts'
import { type Facts, lookUp, misread, refOf } from './facts.ts'
import type { Certificate } from './model.ts'

const kinds = ['AMAZON_ISSUED', 'IMPORTED', 'PRIVATE'] as const

const buildCertificate = (resource: LocatedResource): Known<Certificate> => {
  const { config } = resource
  const domainName = textAt(config, 'DomainName')
  const names =
    listAt(config, 'SubjectAlternativeNames') === undefined ? [] : textsAt(config, 'SubjectAlternativeNames')
  if (domainName === undefined || names === undefined)
    return unobserved(misread(resource, 'the names of the certificate cannot be read'))
  const notAfter = textAt(config, 'NotAfter')
  const kind = textAt(config, 'Type')
  return known({
    ref: refOf(resource, domainName),
    domainName,
    subjectAlternativeNames: names.toSorted(),
    notAfter: notAfter !== undefined && Number.isFinite(Date.parse(notAfter)) ? notAfter : null,
    type: kinds.find(k => k === kind) ?? 'unknown',
    status: textAt(config, 'Status') ?? 'unknown',
    renewalStatus: textAt(config, 'RenewalSummary', 'RenewalStatus') ?? null,
    inUse: (listAt(config, 'InUseBy') ?? []).length > 0,
  })
}

/** The certificate of an ARN. Those of IAM are not read, only named. */
export const certificateNamed = (facts: Facts, arn: string, place: Place): Known<Certificate> => {
  if (!/^arn:[^:]+:acm:/.test(arn))
    return unobserved(notRead(call('GetServerCertificate', arn, { account: place.account })))
  // An ARN names its own region and account, which need not be the ones of the resource that uses it.
  const [, , , region, account] = arn.split(':')
  const asked = call('DescribeCertificate', arn, {
    account: account ?? place.account,
    region: region ?? place.region,
  })
  const found = lookUp(facts, types.certificate, arn, asked)
  return found.known ? buildCertificate(found.value) : found
}
