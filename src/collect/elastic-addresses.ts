/** Reads Elastic IP addresses: by address, where nothing else has it, or by the allocation id that something names. */
import { types } from '#snapshot/resource-types.ts'
import { describeAddresses } from './operations/ec2.ts'
import { batches, distinct, type Reader } from './reader.ts'

/** EC2 takes at most this many values in one filter. */
const mostValues = 200

export const readUnusedAddresses = (
  reader: Reader,
  region: string,
  addresses: readonly string[],
): Promise<void> => read(reader, region, 'public-ip', addresses)

export const readElasticAddresses = (
  reader: Reader,
  region: string,
  allocationIds: readonly string[],
): Promise<void> => read(reader, region, 'allocation-id', allocationIds)

const read = async (
  { ask, journal, partition, account }: Reader,
  region: string,
  filter: 'public-ip' | 'allocation-id',
  values: readonly string[],
): Promise<void> => {
  for (const targets of batches(values, mostValues)) {
    const { items } = await ask(describeAddresses, {
      region,
      input: { Filters: [{ Name: filter, Values: [...targets] }] },
      about: { targets, of: one => [filter === 'public-ip' ? one.PublicIp : one.AllocationId] },
    })
    for (const config of items) {
      const id = distinct([config.AllocationId, config.PublicIp])[0]
      const arn = `arn:${partition}:ec2:${region}:${account}:elastic-ip/${id}`
      journal.keep(describeAddresses, { type: types.address, arn, region, config })
    }
  }
}
