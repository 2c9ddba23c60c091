import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { subjectKinds } from '#predicates/asking/subject.ts'
import { predicates } from '#predicates/registry.ts'

const folder = fileURLToPath(new URL('../../src/predicates', import.meta.url))

it('the registry holds exactly the predicates of the folder, under the names of their files', () => {
  const files = readdirSync(folder, { withFileTypes: true })
    .filter(entry => entry.isFile() && entry.name !== 'registry.ts')
    .map(entry => entry.name.replace(/\.ts$/, ''))
  expect(Object.keys(predicates)).toEqual(files.sort())
})

describe.each(Object.entries(predicates))('%s', (_, predicate) => {
  it('asks a question about known kinds of subjects', () => {
    expect(predicate.question).toMatch(/^[A-Z].*\?$/)
    expect(predicate.subjects.length).toBeGreaterThan(0)
    expect(predicate.subjects.every(kind => subjectKinds.includes(kind))).toBe(true)
  })

  it('declares its options by a schema that its own defaults meet', () => {
    const ajv = new Ajv({ strict: true, strictTypes: false })
    const validate = ajv.compile(predicate.options)
    const values = Object.entries(predicate.options.properties).map(([name, option]) => [
      name,
      option.default ?? option.enum?.[0] ?? [option.items?.enum?.[0]],
    ])
    expect([validate(Object.fromEntries(values)), validate.errors]).toEqual([true, null])
    expect(validate({ ...Object.fromEntries(values), surprise: 1 })).toBe(false)
    for (const option of Object.values(predicate.options.properties)) expect(option.description).not.toBe('')
  })
})
