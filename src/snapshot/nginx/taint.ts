/** Which variables of a snippet a token flows through: the literals beside those are secrets. */
import { conditionOf, partsOf } from './expression.ts'
import type { Directive } from './parse.ts'

/** What a request brings and a gate may ask for: headers that carry secrets are told apart by the caller. */
const isCarrier = (variable: string): boolean => /^(?:http_|arg_|cookie_|args$|query_string$)/.test(variable)

const named = (word: string): readonly string[] =>
  (partsOf(word) ?? []).flatMap(p => (p.kind === 'variable' ? [p.name] : []))

/** The sets of variables that one directive brings together. */
const joins = (directives: readonly Directive[]): readonly (readonly string[])[] =>
  directives.flatMap(d => {
    const inner = d.block === null || d.name === 'map' ? [] : joins(d.block)
    const [first, second] = d.args
    if (d.name === 'set' && first && second) return [[...named(first.text), ...named(second.text)], ...inner]
    if (d.name !== 'if') return inner
    const condition = conditionOf(d.args)
    if (condition.kind !== 'compare' && condition.kind !== 'match') return inner
    return [[condition.variable, ...named(condition.operand.text)], ...inner]
  })

/** Variables that hold, or are compared with, what a request carries; the request's own variables included. */
export const taintedVariables = (directives: readonly Directive[]): ReadonlySet<string> => {
  const groups = joins(directives)
  const beside = new Map<string, (readonly string[])[]>()
  for (const group of groups)
    for (const name of group) {
      const own = beside.get(name)
      if (own === undefined) beside.set(name, [group])
      else own.push(group)
    }
  const tainted = new Set(groups.flat().filter(isCarrier))
  // A set is walked in the order of insertion, what is added on the way included.
  for (const name of tainted) {
    for (const group of beside.get(name) ?? []) for (const other of group) tainted.add(other)
    beside.delete(name)
  }
  return tainted
}
