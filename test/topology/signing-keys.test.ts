import { describe, expect, test } from 'vitest'
import { types } from '#snapshot/resource-types.ts'
import { account, type Config, type Parts, read, resource, topologyOf } from './parts.ts'

const at = { account, region: 'us-east-1' }
const arn = (kind: string, id: string) => `arn:aws:cloudfront::${account}:${kind}/${id}`
const listing = (operation: string, count: number) =>
  read(operation, '*', count, { ...at, service: 'cloudfront' })

const distribution = resource(types.distribution, arn('distribution', 'E1'), { Id: 'E1' }, at)
const key = (id: string, more: Config = {}) =>
  resource(
    types.publicKey,
    arn('public-key', id),
    { Id: id, Name: id, CreatedTime: '2026-02-01T10:00:00.000Z', KeyType: 'rsa', KeyBits: 2048, ...more },
    at,
  )
const group = (id: string, Items: unknown) =>
  resource(types.keyGroup, arn('key-group', id), { Id: id, Name: id, Items }, at)
const profile = resource(
  types.fieldLevelEncryptionProfile,
  arn('field-level-encryption-profile', 'P1'),
  { Id: 'P1', Name: 'forms', PublicKeyIds: ['K2'] },
  at,
)

const whole: Parts = {
  resources: [distribution, key('K1'), key('K2'), key('K3'), group('G1', ['K1']), profile],
  reads: [
    listing('ListKeyGroups', 1),
    listing('ListPublicKeys', 3),
    listing('ListFieldLevelEncryptionProfiles', 1),
  ],
}

const without = (operation: string): Parts => ({
  ...whole,
  reads: whole.reads.filter(r => r.operation !== operation),
})

const keysOf = (parts: Parts) => topologyOf(parts).signingKeys

describe('the public keys of an account', () => {
  test('are joined with the groups that hold them and the profiles that use them', () => {
    const { items, gaps } = keysOf(whole)
    expect(gaps).toEqual([])
    expect(items.map(k => [k.id, k.groups, k.encrypts])).toEqual([
      ['K1', { known: true, value: [expect.objectContaining({ id: 'G1' })] }, { known: true, value: [] }],
      ['K2', { known: true, value: [] }, { known: true, value: ['forms'] }],
      ['K3', { known: true, value: [] }, { known: true, value: [] }],
    ])
    expect(items[0]).toMatchObject({ algorithm: 'rsa', bits: 2048, curve: null })
  })

  test.each([
    [
      { KeyType: 'ec', KeyBits: undefined, KeyCurve: 'prime256v1' },
      { algorithm: 'ecdsa', curve: 'prime256v1' },
    ],
    [
      { KeyType: 'ml-dsa-65', KeyBits: undefined },
      { algorithm: 'unrecognised', bits: null },
    ],
    [
      { KeyType: undefined, KeyBits: undefined },
      { algorithm: 'unrecognised', bits: null },
    ],
    [{ CreatedTime: 'yesterday' }, { created: null }],
  ])('are read as far as they say: %j', (config, wanted) => {
    expect(keysOf({ ...whole, resources: [distribution, key('K1', config)] }).items[0]).toMatchObject(wanted)
  })

  test('are of unknown groups where groups were not listed, and of unknown use where profiles were not', () => {
    const ungrouped = keysOf(without('ListKeyGroups'))
    expect(ungrouped.items.map(k => k.groups.known)).toEqual([false, false, false])
    const unprofiled = keysOf(without('ListFieldLevelEncryptionProfiles'))
    expect(unprofiled.items.map(k => k.encrypts.known)).toEqual([true, false, false])
  })

  test('may be more where they were not listed, or not all of them are there', () => {
    expect(keysOf(without('ListPublicKeys')).gaps).toMatchObject([{ operation: 'ListPublicKeys' }])
    const short = { ...whole, resources: whole.resources.filter(r => r.config.Id !== 'K3') }
    expect(keysOf(short).gaps).toMatchObject([{ operation: 'ListPublicKeys', code: 'malformed' }])
  })

  test('are of unknown groups where a group cannot be read', () => {
    const broken = { ...whole, resources: [distribution, key('K1'), group('G1', 'K1')] }
    expect(keysOf(broken).items[0]?.groups).toMatchObject({ known: false, gaps: [{ code: 'unrecognised' }] })
  })

  test('are not asked for where there is no distribution', () => {
    expect(keysOf({ resources: [], reads: [] })).toEqual({ items: [], gaps: [] })
  })
})
