/** What CloudFront asks of viewers before it serves them: web ACL, signature, country, function; and how two ways compare. */
import type { Gap } from '#base/gap.ts'
import type { Known } from '#base/known.ts'
import type { Behavior, Distribution, GeoRestriction } from '#topology/model.ts'
import { type Overlap, overlapOf } from './path-overlap.ts'
import type { Difference } from './sister.ts'

export interface WebAclName {
  readonly arn: string
  readonly name: string
}

/** One way through CloudFront: a distribution, or a tenant of one. */
export interface Front {
  readonly webAcl: Known<WebAclName | null>
  readonly geoRestriction: Known<GeoRestriction>
  /** All behaviours, in the order CloudFront tries them. */
  readonly behaviors: readonly Behavior[]
  /** Those that lead to the backend in question. */
  readonly uses: readonly Behavior[]
}

export interface Comparison {
  readonly differences: readonly Difference[]
  /** What was not read and would be needed. */
  readonly gaps: readonly Gap[]
}

export const frontOf = (distribution: Distribution, uses: readonly Behavior[]): Front => {
  const { webAcl, geoRestriction, behaviors } = distribution
  return {
    webAcl: webAcl.known
      ? { known: true, value: webAcl.value && { arn: webAcl.value.ref.arn, name: webAcl.value.name } }
      : webAcl,
    geoRestriction,
    behaviors,
    uses,
  }
}

/** Fronts of one signature compare alike. */
export const signatureOf = ({ webAcl, geoRestriction, behaviors, uses }: Front): string =>
  JSON.stringify([
    webAcl,
    geoRestriction,
    behaviors.map(b => [b.pathPattern, b.isDefault, b.signed, seesViewers(b), uses.includes(b)]),
  ])

const seesViewers = ({ functions }: Behavior): boolean => functions.some(f => f.event === 'viewer-request')

/** In what `other` asks for less than `own`, or for something else. */
export const compareFronts = (own: Front, other: Front): Comparison => {
  const parts = [
    webAcls(own.webAcl, other.webAcl),
    countries(own.geoRestriction, other.geoRestriction),
    signatures(own, other),
    viewerFunctions(own, other),
  ]
  return { differences: parts.flatMap(p => p.differences), gaps: parts.flatMap(p => p.gaps) }
}

const alike: Comparison = { differences: [], gaps: [] }
const differs = (difference: Difference): Comparison => ({ differences: [difference], gaps: [] })
const unread = (...values: readonly Known<unknown>[]): Comparison => ({
  differences: [],
  gaps: values.flatMap(v => (v.known ? [] : v.gaps)),
})

const webAcls = (own: Front['webAcl'], other: Front['webAcl']): Comparison => {
  // A tenant that inherits has the very same.
  if (own === other || (own.known && own.value === null)) return alike
  if (!own.known || !other.known) return unread(own, other)
  if (other.value === null) return differs({ control: 'web-acl', weaker: true, text: 'has no web ACL' })
  return other.value.arn === own.value?.arn
    ? alike
    : differs({
        control: 'web-acl',
        weaker: 'unknown',
        text: `has another web ACL, ${other.value.name}, which cannot be compared`,
      })
}

const countries = (own: Known<GeoRestriction>, other: Known<GeoRestriction>): Comparison => {
  if (own === other || (own.known && own.value.kind === 'none')) return alike
  if (!own.known || !other.known) return unread(own, other)
  if (other.value.kind === 'none')
    return differs({ control: 'country', weaker: true, text: 'serves every country' })
  return servesWithin(other.value, own.value)
    ? alike
    : differs({ control: 'country', weaker: 'unknown', text: 'serves other countries' })
}

/** Whether every country that `one` serves is served by `other`. */
const servesWithin = (one: GeoRestriction, other: GeoRestriction): boolean => {
  const listed = new Set(other.countries)
  if (one.kind === 'allow') return one.countries.every(c => listed.has(c) === (other.kind === 'allow'))
  const denied = new Set(one.countries)
  return other.kind === 'deny' && other.countries.every(c => denied.has(c))
}

/** A path that `own` serves with the control and `other` without. */
const uncovered = (own: Front, other: Front, has: (b: Behavior) => boolean): Overlap => {
  const pairs = own.uses
    .filter(has)
    .flatMap(a =>
      other.uses.filter(b => !has(b)).map(b => overlapOf([own.behaviors, a], [other.behaviors, b])),
    )
  return pairs.find(o => o.kind === 'path') ?? pairs.find(o => o.kind === 'unknown') ?? { kind: 'none' }
}

const missing = (control: Difference['control'], overlap: Overlap, what: string): Comparison => {
  if (overlap.kind === 'none') return alike
  const place = overlap.kind === 'path' ? overlap.path : 'some paths'
  return differs({ control, weaker: overlap.kind === 'path' ? true : 'unknown', text: `${what} ${place}` })
}

const signatures = (own: Front, other: Front): Comparison =>
  missing(
    'signature',
    uncovered(own, other, b => b.signed),
    'asks for no signature on',
  )

const viewerFunctions = (own: Front, other: Front): Comparison =>
  missing('viewer-function', uncovered(own, other, seesViewers), "runs no function on viewers' requests for")
