/** A VPC origin of a world: CloudFront's way to a load balancer or instance that has no public address. */
import { types } from '#snapshot/resource-types.ts'
import type { WorldResource } from '../world.ts'
import { hex } from './names.ts'

/** As GetVpcOrigin shows it. `endpoint` is the ARN of what it leads to. */
export const buildVpcOrigin = (account: string, name: string, endpoint: string): WorldResource => {
  const id = `vo_${hex(22, 'vpc-origin', name)}`
  const arn = `arn:aws:cloudfront::${account}:vpcorigin/${id}`
  const config = {
    Id: id,
    Arn: arn,
    AccountId: account,
    Status: 'Deployed',
    CreatedTime: '2026-02-01T10:00:00.000Z',
    LastModifiedTime: '2026-02-01T10:00:00.000Z',
    VpcOriginEndpointConfig: {
      Name: name,
      Arn: endpoint,
      HTTPPort: 80,
      HTTPSPort: 443,
      OriginProtocolPolicy: 'https-only',
      OriginSslProtocols: { Quantity: 1, Items: ['TLSv1.2'] },
    },
  }
  return { type: types.vpcOrigin, arn, account, region: 'us-east-1', config }
}
