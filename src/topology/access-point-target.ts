/** What stands behind the host name of an S3 access point. */
import type { AccessPointHost } from '#base/access-point-host.ts'
import type { Gap, GapCode } from '#base/gap.ts'
import { known } from '#base/known.ts'
import { types } from '#snapshot/resource-types.ts'
import { buildAccessPoint } from './access-point.ts'
import { bucketListsUnread, buildBucket } from './bucket.ts'
import { call, gapAbout } from './calls.ts'
import { textAt } from './config.ts'
import { type Facts, hidden } from './facts.ts'
import type { Target } from './model.ts'

/** A permission would not help. */
const gap = (target: string, code: GapCode, message: string): Gap => ({
  ...gapAbout(call('ListAccessPoints', target), code, message),
  action: '',
})

export const accessPointTarget = (facts: Facts, host: AccessPointHost, names: readonly string[]): Target => {
  const unknown = (...gaps: readonly Gap[]): Target => ({ kind: 'unknown', names, gaps })
  switch (host.kind) {
    case 'multi-region': {
      const text = `${host.alias} is a Multi-Region Access Point: who reads the buckets behind it is not decided by this version.`
      return unknown(gap(host.alias, 'unrecognised', text))
    }
    case 'object-lambda': {
      const text = `${host.name} is an Object Lambda Access Point: what the function behind it gives to whom is not decided by this version.`
      return unknown(gap(host.name, 'unrecognised', text))
    }
    case 'alias':
    case 'name':
      return plainTarget(facts, host, names)
  }
}

type Plain = Extract<AccessPointHost, { kind: 'alias' | 'name' }>

const plainTarget = (facts: Facts, host: Plain, names: readonly string[]): Target => {
  const [key, name] = host.kind === 'alias' ? ['Alias', host.alias] : ['Name', host.name]
  const found = facts
    .where(types.accessPoint, key, name)
    .find(p => p.region === host.region && (host.kind === 'alias' || p.account === host.account))
  if (found === undefined) return notFound(facts, host, name, names)
  const unread = bucketListsUnread(facts)
  if (unread.length > 0) return { kind: 'unknown', names, gaps: unread }
  const bucket = textAt(found.config, 'Bucket') ?? ''
  const owner = textAt(found.config, 'BucketAccountId') ?? found.account
  const own = facts.where(types.bucket, 'Name', bucket).find(b => b.account === owner)
  return {
    ...{ kind: 'bucket', name: bucket, endpoint: 'rest', names },
    bucket: own ? buildBucket(facts, own, bucket) : null,
    accessPoint: buildAccessPoint(facts, found),
    exists: known(true),
  }
}

const notFound = (facts: Facts, host: Plain, name: string, names: readonly string[]): Target => {
  const { accounts } = facts.snapshot.head
  const unknown = (code: GapCode, text: string): Target => ({
    ...{ kind: 'unknown', names },
    gaps: [gap(name, code, text)],
  })
  const { region } = host
  if (region === null)
    return unknown('unresolved', `The name of the access point ${name} does not say in which region it is.`)
  const owners = host.kind === 'alias' ? accounts : accounts.filter(a => a === host.account)
  const gaps = owners.flatMap(account =>
    hidden(facts, call('ListAccessPoints', '*', { account, region }), Number.POSITIVE_INFINITY),
  )
  if (gaps.length > 0) return { kind: 'unknown', names, gaps }
  // An alias ends in text that AWS chooses; nobody else can have it, or the account's number.
  if (owners.length === 0 || host.kind === 'alias')
    return unknown('not-found', `The access point ${name} is of no account that was read.`)
  return { kind: 'dangling', names, reason: `no access point ${name} exists` }
}
