/** Random values of an SDK schema, for properties over encoding and decoding. */
import fc from 'fast-check'
import { membersOf, type Shape } from '#lab/aws/shape.ts'

export interface Limits {
  /** How deep structures may nest; schemas may be recursive. */
  readonly depth: number
  /** Inputs: a form has no way to spell an empty list, map or structure. */
  readonly nonEmpty?: boolean
  /** XML: an empty flattened list leaves no trace, so that the SDK cannot return it. */
  readonly xml?: boolean
}

export function anyValue(shape: Shape, limits: Limits): fc.Arbitrary<unknown> {
  if (shape.isStructSchema()) return structureOf(shape, limits)
  if (shape.isListSchema()) {
    return fc.array(anyValue(shape.getValueSchema(), deeper(limits)), {
      minLength: least(shape, limits),
      maxLength: 3,
    })
  }
  if (shape.isMapSchema()) {
    const value = anyValue(shape.getValueSchema(), deeper(limits))
    return fc.dictionary(token, value, { minKeys: least(shape, limits), maxKeys: 3, noNullPrototype: true })
  }
  if (shape.isBlobSchema()) return fc.uint8Array({ minLength: 1, maxLength: 12 })
  if (shape.isBooleanSchema()) return fc.boolean()
  if (shape.isNumericSchema()) return fc.oneof(fc.integer(), fc.integer({ min: 0, max: 600 }))
  if (shape.isTimestampSchema()) return moment
  const { httpLabel, httpHeader } = shape.getMergedTraits()
  return httpLabel || httpHeader ? token : text
}

const deeper = (limits: Limits): Limits => ({ ...limits, depth: limits.depth - 1 })

const least = (shape: Shape, { nonEmpty, xml }: Limits): number =>
  nonEmpty || (xml && shape.getMergedTraits().xmlFlattened) ? 1 : 0

function structureOf(shape: Shape, limits: Limits): fc.Arbitrary<unknown> {
  const usable = membersOf(shape).filter(([, member]) => possible(member, limits.depth, limits))
  const values = Object.fromEntries(usable.map(([name, member]) => [name, anyValue(member, deeper(limits))]))
  if (shape.isUnionSchema()) {
    return fc.oneof(...Object.entries(values).map(([name, value]) => value.map(v => ({ [name]: v }))))
  }
  const labels = usable.filter(([, member]) => member.getMergedTraits().httpLabel).map(([name]) => name)
  const first = limits.nonEmpty && labels.length === 0 ? usable.slice(0, 1).map(([name]) => name) : labels
  return fc.record(values, { requiredKeys: first, noNullPrototype: true })
}

/** Whether the schema has a value within the depth. */
function possible(shape: Shape, depth: number, limits: Limits): boolean {
  if (shape.isListSchema() || shape.isMapSchema()) {
    return depth > 0 && (least(shape, limits) === 0 || possible(shape.getValueSchema(), depth - 1, limits))
  }
  if (!shape.isStructSchema()) return !shape.isDocumentSchema() && !shape.isStreaming()
  if (depth <= 0) return false
  const needs = limits.nonEmpty === true || shape.isUnionSchema()
  return !needs || membersOf(shape).some(([, member]) => possible(member, depth - 1, limits))
}

const token = fc.stringMatching(/^[A-Za-z0-9]{1,12}$/)
const moment = fc.date({
  min: new Date('1970-01-01T00:00:00Z'),
  max: new Date('2999-12-31T23:59:59Z'),
  noInvalidDate: true,
})
const hostile = ['<b>&amp;"\'', ']]>', '<!-- x -->', 'a\r\nb', ' x ', '\u001b[31m', '\u2028\u0085', '%2F+&=;']
/** A text of white space with a line break is dropped by the SDK's own XML reader, as layout. */
const text = fc
  .oneof(fc.string({ unit: 'grapheme', maxLength: 12 }), fc.constantFrom(...hostile))
  .filter(s => s.trim() !== '' || !/[\r\n]/.test(s))
