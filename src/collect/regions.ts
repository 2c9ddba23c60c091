/** Which regions to read: those that were asked for, else all that the account has enabled. */
import { compareText } from '#base/canonical.ts'
import { describeRegions } from './operations/ec2.ts'
import { distinct, type Reader } from './reader.ts'

/**
 * Regions that every account of a partition has and cannot switch off: what is tried when nobody may list the enabled
 * ones. Source: AWS Account Management reference guide, "Enable or disable AWS Regions in your account".
 */
const alwaysEnabled: Readonly<Record<string, readonly string[]>> = {
  aws: [
    ...['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'ca-central-1', 'sa-east-1'],
    ...['eu-central-1', 'eu-north-1', 'eu-west-1', 'eu-west-2', 'eu-west-3'],
    ...[
      'ap-northeast-1',
      'ap-northeast-2',
      'ap-northeast-3',
      'ap-south-1',
      'ap-southeast-1',
      'ap-southeast-2',
    ],
  ],
  'aws-cn': ['cn-north-1', 'cn-northwest-1'],
  'aws-us-gov': ['us-gov-east-1', 'us-gov-west-1'],
}

export async function readRegions(
  { ask, partition }: Reader,
  wanted: readonly string[] | undefined,
  home: string,
): Promise<readonly string[]> {
  if (wanted && wanted.length > 0) return distinct(wanted).toSorted(compareText)
  const { items, complete } = await ask(describeRegions, { region: home, input: {} })
  const enabled = items.map(region => region.RegionName)
  const tried = complete ? [] : [home, ...(alwaysEnabled[partition] ?? [])]
  return distinct([...enabled, ...tried]).toSorted(compareText)
}
