import { fc, it } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { type Expression, matcher } from '#prove/kubernetes/routes/expression.ts'
import type { Route } from '#prove/kubernetes/routes/route.ts'
import { routeVerdicts } from '#prove/kubernetes/routes/verdicts.ts'
import { ref, seal } from '../build/values.ts'

const token = 'wT4kq9ZcV7mB2xR8nL5pD1sF6hJ3gY0a'
const hosts = ['a.example.com', 'b.example.com']
const paths = ['/', '/a', '/a/b']

/** The same rule in clear, for an interpreter of its own. */
type Clear =
  | { readonly is: 'host' | 'path' | 'prefix' | 'token' | 'accept'; readonly text: string }
  | { readonly is: 'all' | 'any'; readonly of: readonly Clear[] }
  | { readonly is: 'none'; readonly of: readonly Clear[] }

const leaf: fc.Arbitrary<Clear> = fc.oneof(
  fc.record({ is: fc.constant('host' as const), text: fc.constantFrom(...hosts) }),
  fc.record({ is: fc.constantFrom('path' as const, 'prefix' as const), text: fc.constantFrom(...paths) }),
  fc.record({ is: fc.constant('accept' as const), text: fc.constantFrom('x', 'y') }),
  fc.constant({ is: 'token' as const, text: token }),
)

const rules: fc.Arbitrary<Clear> = fc.letrec<{ rule: Clear }>(tie => ({
  rule: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.record({
      is: fc.constantFrom('all' as const, 'any' as const),
      of: fc.array(tie('rule'), { minLength: 1, maxLength: 3 }),
    }),
    fc.record({ is: fc.constant('none' as const), of: fc.tuple(tie('rule')) }),
  ),
})).rule

interface Request {
  readonly host: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
}

const takes = (rule: Clear, r: Request): boolean => {
  switch (rule.is) {
    case 'host':
      return r.host === rule.text
    case 'path':
      return r.path === rule.text
    case 'prefix':
      return r.path.startsWith(rule.text)
    case 'token':
      return r.headers['x-origin-verify'] === rule.text
    case 'accept':
      return r.headers.accept === rule.text
    case 'all':
      return rule.of.every(o => takes(o, r))
    case 'any':
      return rule.of.some(o => takes(o, r))
    case 'none':
      return !rule.of.some(o => takes(o, r))
  }
}

const sealedRule = (rule: Clear): Expression => {
  switch (rule.is) {
    case 'host':
      return matcher({ on: 'host', name: rule.text })
    case 'path':
      return matcher({ on: 'path', path: rule.text })
    case 'prefix':
      return matcher({ on: 'path-prefix', prefix: rule.text, whole: false })
    case 'token':
      return matcher({ on: 'header', name: 'x-origin-verify', value: seal(rule.text, 'nginx:=') })
    case 'accept':
      return matcher({ on: 'header', name: 'accept', value: rule.text })
    case 'all':
      return { kind: 'and', of: rule.of.map(sealedRule) }
    case 'any':
      return { kind: 'or', of: rule.of.map(sealedRule) }
    case 'none':
      return { kind: 'not', of: { kind: 'or', of: rule.of.map(sealedRule) } }
  }
}

const routes = (all: readonly Clear[]): readonly Route[] =>
  all.map((rule, n) => ({
    ref: ref(`r${n}`),
    place: null,
    name: `r${n}`,
    rank: n,
    tls: false,
    asks: sealedRule(rule),
    gates: [],
    services: [],
  }))

/** Every request that the rules tell apart, without the token. */
const strangers: readonly Request[] = [...hosts, 'c.example.com'].flatMap(host =>
  [...paths, '/a/b/x', '/x', '/a/c', '/ab'].flatMap(path =>
    [{}, { accept: 'x' }, { accept: 'y' }].map(headers => ({ host, path, headers })),
  ),
)

describe('verdicts over random routes', () => {
  const many = fc.array(rules, { minLength: 1, maxLength: 4 })

  it.prop([many], { numRuns: 1500 })('closed: no request without the token is taken by it first', all => {
    for (const [n, { verdict }] of routeVerdicts(routes(all), { kind: 'addresses', cidrs: [] }).entries()) {
      if (verdict !== 'closed') continue
      const rule = all[n]
      expect(strangers.filter(r => rule !== undefined && takes(rule, r))).toEqual([])
    }
  })

  it.prop([many], { numRuns: 1500 })('open: the request is taken by it and by none before', all => {
    for (const [n, { witness }] of routeVerdicts(routes(all), { kind: 'addresses', cidrs: [] }).entries()) {
      if (witness === null) continue
      const request = {
        host: witness.host,
        path: witness.path.split('?')[0] ?? '',
        headers: Object.fromEntries(witness.headers),
      }
      expect(all.findIndex(rule => takes(rule, request))).toBe(n)
      expect(JSON.stringify(witness)).not.toContain(token)
    }
  })

  it.prop([rules], { numRuns: 500 })(
    'alone and without the token in it a route is never closed that takes something',
    rule => {
      const [found] = routeVerdicts(routes([rule]), { kind: 'addresses', cidrs: [] })
      const taken = strangers.some(r => takes(rule, r))
      if (taken) expect(found?.verdict).not.toBe('closed')
      if (!taken) expect(found?.verdict).not.toBe('open')
    },
  )
})
