/** A language over printable ASCII as a machine that reads one character at a time; states are small values, so that products stay lazy. */

export type State = number | bigint

export interface Machine {
  readonly start: State
  /** One character of each kind that the machine tells apart; all characters that are not listed are alike to it. */
  readonly letters: ReadonlySet<string>
  step(state: State, letter: string): State
  accepts(state: State): boolean
  /** Whether nothing that follows can be accepted. May say no where that is so. */
  dead(state: State): boolean
  /** Whether all that follows is accepted. May say no where that is so. */
  certain(state: State): boolean
}

export const accepts = (machine: Machine, word: string): boolean => {
  let state = machine.start
  for (const letter of word) {
    state = machine.step(state, letter)
    if (machine.dead(state)) return false
  }
  return machine.accepts(state)
}
