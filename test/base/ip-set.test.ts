/** IP sets against a brute force over small spaces, and the ranges of the internet. */
import { isIP } from 'node:net'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  addressFamily,
  containsAddress,
  coveredFraction,
  coversAll,
  exampleAddress,
  intersectCidrs,
  isPublicAddress,
  malformedCidrs,
  publicSpace,
  subtractCidrs,
  unionCidrs,
} from '#base/ip-set.ts'

/** 32 neighbouring addresses of one family, as numbers 0 to 31. */
interface Space {
  readonly address: (n: number) => string
  readonly bits: number
}

const spaces: readonly Space[] = [
  { address: n => `203.0.113.${224 + n}`, bits: 32 },
  { address: n => `2001:db8::${(0xffe0 + n).toString(16)}`, bits: 128 },
]

/** First number and how many bits are free: `[8, 2]` is the four addresses from 8 on. */
type Block = readonly [first: number, free: number]

const block: fc.Arbitrary<Block> = fc
  .tuple(fc.integer({ min: 0, max: 31 }), fc.integer({ min: 0, max: 5 }))
  .map(([n, free]) => [(n >> free) << free, free])
const blocks = fc.array(block, { maxLength: 6 })
const space = fc.constantFrom(...spaces)

const cidrs = (s: Space, list: readonly Block[]): string[] =>
  list.map(([n, free]) => `${s.address(n)}/${s.bits - free}`)
const members = (list: readonly Block[]): Set<number> =>
  new Set(list.flatMap(([n, free]) => Array.from({ length: 2 ** free }, (_, i) => n + i)))
const inSet = (s: Space, set: readonly string[]): Set<number> =>
  new Set(Array.from({ length: 32 }, (_, n) => n).filter(n => containsAddress(set, s.address(n))))

test('union, difference and intersection hold the addresses that a brute force says', () => {
  fc.assert(
    fc.property(space, blocks, blocks, (s, a, b) => {
      const [left, right] = [members(a), members(b)]
      expect(inSet(s, cidrs(s, a))).toEqual(left)
      expect(inSet(s, unionCidrs([...cidrs(s, a), ...cidrs(s, b)]))).toEqual(new Set([...left, ...right]))
      expect(inSet(s, subtractCidrs(cidrs(s, a), cidrs(s, b)))).toEqual(
        new Set([...left].filter(n => !right.has(n))),
      )
      expect(inSet(s, intersectCidrs(cidrs(s, a), cidrs(s, b)))).toEqual(
        new Set([...left].filter(n => right.has(n))),
      )
    }),
  )
})

test('the same addresses give the same text, however they were written and ordered', () => {
  const split = (b: Block): Block[] => {
    const [n, free] = b
    return free === 0
      ? [b]
      : [
          [n, free - 1],
          [n + 2 ** (free - 1), free - 1],
        ]
  }
  fc.assert(
    fc.property(space, blocks, (s, a) => {
      expect(unionCidrs(cidrs(s, a.flatMap(split)).reverse())).toEqual(unionCidrs(cidrs(s, a)))
    }),
  )
})

test('the two families never touch', () => {
  fc.assert(
    fc.property(blocks, blocks, (a, b) => {
      const [[four, six], [v4, v6]] = [spaces, [cidrs(spaces[0] as Space, a), cidrs(spaces[1] as Space, b)]]
      const both = unionCidrs([...v6, ...v4])
      expect(both).toEqual([...unionCidrs(v4), ...unionCidrs(v6)])
      expect(intersectCidrs(v4, v6)).toEqual([])
      expect(subtractCidrs(v4, v6)).toEqual(unionCidrs(v4))
      expect([inSet(four as Space, both), inSet(six as Space, both)]).toEqual([members(a), members(b)])
    }),
  )
})

test('halves cover all, and all but one address does not', () => {
  expect(coversAll(['0.0.0.0/1', '128.0.0.0/1'], 4)).toBe(true)
  expect(coversAll(['0.0.0.0/1', '128.0.0.0/1'], 6)).toBe(false)
  expect(coversAll(['::/1', '8000::/1', '10.0.0.0/8'], 6)).toBe(true)
  expect(coversAll(['0.0.0.0/0'], 4)).toBe(true)
  expect(coversAll(subtractCidrs(['0.0.0.0/0'], ['255.255.255.255']), 4)).toBe(false)
  expect(coversAll([], 4)).toBe(false)
})

const malformed = [
  '',
  'any',
  '10.0.0.0/33',
  '10.0.0.0/',
  '10.0.0/8',
  '010.0.0.1',
  '1.2.3.4/08',
  '::/129',
  'fe80::1%eth0',
  '1.2.3.4:80',
  '10.0.0.0/-1',
  '[::1]',
]

test('text that is no CIDR throws nowhere and is never lost from a list', () => {
  for (const text of malformed) {
    expect(addressFamily(text), text).toBeNull()
    expect(malformedCidrs([text, '10.0.0.0/8'])).toEqual([text])
    expect(unionCidrs(['10.0.0.0/8', text])).toEqual(['10.0.0.0/8', text])
    expect(subtractCidrs([text], ['0.0.0.0/0', text])).toEqual([text])
    expect(subtractCidrs(['10.0.0.0/8'], [text])).toEqual(['10.0.0.0/8'])
    expect(intersectCidrs([text], ['10.0.0.0/8'])).toEqual([text])
    expect(intersectCidrs(['10.0.0.0/8'], [text])).toEqual([text])
    expect(containsAddress(['0.0.0.0/0'], text)).toBe(false)
    expect(containsAddress([text], '10.0.0.1')).toBe(false)
    expect(coversAll([text], 4)).toBe(false)
    expect(exampleAddress([text])).toBeNull()
    expect(isPublicAddress(text)).toBe(false)
    expect(coveredFraction([text], 4)).toBe(0)
  }
})

test('an address is what the operating system calls one, without zone ids', () => {
  const group = fc.oneof(
    fc.constantFrom('', '0', 'ffff', '12345', '1.2.3.4', '255.255.255.255', '256.1.1.1', 'g'),
    fc.constant('a'),
  )
  const near = fc.array(group, { maxLength: 9 }).map(parts => parts.join(':'))
  fc.assert(
    fc.property(
      fc.oneof(
        near,
        fc.ipV4(),
        fc.ipV6(),
        fc.string({ unit: fc.constantFrom('1', '0', '.', ':'), maxLength: 12 }),
      ),
      text => {
        expect(addressFamily(text)).toBe(isIP(text) || null)
        expect(containsAddress([text], text)).toBe(isIP(text) > 0)
      },
    ),
    { numRuns: 5000 },
  )
})

test('any text at all is answered', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.string(), fc.ipV4(), fc.ipV6(), fc.ipV4Extended())),
      fc.string(),
      (list, text) => {
        expect(unionCidrs(unionCidrs(list))).toEqual(unionCidrs(list))
        expect(
          intersectCidrs(list, []).length + subtractCidrs(list, list).filter(c => addressFamily(c)).length,
        ).toBe(0)
        expect([true, false]).toContain(containsAddress(list, text))
      },
    ),
  )
})

test.each([
  ['8.8.8.8', 4, true],
  ['2600::1', 6, true],
  ['::ffff:8.8.8.8', 6, true],
  ['64:ff9b::808:808', 6, true],
  ['2002:808:808::1', 6, true],
  ['10.1.2.3', 4, false],
  ['172.31.255.255', 4, false],
  ['192.168.0.1', 4, false],
  ['100.64.0.1', 4, false],
  ['127.0.0.1', 4, false],
  ['169.254.169.254', 4, false],
  ['0.0.0.0', 4, false],
  ['255.255.255.255', 4, false],
  ['224.0.0.1', 4, false],
  ['198.51.100.7', 4, false],
  ['::', 6, false],
  ['::1', 6, false],
  ['fe80::1', 6, false],
  ['fc00::1', 6, false],
  ['fd00:ec2::254', 6, false],
  ['ff02::1', 6, false],
  ['2001:db8::1', 6, false],
  ['2001::1', 6, false],
  ['::ffff:10.0.0.1', 6, false],
  ['::ffff:a00:1', 6, false],
  ['::127.0.0.1', 6, false],
  ['64:ff9b::a9fe:a9fe', 6, false],
  ['64:ff9b:1::808:808', 6, false],
  ['2002:a00:1::', 6, false],
] as const)('%s is IPv%i, and public: %s', (address, family, isPublic) => {
  expect(addressFamily(address)).toBe(family)
  expect(isPublicAddress(address)).toBe(isPublic)
})

test('an example is a public address where the set has one, and always a member', () => {
  expect(exampleAddress(['10.0.0.0/8', '0.0.0.0/0'])).toBe('1.0.0.1')
  expect(exampleAddress(['10.0.0.0/8', '8.8.8.8/32'])).toBe('8.8.8.8')
  expect(exampleAddress(['2600:9000::/28', '10.0.0.0/8'])).toBe('2600:9000::1')
  expect(exampleAddress(['203.0.113.0/24'])).toBe('203.0.113.1')
  expect(exampleAddress([])).toBeNull()
  fc.assert(
    fc.property(space, fc.array(block, { minLength: 1, maxLength: 4 }), (s, a) => {
      expect(containsAddress(cidrs(s, a), exampleAddress(cidrs(s, a)) ?? '')).toBe(true)
    }),
  )
})

test('the covered share is of the public space: 1 only for all of it, 0 only for none', () => {
  expect(coveredFraction(['0.0.0.0/0'], 4)).toBe(1)
  expect(coveredFraction(publicSpace(4), 4)).toBe(1)
  expect(coveredFraction(['2000::/3'], 6)).toBe(1)
  expect(coveredFraction(['0.0.0.0/0'], 6)).toBe(0)
  expect(coveredFraction(['10.0.0.0/8', '203.0.113.0/24'], 4)).toBe(0)
  expect(coveredFraction(['8.8.8.8'], 4)).toBeGreaterThan(0)
  expect(coveredFraction(subtractCidrs(['::/0'], ['2600::1']), 6)).toBeLessThan(1)
  const half = coveredFraction(['0.0.0.0/1'], 4)
  expect(half + coveredFraction(['128.0.0.0/1'], 4)).toBeCloseTo(1, 9)
})
