/** Reads the S3 access points that are origins, or that lead to the bucket of one. */
import type { AccessPoint } from '@aws-sdk/client-s3-control'
import type { AccessPointHost } from '#base/access-point-host.ts'
import { types } from '#snapshot/resource-types.ts'
import {
  getAccessPoint,
  getAccessPointPolicy,
  getAccessPointPolicyStatus,
  listAccessPoints,
  listMultiRegionAccessPoints,
} from './operations/s3-control.ts'
import { policyDocument } from './policy-document.ts'
import type { Reader } from './reader.ts'

/** Where AWS answers for the Multi-Region Access Points of all regions. */
const multiRegionHome = 'us-west-2'

export interface AccessPoints {
  /** Reads every access point of the account that leads to its bucket of that name. */
  of(bucket: string, region: string): Promise<void>
  /** Reads the one with that host name, and gives the bucket of the account that it leads to. */
  at(host: AccessPointHost): Promise<string | undefined>
}

/** One list per region, and each access point once, however often they are asked for. */
export const accessPointsOf = (reader: Reader, regions: readonly string[]): AccessPoints => {
  const { account } = reader
  const lists = new Map<string, Promise<readonly AccessPoint[]>>()
  const listOf = (region: string): Promise<readonly AccessPoint[]> => {
    const asked =
      lists.get(region) ??
      reader.ask(listAccessPoints, { region, input: { AccountId: account } }).then(({ items }) => items)
    lists.set(region, asked)
    return asked
  }
  const seen = new Set<AccessPoint>()
  const read = async (point: AccessPoint, region: string): Promise<void> => {
    if (seen.has(point)) return
    seen.add(point)
    await readAccessPoint(reader, point, region)
  }
  const isOwn = ({ BucketAccountId = account }: AccessPoint): boolean => BucketAccountId === account
  return {
    of: async (bucket, region) => {
      const found = (await listOf(region)).filter(p => p.Bucket === bucket && isOwn(p))
      await Promise.all(found.map(point => read(point, region)))
    },
    at: async host => {
      const region = 'region' in host ? host.region : null
      if (region === null || (host.kind === 'name' && host.account !== account)) return undefined
      if (!regions.includes(region)) {
        const message = `An origin is an access point in ${region}, which was not scanned: add --region ${region} to close this gap.`
        reader.journal.miss(listAccessPoints, { code: 'not-read', region, target: '*', message })
        return undefined
      }
      const found = (await listOf(region)).find(point => isAt(point, host))
      if (found === undefined) return undefined
      await read(found, region)
      return isOwn(found) ? found.Bucket : undefined
    },
  }
}

const isAt = ({ Name, Alias }: AccessPoint, host: AccessPointHost): boolean =>
  (host.kind === 'name' && host.name === Name) || (host.kind === 'alias' && host.alias === Alias)

/** Those of all buckets, in one list. */
export const readMultiRegionAccessPoints = async (reader: Reader): Promise<void> => {
  if (reader.partition !== 'aws') return
  const { account, journal } = reader
  const { items } = await reader.ask(listMultiRegionAccessPoints, {
    region: multiRegionHome,
    input: { AccountId: account },
  })
  for (const { CreatedAt: _, ...config } of items)
    journal.keep(listMultiRegionAccessPoints, {
      type: types.multiRegionAccessPoint,
      arn: `arn:${reader.partition}:s3::${account}:accesspoint/${config.Alias}`,
      region: multiRegionHome,
      config,
    })
}

/** Without a policy an access point lets nobody in who is not of the account, so that nothing else is asked. */
const readAccessPoint = async (reader: Reader, point: AccessPoint, region: string): Promise<void> => {
  const { account, partition, journal } = reader
  const { Name } = point
  const arn = point.AccessPointArn ?? `arn:${partition}:s3:${region}:${account}:accesspoint/${Name}`
  journal.keep(listAccessPoints, { type: types.accessPoint, arn, region, config: point })
  const input = { AccountId: account, Name }
  const { items } = await reader.ask(getAccessPointPolicy, { region, input, about: arn })
  const [text] = items
  if (text === undefined) return
  journal.keep(getAccessPointPolicy, {
    ...{ type: types.accessPointPolicy, arn, region },
    config: { Name, Policy: policyDocument(text) },
  })
  const [status, block] = await Promise.all([
    reader.ask(getAccessPointPolicyStatus, { region, input, about: arn }),
    reader.ask(getAccessPoint, { region, input, about: arn }),
  ])
  for (const PolicyStatus of status.items)
    journal.keep(getAccessPointPolicyStatus, {
      ...{ type: types.accessPointPolicyStatus, arn, region },
      config: { Name, PolicyStatus },
    })
  for (const PublicAccessBlockConfiguration of block.items)
    journal.keep(getAccessPoint, {
      ...{ type: types.accessPointPublicAccessBlock, arn, region },
      config: { Name, PublicAccessBlockConfiguration },
    })
}
