/** What the recorded changes say of a place: since when nothing has changed there, as far as the record is whole. */
import type { Ref, TokenLife } from '#topology/model.ts'

/** Calls that may change what a distribution sends to its origins. */
const senderEvents = [
  'CopyDistribution',
  'CreateDistribution',
  'CreateDistributionWithTags',
  'UpdateDistribution',
  'UpdateDistributionWithStagingConfig',
]

/** Calls that may change what a listener rule or a web ACL compares. */
const gateEvents = ['CreateRule', 'ModifyRule', 'UpdateWebACL']

/** CloudFront's own date may be written a little after the call that CloudTrail recorded. Milliseconds. */
const slack = 600_000

export interface Unchanged {
  /** Milliseconds since 1970. */
  readonly since: number
  /** The last change; null where there is none since the record begins. */
  readonly last: Ref | null
}

/** An event that does not say what it changed may have changed anything. */
const mayTouch = (resources: readonly string[], name: string): boolean =>
  resources.length === 0 || resources.some(r => r.includes(name) || name.includes(r))

const unchangedSince = (
  { changes }: TokenLife,
  region: string,
  events: readonly string[],
  name: string,
): Unchanged | null => {
  const begins = events.map(
    event => changes.asked.find(a => a.event === event && a.region === region)?.since ?? null,
  )
  if (begins.some(since => since === null)) return null
  const since = Math.max(...begins.map(at => Date.parse(at ?? '')))
  const own = changes.items.filter(
    c => c.ref.region === region && events.includes(c.event) && mayTouch(c.resources, name),
  )
  const times = own.map(c => Date.parse(c.at))
  if ([since, ...times].some(Number.isNaN)) return null
  const last = own.find(c => Date.parse(c.at) === Math.max(...times))
  return last ? { since: Date.parse(last.at), last: last.ref } : { since, last: null }
}

/**
 * Since when the distribution has not changed; null where that is not known. Where CloudFront says that it changed later
 * than CloudTrail knows of, the record is not whole, whatever it says itself.
 */
export const distributionUnchanged = (life: TokenLife, id: string): Unchanged | null => {
  const found = unchangedSince(life, 'us-east-1', senderEvents, id)
  const modified = Date.parse(life.modified[id] ?? '')
  return found === null || Number.isNaN(modified) || modified > found.since + slack ? null : found
}

/** Since when a listener rule or web ACL has not changed; null where that is not known. */
export const gateUnchanged = (life: TokenLife, { arn, region }: Ref): Unchanged | null =>
  unchangedSince(life, region, gateEvents, arn)
