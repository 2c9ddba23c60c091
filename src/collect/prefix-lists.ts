/** Reads managed prefix lists: those that rules and routes name, and CloudFront's own. */
import type { ManagedPrefixList } from '@aws-sdk/client-ec2'
import { types } from '#snapshot/resource-types.ts'
import { describeManagedPrefixLists, getManagedPrefixListEntries } from './operations/ec2.ts'
import type { Reader } from './reader.ts'

/** The lists of CloudFront's origin-facing servers; anyone may give a list such a name, only AWS owns these. */
const originFacing = new Set([
  'com.amazonaws.global.cloudfront.origin-facing',
  'com.amazonaws.global.ipv6.cloudfront.origin-facing',
])

export interface NamedLists {
  readonly ofRules: readonly string[]
  readonly ofRoutes: readonly string[]
}

/**
 * One list call per region, then the entries of each list that decides something. AWS's lists in routes (S3, DynamoDB)
 * are noted without entries: they lead to gateway endpoints.
 */
export async function readPrefixLists(reader: Reader, region: string, named: NamedLists): Promise<void> {
  const { items } = await reader.ask(describeManagedPrefixLists, { region, input: { MaxResults: 100 } })
  await Promise.all(
    items.map(async list => {
      const id = String(list.PrefixListId)
      const byAws = list.OwnerId === 'AWS'
      const wanted = named.ofRules.includes(id) || (byAws && originFacing.has(String(list.PrefixListName)))
      const routed = named.ofRoutes.includes(id)
      if (wanted || routed) noteList(reader, region, list)
      if (wanted || (routed && !byAws)) await readEntries(reader, region, list)
    }),
  )
}

const arnOf = ({ partition }: Reader, region: string, list: ManagedPrefixList): string =>
  list.PrefixListArn ??
  `arn:${partition}:ec2:${region}:${String(list.OwnerId).toLowerCase()}:prefix-list/${list.PrefixListId}`

const noteList = (reader: Reader, region: string, config: ManagedPrefixList): void => {
  const arn = arnOf(reader, region, config)
  reader.journal.keep(describeManagedPrefixLists, { type: types.prefixList, arn, region, config })
}

/** Half a list would look like a whole one: it is kept only when all entries came. */
const readEntries = async (reader: Reader, region: string, list: ManagedPrefixList): Promise<void> => {
  const PrefixListId = String(list.PrefixListId)
  const { items, complete } = await reader.ask(getManagedPrefixListEntries, {
    region,
    input: { PrefixListId, MaxResults: 100 },
    about: PrefixListId,
  })
  if (!complete) return
  const arn = arnOf(reader, region, list)
  const config = { PrefixListId, Entries: items }
  reader.journal.keep(getManagedPrefixListEntries, { type: types.prefixListEntries, arn, region, config })
}
