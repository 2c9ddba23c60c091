/** EC2 filters: every filter must hold, any of its values will do, `*` and `?` are wildcards. */
import { matchesGlob } from '#base/glob.ts'
import { refuse } from './operation.ts'
import type { Config } from './view.ts'

/** The values that a filter compares, by filter name. */
export type Filterable = Readonly<Record<string, (config: Config) => readonly unknown[]>>

export function filtered(configs: readonly Config[], filters: unknown, by: Filterable): readonly Config[] {
  return (Array.isArray(filters) ? filters : []).reduce<readonly Config[]>((left, filter: Config) => {
    const values =
      by[String(filter.Name)] ?? refuse('InvalidParameterValue', `The filter '${filter.Name}' is invalid`)
    const wanted = new Set((filter.Values ?? []) as string[])
    const globs = [...wanted].filter(pattern => /[*?]/.test(pattern))
    const meets = (value: unknown): boolean =>
      wanted.has(String(value)) || globs.some(glob => matchesGlob(glob, String(value)))
    return left.filter(config => values(config).some(meets))
  }, configs)
}

/** The value of a field, also of each item of nested lists: `at('Associations', 'SubnetId')`. */
export const at =
  (...path: readonly string[]) =>
  (config: Config): readonly unknown[] =>
    path.reduce<readonly unknown[]>(
      (values, field) =>
        values.flatMap(value => {
          const next = (value as Config)[field]
          return next === undefined || next === null ? [] : Array.isArray(next) ? next : [next]
        }),
      [config],
    )
