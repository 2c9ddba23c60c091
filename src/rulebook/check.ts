/** Checks data against a JSON Schema and says the first thing that is wrong in one sentence, with the place. */
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import { UserFault } from '#base/fault.ts'
import { suggestion } from './nearest.ts'

const ajv = new Ajv({
  useDefaults: true,
  strict: true,
  strictTypes: false,
  allowUnionTypes: true,
  verbose: true,
})
const compiled = new WeakMap<object, ValidateFunction>()

const validator = (schema: object): ValidateFunction => {
  const known = compiled.get(schema) ?? ajv.compile(schema)
  compiled.set(schema, known)
  return known
}

/** `/require/all/0` as a person writes it: `require.all[0]`. */
const placeOf = (pointer: string): string =>
  pointer
    .split('/')
    .slice(1)
    .map(part => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map(part => (/^\d+$/.test(part) ? `[${part}]` : `.${part}`))
    .join('')
    .replace(/^\./, '')

const shown = (value: unknown): string => {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}

const fieldsOf = (value: unknown): readonly string[] =>
  typeof value === 'object' && value !== null ? Object.keys(value) : []

const articles: Readonly<Record<string, string>> = {
  object: 'an object',
  array: 'a list',
  integer: 'a whole number',
}

const said = ({ keyword, params, data, parentSchema, message }: ErrorObject): string => {
  const p: Readonly<Record<string, unknown>> = params
  if (keyword === 'additionalProperties') {
    const key = String(p.additionalProperty)
    return `unknown key "${key}"${suggestion(key, fieldsOf(parentSchema?.properties))}`
  }
  if (keyword === 'required') return `"${String(p.missingProperty)}" is missing`
  if (keyword === 'enum') {
    const allowed = Array.isArray(p.allowedValues) ? p.allowedValues.map(String) : []
    return `${shown(data)} is not one of ${allowed.join(', ')}${suggestion(String(data), allowed)}`
  }
  if (keyword === 'type') {
    const type = String(p.type)
    return `${shown(data)} should be ${articles[type] ?? `a ${type}`}`
  }
  if (keyword === 'pattern') return `${shown(data)} does not have the form ${String(p.pattern)}`
  return `${shown(data)} ${message ?? 'is not valid'}`
}

/** The fault of a file: what is wrong where. `place` may be empty. */
export const faultAt = (path: string, place: string, what: string): UserFault =>
  new UserFault(place ? `${path}, at ${place}: ${what}.` : `${path}: ${what}.`)

/** Throws a UserFault for the first error; fills in defaults. `base` is the place of `data` in the file. */
export const checkAgainst = (schema: object, data: unknown, path: string, base = ''): void => {
  const validate = validator(schema)
  if (validate(data)) return
  const [error] = validate.errors ?? []
  const inner = error ? placeOf(error.instancePath) : ''
  const place = base && inner ? `${base}${inner.startsWith('[') ? '' : '.'}${inner}` : base || inner
  throw faultAt(path, place, error ? said(error) : 'it is not valid')
}
