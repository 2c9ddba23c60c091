/** Key groups and public keys of a world, with which CloudFront checks signed URLs and cookies. */
import { types } from '#snapshot/resource-types.ts'
import type { WorldResource } from '../world.ts'

export interface PublicKeySpec {
  readonly id: string
  readonly name: string
  /** ISO 8601. */
  readonly created: string
  /** PEM. */
  readonly encoded: string
}

const ofAccount = (account: string, type: string, arn: string, config: WorldResource['config']) => ({
  ...{ type, account, region: 'us-east-1', config },
  arn: `arn:aws:cloudfront::${account}:${arn}`,
})

export const buildPublicKey = (account: string, spec: PublicKeySpec): WorldResource =>
  ofAccount(account, types.publicKey, `public-key/${spec.id}`, {
    Id: spec.id,
    Name: spec.name,
    CreatedTime: spec.created,
    EncodedKey: spec.encoded,
    Comment: '',
  })

/** `keys`: ids of public keys. */
export const buildKeyGroup = (
  account: string,
  { id, name, keys }: { readonly id: string; readonly name: string; readonly keys: readonly string[] },
): WorldResource =>
  ofAccount(account, types.keyGroup, `key-group/${id}`, {
    Id: id,
    LastModifiedTime: '2026-09-01T09:00:00.000Z',
    Name: name,
    Items: keys,
    Comment: '',
  })

/** A field-level encryption profile that uses the public key. */
export const buildEncryptionProfile = (account: string, id: string, key: string): WorldResource =>
  ofAccount(account, types.fieldLevelEncryptionProfile, `field-level-encryption-profile/${id}`, {
    Id: id,
    LastModifiedTime: '2026-03-01T09:00:00.000Z',
    Name: id,
    EncryptionEntities: {
      Quantity: 1,
      Items: [
        { PublicKeyId: key, ProviderId: 'forms', FieldPatterns: { Quantity: 1, Items: ['CardNumber'] } },
      ],
    },
    Comment: '',
  })
