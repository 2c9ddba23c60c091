import { expect, test } from 'vitest'
import { proveLinks } from '#prove/prove.ts'
import type { Link } from '#topology/model.ts'
import { alb, behavior, forward, group, linkTo, listener, otherwise, topologyOf } from '../build.ts'

const server = alb([listener([otherwise(forward(group('app')))])])
const guarded = behavior({ pathPattern: '/private/*', isDefault: false, signed: true })

/** A distribution of its own pattern, so that nothing compared before can be used again. */
const site = (i: number): Link => {
  const behaviors = [guarded, behavior({ pathPattern: `/img-${i}/*`, isDefault: false }), behavior()]
  return linkTo(server, { behaviors })
}

test('a backend with very many patterns is compared as far as it goes, and says where it ends', () => {
  const exposures = proveLinks(topologyOf(Array.from({ length: 12 }, (_, i) => site(i))))
  expect(exposures[0]?.twins.found.map(t => t.outcome)).toContain('possible')
  const last = JSON.stringify(exposures.at(-1)?.twins.reasons)
  expect(last).toContain('too many different path patterns lead to one backend')
}, 120_000)
