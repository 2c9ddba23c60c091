/** Profiles: which rules are judged, and with what changes. */
import { UserFault } from '#base/fault.ts'
import { predicates } from '#predicates/registry.ts'
import { checkAgainst, faultAt } from './check.ts'
import { suggestion } from './nearest.ts'
import type { Adjustment, Profile, Rule, Rulebook } from './rule.ts'
import { parseJson, type RuleFile } from './rule-file.ts'
import { profilesSchema } from './schema.ts'
import { leavesOf, withOptions } from './tree.ts'

type ProfilesDocument = Readonly<Record<string, Partial<Pick<Profile, 'description' | 'adjust'>> | string>>

/** Throws a UserFault: one sentence with file and place. */
export const readProfiles = (file: RuleFile): readonly Profile[] => {
  const value = parseJson(file)
  checkAgainst(profilesSchema, value, file.path)
  return Object.entries(value as ProfilesDocument).flatMap(([name, profile]) =>
    typeof profile === 'string'
      ? []
      : [{ name, description: profile.description ?? '', adjust: profile.adjust ?? {}, path: file.path }],
  )
}

const treesOf = (rule: Rule) => (rule.when ? [rule.when, rule.require] : [rule.require])

const checkOptions = (rule: Rule, options: object, profile: Profile): void => {
  const place = `${profile.name}.adjust.${rule.id}.options`
  const leaves = treesOf(rule).flatMap(leavesOf)
  for (const [name, value] of Object.entries(options)) {
    const schemas = leaves.flatMap(l => predicates[l.predicate]?.options.properties[name] ?? [])
    const known = leaves.flatMap(l => Object.keys(predicates[l.predicate]?.options.properties ?? {}))
    if (schemas.length === 0)
      throw faultAt(
        profile.path,
        place,
        `no predicate of the rule has an option "${name}"${suggestion(name, known)}`,
      )
    for (const schema of schemas)
      checkAgainst({ type: 'object', properties: { [name]: schema } }, { [name]: value }, profile.path, place)
  }
}

/** Every adjustment names a rule of the book and options that its predicates have. */
export const checkProfile = (profile: Profile, rules: readonly Rule[]): void => {
  for (const [id, { options }] of Object.entries(profile.adjust)) {
    const rule = rules.find(r => r.id === id)
    const ids = rules.map(r => r.id)
    if (!rule)
      throw faultAt(profile.path, `${profile.name}.adjust`, `unknown rule "${id}"${suggestion(id, ids)}`)
    if (options) checkOptions(rule, options, profile)
  }
}

const adjusted = (rule: Rule, { severity, options }: Adjustment): Rule => ({
  ...rule,
  severity: severity ?? rule.severity,
  when: rule.when && withOptions(rule.when, options ?? {}),
  require: withOptions(rule.require, options ?? {}),
})

/**
 * The rulebook with changes of its rules on top of what each profile changes. Throws a UserFault, naming `source`, where
 * they are none of the form that a profile has.
 */
export const adjustedProfiles = (
  { rules, profiles }: Rulebook,
  adjust: Profile['adjust'],
  source: string,
): Rulebook => {
  const own: Profile = { name: 'adjust', description: '', adjust, path: source }
  checkAgainst(profilesSchema, { own: { description: 'As given.', adjust } }, source)
  checkProfile(own, rules)
  const merged = (profile: Profile): Profile => ({
    ...profile,
    adjust: { ...profile.adjust, ...mapped(adjust, (id, one) => merge(profile.adjust[id] ?? {}, one)) },
  })
  return { rules, profiles: profiles.map(merged) }
}

const mapped = <A, B>(all: Readonly<Record<string, A>>, f: (key: string, value: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(all).map(([key, value]) => [key, f(key, value)]))

const merge = (under: Adjustment, over: Adjustment): Adjustment => {
  const options = { ...under.options, ...over.options }
  return { ...under, ...over, ...(Object.keys(options).length > 0 && { options }) }
}

/** The rules of the profile as it wants them, sorted by id. Throws a UserFault for a profile that does not exist. */
export const selectRules = (rulebook: Rulebook, name: string): readonly Rule[] => {
  const profile = rulebook.profiles.find(p => p.name === name)
  if (!profile) {
    const names = rulebook.profiles.map(p => p.name)
    throw new UserFault(
      `There is no rule profile "${name}"${suggestion(name, names)}: choose one of ${names.join(', ')}.`,
    )
  }
  return rulebook.rules
    .filter(rule => rule.profiles.includes(name))
    .map(rule => adjusted(rule, profile.adjust[rule.id] ?? {}))
}
