/** Reads ACM certificates by ARN; those of IAM are named by ARN only and not read. */
import { types } from '#snapshot/resource-types.ts'
import { describeCertificate } from './operations/acm.ts'
import { arnParts, once, type Reader } from './reader.ts'

export type ReadCertificate = (arn: string) => Promise<void>

/** Each certificate is asked for once, in the region that its ARN names. */
export const certificateReader = (reader: Reader): ReadCertificate =>
  once(async arn => {
    const { service, region } = arnParts(arn)
    if (service !== 'acm') return
    const { items } = await reader.ask(describeCertificate, {
      region,
      input: { CertificateArn: arn },
      about: arn,
    })
    for (const config of items)
      reader.journal.keep(describeCertificate, { type: types.certificate, arn, region, config })
  })
