/** What stage of its life a backend is in, as far as names tell. */

const stages: readonly (readonly [string, RegExp])[] = [
  ['production', /^(?:prod|production|prd|live)$/],
  ['staging', /^(?:staging|stage|stg|preprod|uat|preview)$/],
  ['test', /^(?:test|testing|qa|sandbox|demo)$/],
  ['development', /^(?:dev|development)$/],
]

/** By whole words of the names, the first that tells; null where none does. */
export const environmentOf = (names: readonly string[]): string | null => {
  const words = names.flatMap(name => name.toLowerCase().split(/[^a-z]+/))
  return stages.find(([, form]) => words.some(word => form.test(word)))?.[0] ?? null
}
