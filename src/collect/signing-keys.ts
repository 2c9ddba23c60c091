/** Reads the keys that signed URLs and cookies are checked with. Of a key only its kind, size and date are kept. */
import { createPublicKey } from 'node:crypto'
import type { KeyGroupSummary, PublicKeySummary } from '@aws-sdk/client-cloudfront'
import { types } from '#snapshot/resource-types.ts'
import { listFieldLevelEncryptionProfiles, listKeyGroups, listPublicKeys } from './operations/cloudfront.ts'
import { type Reader, globalRegion as region } from './reader.ts'

/** Notes key groups and public keys, and what else uses a key that no group holds. */
export async function readSigningKeys(reader: Reader): Promise<void> {
  const [groups, keys] = await Promise.all([
    reader.ask(listKeyGroups, { region, input: {} }),
    reader.ask(listPublicKeys, { region, input: {} }),
  ])
  for (const group of groups.items) keepGroup(reader, group)
  for (const key of keys.items) keepKey(reader, key)
  const grouped = new Set(groups.items.flatMap(({ KeyGroup }) => KeyGroup?.KeyGroupConfig?.Items ?? []))
  if (groups.complete && keys.items.some(({ Id }) => !grouped.has(String(Id)))) await readProfiles(reader)
}

const arnOf = ({ partition, account }: Reader, kind: string, id: unknown): string =>
  `arn:${partition}:cloudfront::${account}:${kind}/${id}`

const keepGroup = (reader: Reader, { KeyGroup }: KeyGroupSummary): void => {
  const { Id, LastModifiedTime, KeyGroupConfig } = KeyGroup ?? {}
  reader.journal.keep(listKeyGroups, {
    type: types.keyGroup,
    arn: arnOf(reader, 'key-group', Id),
    region,
    config: { Id, LastModifiedTime, Name: KeyGroupConfig?.Name, Items: KeyGroupConfig?.Items },
  })
}

const keepKey = (reader: Reader, { Id, Name, CreatedTime, EncodedKey }: PublicKeySummary): void =>
  reader.journal.keep(listPublicKeys, {
    type: types.publicKey,
    arn: arnOf(reader, 'public-key', Id),
    region,
    config: { Id, Name, CreatedTime, ...kindOf(EncodedKey ?? '') },
  })

/** Nothing where the text is no public key. */
const kindOf = (encoded: string): object => {
  try {
    const { asymmetricKeyType: KeyType, asymmetricKeyDetails: details } = createPublicKey(encoded)
    return { KeyType, KeyBits: details?.modulusLength, KeyCurve: details?.namedCurve }
  } catch {
    return {}
  }
}

const readProfiles = async (reader: Reader): Promise<void> => {
  const { items } = await reader.ask(listFieldLevelEncryptionProfiles, { region, input: {} })
  for (const { Id, Name, EncryptionEntities } of items)
    reader.journal.keep(listFieldLevelEncryptionProfiles, {
      type: types.fieldLevelEncryptionProfile,
      arn: arnOf(reader, 'field-level-encryption-profile', Id),
      region,
      config: { Id, Name, PublicKeyIds: (EncryptionEntities?.Items ?? []).map(e => e.PublicKeyId) },
    })
}
