/** Worlds of signed content, collected by the real SDK, proven and judged. */
import { describe, expect, it } from 'vitest'
import type { World } from '#lab/world.ts'
import { checkResult, type ScanResult } from '#scan.ts'
import { signedCases, soundWorlds } from '../../../fixtures/worlds/signed/cases.ts'
import { judged, snapshotOf } from '../bypass-pipeline.ts'

const resultOf = async (world: World): Promise<ScanResult> => {
  const snapshot = await snapshotOf(world)
  const result = await judged(snapshot)
  expect(checkResult(snapshot, result).problems).toEqual([])
  return result
}

const surface = ({ rules }: ScanResult): ReadonlySet<string> =>
  new Set(rules.filter(r => r.surface === 'signed').map(r => r.id))

const findingsIn = (result: ScanResult) => result.findings.filter(f => surface(result).has(f.rule))

const text = (result: ScanResult): string =>
  findingsIn(result)
    .flatMap(f => [f.message, ...f.evidence.map(e => e.text)])
    .join('\n')

describe('a world of signed content', () => {
  it.each(signedCases)('is found out: $title', async ({ world, rules, says }) => {
    const result = await resultOf(world)
    const found = findingsIn(result).map(f => [f.rule, f.outcome])
    expect(Object.fromEntries(found), text(result)).toEqual(rules)
    expect(text(result)).toContain(says)
  })

  it.each(Object.entries(soundWorlds))('has nothing to be found: %s', async (_, world) => {
    const result = await resultOf(world)
    expect(text(result)).toBe('')
    expect(result.coverage.gaps).toEqual([])
  })

  it('names the snapshot line of the key that a finding is about', async () => {
    const world = signedCases.find(c => c.rules['signing-key-strong'] === 'violated')?.world
    if (!world) throw new Error('No world has a weak key.')
    const snapshot = await snapshotOf(world)
    const [finding] = findingsIn(await judged(snapshot))
    const resource = snapshot.resources.find(r => r.line === finding?.subject.line)
    expect(resource).toMatchObject({
      type: 'AWS::CloudFront::PublicKey',
      config: { KeyType: 'rsa', KeyBits: 1024 },
    })
    expect(finding?.related.map(r => r.type)).toEqual(['AWS::CloudFront::Distribution'])
    expect(JSON.stringify(resource)).not.toContain('BEGIN PUBLIC KEY')
  })
})
