import { expect, test } from 'vitest'
import { proveLinks } from '#prove/prove.ts'
import type { Rule } from '#topology/model.ts'
import {
  alb,
  fixed,
  forward,
  host,
  linkTo,
  listener,
  method,
  otherwise,
  path,
  pathRegex,
  rule,
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
