/** Keys of signed content in the estate: one in a group, one that encrypts form fields; and what is kept of them. */
import { buildEncryptionProfile, buildKeyGroup, buildPublicKey } from '#lab/build/signing.ts'
import type { WorldResource } from '#lab/world.ts'
import { p256, rsa2048 } from '../../fixtures/worlds/signed/keys.ts'

const account = '111122223333'
const created = '2026-02-01T10:00:00.000Z'
const noted = (resource: WorldResource, Comment: string): WorldResource => ({
  ...resource,
  config: { ...resource.config, Comment },
})

/** `note`: what its owners wrote beside each. */
export const signing = (note: string): readonly WorldResource[] =>
  [
    buildPublicKey(account, { id: 'K2MEMBERS', name: 'members', created, encoded: rsa2048 }),
    buildPublicKey(account, { id: 'K3FIELDS', name: 'fields', created, encoded: p256 }),
    buildKeyGroup(account, { id: 'G1', name: 'members', keys: ['K2MEMBERS'] }),
    buildEncryptionProfile(account, 'P1FIELDS', 'K3FIELDS'),
  ].map(r => noted(r, note))

/** By ARN. */
export const signingKept: ReadonlyMap<string, object> = new Map<string, object>([
  [
    `arn:aws:cloudfront::${account}:public-key/K2MEMBERS`,
    { Id: 'K2MEMBERS', Name: 'members', CreatedTime: created, KeyType: 'rsa', KeyBits: 2048 },
  ],
  [
    `arn:aws:cloudfront::${account}:public-key/K3FIELDS`,
    { Id: 'K3FIELDS', Name: 'fields', CreatedTime: created, KeyType: 'ec', KeyCurve: 'prime256v1' },
  ],
  [
    `arn:aws:cloudfront::${account}:key-group/G1`,
    { Id: 'G1', Name: 'members', LastModifiedTime: '2026-09-01T09:00:00.000Z', Items: ['K2MEMBERS'] },
  ],
  [
    `arn:aws:cloudfront::${account}:field-level-encryption-profile/P1FIELDS`,
    { Id: 'P1FIELDS', Name: 'P1FIELDS', PublicKeyIds: ['K3FIELDS'] },
  ],
])
