/** What the recorded changes say of a place: since when nothing has changed there, as far as the record is whole. */
import type { RecordedChange, Ref, TokenLife } from '#topology/model.ts'
import { distributionMade, ruleEvents, senderEvents, webAclEvents } from '#topology/trail-events.ts'

/** CloudFront's own date may be written a little after the call that CloudTrail recorded. Milliseconds. */
const slack = 600_000

export interface Moment {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly ref: Ref
}

export interface Unchanged {
  /** Milliseconds since 1970. */
  readonly since: number
  /** The last change; null where there is none since the record begins. */
  readonly last: Ref | null
}

/** What the record says of one place. */
export interface Trail {
  /** Whether CloudTrail was asked about every kind of change of it, and answered in full. */
  readonly read: boolean
  /** Null where that is not known. */
  readonly unchanged: Unchanged | null
  /** When the place was made, where the record says so. */
  readonly made: Moment | null
}

interface Kind {
  readonly region: string
  /** Names of the calls that may change what such a place holds. */
  readonly events: readonly string[]
  /** Of those, the names of the calls that make one. */
  readonly making: readonly string[]
  /** Whether an event may have changed the place. */
  readonly touches: (change: RecordedChange) => boolean
  /** Whether a text of CloudTrail is the name of the place. */
  readonly isName: (resource: string) => boolean
}

const timesOf = (changes: readonly RecordedChange[]): readonly number[] => changes.map(c => Date.parse(c.at))

const beginOf = ({ changes }: TokenLife, { events, region }: Kind): number | null => {
  const asked = events.map(event => changes.asked.filter(a => a.event === event && a.region === region))
  const begins = asked.flatMap(found => (found.length === 0 ? [null] : found.map(a => a.since)))
  const times = begins.map(at => Date.parse(at ?? ''))
  return times.some(Number.isNaN) ? null : Math.max(...times)
}

const trailOf = (life: TokenLife, kind: Kind): Trail => {
  const since = beginOf(life, kind)
  if (since === null) return { read: false, unchanged: null, made: null }
  const ofKind = life.changes.items.filter(c => c.ref.region === kind.region && kind.events.includes(c.event))
  const own = ofKind.filter(kind.touches)
  const times = timesOf(own)
  if (times.some(Number.isNaN)) return { read: true, unchanged: null, made: null }
  const last = own.find(c => Date.parse(c.at) === Math.max(...times))
  const first = own.find(c => kind.making.includes(c.event) && c.resources.some(kind.isName))
  return {
    read: true,
    unchanged: last ? { since: Date.parse(last.at), last: last.ref } : { since, last: null },
    made: first ? { at: Date.parse(first.at), ref: first.ref } : null,
  }
}

/** An event that does not say what it changed may have changed anything. */
const mayTouch = (resources: readonly string[], name: string): boolean =>
  resources.length === 0 || resources.some(r => r.includes(name) || name.includes(r))

/**
 * Since when the distribution has not changed. Where CloudFront says that it changed later than CloudTrail knows of, the
 * record is not whole, whatever it says itself; so it is for the last minutes, which CloudTrail tells of with a delay.
 */
export const distributionTrail = (life: TokenLife, id: string): Trail => {
  const trail = trailOf(life, {
    ...{ region: 'us-east-1', events: senderEvents, making: distributionMade },
    touches: c => mayTouch(c.resources, id),
    isName: name => name === id || name.endsWith(`/${id}`),
  })
  const modified = Date.parse(life.modified[id] ?? '')
  const { unchanged, made } = trail
  if (unchanged === null || Number.isNaN(modified) || modified > unchanged.since + slack)
    return { ...trail, unchanged: null, made: null }
  return made !== null && modified < made.at - slack ? { ...trail, made: null } : trail
}

/** A change that names another thing of the same kind, and not this one, did not touch this one. */
const namesOther = (resources: readonly string[], part: string): boolean =>
  resources.some(r => r.includes(part))

/** Since when a listener rule or web ACL has not changed. What changed a rule group or pattern set may have changed any web ACL. */
export const gateTrail = (life: TokenLife, { arn, region, type }: Ref): Trail => {
  const isRule = !type.endsWith('::WebACL')
  const part = isRule ? ':listener-rule/' : '/webacl/'
  return trailOf(life, {
    region,
    ...(isRule
      ? { events: ruleEvents, making: ['CreateRule'] }
      : { events: webAclEvents, making: ['CreateWebACL'] }),
    touches: ({ resources }) => mayTouch(resources, arn) || !namesOther(resources, part),
    isName: name => name === arn,
  })
}
