/** What one caller sees of a world: the resources of its account in the region it asks, indexed for large estates. */
import { types } from '#snapshot/resource-types.ts'
import type { World, WorldResource } from '../world.ts'
import { shuffled } from './shuffle.ts'

export type Config = Readonly<Record<string, unknown>>

export interface View {
  readonly world: World
  readonly account: string
  readonly region: string
  /** Everything of a type, in the order that list answers have. */
  list(type: string): readonly Config[]
  /** Those whose field is the value, or is a list that holds it. */
  by(type: string, field: string, value: unknown): readonly Config[]
}

/** Types of services that have no regions. */
const global: ReadonlySet<string> = new Set([
  types.account,
  types.distribution,
  types.vpcOrigin,
  types.originAccessControl,
  types.vpcOriginUsers,
  types.edgeFunction,
  types.continuousDeploymentPolicy,
  types.distributionTenant,
  types.keyGroup,
  types.publicKey,
  types.fieldLevelEncryptionProfile,
  types.hostedZone,
  types.recordSet,
  types.bucket,
  types.accountPublicAccessBlock,
  types.multiRegionAccessPoint,
])

/** AWS's own prefix lists are seen from every account. */
const ownedByAws = ({ type, arn, config }: WorldResource): boolean =>
  (type === types.prefixList && config.OwnerId === 'AWS') ||
  (type === types.prefixListEntries && arn.includes(':aws:prefix-list/'))

const everyone = '*'

const keyOf = (type: string, account: string, region: string): string =>
  `${type} ${account} ${global.has(type) ? '' : region}`

/** Indexes a world once; the result gives the view of any caller. `seed` fixes another order of every list. */
export function viewsOf(world: World, seed: number | undefined): (account: string, region: string) => View {
  const lists = new Map<string, Config[]>()
  for (const resource of world.resources) {
    const account = ownedByAws(resource) ? everyone : resource.account
    append(lists, keyOf(resource.type, account, resource.region), resource.config)
  }
  const ordered = remembered((key: string) => shuffled(lists.get(key) ?? [], seed, key))
  const visible = remembered((key: string) => {
    const [type = '', account = '', region = ''] = key.split(' ')
    return [...ordered(keyOf(type, account, region)), ...ordered(keyOf(type, everyone, region))]
  })
  const index = remembered((key: string) => {
    const [type = '', account = '', region = '', field = ''] = key.split(' ')
    return indexed(visible(`${type} ${account} ${region}`), field)
  })
  return (account, region) => ({
    world,
    account,
    region,
    list: type => visible(`${type} ${account} ${region}`),
    by: (type, field, value) => index(`${type} ${account} ${region} ${field}`).get(value) ?? [],
  })
}

const indexed = (configs: readonly Config[], field: string): ReadonlyMap<unknown, readonly Config[]> => {
  const index = new Map<unknown, Config[]>()
  for (const config of configs) {
    const value = config[field]
    for (const one of Array.isArray(value) ? new Set(value) : [value]) append(index, one, config)
  }
  return index
}

const append = <K, V>(map: Map<K, V[]>, key: K, value: V): void => {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}

const remembered = <T>(compute: (key: string) => T): ((key: string) => T) => {
  const known = new Map<string, T>()
  return key => {
    const found = known.get(key)
    if (found !== undefined) return found
    const computed = compute(key)
    known.set(key, computed)
    return computed
  }
}
