/** What the lab reads of an SDK schema: members, traits and structures derived from it. */
import { NormalizedSchema } from '@smithy/core/schema'

export type Shape = NormalizedSchema
export type Fields = Record<string, unknown>

/** A schema as the SDK packages export it: a static array, a function that returns one, or a number for a simple type. */
export type SchemaRef = Parameters<typeof NormalizedSchema.of>[0]

export const shapeOf = (ref: SchemaRef): Shape => NormalizedSchema.of(ref)

/** The members of a structure in declaration order; none for anything else. */
export const membersOf = (shape: Shape): readonly (readonly [string, Shape])[] => [...memberMap(shape)]

const memberMaps = new WeakMap<object, ReadonlyMap<string, Shape>>()

/** The members of a structure by name; remembered, because large answers ask for the same structures again and again. */
export function memberMap(shape: Shape): ReadonlyMap<string, Shape> {
  if (!shape.isStructSchema()) return new Map()
  const schema = shape.getSchema() as object
  const members = memberMaps.get(schema) ?? new Map(shape.structIterator())
  memberMaps.set(schema, members)
  return members
}

/** Smithy's id of the simple type `string` in a static schema. */
const stringType: SchemaRef = 0

/** A structure made for the wire only: an envelope, or the part of a message that travels in the body. */
export function structure(name: string, members: readonly (readonly [string, SchemaRef])[]): Shape {
  const names = members.map(([member]) => member)
  const schemas = members.map(([, schema]) => schema)
  return shapeOf([3, 'lab', name, 0, names, schemas] as unknown as SchemaRef)
}

/** A structure whose members are all strings. */
export const textStructure = (name: string, ...members: readonly string[]): Shape =>
  structure(
    name,
    members.map(member => [member, stringType] as const),
  )

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
