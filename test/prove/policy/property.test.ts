import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { type Context, is, type Knowledge, type PolicyRequest } from '#prove/policy/context.ts'
import { type Answer, mayPass } from '#prove/policy/decide.ts'
import { parsePolicy } from '#prove/policy/parse.ts'
import type { Policy } from '#prove/policy/policy.ts'
import { bob } from './cases/case.ts'

type Raw = Readonly<Record<string, unknown>>

const parsed = (statements: readonly Raw[]): Policy => {
  const { policy, problem } = parsePolicy({ Version: '2012-10-17', Statement: statements })
  if (!policy) throw new Error(problem)
  return policy
}

const words = ['a', 'b', 'ab', 'Ab', 'ba']
const patterns = ['*', 'a*', '*b', '?', 'a?', '??*', ...words]
const keys = ['test:k', 'test:l', 'test:m', 'test:n']
const operators = [
  ...['StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike', 'StringEqualsIgnoreCase'],
  ...['StringEqualsIfExists', 'ForAnyValue:StringLike', 'ForAllValues:StringEquals', 'StringNotLikeIfExists'],
]
const operands = fc.uniqueArray(fc.constantFrom(...patterns), { minLength: 1, maxLength: 2 })
const condition = fc.dictionary(
  fc.constantFrom(...operators),
  fc.dictionary(fc.constantFrom(...keys), operands, { minKeys: 1, maxKeys: 2 }),
  { maxKeys: 2 },
)
const null_ = fc.record({ Null: fc.dictionary(fc.constantFrom(...keys), fc.constantFrom('true', 'false')) })

const bodies = fc.record({
  Principal: fc.constantFrom<unknown>(
    '*',
    { AWS: '*' },
    { AWS: bob },
    { Service: 'cloudfront.amazonaws.com' },
  ),
  Action: fc.constantFrom<unknown>('*', 's3:Get*', ['s3:PutObject', 's3:GetObject'], 's3:PutObject'),
  Resource: fc.constantFrom<unknown>(
    '*',
    'arn:aws:s3:::docs/*',
    ['arn:aws:s3:::docs/a*', 'x'],
    'arn:aws:s3:::docs/b',
  ),
  Condition: fc.oneof({ weight: 4, arbitrary: condition }, { weight: 1, arbitrary: null_ }),
})
const statement = fc
  .record({ Effect: fc.constantFrom('Allow', 'Deny'), body: bodies })
  .map(({ Effect, body }): Raw => ({ Effect, ...body }))
const statements = fc.array(statement, { maxLength: 4 })

const knowledge: fc.Arbitrary<Knowledge> = fc.oneof(
  fc.constant<Knowledge>({ kind: 'text', shape: '*', example: 'x', optional: true }),
  fc.constant<Knowledge>({ kind: 'text', shape: 'a*', example: 'a', optional: false }),
  fc.constant<Knowledge>({ kind: 'one-of', choices: [['b'], ['ab', 'ba'], []] }),
  fc.constant<Knowledge>({ kind: 'undecided', why: 'nobody read it' }),
  fc.subarray(words, { maxLength: 1 }).map(values => is(...values)),
)
const resource = fc.constantFrom<Knowledge>(is('arn:aws:s3:::docs/b'), {
  kind: 'text',
  shape: 'arn:aws:s3:::docs/*',
  example: 'arn:aws:s3:::docs/x',
  optional: false,
})
const request: fc.Arbitrary<PolicyRequest> = fc.record({
  requester: fc.constantFrom<PolicyRequest['requester']>(
    { kind: 'anonymous' },
    { kind: 'service', name: 'cloudfront.amazonaws.com' },
  ),
  action: fc.constant('s3:GetObject'),
  resource,
  context: fc
    .tuple(...keys.map(() => knowledge))
    .map((known): Context => Object.fromEntries(keys.map((key, i) => [key, known[i] ?? is()]))),
})

const width = ({ outcome }: Answer): number => ({ deny: 0, unknown: 1, allow: 2 })[outcome]

/** Everything a requester can try with short words: an answer for each, none of them symbolic. */
const tried = (policy: Policy, asked: PolicyRequest): readonly Answer[] => {
  let requests: readonly PolicyRequest[] = [asked]
  const pick = (known: Knowledge, all: readonly string[]): readonly Knowledge[] => {
    if (known.kind === 'one-of') return known.choices.map(c => is(...c))
    if (known.kind !== 'text') return [known]
    const fitting = all.filter(w => known.shape === '*' || w.startsWith(known.shape.slice(0, -1)))
    return [...fitting.map(w => is(w)), ...(known.optional ? [is()] : [])]
  }
  const objects = ['a', 'b', 'c', 'ab'].map(k => `arn:aws:s3:::docs/${k}`)
  requests = requests.flatMap(r => pick(r.resource, objects).map(one => ({ ...r, resource: one })))
  for (const key of keys)
    requests = requests.flatMap(r =>
      pick(r.context[key] ?? is(), [...words, 'x', 'xb', 'aB']).map(one => ({
        ...r,
        context: { ...r.context, [key]: one },
      })),
    )
  return requests.map(r => mayPass(policy, r))
}

describe('a policy', () => {
  test.prop([statements, statement, request])(
    'never lets more in with another Deny',
    (before, extra, asked) => {
      const after = [...before, { ...extra, Effect: 'Deny' }]
      expect(width(mayPass(parsed(after), asked))).toBeLessThanOrEqual(width(mayPass(parsed(before), asked)))
    },
  )

  test.prop([statements, statement, request])(
    'never lets less in with another Allow',
    (before, extra, asked) => {
      const after = [...before, { ...extra, Effect: 'Allow' }]
      expect(width(mayPass(parsed(after), asked))).toBeGreaterThanOrEqual(
        width(mayPass(parsed(before), asked)),
      )
    },
  )

  test.prop([statements, fc.nat(), request])(
    'keeps an explicit deny when an Allow is removed',
    (all, at, asked) => {
      const before = mayPass(parsed(all), asked)
      const less = all.filter((s, i) => i !== at % Math.max(all.length, 1) || s.Effect === 'Deny')
      const after = mayPass(parsed(less), asked)
      expect(width(after)).toBeLessThanOrEqual(width(before))
      if (before.outcome === 'deny' && before.explicit) expect(after).toEqual(before)
    },
  )

  test.prop([
    statements.chain(all => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
    request,
  ])('answers the same whatever the order of its statements', ([all, shuffled], asked) => {
    expect(mayPass(parsed(shuffled), asked).outcome).toBe(mayPass(parsed(all), asked).outcome)
  })

  test.prop([statements, request])('answers the same however it is spelled', (all, asked) => {
    const text = JSON.stringify({ Version: '2012-10-17', Statement: all.map(respelled) })
    const variant = parsePolicy(text.replaceAll('"', '\\"')).policy
    expect(variant && mayPass(variant, asked).outcome).toBe(mayPass(parsed(all), asked).outcome)
  })

  test.prop([statements, request], { numRuns: 60 })(
    'is never said to deny what a concrete request gets',
    (all, asked) => {
      const policy = parsed(all)
      const most = Math.max(...tried(policy, asked).map(width))
      expect(width(mayPass(policy, asked))).toBeGreaterThanOrEqual(most)
    },
  )

  test.prop([statements, request])('lets its witness in', (all, asked) => {
    const policy = parsed(all)
    const answer = mayPass(policy, asked)
    if (answer.outcome !== 'allow') return
    const chosen = Object.entries(answer.witness).map(([key, values]) => [key, is(...values)] as const)
    const context = { ...asked.context, ...Object.fromEntries(chosen) }
    const replayed = { ...asked, context, resource: context.resource ?? asked.resource }
    expect(mayPass(policy, replayed).outcome).toBe('allow')
  })
})

/** Another spelling of the same statement: lists for texts, other letter case where it does not count. */
const respelled = ({ Effect, Principal, Action, Resource, Condition }: Raw): Raw => {
  const list = (value: unknown) => (Array.isArray(value) && value.length === 1 ? value[0] : [value].flat())
  const tests = Object.entries(Condition as Readonly<Record<string, Raw>>).map(([operator, block]) => [
    operator.toUpperCase(),
    Object.fromEntries(Object.entries(block).map(([key, value]) => [key.toUpperCase(), list(value)])),
  ])
  return {
    Condition: Object.fromEntries(tests),
    Resource: list(Resource),
    Action: [Action].flat().map(a => String(a).toUpperCase()),
    Principal: Principal === '*' ? { AWS: ['*'] } : Principal,
    Effect,
  }
}
