/** The ACM operation that collecting uses. */
import type * as Acm from '@aws-sdk/client-acm'
import { one, operationsOf } from './operation.ts'

const define = operationsOf('acm')

export const describeCertificate = define<
  Acm.DescribeCertificateCommandInput,
  Acm.DescribeCertificateCommandOutput
>()({
  name: 'DescribeCertificate',
  target: 'certificate ARN',
  purpose: 'names, expiry and renewal of certificates that listeners and viewers use',
  items: output => one(output.Certificate),
})
