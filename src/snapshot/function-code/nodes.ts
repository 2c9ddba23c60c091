/** Looking into the syntax tree of JavaScript without knowing every kind of node. */
import type { Node } from 'acorn'

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string'

export const field = (node: Node, name: string): unknown =>
  (node as unknown as Readonly<Record<string, unknown>>)[name]

/** The nodes right below, in the order of the source; each once. */
export const childrenOf = (node: Node): readonly Node[] => [
  ...new Set(Object.values(node).flat().filter(isNode)),
]

/** The name of an identifier. */
export const nameOf = (value: unknown): string | null =>
  isNode(value) && value.type === 'Identifier' ? String(field(value, 'name')) : null

/** The text of a string literal. */
export const literalText = (value: unknown): string | null => {
  const text = isNode(value) && value.type === 'Literal' ? field(value, 'value') : null
  return typeof text === 'string' ? text : null
}

/** `object.name`, not `object[name]` and not `object.#name`. */
const isPlainMember = (node: Node): boolean =>
  node.type === 'MemberExpression' &&
  field(node, 'computed') === false &&
  nameOf(field(node, 'property')) !== null

/** The name of a plain member; null for anything else. */
export const memberName = (node: Node): string | null =>
  isPlainMember(node) ? nameOf(field(node, 'property')) : null

/** The arguments of a call; null for anything else, and where one is spread. */
export const argumentsOf = (call: Node): readonly Node[] | null => {
  const list = field(call, 'arguments')
  if (call.type !== 'CallExpression' || !Array.isArray(list)) return null
  return list.every(item => isNode(item) && item.type !== 'SpreadElement') ? (list as Node[]) : null
}

/** The value of each key of an object literal; null where a key cannot be told. */
export const literalKeys = (node: Node | undefined): ReadonlySet<string> | null => {
  const properties = node?.type === 'ObjectExpression' ? field(node, 'properties') : null
  if (!Array.isArray(properties)) return null
  const keys = properties.map(keyOf)
  return keys.includes(null) ? null : new Set(keys.filter(key => key !== null))
}

const keyOf = (property: unknown): string | null => {
  if (!isNode(property) || property.type !== 'Property' || field(property, 'computed') === true) return null
  return nameOf(field(property, 'key')) ?? literalText(field(property, 'key'))
}
