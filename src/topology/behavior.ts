/** Cache behaviours and origin groups of a distribution. */
import type { Gap } from '#base/gap.ts'
import type { LocatedResource } from '#snapshot/record.ts'
import { type Config, flagAt, isMissing, itemsAt, objectAt, textAt } from './config.ts'
import { lambdaFunction, viewerFunction } from './edge-function.ts'
import { type Facts, misread } from './facts.ts'
import type { Behavior, OriginGroup } from './model.ts'

/** What was read, and what of it could not be. */
export interface Reading<T> {
  readonly items: readonly T[]
  readonly gaps: readonly Gap[]
}

/** The texts of a CloudFront list; whatever is no text is left out. */
export const textItems = (value: unknown, ...path: readonly string[]): readonly string[] =>
  (itemsAt(value, ...path) ?? []).filter(item => typeof item === 'string')

const associationsAt = (raw: unknown, list: string, key: string) => {
  const found = itemsAt(raw, list)?.map(item => ({
    arn: textAt(item, key) ?? '',
    event: textAt(item, 'EventType') ?? '',
  }))
  return found?.some(f => f.arn === '') ? undefined : found
}

const functionsOf = (facts: Facts, distribution: LocatedResource, raw: unknown) => {
  const atViewer = associationsAt(raw, 'FunctionAssociations', 'FunctionARN')
  const inLambda = associationsAt(raw, 'LambdaFunctionAssociations', 'LambdaFunctionARN')
  return (
    atViewer &&
    inLambda && [
      ...atViewer.map(f => viewerFunction(facts, distribution, f)),
      ...inLambda.map(lambdaFunction),
    ]
  )
}

/** Who signs for a behaviour; nobody where the list is not enabled. */
const trustedIn = (raw: unknown, list: string): readonly string[] | undefined => {
  if (flagAt(raw, list, 'Enabled') !== true) return []
  const items = itemsAt(raw, list)
  const texts = textItems(raw, list)
  return texts.length === items?.length ? texts : undefined
}

const buildBehavior = (
  facts: Facts,
  distribution: LocatedResource,
  raw: unknown,
  isDefault: boolean,
): Behavior | undefined => {
  const target = textAt(raw, 'TargetOriginId')
  const pathPattern = isDefault ? 'Default (*)' : textAt(raw, 'PathPattern')
  const functions = functionsOf(facts, distribution, raw)
  const keyGroups = trustedIn(raw, 'TrustedKeyGroups')
  const trustedSigners = trustedIn(raw, 'TrustedSigners')
  if (target === undefined || pathPattern === undefined || functions === undefined) return undefined
  if (keyGroups === undefined || trustedSigners === undefined) return undefined
  return {
    pathPattern,
    isDefault,
    target,
    viewerProtocolPolicy: textAt(raw, 'ViewerProtocolPolicy') ?? 'unknown',
    allowedMethods: textItems(raw, 'AllowedMethods').toSorted(),
    functions,
    signed: ['TrustedKeyGroups', 'TrustedSigners'].some(list => flagAt(raw, list, 'Enabled') === true),
    keyGroups,
    trustedSigners,
  }
}

const reading = <T>(
  distribution: LocatedResource,
  items: readonly (T | undefined)[] | undefined,
  what: string,
): Reading<T> => {
  const readable = items?.filter(item => item !== undefined) ?? []
  return {
    items: readable,
    gaps: readable.length === items?.length ? [] : [misread(distribution, `${what} cannot be read`)],
  }
}

/** What the gap is about where a behaviour is not among those of its distribution. */
export const unreadBehavior = 'a cache behaviour'

/** In the order CloudFront tries them, the default behaviour last. */
export const behaviorsOf = (facts: Facts, distribution: LocatedResource): Reading<Behavior> => {
  const { config } = distribution
  const build = (raw: unknown, isDefault: boolean) => buildBehavior(facts, distribution, raw, isDefault)
  const ordered = itemsAt(config, 'CacheBehaviors')?.map(raw => build(raw, false))
  const last = build(objectAt(config, 'DefaultCacheBehavior'), true)
  return reading(distribution, ordered && [...ordered, last], unreadBehavior)
}

const buildGroup = (raw: unknown): OriginGroup | undefined => {
  const id = textAt(raw, 'Id')
  const members = itemsAt(raw, 'Members')?.map(member => textAt(member, 'OriginId'))
  const readable = members?.filter(m => m !== undefined)
  return id === undefined || readable === undefined || readable.length !== members?.length
    ? undefined
    : { id, members: readable }
}

export const originGroupsOf = (distribution: LocatedResource): Reading<OriginGroup> =>
  reading(distribution, itemsAt(distribution.config, 'OriginGroups')?.map(buildGroup), 'an origin group')

/** Whether the configuration speaks of settings that the distribution's tenants may change. */
export const hasTenants = (config: Config): boolean =>
  textAt(config, 'ConnectionMode') === 'tenant-only' || !isMissing(config, 'TenantConfig')
