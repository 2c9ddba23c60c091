/** Reads the condition trees of a rule and checks every predicate and option in them. */

import type { SubjectKind } from '#predicates/asking/subject.ts'
import { predicates } from '#predicates/registry.ts'
import { checkAgainst, faultAt } from './check.ts'
import { suggestion } from './nearest.ts'
import type { Tree } from './rule.ts'

interface Where {
  readonly path: string
  readonly subject: SubjectKind
}

const names = Object.keys(predicates)

const parseLeaf = (name: string, given: unknown, place: string, where: Where): Tree => {
  const predicate = Object.hasOwn(predicates, name) ? predicates[name] : undefined
  if (!predicate) throw faultAt(where.path, place, `unknown predicate "${name}"${suggestion(name, names)}`)
  if (!predicate.subjects.includes(where.subject))
    throw faultAt(
      where.path,
      place,
      `predicate "${name}" is about ${predicate.subjects.join(' or ')}, and the rule is about ${where.subject}`,
    )
  // Defaults are filled into a copy: the file's own value stays as it was read.
  const options: unknown = structuredClone(given)
  checkAgainst(predicate.options, options, where.path, place)
  return { kind: 'ask', predicate: name, options: options as object }
}

const parseBranches = (kind: 'all' | 'any', value: unknown, place: string, where: Where): Tree => {
  if (!Array.isArray(value) || value.length === 0)
    throw faultAt(where.path, place, `"${kind}" takes a list of at least one condition`)
  return { kind, of: value.map((part, i) => parseTree(part, `${place}[${i}]`, where)) }
}

/** Throws a UserFault that names the place inside the file. */
export const parseTree = (value: unknown, place: string, where: Where): Tree => {
  if (typeof value === 'string') return parseLeaf(value, {}, place, where)
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw faultAt(where.path, place, 'a condition is the name of a predicate or an object with one key')
  const entries = Object.entries(value)
  const [first] = entries
  if (first === undefined || entries.length > 1)
    throw faultAt(
      where.path,
      place,
      `a condition has one key, not ${entries.length}: use "all" or "any" for several`,
    )
  const [key, inner] = first
  const inside = `${place}.${key}`
  if (key === 'all' || key === 'any') return parseBranches(key, inner, inside, where)
  if (key === 'not') return { kind: 'not', of: parseTree(inner, inside, where) }
  return parseLeaf(key, inner, inside, where)
}

/** Every predicate that the tree asks. */
export const leavesOf = (tree: Tree): readonly Extract<Tree, { readonly kind: 'ask' }>[] => {
  if (tree.kind === 'ask') return [tree]
  return tree.kind === 'not' ? leavesOf(tree.of) : tree.of.flatMap(leavesOf)
}

/** The tree with other options for the predicates that have them. */
export const withOptions = (tree: Tree, options: Readonly<Record<string, unknown>>): Tree => {
  if (tree.kind === 'not') return { kind: 'not', of: withOptions(tree.of, options) }
  if (tree.kind !== 'ask') return { kind: tree.kind, of: tree.of.map(part => withOptions(part, options)) }
  const known = predicates[tree.predicate]?.options.properties ?? {}
  const own = Object.entries(options).filter(([name]) => Object.hasOwn(known, name))
  return { ...tree, options: { ...tree.options, ...Object.fromEntries(own) } }
}
