/** Checks an answer against the operation's output schema, so that a typo in a world is an error and not a gap. */
import { type Fields, isFields, memberMap, type Shape } from './shape.ts'

/**
 * The value as the SDK's serializers need it. Timestamps may be a Date or an ISO 8601 text, blobs are Uint8Array;
 * undefined and null members are left out. Throws a sentence that names the place when a value does not fit.
 */
export function conform(shape: Shape, value: unknown, at: string): unknown {
  if (shape.isUnitSchema()) return {}
  if (shape.isStructSchema()) return structureAt(shape, value, at)
  if (shape.isListSchema()) return listAt(shape, value, at)
  if (shape.isMapSchema()) return mapAt(shape, value, at)
  if (shape.isTimestampSchema()) return dateAt(value, at)
  if (shape.isBlobSchema()) return value instanceof Uint8Array ? value : misfit(at, 'a Uint8Array', value)
  return simpleAt(shape, value, at)
}

function structureAt(shape: Shape, value: unknown, at: string): Fields {
  if (!isFields(value)) return misfit(at, `the structure ${shape.getName()}`, value)
  const members = memberMap(shape)
  const out: Fields = {}
  for (const [name, item] of Object.entries(value)) {
    if (item === undefined || item === null) continue
    const member = members.get(name)
    if (!member) throw new Error(`${at}.${name}: ${shape.getName()} has no member of this name.`)
    out[name] = conform(member, item, `${at}.${name}`)
  }
  return out
}

function listAt(shape: Shape, value: unknown, at: string): unknown[] {
  if (!Array.isArray(value)) return misfit(at, 'a list', value)
  const itemShape = shape.getValueSchema()
  return value.map((item: unknown, i) => conform(itemShape, item, `${at}[${i}]`))
}

function mapAt(shape: Shape, value: unknown, at: string): Fields {
  if (!isFields(value)) return misfit(at, 'a map', value)
  const entries = Object.entries(value).filter(([, item]) => item !== undefined && item !== null)
  return Object.fromEntries(
    entries.map(([key, item]) => [key, conform(shape.getValueSchema(), item, `${at}.${key}`)]),
  )
}

function dateAt(value: unknown, at: string): Date {
  const date = typeof value === 'string' ? new Date(value) : value
  const valid = date instanceof Date && !Number.isNaN(date.getTime())
  return valid ? date : misfit(at, 'a Date or an ISO 8601 text', value)
}

function simpleAt(shape: Shape, value: unknown, at: string): unknown {
  const expected = shape.isStringSchema()
    ? 'string'
    : shape.isBooleanSchema()
      ? 'boolean'
      : shape.isNumericSchema()
        ? 'number'
        : undefined
  return expected === undefined || typeof value === expected ? value : misfit(at, `a ${expected}`, value)
}

/** Says the type of what was found and never the value, which may be a secret. */
function misfit(at: string, expected: string, found: unknown): never {
  throw new Error(`${at}: expected ${expected}, found ${Array.isArray(found) ? 'a list' : typeof found}.`)
}
