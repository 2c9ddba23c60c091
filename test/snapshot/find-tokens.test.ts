/** A token is found wherever it stands in a text, and nothing else is. */
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { keyedFingerprint } from '#base/fingerprint.ts'
import { foldCase } from '#base/glob.ts'
import { tokenFinder } from '#snapshot/find-tokens.ts'
import { base64url, randomText } from './random.ts'
import { byteMatch, distribution, header, key, rule, singleHeader, webAcl } from './sealing.ts'

const token = randomText('find', 32)
const other = randomText('other', 32)
const named = (text: string): string => keyedFingerprint(key, foldCase(text))
const found = (text: string, ...tokens: readonly string[]) =>
  tokenFinder([distribution(tokens.map((t, i) => [`x-token-${i}`, t]))], key).find(text)

const wrapped = (text: string): string => text.replace(/.{76}/g, '$&\r\n')
const base64 = (text: string | Buffer): string => Buffer.from(text).toString('base64')
const script = (value: string): string => `#!/bin/bash\nexport ORIGIN_TOKEN='${value}'\nexec run --quiet\n`

const places: readonly (readonly [string, (value: string) => string])[] = [
  ['alone', v => v],
  ['with a line break after it', v => `${v}\n`],
  ['in other letter case', v => v.toUpperCase()],
  ['after a word', v => `Bearer ${v}`],
  ['in a script', script],
  ['in JSON', v => JSON.stringify({ a: [{ token: v }] })],
  ['in JSON inside JSON', v => JSON.stringify({ config: JSON.stringify({ token: v }) })],
  ['as a key of JSON', v => JSON.stringify({ [v]: true })],
  ['in a script inside JSON', v => JSON.stringify({ UserData: { 'Fn::Base64': script(v) } })],
  ['in YAML', v => `Resources:\n  App:\n    HeaderValue: "${v}"\n`],
  ['in a URL', v => `https://origin.example.com/?t=${encodeURIComponent(v)}`],
  ['in Base64', base64],
  ['in Base64 of a script', v => base64(script(v))],
  ['in Base64 of several lines', v => wrapped(base64(script(v).repeat(3)))],
  ['in URL-safe Base64', v => Buffer.from(`:${v}`).toString('base64url')],
  ['in hex', v => Buffer.from(v).toString('hex')],
  ['in a packed file inside a text', v => `content: ${base64(gzipSync(script(v)))}\nencoding: gz+b64\n`],
  ['in a packed file of several lines', v => wrapped(base64(gzipSync(script(v) + randomText('x', 900))))],
]

test.each(places)('a token is found %s', (_name, place) => {
  expect(found(place(token), token, other).map(f => f.fingerprint)).toEqual([named(token)])
})

test.each(places)('without a token there, nothing is found %s', (_name, place) => {
  expect(found(place(randomText('stranger', 32)), token, other)).toEqual([])
})

test('a text that is the token is told from one that holds it', () => {
  expect(found(token, token)).toEqual([{ fingerprint: named(token), whole: true }])
  expect(found(`${token}!`, token)).toEqual([{ fingerprint: named(token), whole: false }])
})

test('of tokens that begin alike, each that stands in the text is named', () => {
  const longer = `${token}more`
  expect(
    found(`a ${longer} b`, token, longer)
      .map(f => f.fingerprint)
      .sort(),
  ).toEqual([named(longer), named(token)].sort())
})

describe('a word that stands in texts by chance', () => {
  const weak = (text: string, word: string) =>
    tokenFinder([rule([header('x-token', [word])]), distribution([['x-token', word]])], key).find(text)
  const chance = ['test', 'production', 'letmein', 'origin.example.com', '12345678']
  test.each(chance)('%s is found only where it is the whole value', word => {
    expect(weak(word, word)).toEqual([{ fingerprint: named(word), whole: true }])
    expect(weak(`this is ${word} too`, word)).toEqual([])
    expect(weak(JSON.stringify({ Type: word }), word)).toEqual([])
  })
  test('is looked for where a pattern of its header may let it in', () => {
    const finder = tokenFinder([rule([header('x-token', ['te*'])]), distribution([['X-Token', 'test']])], key)
    expect(finder.find('test')).toEqual([{ fingerprint: named('test'), whole: true }])
  })
  test('is not looked for at all where no gate compares it: it is a setting', () => {
    expect(found('1', '1')).toEqual([])
    expect(found('production', 'production')).toEqual([])
  })
})

describe('what a gate accepts', () => {
  const gates = (...records: Parameters<typeof tokenFinder>[0]) => tokenFinder(records, key)

  test('is looked for, sent or not', () => {
    const finder = gates(rule([header('x-token', [token])]))
    expect(finder.find(script(token)).map(f => f.fingerprint)).toEqual([named(token)])
  })
  test('is looked for by the parts that every accepted value has, where it is a pattern', () => {
    const finder = gates(rule([header('x-token', [`${token}*`])]))
    expect(finder.find(script(`${token}-suffix`)).map(f => f.fingerprint)).toEqual([named(`${token}*`)])
  })
  test('is looked for in regular expressions', () => {
    const finder = gates(rule([header('x-token', [], [`^(${token}|${other})$`])]))
    expect(finder.find(script(other)).map(f => f.fingerprint)).toEqual([named(`^(${token}|${other})$`)])
  })
  test('is looked for in web ACLs', () => {
    const finder = gates(webAcl([byteMatch(singleHeader('x-token'), token)]))
    expect(finder.find(script(token)).map(f => f.fingerprint)).toEqual([named(token)])
  })
  test('that everybody knows is not looked for', () => {
    expect(gates(rule([header('x-token', ['Amazon CloudFront'])])).count).toBe(0)
  })
})

test('property: in any text around it, a token is found', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1_000_000 }),
      fc.integer({ min: 20, max: 64 }),
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.string({ unit: 'grapheme', maxLength: 300 }),
      fc.constantFrom(...places.map(([, place]) => place)),
      (seed, length, before, after, place) => {
        const value = randomText(String(seed), length, base64url)
        // A line of Base64 right behind wrapped Base64 would be more of it.
        const text = JSON.stringify({ text: `${before}\n.\n${place(value)}\n.\n${after}` })
        expect(found(text, value).map(f => f.fingerprint)).toContain(named(value))
      },
    ),
    { numRuns: 200 },
  )
})

test('property: what is found in a text without the tokens is nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 2000 }), text => {
      fc.pre(!foldCase(text).includes(foldCase(token)))
      expect(found(text, token, other)).toEqual([])
    }),
    { numRuns: 100 },
  )
})
