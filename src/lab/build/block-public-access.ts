/** VPC Block Public Access of a world: the mode of a region, and who is exempt. */
import { types } from '#snapshot/resource-types.ts'
import type { WorldResource } from '../world.ts'
import { hex } from './names.ts'
import type { Place } from './place.ts'

export interface BlockPublicAccessSpec {
  readonly place: Place
  readonly mode: 'off' | 'block-ingress' | 'block-bidirectional'
  readonly exclusions?: readonly {
    /** ARN of a VPC or subnet. */
    readonly of: string
    readonly mode: 'allow-bidirectional' | 'allow-egress'
  }[]
}

export const buildBlockPublicAccess = (spec: BlockPublicAccessSpec): readonly WorldResource[] => {
  const { account, region } = spec.place
  const arn = `arn:aws:ec2:${region}:${account}:vpc-block-public-access`
  const options = {
    AwsAccountId: account,
    AwsRegion: region,
    State: spec.mode === 'off' ? 'default-state' : 'update-complete',
    InternetGatewayBlockMode: spec.mode,
    ManagedBy: 'account',
    ExclusionsAllowed: 'allowed',
  }
  return [
    { account, region, type: types.blockPublicAccess, arn: `${arn}-options`, config: options },
    ...(spec.exclusions ?? []).map(exclusion => {
      const ExclusionId = `vpcbpa-exclude-0${hex(16, exclusion.of)}`
      const config = {
        ExclusionId,
        ResourceArn: exclusion.of,
        InternetGatewayExclusionMode: exclusion.mode,
        State: 'create-complete',
      }
      const type = types.blockPublicAccessExclusion
      return { account, region, type, arn: `${arn}-exclusion/${ExclusionId}`, config }
    }),
  ]
}
