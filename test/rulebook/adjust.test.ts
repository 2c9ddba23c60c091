import { describe, expect, it } from 'vitest'
import { adjustedProfiles, selectRules } from '#rulebook/profiles.ts'
import { leavesOf } from '#rulebook/tree.ts'
import { bundledRules } from '../judge/bundled.ts'

const rule = (adjust: Parameters<typeof adjustedProfiles>[1], profile: string, id: string) =>
  selectRules(adjustedProfiles(bundledRules, adjust, 'the config'), profile).find(r => r.id === id)

const optionsOf = (adjust: Parameters<typeof adjustedProfiles>[1], profile: string, id: string) =>
  leavesOf(rule(adjust, profile, id)?.require ?? { kind: 'all', of: [] }).map(leaf => leaf.options)

describe('changes of single rules in the config', () => {
  it('set the age that a token may have', () => {
    const adjust = { 'token-fresh': { options: { days: 30 } } }
    expect(optionsOf({}, 'recommended', 'token-fresh')).toEqual([{ days: 90 }])
    for (const profile of ['recommended', 'strict', 'passive'])
      expect(optionsOf(adjust, profile, 'token-fresh')).toEqual([{ days: 30 }])
  })

  it('come on top of what the profile changes, and leave the rest of it', () => {
    const adjust = { 'token-strong': { severity: 'medium' } } as const
    expect(optionsOf(adjust, 'strict', 'token-strong')).toEqual([{ minimumBits: 128 }])
    expect(rule(adjust, 'strict', 'token-strong')?.severity).toBe('medium')
    expect(rule(adjust, 'strict', 'token-retired')?.severity).toBe('high')
  })

  it.each([
    [{ 'token-frehs': { options: { days: 30 } } }, /the config.*unknown rule "token-frehs".*token-fresh/],
    [
      { 'token-fresh': { options: { dais: 30 } } },
      /the config.*no predicate of the rule has an option "dais"/,
    ],
    [{ 'token-fresh': { options: { days: 0 } } }, /the config.*days/],
    [{ 'token-fresh': { severity: 'grave' as 'high' } }, /the config.*"grave" is not one of/],
    [{ 'token-fresh': { level: 'high' } as object }, /the config.*unknown key "level"/],
  ])('are refused with the place where they are wrong: %j', (adjust, words) => {
    expect(() => adjustedProfiles(bundledRules, adjust, 'the config')).toThrow(words)
  })
})
