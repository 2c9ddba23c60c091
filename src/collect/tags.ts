/** Reads the tags of load balancers and target groups, twenty at a time. */
import { types } from '#snapshot/resource-types.ts'
import { describeTags } from './operations/elbv2.ts'
import { batches, type Reader } from './reader.ts'

/** The service's own limit of one call. */
const mostArns = 20

export async function readTags(reader: Reader, region: string, arns: readonly string[]): Promise<void> {
  await Promise.all(batches(arns, mostArns).map(batch => readBatch(reader, region, batch)))
}

const readBatch = async (
  { ask, journal }: Reader,
  region: string,
  targets: readonly string[],
): Promise<void> => {
  const { items } = await ask(describeTags, {
    region,
    input: { ResourceArns: [...targets] },
    about: { targets, of: one => [one.ResourceArn] },
  })
  for (const config of items)
    journal.keep(describeTags, { type: types.tags, arn: String(config.ResourceArn), region, config })
}
