/** Makes a rulebook of the contents of rule files: pure, so that reading the disk is somebody else's business. */
import { compareText } from '#base/canonical.ts'
import { faultAt } from './check.ts'
import { suggestion } from './nearest.ts'
import { checkProfile, readProfiles } from './profiles.ts'
import type { Profile, Rule, Rulebook } from './rule.ts'
import { type RuleFile, readRule } from './rule-file.ts'

export type { RuleFile } from './rule-file.ts'

const nameOf = (path: string): string => path.split(/[\\/]/).at(-1) ?? path

const refuseTwice = (
  things: readonly { readonly key: string; readonly path: string }[],
  what: string,
): void => {
  const seen = new Map<string, string>()
  for (const { key, path } of things) {
    const first = seen.get(key)
    if (first !== undefined) throw faultAt(path, '', `${what} "${key}" is already defined in ${first}`)
    seen.set(key, path)
  }
}

const checkMembership = (rule: Rule, profiles: readonly Profile[]): void => {
  const names = profiles.map(p => p.name)
  const strange = rule.profiles.find(name => !names.includes(name))
  if (strange !== undefined)
    throw faultAt(rule.path, 'profiles', `unknown profile "${strange}"${suggestion(strange, names)}`)
}

/**
 * `files` are all `.json` and `.md` files of the bundled pack and of any further ones: `<surface>/<id>.json` with
 * `<id>.md` beside it, and `profiles.json`. Other names are left alone.
 * Throws a UserFault, one sentence with file and place, for the first thing that is wrong.
 */
export const loadRulebook = (files: readonly RuleFile[]): Rulebook => {
  const prose = new Map(files.filter(f => f.path.endsWith('.md')).map(f => [f.path, f.text]))
  const documents = files.filter(f => f.path.endsWith('.json') && !f.path.endsWith('.schema.json'))
  const profiles = documents.filter(f => nameOf(f.path) === 'profiles.json').flatMap(readProfiles)
  const rules = documents
    .filter(f => nameOf(f.path) !== 'profiles.json')
    .map(file => readRule(file, prose))
    .sort((a, b) => compareText(a.id, b.id))
  refuseTwice(
    rules.map(({ id, path }) => ({ key: id, path })),
    'rule',
  )
  refuseTwice(
    profiles.map(({ name, path }) => ({ key: name, path })),
    'profile',
  )
  for (const rule of rules) checkMembership(rule, profiles)
  for (const profile of profiles) checkProfile(profile, rules)
  return { rules, profiles }
}
