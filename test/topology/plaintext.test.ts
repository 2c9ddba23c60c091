/** Sightings of tokens in clear, and what a search must have read before it may say that there are none. */
import { describe, expect, test } from 'vitest'
import { plaintextOperations } from '#scan.ts'
import type { ReadRecord, Snapshot } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { buildTopology } from '#topology/build.ts'
import { tidyWorld } from '../collect/plaintext-world.ts'
import { run } from '../collect/run.ts'

const { snapshot } = await run({ world: tidyWorld, collect: { findPlaintext: true } })
const search = (changed: Partial<Snapshot>) => buildTopology({ ...snapshot, ...changed }).plaintext
const isList = ({ operation, target }: ReadRecord): boolean =>
  plaintextOperations.some(o => o.operation === operation && o.target === target && !/ /.test(target)) ||
  ['all versions', 'types String and StringList', 'all instances'].includes(target)

const listReads = snapshot.reads.filter(
  read =>
    isList(read) &&
    /^(?:lambda|ssm|cloudformation|ec2|ecs)$/.test(read.service) &&
    /List|Describe/.test(read.operation),
)

describe('a search', () => {
  test('begins with six lists in each region', () => {
    expect(listReads).toHaveLength(6 * snapshot.head.regions.length)
    expect(search({})).toEqual({ items: [], gaps: [] })
  })

  test.each(listReads.map(read => [`${read.operation} in ${read.region}`, read] as const))(
    'without %s is not complete',
    (_name, read) => {
      const gaps = search({ reads: snapshot.reads.filter(other => other !== read) })?.gaps
      expect(gaps?.map(g => [g.code, g.operation, g.region])).toEqual([
        ['not-read', read.operation, read.region],
      ])
    },
  )

  test('that nobody made is none', () => {
    const others = snapshot.reads.filter(read => !listReads.includes(read))
    expect(search({ reads: others })).toBeUndefined()
  })
})

describe('a sighting', () => {
  const record = (config: Readonly<Record<string, unknown>>) => ({
    record: 'resource' as const,
    type: types.plaintextSighting,
    arn: 'arn:aws:lambda:eu-west-1:111122223333:function:app#lambda-environment/TOKEN',
    account: '111122223333',
    region: 'eu-west-1',
    source: { kind: 'aws' as const, service: 'lambda', operation: 'ListFunctions' },
    config,
    line: 7,
  })
  const seen = (config: Readonly<Record<string, unknown>>) =>
    search({ resources: [...snapshot.resources, record(config)] })?.items[0]
  const whole = {
    Resource: 'arn:aws:lambda:eu-west-1:111122223333:function:app',
    Kind: 'lambda-environment',
    Key: 'TOKEN',
    Fingerprints: ['ab'],
    Whole: true,
  }

  test('names the resource, and the line it is written on', () => {
    expect(seen(whole)).toEqual({
      ref: {
        arn: whole.Resource,
        type: types.plaintextSighting,
        name: 'function:app',
        account: '111122223333',
        region: 'eu-west-1',
        line: 7,
      },
      kind: 'lambda-environment',
      key: 'TOKEN',
      whole: true,
      fingerprints: { known: true, value: ['ab'] },
    })
  })

  test('of a later version is kept as such', () => {
    expect(seen({ ...whole, Kind: 'batch-job' })?.kind).toBe('unrecognised')
  })

  test('without readable fingerprints is a place where any secret may stand', () => {
    expect(seen({ ...whole, Fingerprints: [1] })?.fingerprints.known).toBe(false)
    expect(seen({ Kind: 'ssm-parameter' })?.fingerprints.known).toBe(false)
  })
})
