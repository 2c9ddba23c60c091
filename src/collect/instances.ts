/** Reads the instances that are origins. */
import type { Instance } from '@aws-sdk/client-ec2'
import { types } from '#snapshot/resource-types.ts'
import { describeInstances } from './operations/ec2.ts'
import { batches, type Reader } from './reader.ts'

/** EC2 takes at most this many values in one filter. */
const mostValues = 200

export async function readInstances(
  { ask, journal, partition, account }: Reader,
  region: string,
  ids: readonly string[],
): Promise<readonly Instance[]> {
  const answers = await Promise.all(
    batches(ids, mostValues).map(targets =>
      ask(describeInstances, {
        region,
        input: { Filters: [{ Name: 'instance-id', Values: [...targets] }], MaxResults: 1000 },
        about: { targets, of: one => [one.InstanceId] },
      }),
    ),
  )
  const instances = answers.flatMap(({ items }) => items)
  for (const config of instances) {
    const arn = `arn:${partition}:ec2:${region}:${account}:instance/${config.InstanceId}`
    journal.keep(describeInstances, { type: types.instance, arn, region, config })
  }
  return instances
}
