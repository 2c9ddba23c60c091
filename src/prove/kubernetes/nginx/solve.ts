/** Whether a stranger can write a request that goes a given way, and which one. */
import { isSealed, type Sealed, type Value } from '#topology/sealed.ts'
import { accepts, type Machine } from '../../language/machine.ts'
import { type Budget, findWord } from '../../language/search.ts'
import { isStrong, isUnderstood } from '../../value.ts'
import { holds } from './compare.ts'
import type { Atom, Way } from './explore.ts'
import { patternMachine } from './pattern.ts'
import type { Doubt } from './program.ts'
import { type Aim, type Field, fieldOf } from './strangers.ts'

export type Passage =
  /** No request goes this way without a strong secret; `secrets` are those it asks for. */
  | { readonly kind: 'closed'; readonly secrets: readonly Sealed[] }
  | {
      readonly kind: 'possible'
      readonly values: ReadonlyMap<string, Value>
      /** Weak secrets that the stranger must guess. */
      readonly guesses: readonly Sealed[]
      readonly doubts: readonly Doubt[]
    }

/** Steps of search for one place. */
const steps = 200_000

export const passage = (way: Way, aim: Aim): Passage => {
  const bySymbol = new Map<string, Atom[]>()
  for (const atom of way.atoms) bySymbol.set(atom.symbol, [...(bySymbol.get(atom.symbol) ?? []), atom])
  const values = new Map<string, Value>()
  const guesses: Sealed[] = []
  const doubts: Doubt[] = [...way.doubts]
  const secrets: Sealed[] = []
  for (const [symbol, atoms] of bySymbol) {
    const choice = chosen(atoms, fieldOf(symbol, aim))
    if (choice === null) return { kind: 'closed', secrets: [] }
    if (choice.secret !== null) secrets.push(choice.secret)
    if (choice.guess !== null) guesses.push(choice.guess)
    doubts.push(...choice.doubts)
    values.set(symbol, choice.value)
  }
  return secrets.length > 0 ? { kind: 'closed', secrets } : { kind: 'possible', values, guesses, doubts }
}

interface Choice {
  readonly value: Value
  readonly secret: Sealed | null
  readonly guess: Sealed | null
  readonly doubts: readonly Doubt[]
}

/** Null where no text at all gives these answers. */
const chosen = (atoms: readonly Atom[], field: Field): Choice | null => {
  const [first] = atoms
  if (first === undefined) return null
  const doubts: readonly Doubt[] = field.doubt === null ? [] : [{ reason: field.doubt, place: first.place }]
  const asked = atoms.find(a => a.answer && sealedOf(a) !== null)
  const secret = asked === undefined ? null : sealedOf(asked)
  if (asked !== undefined && secret !== null && field.isSeen) {
    const reason = 'a path, host or method is no place for a secret'
    return { value: secret, secret: null, guess: null, doubts: [...doubts, { reason, place: asked.place }] }
  }
  if (asked !== undefined && secret !== null) return withSecret(atoms, asked, secret, doubts)
  const word = wordFor(atoms, field)
  if (word.kind === 'none') return null
  if (word.kind === 'undecided') {
    const reason = 'whether any text meets all the comparisons was not decided'
    return { value: '', secret: null, guess: null, doubts: [...doubts, { reason, place: first.place }] }
  }
  const open = atoms.filter(a => holds(a.test, word.text) === 'unknown')
  const more = open.map(({ place }) => ({
    reason: 'whether a text meets the comparison is not known',
    place,
  }))
  return { value: word.text, secret: null, guess: null, doubts: [...doubts, ...more] }
}

const sealedOf = ({ test }: Atom): Sealed | null => {
  const value = test.kind === 'equals' ? test.value : test.kind === 'matches' ? test.pattern : null
  return value !== null && isSealed(value) ? value : null
}

/** The way asks for a sealed text: a strong one closes it. */
const withSecret = (
  atoms: readonly Atom[],
  asked: Atom,
  secret: Sealed,
  before: readonly Doubt[],
): Choice | null => {
  const doubts: Doubt[] = [...before]
  for (const atom of atoms) {
    if (atom === asked) continue
    const truth = holds(atom.test, secret)
    if (truth === 'unknown')
      doubts.push({ reason: 'two comparisons of one value were not told apart', place: atom.place })
    else if (truth !== atom.answer) return null
  }
  if (secret.public === true) return { value: secret, secret: null, guess: null, doubts }
  // A map folds case: then the bits of the folded text count.
  const folded = asked.test.kind === 'equals' && asked.test.fold
  const strong = folded ? isStrong({ ...secret, dialect: 'alb-glob' }) : isStrong(secret)
  if (strong) return { value: secret, secret, guess: null, doubts }
  if (!isUnderstood(secret))
    doubts.push({ reason: 'how hard the value is to guess is not known', place: asked.place })
  return { value: secret, secret: null, guess: secret, doubts }
}

type Word =
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'undecided' }

/** A text that gives the plain answers, and none of the sealed ones by accident where that can be chosen. */
const wordFor = (atoms: readonly Atom[], field: Field): Word => {
  const fits = (word: string): boolean =>
    field.all.every(m => accepts(m, word)) &&
    !field.none.some(m => accepts(m, word)) &&
    atoms.every(a => holds(a.test, word) === a.answer)
  const preferred = [...field.prefer, 'x', 'xx', 'xyz'].find(
    w => (w === '' ? field.prefer.includes('') : accepts(field.universe, w)) && fits(w),
  )
  if (preferred !== undefined) return { kind: 'word', text: preferred }
  const all: Machine[] = [...field.all]
  const none: Machine[] = [...field.none]
  for (const atom of atoms) {
    if (sealedOf(atom) !== null) continue
    const machine = machineOf(atom)
    if (machine === null) return { kind: 'undecided' }
    ;(atom.answer ? all : none).push(machine)
  }
  // The empty text is a header that is not sent; the universe of sent ones leaves it out.
  const budget: Budget = { left: steps }
  const word = findWord(field.universe, all, none, budget)
  if (word !== null) return { kind: 'word', text: word }
  return { kind: budget.left <= 0 ? 'undecided' : 'none' }
}

const machineOf = ({ test }: Atom): Machine | null => {
  if (test.kind === 'blank') return patternMachine('^0?$', false)
  if (test.kind === 'matches')
    return isSealed(test.pattern) ? null : patternMachine(test.pattern, test.ignoreCase)
  if (isSealed(test.value)) return null
  return patternMachine(`^${test.value.replace(/[.*+?()[\]{}|^$/\\]/g, '\\$&')}$`, test.fold)
}
