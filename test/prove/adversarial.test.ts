import { expect, test } from 'vitest'
import { coverOf } from '#prove/cover/cover.ts'
import { proveLinks } from '#prove/prove.ts'
import type { Rule } from '#topology/model.ts'
import {
  alb,
  fixed,
  forward,
  header,
  host,
  linkTo,
  listener,
  method,
  otherwise,
  path,
  pathRegex,
  rule,
  seal,
  sourceIp,
  topologyOf,
} from './build.ts'

/** CloudFront reaches `app` over another listener, so that the rules under test are a way around. */
const internetOf = (rules: readonly Rule[]) => {
  const served = listener([otherwise(forward())], { mutualTls: 'verify' })
  const [exposure] = proveLinks(topologyOf([linkTo(alb([served, listener(rules, { port: 8443 })]))]))
  return exposure?.internet
}

const letters = 'xabcdefghijklmnopqrstuvwyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-_~$&+@:!(),='

test('a hundred rules of double stars in front of a forward leave the shortest way around them', () => {
  const denies = [...letters].map((c, i) =>
    rule(i + 1, [path(`*${c}*${letters[i + 1] ?? 'a'}*`), host('*.*')], fixed(403)),
  )
  expect(internetOf([...denies, otherwise(forward())])?.verdict).toBe('open')
})

test('a search that runs out of steps ends in unknown with that reason', () => {
  const denies = [...letters].map((c, i) => rule(i + 1, [path(`/*${c}*z`, `/*${c}*`)], fixed(403)))
  const exposure = internetOf([
    ...denies,
    rule(100, [path('/????????????')], forward()),
    otherwise(fixed(403)),
  ])
  expect(exposure?.verdict).toBe('unknown')
  expect(JSON.stringify(exposure?.reasons)).toContain('given up')
})

test('one rule that runs out of steps does not hide another that is open', () => {
  const denies = [...letters].map((c, i) =>
    rule(i + 1, [path(`/*${c}*z`, `/*${c}*`), host('*.example.com')], fixed(403)),
  )
  const hidden = rule(99, [path('/????????????'), host('a.example.com')], forward())
  expect(
    internetOf([...denies, hidden, rule(100, [path('/yes')], forward()), otherwise(fixed(403))])?.verdict,
  ).toBe('open')
})

test('nested quantifiers neither hang nor mislead', () => {
  const denies = [...letters.slice(0, 60)].map((c, i) =>
    rule(i + 1, [pathRegex(`^/((a*)*b|[${c === '-' ? 'a' : c}]+)*c{${i % 9}}$`), method('GET')], fixed(403)),
  )
  expect(internetOf([...denies, otherwise(forward())])?.verdict).toMatch(/^(?:open|unknown)$/)
})

const at = (i: number): string => letters[i % letters.length] ?? 'a'
const hundred = (make: (i: number) => Rule, ...last: readonly Rule[]): readonly Rule[] => [
  ...Array.from({ length: 99 }, (_, i) => make(i)),
  ...last,
]
const deny = (i: number, ...conditions: Rule['conditions']): Rule => rule(i + 1, conditions, fixed())
const letter = (i: number): string => (at(i) === '-' ? 'a' : at(i)).replace(/\W/, '\\$&')

/** Each is decided, or given up, within the steps that one door may take; none is followed to its end at any price. */
const crowds: readonly (readonly [string, string, readonly Rule[]])[] = [
  [
    'double stars in path and host',
    'open',
    hundred(i => deny(i, path(`*${at(i)}*${at(i + 1)}*`, `**${at(i)}**`), host('*.*')), otherwise(forward())),
  ],
  [
    'letters that are forbidden anywhere in twelve',
    'unknown',
    hundred(
      i => deny(i, path(`/*${at(i)}*z`, `/*${at(i)}*`)),
      rule(100, [path('/????????????')], forward()),
      otherwise(fixed()),
    ),
  ],
  [
    'three conditions of which any may be broken',
    'guessable',
    hundred(
      i => deny(i, path(`*${at(i)}*`), header('X-A', `*${at(i)}*`), header('X-B', `*${at(i + 1)}*`)),
      rule(
        100,
        [path('/????????????????'), header('X-A', '????????????????'), header('X-B', '?*')],
        forward(),
      ),
      otherwise(fixed()),
    ),
  ],
  [
    'nested expressions with counts',
    'open',
    hundred(
      i =>
        deny(
          i,
          pathRegex(`^(/((x|y)*(z|x)+)*){1,${(i % 20) + 2}}(a|b|ab)*(c?){${i % 30}}${letter(i)}{${i % 30}}$`),
        ),
      otherwise(forward()),
    ),
  ],
  [
    'a forward that is taken piece by piece',
    'closed',
    hundred(
      i => deny(i, path(`/${at(i)}*`), header('X-A', i % 2 === 0 ? 'a*' : '*')),
      rule(100, [path('/a*', '/b*', '/c*', '/dd*'), header('X-A', 'a?b')], forward()),
      otherwise(fixed()),
    ),
  ],
  [
    'addresses cut into slices',
    'open',
    hundred(
      i => deny(i, path(`/${at(i)}*`, `/?${at(i)}*`), sourceIp(`${i}.0.0.0/8`)),
      rule(100, [path('/*')], forward()),
      otherwise(fixed()),
    ),
  ],
  [
    'weak sealed values',
    'guessable',
    hundred(
      i => deny(i, header('X-T', seal(`weak${i}`)), path(`*${at(i)}*`)),
      rule(100, [header('X-T', ...[0, 1, 2, 3, 4].map(i => seal(`weak${i}`)))], forward()),
      otherwise(fixed()),
    ),
  ],
]

test.each(crowds)('a hundred rules of %s end in %s', (_, verdict, rules) => {
  const exposure = internetOf(rules)
  expect(exposure?.verdict).toBe(verdict)
  if (verdict === 'unknown') expect(JSON.stringify(exposure?.reasons)).toContain('given up')
})

test('a proof that many rules take everything stops at its budget, and then claims nothing', () => {
  const [, , rules = []] = crowds[1] ?? []
  const last = rules.find(r => r.priority === 100)
  if (last === undefined) throw new Error('no such rule')
  const budget = { left: 20_000 }
  const earlier = rules.slice(0, rules.indexOf(last))
  expect(coverOf({ rule: last, earlier, sources: ['0.0.0.0/0'], refused: [], budget }).kind).toBe('spent')
  // One step of all its machines at the most is taken too many.
  expect(budget.left).toBeGreaterThan(-1000)
})
