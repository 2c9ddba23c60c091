/** Worlds for the rules about signed URLs and cookies. */
import { known } from '#base/known.ts'
import type { Spelling } from '#probe/exchange.ts'
import type { Twin, Twins } from '#prove/exposure.ts'
import type { KeyGroup, SigningKey } from '#topology/model.ts'
import { aBehavior, aGap, aRef, aWorld, unread, type World } from '../../judge/build.ts'
import type { Cases } from '../test-rule.ts'

const guarded = aBehavior({ pathPattern: '/private/*', isDefault: false, signed: true, keyGroups: ['G1'] })
const legacy = (...trustedSigners: readonly string[]) =>
  aBehavior({ ...guarded, keyGroups: [], trustedSigners })

const place = (pathPattern: string) => ({
  ...{ arn: aRef('AWS::CloudFront::Distribution', 'E9TWIN').arn, name: 'E9TWIN' },
  ...{ line: aRef('AWS::CloudFront::Distribution', 'E9TWIN').line, domains: ['old.example.com'] },
  ...{ pathPattern, link: 'E9TWIN/origin' },
})

const twin = (outcome: Twin['outcome'], ...because: readonly string[]): Twin => ({
  ...{
    kind: 'spelling',
    outcome,
    because,
    object: '/private/x',
    signedPath: '/private/x',
    unsignedPath: '/private/x',
    readings: [],
  },
  ...{ signed: place('/private/*'), unsigned: place('Default (*)') },
})

/** As the documented reading, and one that decodes nothing, have it. */
const readings = [
  { encoding: 'rfc-3986', slashFirst: true },
  { encoding: 'as-sent', slashFirst: true },
] as const
const fallback = aBehavior()
const encodedSlash = (arn: string): Twin => ({
  ...{ ...twin('possible', 'CloudFront leaves it encoded'), unsignedPath: '/private%2F', readings },
  unsigned: { ...place('Default (*)'), arn },
})

/** A link with that twin, whose other spelling was answered so. */
const spelled = (answer: Spelling['answer'], path: string, changes: Partial<Twins> = {}): World => {
  const [own] = aWorld([{ behaviors: [guarded] }]).topology.links
  const found = [encodedSlash(own?.distribution.ref.arn ?? '')]
  return aWorld([
    {
      ...{
        behaviors: [guarded],
        twins: { found, ...changes },
        distribution: { behaviors: [guarded, fallback] },
      },
      ...{ probe: 'blocked', signature: 'inconclusive', spellings: [{ path, answer, exchange: 'x#1' }] },
    },
  ])
}

const withTwins = (twins: Partial<Twins>, verdict: 'closed' | 'open' | 'unknown' = 'closed') =>
  aWorld([{ behaviors: [guarded], twins, verdict }])

const group: KeyGroup = {
  ref: aRef('AWS::CloudFront::KeyGroup', 'members'),
  id: 'G1',
  name: 'members',
  keys: ['K1'],
}

const aKey = (changes: Partial<SigningKey> = {}): SigningKey => ({
  ref: aRef('AWS::CloudFront::PublicKey', 'members-1'),
  id: 'K1',
  name: 'members-1',
  created: '2026-03-01T00:00:00.000Z',
  algorithm: 'rsa',
  bits: 2048,
  curve: null,
  groups: known([group]),
  encrypts: known([]),
  ...changes,
})

const withKey = (key: Partial<SigningKey>, keyGroups = ['G1']): World => {
  const world = aWorld([{ behaviors: [aBehavior({ ...guarded, keyGroups })] }])
  return { ...world, topology: { ...world.topology, signingKeys: { items: [aKey(key)], gaps: [] } } }
}

const unlisted = ((): World => {
  const world = aWorld([{ behaviors: [guarded] }])
  const signingKeys = { items: [], gaps: [aGap('ListPublicKeys')] }
  return { ...world, topology: { ...world.topology, signingKeys } }
})()

const unreadBehavior = (world: World): World => {
  const target = world.topology.distributions[0]?.ref.arn ?? ''
  const message = `${target}: a cache behaviour cannot be read.`
  const gap = { ...aGap('ListDistributions'), code: 'unrecognised' as const, target, message }
  return { ...world, topology: { ...world.topology, gaps: [gap] } }
}

const ungrouped = { groups: known([]) }

export const signedCases: Cases = {
  'signed-content-has-no-unsigned-twin': [
    {
      name: 'B53: another distribution asks for no signature',
      world: withTwins({ found: [twin('certain')] }),
      outcome: 'violated',
      says: 'GET https://old.example.com/private/x is taken by behaviour Default (*) of E9TWIN',
    },
    {
      name: 'the origin answers anybody',
      world: withTwins({ apart: 1 }, 'open'),
      outcome: 'violated',
      says: 'reaches the origin',
    },
    { name: 'no way leads to the objects', world: withTwins({ apart: 1 }), outcome: 'satisfied' },
    {
      name: 'B54: it depends on how CloudFront reads an encoded slash',
      world: withTwins({ found: [twin('possible', 'CloudFront leaves it encoded')] }),
      outcome: 'unknown',
      says: 'if CloudFront leaves it encoded',
    },
    {
      name: 'B54: CloudFront refuses the encoded slash for want of a signature: it reads paths otherwise',
      world: spelled('refused', '/private%2Fabc'),
      outcome: 'satisfied',
    },
    {
      name: 'B54: another path was refused, which every reading says',
      world: spelled('refused', '/private/abc'),
      outcome: 'unknown',
      says: 'to settle it, scan with probes, or ask for https://old.example.com/private%2F',
    },
    {
      name: 'B54: what was refused and what was passed on leave no reading of paths',
      world: (() => {
        const world = spelled('refused', '/private%2Fabc')
        const probes = new Map(
          [...world.probes].map(([id, probe]) => {
            const passed: Spelling = { path: '/private%2Fabc', answer: 'passed', exchange: 'x#2' }
            const { signature } = probe
            if (!signature) return [id, probe] as const
            return [
              id,
              { ...probe, signature: { ...signature, spellings: [...signature.spellings, passed] } },
            ]
          }),
        )
        return { ...world, probes }
      })(),
      outcome: 'unknown',
    },
    {
      name: 'B54: there are further ways of which the probe says nothing',
      world: spelled('refused', '/private%2Fabc', { more: 1 }),
      outcome: 'unknown',
    },
    {
      name: 'B54: the other way leads through another distribution, which was not asked',
      world: spelled('refused', '/private%2Fabc', { found: [encodedSlash('arn:elsewhere')] }),
      outcome: 'unknown',
    },
    {
      name: 'the probe was served a signed path without a signature',
      world: aWorld([
        {
          ...{ behaviors: [guarded], twins: { apart: 1 } },
          ...{ probe: 'inconclusive', signature: 'confirmed' },
        },
      ]),
      outcome: 'violated',
      says: 'as the test says',
    },
    {
      name: 'the probe was refused, which proves nothing of ways that it did not ask',
      world: aWorld([
        {
          ...{ behaviors: [guarded], twins: { found: [twin('possible', 'CloudFront leaves it encoded')] } },
          ...{ probe: 'blocked', signature: 'blocked' },
        },
      ]),
      outcome: 'unknown',
    },
    {
      name: 'the probe could not say',
      world: aWorld([
        {
          ...{ behaviors: [guarded], twins: { apart: 1 } },
          ...{ probe: 'inconclusive', signature: 'inconclusive' },
        },
      ]),
      outcome: 'satisfied',
    },
    {
      name: 'distributions were not listed',
      world: withTwins({ reasons: [{ kind: 'gap', gap: aGap('ListDistributions') }] }),
      outcome: 'unknown',
    },
    {
      name: 'the origin is not proven closed',
      world: withTwins({ apart: 1 }, 'unknown'),
      outcome: 'unknown',
    },
    { name: 'the link was not proven', world: { ...withTwins({}), exposures: [] }, outcome: 'unknown' },
    { name: 'a behaviour was not read', world: unreadBehavior(aWorld([{}])), outcome: 'unknown' },
    { name: 'nothing asks for a signature', world: aWorld([{}]), outcome: 'inapplicable' },
    {
      name: 'the distribution is disabled',
      world: aWorld([
        {
          distribution: { enabled: false },
          behaviors: [guarded],
          twins: { found: [twin('certain')] },
        },
      ]),
      outcome: 'inapplicable',
    },
  ],
  'signed-content-uses-key-groups': [
    {
      name: 'the account itself signs',
      world: aWorld([{ behaviors: [legacy('self')] }]),
      outcome: 'violated',
      says: "the distribution's own account",
    },
    {
      name: 'another account signs beside a key group',
      world: aWorld([{ behaviors: [aBehavior({ ...guarded, trustedSigners: ['444455556666'] })] }]),
      outcome: 'violated',
      says: '444455556666',
    },
    { name: 'key groups sign', world: aWorld([{ behaviors: [guarded] }]), outcome: 'satisfied' },
    {
      name: 'a behaviour was not read',
      world: unreadBehavior(aWorld([{ behaviors: [guarded] }])),
      outcome: 'unknown',
    },
    { name: 'nothing asks for a signature', world: aWorld([{}]), outcome: 'inapplicable' },
  ],
  'signing-key-strong': [
    { name: 'RSA of 1024 bits', world: withKey({ bits: 1024 }), outcome: 'violated', says: '1024 bits' },
    { name: 'RSA of 2048 bits', world: withKey({}), outcome: 'satisfied' },
    {
      name: 'ECDSA on P-256',
      world: withKey({ algorithm: 'ecdsa', bits: null, curve: 'prime256v1' }),
      outcome: 'satisfied',
    },
    {
      name: 'ECDSA on another curve',
      world: withKey({ algorithm: 'ecdsa', bits: null, curve: 'secp384r1' }),
      outcome: 'unknown',
      says: 'secp384r1',
    },
    {
      name: 'a new kind of key',
      world: withKey({ algorithm: 'unrecognised', bits: null }),
      outcome: 'unknown',
    },
    { name: 'RSA of unknown size', world: withKey({ bits: null }), outcome: 'unknown' },
    { name: 'key groups were not read', world: withKey({ groups: unread() }), outcome: 'unknown' },
    { name: 'public keys were not read', world: unlisted, outcome: 'unknown' },
    { name: 'no group holds it', world: withKey({ ...ungrouped, bits: 1024 }), outcome: 'inapplicable' },
  ],
  'signing-key-fresh': [
    {
      name: 'it is two years old',
      world: withKey({ created: '2024-06-01T00:00:00.000Z' }),
      outcome: 'violated',
      says: '730 days ago',
    },
    {
      name: 'it is 365 days old',
      world: withKey({ created: '2025-06-01T00:00:00.000Z' }),
      outcome: 'satisfied',
    },
    {
      name: 'it is 366 days old',
      world: withKey({ created: '2025-05-31T00:00:00.000Z' }),
      outcome: 'violated',
    },
    { name: 'its date cannot be read', world: withKey({ created: null }), outcome: 'unknown' },
    { name: 'public keys were not read', world: unlisted, outcome: 'unknown' },
    { name: 'no group holds it', world: withKey(ungrouped), outcome: 'inapplicable' },
  ],
  'signing-key-in-use': [
    { name: 'no group holds it', world: withKey(ungrouped), outcome: 'violated', says: 'nothing trusts K1' },
    {
      name: 'no behaviour trusts the group',
      world: withKey({}, ['G2']),
      outcome: 'violated',
      says: 'no behaviour trusts key group members',
    },
    { name: 'a behaviour trusts the group', world: withKey({}), outcome: 'satisfied' },
    { name: 'key groups were not read', world: withKey({ groups: unread() }), outcome: 'unknown' },
    {
      name: 'encryption profiles were not read',
      world: withKey({ ...ungrouped, encrypts: unread() }),
      outcome: 'unknown',
    },
    {
      name: 'distributions were not listed',
      world: ((): World => {
        const world = withKey({}, ['G2'])
        return { ...world, topology: { ...world.topology, gaps: [aGap('ListDistributions')] } }
      })(),
      outcome: 'unknown',
    },
    { name: 'public keys were not read', world: unlisted, outcome: 'unknown' },
    {
      name: 'it encrypts fields',
      world: withKey({ ...ungrouped, encrypts: known(['forms']) }),
      outcome: 'inapplicable',
    },
  ],
}
