/** The schemas that the repository publishes beside its rules, by path. */
import { profilesSchema, ruleSchema } from '#rulebook/schema.ts'

export const publishedSchemas: Readonly<Record<string, object>> = {
  'rules/rule.schema.json': ruleSchema,
  'rules/profiles.schema.json': profilesSchema,
}
