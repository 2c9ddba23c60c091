/** Evaluates a condition tree in strong Kleene logic and keeps the smallest evidence that proves the outcome. */
import type { Outcome } from '#findings/result.ts'
import { type Answer, every, fails, holds, negated, some, unseen, yes } from '#predicates/asking/answer.ts'
import type { Facts } from '#predicates/asking/facts.ts'
import type { JudgedSubject } from '#predicates/asking/subject.ts'
import { predicates } from '#predicates/registry.ts'
import type { Rule, Tree } from '#rulebook/rule.ts'

export interface Judgement {
  readonly outcome: Outcome
  readonly answer: Answer
}

type Ask = (tree: Tree) => Answer

/** Later parts are not asked once one has decided: what they say is not needed to prove the outcome. */
const upTo = (parts: readonly Tree[], ask: Ask, decides: (answer: Answer) => boolean): readonly Answer[] => {
  const answers: Answer[] = []
  for (const part of parts) {
    const answer = ask(part)
    if (decides(answer)) return [answer]
    answers.push(answer)
  }
  return answers
}

const evaluateTree = (tree: Tree, ask: (leaf: Extract<Tree, { readonly kind: 'ask' }>) => Answer): Answer => {
  const inner: Ask = part => evaluateTree(part, ask)
  if (tree.kind === 'ask') return ask(tree)
  if (tree.kind === 'not') return negated(inner(tree.of))
  return tree.kind === 'all' ? every(upTo(tree.of, inner, fails)) : some(upTo(tree.of, inner, holds))
}

/**
 * Where it is not known whether the rule applies, it is not known whether it is satisfied: only a rule that could not be
 * violated either way would be, and a reader could not tell that from a check that was done.
 */
export const judgeSubject = (rule: Rule, subject: JudgedSubject, facts: Facts): Judgement => {
  const ask = (tree: Tree): Answer =>
    evaluateTree(tree, ({ predicate, options }) => {
      const asked = predicates[predicate]
      if (!asked) throw new Error(`predicate ${predicate} is not in the registry`)
      return asked.ask(subject, options, facts)
    })
  const applies = rule.when === null ? yes() : ask(rule.when)
  if (fails(applies)) return { outcome: 'inapplicable', answer: applies }
  const answer = ask(rule.require)
  if (holds(applies)) return { outcome: outcomeOf(answer), answer }
  return {
    outcome: 'unknown',
    answer: unseen(gapsOf(applies, answer), ...applies.evidence, ...answer.evidence),
  }
}

const outcomeOf = (answer: Answer): Outcome =>
  answer.observed ? (answer.holds ? 'satisfied' : 'violated') : 'unknown'

const gapsOf = (...answers: readonly Answer[]) => answers.flatMap(a => (a.observed ? [] : a.gaps))
