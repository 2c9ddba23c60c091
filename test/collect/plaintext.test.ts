/** `--find-plaintext`: places of tokens are found, and nothing else of what is read leaves. */
import { describe, expect, test } from 'vitest'
import { operationName, withDenied, withFaults } from '#lab/aws/policy.ts'
import { operations, plaintextOperations, policyDocument } from '#scan.ts'
import { types } from '#snapshot/resource-types.ts'
import { sealResources } from '#snapshot/seal.ts'
import { buildTopology } from '#topology/build.ts'
import { formsOf } from '../e2e/secrets.ts'
import { canaries, expectedSightings, leakyWorld, tidyWorld, token } from './plaintext-world.ts'
import { type Run, type RunOptions, run, sealKey } from './run.ts'

const search = (options: RunOptions = {}): Promise<Run> =>
  run({ world: leakyWorld, ...options, collect: { findPlaintext: true, ...options.collect } })

const sightingsIn = ({ snapshot }: Run) => snapshot.resources.filter(r => r.type === types.plaintextSighting)
const namesIn = (searched: Run): readonly string[] =>
  sightingsIn(searched).map(r => r.arn.replace(/^[^#]*:(?=[^:]*#)|^[^#]*:(?=[^:#]*\/)/, ''))

/** Everything that leaves collecting: the file, and what progress was told. */
const leavings = ({ text, events, snapshot }: Run): string =>
  `${text}\n${JSON.stringify(events)}\n${JSON.stringify(snapshot)}`

const expectNoLeak = (searched: Run): void => {
  const out = leavings(searched).toLowerCase()
  for (const secret of [...canaries, token])
    for (const form of formsOf(secret)) expect(out.includes(form.toLowerCase()), form).toBe(false)
}

const asked = await search()
const plainNames = plaintextOperations.map(o => `${o.service}:${o.operation}`)

describe('the search', () => {
  test('finds the token at every place', () => {
    expect([...namesIn(asked)].sort()).toEqual([...expectedSightings].sort())
    expect(asked.snapshot.gaps).toEqual([])
  })

  test('names the token by the fingerprint that the distribution has for it', () => {
    const distribution = asked.snapshot.resources.find(r => r.type === types.distribution)
    for (const { config } of sightingsIn(asked))
      expect(JSON.stringify(distribution)).toContain(`"folded":"${(config.Fingerprints as string[])[0]}"`)
    const whole = sightingsIn(asked).filter(r => r.config.Whole === true)
    expect(whole.map(r => r.config.Key).sort()).toEqual([
      '',
      'OLD_TOKEN',
      'ORIGIN_TOKEN',
      'OriginToken',
      'app/TOKEN',
      'app/traefik.header',
    ])
  })

  test('keeps of a place nothing but its name and the fingerprints', () => {
    for (const { config } of sightingsIn(asked))
      expect(Object.keys(config).sort()).toEqual(['Fingerprints', 'Key', 'Kind', 'Resource', 'Whole'])
  })

  test('calls everything that its policy allows', () => {
    const called = new Set(asked.calls.map(operationName))
    expect(plainNames.filter(name => !called.has(name as `${string}:${string}`))).toEqual([])
  })

  test('finds nothing where there is nothing, and has read everything', async () => {
    const tidy = await search({ world: tidyWorld })
    expect(sightingsIn(tidy)).toEqual([])
    expect(buildTopology(tidy.snapshot).plaintext).toEqual({ items: [], gaps: [] })
  })

  test('gives the same on short pages and in another order', async () => {
    const other = await search({ handler: { pageSize: 1, shuffle: 3 } })
    expect(sightingsIn(other).map(r => [r.arn, r.config])).toEqual(
      sightingsIn(asked).map(r => [r.arn, r.config]),
    )
  })

  test('is sealed already: sealing again changes nothing', () => {
    expect(sealResources(sightingsIn(asked), sealKey)).toEqual(sightingsIn(asked))
  })
})

describe('what must not be read', () => {
  test('is not read unless asked for', async () => {
    const usual = await run({ world: leakyWorld })
    const called = new Set(usual.calls.map(call => `${call.service}:${call.operation}`))
    const allowed = new Set(operations.map(o => `${o.service}:${o.operation}`))
    expect([...called].filter(name => !allowed.has(name))).toEqual([])
    expect(usual.calls.filter(c => c.input.FunctionVersion === 'ALL')).toEqual([])
    expect(buildTopology(usual.snapshot).plaintext).toBeUndefined()
  })

  test('is neither a SecureString nor anything decrypted', () => {
    const parameters = asked.calls.filter(c => c.operation === 'GetParameters')
    expect(parameters.length).toBeGreaterThan(0)
    for (const { input } of parameters) {
      expect(input.WithDecryption).toBe(false)
      expect(input.Names).not.toContain('/shop/secure')
    }
    const never = asked.calls.filter(c => c.service === 'kms' || /GetSecretValue/.test(c.operation))
    expect(never).toEqual([])
  })

  test('is no SecureString even where the service does not filter', async () => {
    const unfiltered = await search({
      wrap: handle => call => handle(call.operation === 'DescribeParameters' ? { ...call, input: {} } : call),
    })
    const names = unfiltered.calls.filter(c => c.operation === 'GetParameters').flatMap(c => c.input.Names)
    expect(names).not.toContain('/shop/secure')
    expect([...namesIn(unfiltered)].sort()).toEqual([...expectedSightings].sort())
  })

  test('is nothing where the account has no secret to look for', async () => {
    const world = {
      ...leakyWorld,
      resources: leakyWorld.resources.filter(r => !/Distribution|ListenerRule/.test(r.type)),
    }
    const { calls } = await search({ world })
    expect(calls.filter(c => ['ssm', 'cloudformation', 'ecs'].includes(c.service))).toEqual([])
  })
})

describe('no value leaves', () => {
  test('when all goes well', () => expectNoLeak(asked))

  test.each(plainNames)('when %s is denied: a gap says so, and the rest is found', async denied => {
    const refused = await search({ wrap: handle => withDenied(handle, new Set([denied])) })
    expectNoLeak(refused)
    const gaps = buildTopology(refused.snapshot).plaintext?.gaps ?? []
    expect(gaps.filter(g => `${g.service}:${g.operation}` === denied).length).toBeGreaterThan(0)
    expect(gaps.every(g => g.code === 'denied')).toBe(true)
    expect(sightingsIn(refused).length).toBeGreaterThan(0)
    expect(sightingsIn(refused).length).toBeLessThanOrEqual(expectedSightings.length)
  })

  test.each(plainNames)('when %s answers with an error that repeats values', async broken => {
    const message = `Refused: ${canaries.join(' ')} ${token}`
    const faults = new Map([[broken, { code: 'InternalFailure', message }]])
    const failed = await search({ wrap: handle => withFaults(handle, faults) })
    expectNoLeak(failed)
    expect(failed.snapshot.gaps.length).toBeGreaterThan(0)
  })

  test('when a value stands where its like is not expected', async () => {
    const odd = await search({
      wrap: handle => call => {
        const answer = handle(call)
        if (call.operation !== 'ListFunctions' || !('output' in answer)) return answer
        const Functions = [{ FunctionArn: canaries[20], Environment: { Error: { Message: canaries[21] } } }]
        return { output: { Functions } }
      },
    })
    const out = leavings(odd)
    expect(out).not.toContain(canaries[21])
    expect(odd.snapshot.gaps.map(g => g.message)).toEqual(
      expect.arrayContaining([expect.stringContaining('kms:Decrypt')]),
    )
  })
})

test('the larger policy is printed on request only', () => {
  const actions = (findPlaintext: boolean) =>
    policyDocument({ findPlaintext }).Statement.flatMap(statement => statement.Action)
  const added = actions(true).filter(action => !actions(false).includes(action))
  expect(added).toEqual(
    expect.arrayContaining(['cloudformation:GetTemplate', 'ecs:DescribeTaskDefinition', 'ssm:GetParameters']),
  )
  expect(
    actions(true).filter(action => /SecretValue|kms:|Decrypt|Put|Update|Create|Delete/.test(action)),
  ).toEqual([])
})
