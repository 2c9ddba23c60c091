/** AWS Certificate Manager of a world. */
import { types } from '#snapshot/resource-types.ts'
import { type Operations, orRefuse } from './operation.ts'

export const acm: Operations = {
  DescribeCertificate: ({ input, view }) => ({
    Certificate: orRefuse(
      view.by(types.certificate, 'CertificateArn', input.CertificateArn),
      'ResourceNotFoundException',
      input.CertificateArn,
    ),
  }),
}
