/** A function of a cache behaviour, and whether it may send requests elsewhere. */
import { type Known, known, unobserved } from '#base/known.ts'
import type { Truth } from '#base/truth.ts'
import type { LocatedResource } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { call } from './calls.ts'
import { type Config, listAt, objectAt, textAt, textsAt } from './config.ts'
import { type Facts, gapsOf, misread } from './facts.ts'
import type { EdgeFunction } from './model.ts'

interface Association {
  readonly arn: string
  readonly event: string
}

type Change = Omit<EdgeFunction, 'arn' | 'event'>

const unchanged: Change = { originChange: known('never'), carriesHeaders: false, note: '' }

/** Events at which Lambda@Edge sees no origin that it could change. */
const withoutOrigin = new Set(['viewer-request', 'viewer-response', 'origin-response'])

/**
 * Of Lambda@Edge, only an origin-request function sees the origin and may change it; its code is not read.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-event-structure.html
 */
export const lambdaFunction = ({ arn, event }: Association): EdgeFunction => {
  if (withoutOrigin.has(event)) return { arn, event, ...unchanged }
  const note = `it is a Lambda@Edge function at ${event === '' ? 'an unknown event' : event}, whose code is not read`
  return { arn, event, originChange: known('possible'), carriesHeaders: 'unknown', note }
}

/** Of CloudFront functions, only viewer-request ones can change the origin; what sealing told of their code decides. */
export const viewerFunction = (
  facts: Facts,
  distribution: LocatedResource,
  { arn, event }: Association,
): EdgeFunction => {
  if (event === 'viewer-response') return { arn, event, ...unchanged }
  const told = toldOf(facts, distribution, arn)
  if (!told.known)
    return { arn, event, originChange: told, carriesHeaders: 'unknown', note: 'its code was not read' }
  return { arn, event, ...changeBy(told.value) }
}

interface Told {
  readonly helpers: readonly string[]
  readonly doubts: readonly string[]
  readonly updates: readonly unknown[]
}

const toldOf = (facts: Facts, { account }: LocatedResource, arn: string): Known<Told> => {
  const resource = facts.byArn(types.edgeFunction, arn)
  if (resource === undefined) return unobserved(...gapsOf(facts, call('GetFunction', arn, { account })))
  const told = readCode(objectAt(resource.config, 'FunctionCode'))
  return told
    ? known(told)
    : unobserved(misread(resource, 'what its code may do to the origin cannot be read'))
}

const readCode = (code: Config | undefined): Told | undefined => {
  const helpers = textsAt(code, 'OriginHelpers')
  const doubts = textsAt(code, 'Doubts')
  const updates = listAt(code, 'OriginUpdates')
  return helpers && doubts && updates ? { helpers, doubts, updates } : undefined
}

const changeBy = ({ helpers, doubts, updates }: Told): Change => {
  if (helpers.length + doubts.length === 0) return unchanged
  const leaves = helpers.includes('updateRequestOrigin')
  const carried = updates.map(carries)
  const unsure = doubts.length > 0 || carried.includes('unknown') || (leaves && updates.length === 0)
  return {
    originChange: known(leaves || doubts.length > 0 ? 'possible' : 'declared'),
    carriesHeaders: carried.includes(true) || (unsure ? 'unknown' : false),
    note: [
      ...(helpers.length > 0 ? [`its code calls ${helpers.join(', ')}`] : []),
      ...(doubts.length > 0 ? [`what its code does cannot be told (${doubts.join(', ')})`] : []),
    ].join(', and '),
  }
}

/** What a call leaves out stays as it is at the assigned origin, custom headers included. */
const carries = (update: unknown): Truth => {
  const [name, headers] = [textAt(update, 'DomainName'), textAt(update, 'CustomHeaders')]
  if (name === 'kept' || headers === 'set') return false
  return name === 'set' && headers === 'kept' ? true : 'unknown'
}
