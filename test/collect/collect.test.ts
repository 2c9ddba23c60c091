import { describe, expect, test } from 'vitest'
import { operations, policyDocument } from '#collect/operations.ts'
import type { ResourceRecord } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { sealResources } from '#snapshot/seal.ts'
import { dnsRecords, estate, kept, named, relevant } from './estate.ts'
import { functionToken, stagingToken } from './estate-edge.ts'
import { environmentSecret } from './estate-life.ts'
import { account, token } from './estate-parts.ts'
import { signingKept } from './estate-signing.ts'
import { operationsOf, run, sealKey } from './run.ts'

const whole = await run()

const identity = (r: Pick<ResourceRecord, 'type' | 'arn' | 'region' | 'account'>): string =>
  `${r.type} ${r.region} ${r.account} ${r.arn}`

/** The world's own records as collecting should have brought them. */
/** The laboratory's integrations add this to what they pass on; its value is a canary. */
const added = 'header.x-api-key'
const adding = new Set<string>([types.apiIntegration, types.restMethod])

const expected = (): Map<string, unknown> => {
  const records = [...relevant, ...dnsRecords].map(
    (r): ResourceRecord => ({
      record: 'resource',
      source: { kind: 'dns' },
      ...r,
      config: { ...(kept.get(r.type) ?? r.config), ...(adding.has(r.type) ? { writes: [added] } : {}) },
    }),
  )
  return new Map(sealResources(records, sealKey).map(r => [identity(r), signingKept.get(r.arn) ?? r.config]))
}

describe('a whole account', () => {
  test('comes out as exactly the records that matter, sealed', () => {
    const found = new Map(whole.snapshot.resources.map(r => [identity(r), r.config]))
    const wanted = expected()
    expect([...found.keys()].filter(key => !wanted.has(key))).toEqual([])
    expect([...wanted.keys()].filter(key => !found.has(key))).toEqual([])
    for (const [key, config] of wanted) expect(found.get(key), key).toEqual(config)
  })

  test('leaves no gap where everything may be read', () => {
    expect(whole.snapshot.gaps).toEqual([])
  })

  test('says of each answered call what it was about', () => {
    const reads = whole.snapshot.reads.map(r => `${r.region} ${r.operation} ${r.target} ${r.count}`)
    expect(reads).toContain(
      `us-east-1 ListDistributions * ${relevant.filter(r => r.type === types.distribution).length}`,
    )
    expect(reads).toContain('eu-west-1 DescribeSecurityGroupRules sg-0legacy 1')
    expect(reads).toContain(`eu-west-1 GetManagedPrefixListEntries ${named.customList} 3`)
    expect(reads).toContain(`eu-west-1 DescribeListeners ${named.shop} 2`)
    expect(reads.filter(read => read.includes(' DescribeLoadBalancers * '))).toHaveLength(3)
    expect(whole.snapshot.reads.every(r => r.account === account)).toBe(true)
  })

  test('is headed by account, regions and time', () => {
    const { accounts, regions, observedAt } = whole.snapshot.head
    expect({ accounts, regions, observedAt }).toEqual({
      accounts: [account],
      regions: ['eu-central-1', 'eu-west-1', 'us-east-1'],
      observedAt: '2026-06-01T12:00:00.000Z',
    })
  })

  test('holds the token in no place and no encoding', () => {
    const traces = [
      token,
      Buffer.from(token).toString('base64'),
      Buffer.from(token).toString('base64url'),
      Buffer.from(token).toString('hex'),
      encodeURIComponent(token),
    ]
    const said = whole.text + JSON.stringify(whole.events)
    for (const trace of traces) expect(said.toLowerCase()).not.toContain(trace.toLowerCase())
  })

  test('holds nothing of environments, events, descriptions and inputs but the names it looks for', () => {
    const said = whole.text + JSON.stringify(whole.events)
    expect(said).not.toContain(environmentSecret)
    expect(said).not.toContain('must-not-be-kept')
  })

  test('holds nothing of the code of functions but what it may do to the origin', () => {
    const [found] = whole.snapshot.resources.filter(r => r.type === types.edgeFunction)
    expect(found?.config.FunctionCode).toEqual({
      Fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/),
      Length: expect.any(Number),
      OriginHelpers: ['selectRequestOriginById'],
      OriginUpdates: [],
      Doubts: [],
    })
    for (const part of [functionToken, 'x-signed', 'event.request', stagingToken])
      expect(whole.text + JSON.stringify(whole.events)).not.toContain(part)
  })
})

describe('the calls', () => {
  test('are those of the table, and the table has no other', () => {
    expect(operationsOf(whole.calls)).toEqual(operations.map(o => `${o.service}:${o.operation}`).sort())
  })

  test('only read', () => {
    for (const { operation } of operations) expect(operation).toMatch(/^(Get|List|Describe|Head|Lookup)[A-Z]/)
  })

  test('need exactly the actions that the policy allows', () => {
    const { Statement: statements } = policyDocument()
    const actions = statements.flatMap(s => s.Action)
    expect(actions.toSorted()).toEqual([...new Set(operations.map(o => o.action))].sort())
    expect(actions).toContain('elasticloadbalancing:DescribeRules')
    const reading = /^(?:[a-z0-9]+:(?:Get|List|Describe|Lookup)[A-Za-z0-9]+|apigateway:GET)$/
    expect(actions.filter(action => !reading.test(action))).toEqual([])
    // API Gateway names its actions by HTTP method: the one action reads API keys too, unless paths are named.
    const apis = statements.find(s => s.Action.includes('apigateway:GET'))
    expect(apis?.Resource).toContain('arn:aws:apigateway:*::/vpclinks')
    expect(apis?.Resource).not.toContain('*')
  })

  test('ask nothing twice', () => {
    const asked = whole.calls.map(({ service, operation, region, input }) =>
      JSON.stringify([service, operation, region, input]),
    )
    expect(asked).toHaveLength(new Set(asked).size)
  })

  test('leave regions alone that no origin is in', () => {
    const there = whole.calls.filter(call => call.region === 'eu-central-1')
    // A secret or the function that rotates it may be anywhere.
    const lists = ['lambda:ListFunctions', 'secrets-manager:ListSecrets', 'ssm:DescribeParameters']
    expect(operationsOf(there)).toEqual([
      ...['ec2:DescribeAddresses', 'ec2:DescribeNetworkInterfaces'],
      ...lists,
    ])
  })

  test('are told one by one as they are made', () => {
    expect(whole.events.filter(event => event.kind === 'call')).toHaveLength(whole.calls.length - 1)
  })

  test('stay in the regions that were asked for, and a name beyond them is a gap', async () => {
    const { snapshot, calls } = await run({ collect: { regions: ['us-east-1'] } })
    expect(operationsOf(calls)).not.toContain('ec2:DescribeRegions')
    expect(calls.filter(call => call.region === 'eu-west-1')).toEqual([])
    expect(snapshot.head.regions).toEqual(['us-east-1'])
    const gap = snapshot.gaps.find(g => g.region === 'eu-west-1' && g.operation === 'DescribeLoadBalancers')
    expect(gap?.code).toBe('not-read')
  })

  test('find an account without distributions in a handful', async () => {
    const empty = { ...estate, resources: [] }
    const { snapshot, calls } = await run({ world: empty })
    expect(operationsOf(calls)).toEqual([
      'cloudfront:ListDistributions',
      'ec2:DescribeRegions',
      'sts:GetCallerIdentity',
    ])
    expect(snapshot.gaps).toEqual([])
  })
})
