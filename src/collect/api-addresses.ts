/** Reads CloudFront's addresses for REST APIs whose policies speak of callers' addresses, where no load balancer asked for them. */
import type { RestApi } from '@aws-sdk/client-api-gateway'
import type { ApiLists } from './api-lists.ts'
import { readPrefixLists } from './prefix-lists.ts'
import type { Reader } from './reader.ts'

/** Keys of conditions are written in any case. */
const namesAddresses = ({ policy }: RestApi): boolean => /aws:sourceip/i.test(policy ?? '')

/** `regions`: those in which APIs were read. `done`: those whose prefix lists were read already. */
export async function readApiAddresses(
  reader: Reader,
  lists: ApiLists,
  regions: readonly string[],
  done: ReadonlySet<string>,
): Promise<void> {
  const left = regions.filter(region => !done.has(region))
  await Promise.all(
    left.map(async region => {
      const apis = (await lists.rest(region)).filter(({ id = '' }) => lists.wanted.has(id))
      if (apis.some(namesAddresses)) await readPrefixLists(reader, region, { ofRules: [], ofRoutes: [] })
    }),
  )
}
