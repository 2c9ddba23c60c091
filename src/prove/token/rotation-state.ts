/** Where a rotation stands: which values are sent, which are accepted, and which step comes next. */
import { patternId, type Sealed } from '#topology/sealed.ts'

/** A distribution, staging distribution or tenant that sends a value to the backend. */
export interface Sender {
  readonly name: string
  readonly value: Sealed
}

/** A listener, web ACL or application that compares values; any of its patterns is enough. */
export interface Gate {
  readonly name: string
  readonly accepts: readonly Sealed[]
}

export interface Overlap {
  /** For how long old and new have been accepted together; null where nobody knows. */
  readonly hours: number | null
  /** How long that may take. */
  readonly mostHours: number
}

export type RotationName =
  /** Nothing is sent and nothing compared. */
  | 'no-token'
  /** Something is sent that no gate compares. */
  | 'no-gate'
  /** A gate compares, and nobody sends anything. */
  | 'no-sender'
  /** One value everywhere. */
  | 'steady'
  /** Some gate refuses what some sender sends. */
  | 'broken'
  /** It is not known whether some gate accepts what some sender sends. */
  | 'undecided'
  /** Gates accept old and new, and senders differ. */
  | 'senders-differ'
  /** One gate accepts a value beside the one that is sent, another does not. */
  | 'gates-differ'
  /** All senders agree, and gates accept another value besides, not for long. */
  | 'overlap'
  /** The same for too long, or nobody knows for how long. */
  | 'leftover'

export interface RotationState {
  readonly state: RotationName
  /** Pairs of names: this gate refuses what that sender sends. */
  readonly unmatched: readonly { readonly sender: string; readonly gate: string }[]
  /** Patterns that nothing that is sent meets, by gate. */
  readonly leftover: readonly { readonly gate: string; readonly pattern: Sealed }[]
  /** Different values among the senders. */
  readonly sentValues: number
  /** The next step, one sentence; null where there is none. */
  readonly next: string | null
}

/** Whether the gate accepts the value; a pattern that may or may not be met leaves it open. */
const accepts = (gate: Gate, value: Sealed): boolean | 'unknown' => {
  const ids = gate.accepts.map(patternId)
  if (ids.some(id => value.meets.includes(id))) return true
  return ids.some(id => value.mayMeet.includes(id)) ? 'unknown' : false
}

const mayMeet = (value: Sealed, pattern: Sealed): boolean =>
  [...value.meets, ...value.mayMeet].includes(patternId(pattern))

export const rotationState = (
  senders: readonly Sender[],
  everyGate: readonly Gate[],
  overlap: Overlap,
): RotationState => {
  // What compares nothing refuses nothing.
  const gates = everyGate.filter(g => g.accepts.length > 0)
  const pairs = senders.flatMap(s =>
    gates.map(g => ({ sender: s.name, gate: g.name, ok: accepts(g, s.value) })),
  )
  const leftover = gates.flatMap(gate =>
    gate.accepts
      .filter(pattern => !senders.some(s => mayMeet(s.value, pattern)))
      .map(pattern => ({ gate: gate.name, pattern })),
  )
  const sentValues = new Set(senders.map(s => s.value.sealed)).size
  const unmatched = pairs.filter(p => p.ok === false).map(({ sender, gate }) => ({ sender, gate }))
  const state = nameOf({
    senders: senders.length,
    patterns: gates.flatMap(g => g.accepts).length,
    refused: unmatched.length > 0,
    open: pairs.some(p => p.ok === 'unknown'),
    sentValues,
    gatesLeftOver: new Set(leftover.map(l => l.gate)).size,
    gates: gates.length,
    tooLong: overlap.hours === null || overlap.hours > overlap.mostHours,
  })
  return { state, unmatched, leftover, sentValues, next: steps[state] }
}

interface Facts {
  readonly senders: number
  readonly patterns: number
  readonly refused: boolean
  readonly open: boolean
  readonly sentValues: number
  readonly gatesLeftOver: number
  readonly gates: number
  readonly tooLong: boolean
}

/** The gravest first. */
const nameOf = (facts: Facts): RotationName => {
  if (facts.senders === 0) return facts.patterns === 0 ? 'no-token' : 'no-sender'
  if (facts.patterns === 0) return 'no-gate'
  if (facts.refused) return 'broken'
  if (facts.open) return 'undecided'
  if (facts.sentValues > 1) return 'senders-differ'
  if (facts.gatesLeftOver === 0) return 'steady'
  if (facts.tooLong) return 'leftover'
  return facts.gatesLeftOver < facts.gates ? 'gates-differ' : 'overlap'
}

/** The order that neither opens nor breaks the gate: gates accept both, senders change, gates drop the old. */
const steps: Readonly<Record<RotationName, string | null>> = {
  'no-token': null,
  'no-gate': 'Make a gate compare the value that is sent, and refuse everything else.',
  'no-sender': 'Make every sender send the value that the gate compares.',
  steady: 'To rotate, make every gate accept the new value beside the old one.',
  broken: 'Make every gate accept every value that is still sent, before anything else is changed.',
  undecided: 'Find out which values the gate accepts: a pattern in it is read in more than one way.',
  'senders-differ': 'Update the senders that still send the old value, and wait until each is deployed.',
  'gates-differ':
    'Make every gate accept both values before a sender changes, or drop the old one where it is left.',
  overlap: 'When every sender sends the new value and is deployed, remove the old value from every gate.',
  leftover: 'Remove from every gate the values that nothing sends any more.',
}
