/** Decodes the form body of the query protocols into SDK input, driven by the input schema. */
import { FromStringShapeDeserializer } from '@smithy/core/protocols'
import { type Fields, membersOf, type Shape } from './shape.ts'

/** EC2's dialect capitalises member names, has its own name trait and flattens every list. */
export type Dialect = 'query' | 'ec2'

interface FormNode {
  text?: string
  readonly children: Map<string, FormNode>
}

const scalars = new FromStringShapeDeserializer({ timestampFormat: { useTrait: true, default: 5 } })

/** The structure that `form` spells, e.g. `Filters.1.Name=vpc-id` as `{ Filters: [{ Name: 'vpc-id' }] }`. */
export function decodeForm(shape: Shape, form: URLSearchParams, dialect: Dialect): Fields {
  return structureAt(shape, treeOf(form), dialect)
}

function treeOf(form: URLSearchParams): FormNode {
  const root: FormNode = { children: new Map() }
  for (const [key, text] of form) {
    let node = root
    for (const part of key.split('.')) {
      const child = node.children.get(part) ?? { children: new Map() }
      node.children.set(part, child)
      node = child
    }
    node.text = text
  }
  return root
}

function valueAt(shape: Shape, node: FormNode, dialect: Dialect): unknown {
  if (shape.isStructSchema()) return structureAt(shape, node, dialect)
  if (shape.isListSchema()) return listAt(shape, node, dialect)
  if (shape.isMapSchema()) return mapAt(shape, node, dialect)
  return scalars.read(shape, node.text ?? '')
}

function structureAt(shape: Shape, node: FormNode, dialect: Dialect): Fields {
  const out: Fields = {}
  for (const [name, member] of membersOf(shape)) {
    const child = node.children.get(memberKey(name, member, dialect))
    if (child) out[name] = valueAt(member, child, dialect)
  }
  return out
}

function listAt(shape: Shape, node: FormNode, dialect: Dialect): unknown[] {
  const item = shape.getValueSchema()
  const flat = dialect === 'ec2' || Boolean(shape.getMergedTraits().xmlFlattened)
  const parent = flat ? node : node.children.get(suffix('member', item, dialect))
  return numbered(parent).map(child => valueAt(item, child, dialect))
}

function mapAt(shape: Shape, node: FormNode, dialect: Dialect): Fields {
  const item = shape.getValueSchema()
  const keyName = suffix('key', shape.getKeySchema(), dialect)
  const valueName = suffix('value', item, dialect)
  const parent = shape.getMergedTraits().xmlFlattened ? node : node.children.get('entry')
  const out: Fields = {}
  for (const entry of numbered(parent)) {
    const value = entry.children.get(valueName)
    if (value) out[entry.children.get(keyName)?.text ?? ''] = valueAt(item, value, dialect)
  }
  return out
}

/** The children `1`, `2`, ... in numeric order. */
const numbered = (node: FormNode | undefined): FormNode[] =>
  [...(node?.children ?? [])]
    .filter(([key]) => /^\d+$/.test(key))
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, child]) => child)

/** Wire names that the traits of a shape give; the SDK types them loosely. */
const names = (shape: Shape): { readonly xmlName?: string; readonly ec2QueryName?: string } =>
  shape.getMergedTraits() as { xmlName?: string; ec2QueryName?: string }

function memberKey(name: string, member: Shape, dialect: Dialect): string {
  const { ec2QueryName, xmlName } = names(member)
  if (dialect === 'query') return xmlName ?? name
  return ec2QueryName ?? capitalised(xmlName ?? name)
}

function suffix(fallback: string, shape: Shape, dialect: Dialect): string {
  const { ec2QueryName, xmlName } = names(shape)
  return (dialect === 'ec2' ? ec2QueryName : undefined) ?? xmlName ?? fallback
}

const capitalised = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1)
