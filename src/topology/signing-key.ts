/** Public keys and key groups of the accounts, joined. */
import type { Gap } from '#base/gap.ts'
import { type Known, known, mapKnown } from '#base/known.ts'
import type { LocatedResource } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { call, type Operation } from './calls.ts'
import { integerAt, textAt, textsAt } from './config.ts'
import { type Facts, hidden, listed, misread, refOf } from './facts.ts'
import type { KeyGroup, Partly, SigningKey } from './model.ts'

const idOf = ({ config, arn }: LocatedResource): string =>
  textAt(config, 'Id') ?? arn.split('/').at(-1) ?? arn

const ofAccount = (facts: Facts, type: string, account: string): readonly LocatedResource[] =>
  facts.byType(type).filter(r => r.account === account)

const listedIn = (facts: Facts, operation: Operation, type: string, account: string) =>
  listed(facts, call(operation, '*', { account, region: 'us-east-1' }), ofAccount(facts, type, account))

const buildGroup = (resource: LocatedResource): KeyGroup | Gap => {
  const id = idOf(resource)
  const keys = textsAt(resource.config, 'Items')
  if (keys === undefined) return misread(resource, 'the keys of the group cannot be read')
  return {
    ref: refOf(resource, textAt(resource.config, 'Name') ?? id),
    id,
    name: textAt(resource.config, 'Name') ?? id,
    keys,
  }
}

const isGap = (made: KeyGroup | Gap): made is Gap => 'code' in made

const algorithms: Readonly<Record<string, SigningKey['algorithm']>> = { rsa: 'rsa', ec: 'ecdsa' }

const dateAt = (resource: LocatedResource, key: string): string | null => {
  const text = textAt(resource.config, key)
  return text !== undefined && Number.isFinite(Date.parse(text)) ? text : null
}

const buildKey = (
  facts: Facts,
  resource: LocatedResource,
  groups: Known<readonly KeyGroup[]>,
): SigningKey => {
  const { config, account } = resource
  const id = idOf(resource)
  const name = textAt(config, 'Name') ?? id
  const own = mapKnown(groups, all => all.filter(g => g.keys.includes(id)))
  const isGrouped = own.known && own.value.length > 0
  return {
    ref: refOf(resource, name),
    id,
    name,
    created: dateAt(resource, 'CreatedTime'),
    algorithm: algorithms[textAt(config, 'KeyType') ?? ''] ?? 'unrecognised',
    bits: integerAt(config, 'KeyBits') ?? null,
    curve: textAt(config, 'KeyCurve') ?? null,
    groups: own,
    encrypts: isGrouped ? known([]) : profilesWith(facts, id, account),
  }
}

const profilesWith = (facts: Facts, key: string, account: string): Known<readonly string[]> =>
  mapKnown(
    listedIn(facts, 'ListFieldLevelEncryptionProfiles', types.fieldLevelEncryptionProfile, account),
    all =>
      all
        .filter(p => textsAt(p.config, 'PublicKeyIds')?.includes(key) ?? true)
        .map(p => textAt(p.config, 'Name') ?? idOf(p)),
  )

/** Accounts that have a distribution: of others nothing is asked. */
const accountsOf = (facts: Facts): readonly string[] => [
  ...new Set(facts.byType(types.distribution).map(d => d.account)),
]

const unlisted = (facts: Facts, operation: Operation, type: string): readonly Gap[] =>
  accountsOf(facts).flatMap(account => {
    const asked = call(operation, '*', { account, region: 'us-east-1' })
    return hidden(facts, asked, ofAccount(facts, type, account).length)
  })

export const keyGroupsOf = (facts: Facts): Partly<KeyGroup> => {
  const made = facts.byType(types.keyGroup).map(buildGroup)
  return {
    items: made.flatMap(m => (isGap(m) ? [] : [m])),
    gaps: [...unlisted(facts, 'ListKeyGroups', types.keyGroup), ...made.filter(isGap)],
  }
}

export const signingKeysOf = (facts: Facts, { items, gaps }: Partly<KeyGroup>): Partly<SigningKey> => ({
  items: facts.byType(types.publicKey).map(resource => {
    const own = gaps.filter(g => g.account === resource.account)
    const groups: Known<readonly KeyGroup[]> =
      own.length > 0
        ? { known: false, gaps: own }
        : known(items.filter(g => g.ref.account === resource.account))
    return buildKey(facts, resource, groups)
  }),
  gaps: unlisted(facts, 'ListPublicKeys', types.publicKey),
})
