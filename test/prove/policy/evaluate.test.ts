import { describe, expect, it } from 'vitest'
import { is, type PolicyRequest } from '#prove/policy/context.ts'
import { mayPass } from '#prove/policy/decide.ts'
import { parsePolicy } from '#prove/policy/parse.ts'
import type { Policy } from '#prove/policy/policy.ts'
import { policyCases } from './cases/all.ts'
import { allow, deny, nobody, object, type PolicyCase } from './cases/case.ts'

const policyOf = (statements: unknown, version: string | null = '2012-10-17'): Policy => {
  const { policy, problem } = parsePolicy({ ...(version && { Version: version }), Statement: statements })
  expect(problem).toBeNull()
  return policy ?? { variables: false, statements: [] }
}

const requestOf = (c: PolicyCase): PolicyRequest => ({
  requester: c.requester ?? nobody,
  action: c.action ?? 's3:GetObject',
  resource: c.resource ?? is(object),
  context: c.context ?? {},
})

describe.each(Object.entries(policyCases))('%s', (_, cases) => {
  it.each(cases.map(c => [c.why, c] as const))('%s', (_, c) => {
    const policy = policyOf(c.statements, c.version === undefined ? '2012-10-17' : c.version)
    const answer = mayPass(policy, requestOf(c))
    expect(answer).toMatchObject({ outcome: c.expect })
    if (answer.outcome === 'unknown') expect(answer.reasons.join()).not.toBe('')
  })
})

it('there are at least 150 cases, each with a reason of its own', () => {
  const all = Object.entries(policyCases).flatMap(([group, cases]) => cases.map(c => `${group}: ${c.why}`))
  expect(all.length).toBeGreaterThanOrEqual(150)
  expect(new Set(all).size).toBe(all.length)
})

describe('an allow', () => {
  it('comes with the choices that it takes, and with no others', () => {
    const policy = policyOf([
      allow({ Condition: { StringLike: { 'aws:Referer': 'https://example.com/*' } } }),
      deny({ Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
    ])
    const answer = mayPass(policy, {
      requester: { kind: 'anonymous' },
      action: 's3:GetObject',
      resource: is(object),
      context: {
        'aws:referer': { kind: 'text', shape: '*', example: 'x', optional: true },
        'aws:securetransport': { kind: 'one-of', choices: [['false'], ['true']] },
        'aws:useragent': { kind: 'text', shape: '*', example: 'x', optional: true },
      },
    })
    expect(answer).toEqual({
      outcome: 'allow',
      witness: { 'aws:Referer': ['https://example.com/'], 'aws:SecureTransport': ['true'] },
    })
  })
})

describe('a deny', () => {
  const request = requestOf({ why: '', statements: [], expect: 'deny' })

  it('is explicit where a Deny statement answers', () => {
    expect(mayPass(policyOf([allow(), deny()]), request)).toEqual({ outcome: 'deny', explicit: true })
  })

  it('is not explicit where nothing allows', () => {
    expect(mayPass(policyOf([allow({ Action: 'x:y' })]), request)).toEqual({
      outcome: 'deny',
      explicit: false,
    })
  })
})

describe('a document', () => {
  it('that API Gateway hands out with escaped quotation marks is read', () => {
    const text = JSON.stringify({ Version: '2012-10-17', Statement: [allow()] }).replaceAll('"', '\\"')
    expect(parsePolicy(text).policy?.statements).toHaveLength(1)
  })

  it.each([
    ['text that is no JSON', '{'],
    ['escaped text that is no JSON', '{\\"'],
    ['a list', '[]'],
    ['an unknown version', { Version: '2099-01-01', Statement: [allow()] }],
    ['an unknown element', { Statements: [allow()] }],
    ['no statement', { Version: '2012-10-17' }],
    ['a statement that is no object', { Statement: ['x'] }],
    ['an unknown effect', { Statement: [{ ...allow(), Effect: 'allow' }] }],
    ['no effect', { Statement: [{ Principal: '*', Action: '*', Resource: '*' }] }],
  ])('with %s gives no policy and one sentence', (_, document) => {
    const { policy, problem } = parsePolicy(document)
    expect(policy).toBeNull()
    expect(problem).toMatch(/^The policy.*\.$/)
  })
})
