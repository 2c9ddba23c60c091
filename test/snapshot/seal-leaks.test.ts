/** No raw value leaves: not in another field, not in another record, not in another encoding. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ResourceRecord } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { seal, sealResources } from '#snapshot/seal.ts'
import { base64url, randomText, visible } from './random.ts'
import { resource } from './records.ts'
import {
  byteMatch,
  distribution,
  header,
  key,
  query,
  rule,
  sealedIn,
  singleHeader,
  webAcl,
} from './sealing.ts'

const token = randomText('token', 32)

const encodings: readonly (readonly [string, (text: string) => string])[] = [
  ['plain', t => t],
  ['lower case', t => t.toLowerCase()],
  ['upper case', t => t.toUpperCase()],
  ['Base64', t => Buffer.from(t).toString('base64')],
  ['URL-safe Base64', t => Buffer.from(t).toString('base64url')],
  ['Base64 after one more byte', t => Buffer.from(`:${t}`).toString('base64')],
  ['Base64 of a credential', t => Buffer.from(`user:${t}!`).toString('base64')],
  ['hex', t => Buffer.from(t).toString('hex')],
  ['upper-case hex', t => Buffer.from(t).toString('hex').toUpperCase()],
  ['percent-encoded', t => encodeURIComponent(t)],
  [
    'percent-encoded byte by byte',
    t => [...Buffer.from(t)].map(b => `%${b.toString(16).padStart(2, '0')}`).join(''),
  ],
  ['form-encoded', t => new URLSearchParams({ t }).toString().slice(2)],
  ['percent-encoded twice', t => encodeURIComponent(encodeURIComponent(t))],
  ['HTML-escaped', t => t.replace(/[&<>"']/g, c => `&#${c.charCodeAt(0)};`)],
  ['inside JSON', t => JSON.stringify({ t })],
]

/** A text and all its encodings, with what of it must not be found. */
const leaks = (output: string, text: string): readonly string[] => {
  const needles = encodings.slice(0, -1).map(([name, encode]) => [name, encode(text)] as const)
  return needles
    .filter(([, needle]) => output.toLowerCase().includes(needle.toLowerCase()))
    .map(([name]) => name)
}

const everywhere = (value: string): readonly ResourceRecord[] => [
  resource(types.tags, 'arn:lb', {
    Tags: [
      { Key: 'note', Value: `token is ${value}.` },
      { Key: value, Value: 'x' },
    ],
  }),
  resource(types.rule, 'arn:rule/2', {
    Conditions: [{ Field: 'path-pattern', PathPatternConfig: { Values: [`/hook/${value}/*`] } }],
    Actions: [
      { Type: 'redirect', RedirectConfig: { Host: 'www.example.com', Query: `key=${value}&x=1` } },
      { Type: 'fixed-response', FixedResponseConfig: { MessageBody: `<b>${value}</b>` } },
    ],
  }),
  resource(types.recordSet, 'arn:record', {
    Name: 'txt.example.com',
    ResourceRecords: [{ Value: `"${value}"` }],
  }),
  distribution(
    [],
    { Comment: value, Nested: [[value]], [value]: 1, Origins2: [{ OriginPath: `/${value}` }] },
    'arn:d2',
  ),
  webAcl([byteMatch({ UriPath: {} }, new TextEncoder().encode(`/x/${value}`))], { Description: value }),
]

const owners: readonly (readonly [string, (value: string) => ResourceRecord])[] = [
  ['an origin header', value => distribution([['X-T', value]])],
  ['a header condition', value => rule([header('X-T', [value])])],
  ['a wildcard condition', value => rule([header('X-T', [`*${value}*`])])],
  ['a query condition', value => rule([query([{ Key: 'k', Value: value }])])],
  ['a search string', value => webAcl([byteMatch(singleHeader('X-T'), value)])],
  [
    'the bytes of a search string',
    value => webAcl([byteMatch(singleHeader('X-T'), new TextEncoder().encode(value))]),
  ],
]

test.each(owners)('the value of %s is taken out of every other place, in every encoding', (_, owner) => {
  for (const [name, encode] of encodings) {
    const sealed = sealResources([...everywhere(encode(token)), owner(token)], key)
    expect(leaks(JSON.stringify(sealed), token), name).toEqual([])
    expect(sealed).toHaveLength(6)
  }
})

test('what replaces a value names the sealed value it stood for', () => {
  const sealed = sealResources([...everywhere(token), distribution([['X-T', token]])], key)
  const own = sealedIn(sealed.at(-1))[0]
  expect(JSON.stringify(sealed[0])).toContain(`token is [sealed:${own?.sealed.slice(0, 8)}].`)
})

test('the literal part of a regular expression is taken out of other places', () => {
  const sealed = sealResources([...everywhere(token), rule([header('X-T', [], [`^(?:${token}|x.*)$`])])], key)
  expect(leaks(JSON.stringify(sealed), token)).toEqual([])
})

test('random values of any alphabet never leave in any encoding, whoever holds them', () => {
  const value = fc
    .tuple(
      fc.integer(),
      fc.integer({ min: 12, max: 40 }),
      fc.constantFrom(base64url, visible.replace(/[*?\\]/g, '')),
    )
    .map(([seed, length, alphabet]) => randomText(`${seed}`, length, alphabet))
  fc.assert(
    fc.property(
      value,
      value,
      fc.constantFrom(...owners),
      fc.constantFrom(...encodings),
      (a, b, owner, encoding) => {
        const encode = encoding[1]
        const sealed = sealResources(
          [...everywhere(`${encode(a)}${encode(b)}`), owner[1](a), distribution([['Y', b]])],
          key,
        )
        expect(leaks(JSON.stringify(sealed), a)).toEqual([])
        expect(leaks(JSON.stringify(sealed), b)).toEqual([])
      },
    ),
    { numRuns: 60 },
  )
})

test('a value that looks escaped itself is found plain and behind every kind of escape', () => {
  const odd = `${randomText('odd', 12)}%41&#38;\\u0041"<`
  for (const [name, encode] of encodings) {
    const sealed = sealResources([...everywhere(encode(odd)), distribution([['X-T', odd]])], key)
    expect(leaks(JSON.stringify(sealed), odd), name).toEqual([])
  }
})

test('escapes that are broken or no UTF-8 do not shift what is taken out', () => {
  for (const text of [
    `%ff%fe${token}%`,
    `%ff%${'41'}${token}&#9999999;x`,
    `%e4%b8${encodeURIComponent(`"${token}"`)}`,
  ]) {
    const [sealed] = sealResources([distribution([['X-T', token]], { Comment: text })], key)
    expect(leaks(JSON.stringify(sealed), token), text).toEqual([])
    expect(sealed?.config.Comment).toMatch(/\[sealed:[0-9a-f]{8}\]/)
  }
})

test('overlapping values leave no part of either', () => {
  const [a, b] = [token.slice(0, 20), token.slice(10, 32)]
  const sealed = sealResources(
    [
      distribution(
        [
          ['A', a],
          ['B', b],
        ],
        { Comment: `<${token}>` },
      ),
    ],
    key,
  )
  expect(sealed[0]?.config.Comment).toMatch(/^<\[sealed:[0-9a-f]{8}\]>$/)
})

test('names that joins go by stay whole even where a header repeats them', () => {
  const records = [
    distribution(
      [
        ['X-Original', 'origin.example.com'],
        ['X-Id', 'E1ABCDEFGHIJKL'],
        ['X-Env', 'production-eu-central-1'],
        ['X-Zone', 'example.com'],
        [
          'X-Lb',
          'arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/app/a/50dc6c495c0c9188',
        ],
      ],
      { Id: 'E1ABCDEFGHIJKL', Aliases: { Items: ['www.example.com', 'origin.example.com'] } },
    ),
    resource(
      types.loadBalancer,
      'arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/app/a/50dc6c495c0c9188',
      {
        DNSName: 'production-eu-central-1-alb-1.eu-central-1.elb.amazonaws.com',
        LoadBalancerName: 'production-eu-central-1-alb',
      },
    ),
  ]
  const sealed = sealResources(records, key)
  expect(sealed[1]).toEqual(records[1])
  expect(sealed[0]?.config).toMatchObject({
    Id: 'E1ABCDEFGHIJKL',
    Aliases: { Items: ['www.example.com', 'origin.example.com'] },
    Origins: { Items: [{ DomainName: 'origin.example.com' }] },
  })
})

test('short or guessable words are not torn out of other texts', () => {
  const sealed = sealResources(
    [
      distribution(
        [
          ['X-T', 'secret'],
          ['X-U', 'changeme'],
        ],
        { Comment: 'changeme, a secret' },
      ),
    ],
    key,
  )
  expect(sealed[0]?.config.Comment).toBe('changeme, a secret')
})

test('the same scrubber cleans texts that are no records', () => {
  const { scrub } = seal([distribution([['X-T', token]])], key)
  expect(leaks(scrub.text(`no such value: ${token}`), token)).toEqual([])
  expect(scrub.text('nothing here')).toBe('nothing here')
})

const estate: readonly ResourceRecord[] = [
  ...everywhere(token),
  distribution([
    ['X-T', token],
    ['X-U', 'prod-*'],
  ]),
  rule([
    header('X-T', [token, 'old*'], ['^a']),
    query([
      { Key: 'k', Value: `a${token}` },
      { Key: 'v', Value: token.slice(0, 9) },
    ]),
  ]),
  webAcl([byteMatch(singleHeader('X-T'), token, 'CONTAINS', ['LOWERCASE'])]),
]

test('sealing again changes nothing', () => {
  const once = sealResources(estate, key)
  expect(sealResources(once, key)).toEqual(once)
  const stored = JSON.parse(JSON.stringify(once)) as ResourceRecord[]
  expect(sealResources(stored, key)).toEqual(stored)
})

test('sealing a text that was scrubbed before does not take the mark for a secret', () => {
  const once = sealResources(
    [distribution([['X-T', token]]), rule([query([{ Key: 'v', Value: `${token}` }])])],
    key,
  )
  expect(sealResources(once, key)).toEqual(once)
  const marked = [rule([query([{ Key: 'v', Value: '[sealed:0f3b9c1d]' }])])]
  expect(sealResources(marked, key)).toEqual(marked)
})

test('the order of the resources does not matter', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([...estate.keys()], { minLength: estate.length }), order => {
      const expected = sealResources(estate, key)
      const sealed = sealResources(
        order.map(i => estate[i]).filter(r => r !== undefined),
        key,
      )
      expect(sealed).toEqual(order.map(i => expected[i]))
    }),
    { numRuns: 20 },
  )
})

test('sealing does not touch the records it was given', () => {
  const before = JSON.stringify(estate)
  sealResources(estate, key)
  expect(JSON.stringify(estate)).toBe(before)
})

test('dates and big integers become text as a snapshot writes it', () => {
  const record = resource(types.certificate, 'arn:c', {
    NotAfter: new Date(0),
    Size: 12n,
    Odd: new Date(Number.NaN),
  })
  expect(sealResources([record], key)[0]?.config).toEqual({
    NotAfter: '1970-01-01T00:00:00.000Z',
    Size: '12',
    Odd: null,
  })
})
