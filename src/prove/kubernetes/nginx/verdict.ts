/** What a stranger gets from one location: the verdict over every way through its program, with a request or the reasons. */
import type { Value } from '#topology/sealed.ts'
import { type Admission, admission, type Seen } from './access.ts'
import { explore, type Way } from './explore.ts'
import type { Doubt, Place, Program } from './program.ts'
import { type Passage, passage } from './solve.ts'
import { type Aim, strangerWorld } from './strangers.ts'

export interface Refusal {
  readonly status: number
  readonly place: Place
}

export type ProgramVerdict =
  | {
      readonly verdict: 'open' | 'guessable'
      /** What the witness writes in each variable: `http_x`, `arg_x`, `uri`, `host`, `request_method`. */
      readonly values: ReadonlyMap<string, Value>
      /** Address that it must come from, or pretend to. */
      readonly address: string | null
    }
  | { readonly verdict: 'authenticated'; readonly place: Place }
  | { readonly verdict: 'closed'; readonly refusals: readonly Refusal[] }
  | { readonly verdict: 'unknown'; readonly doubts: readonly Doubt[] }

/** Bits from which a password counts as one that nobody guesses: as of any other secret. */
const strongPassword = 100

/** How a witness writes a password that has to be guessed. */
const guessedPassword = `Basic $\{password}`

type Finding =
  | Exclude<ProgramVerdict, { verdict: 'closed' | 'unknown' }>
  | { readonly verdict: 'refused'; readonly refusal: Refusal }
  | { readonly verdict: 'doubt'; readonly doubts: readonly Doubt[] }
  | { readonly verdict: 'impossible' }

/** `seen` are the client addresses that nginx may take a stranger's for. */
export const programVerdict = (program: Program, aim: Aim, seen: Seen): ProgramVerdict => {
  if (program.invalid.length > 0) return { verdict: 'unknown', doubts: program.invalid.map(refusedByNginx) }
  const ways = explore(program, strangerWorld)
  if (ways === null) return { verdict: 'unknown', doubts: [tooMany] }
  const gate = admission(program.access, seen)
  if (ways.every(w => w.end.kind === 'passes')) return summed([afterRewriting(program, gate, untouched)])
  return summed(ways.map(way => findingOf(way, passage(way, aim), gate, program)))
}

const nowhere: Place = { origin: 'nginx', line: 0 }
const tooMany: Doubt = { reason: 'the conditions branch too often to be followed', place: nowhere }
/** The request that writes nothing of its own. */
const untouched: Possible = { kind: 'possible', values: new Map(), guesses: [], doubts: [] }

const refusedByNginx = ({ reason, place }: Doubt): Doubt => ({
  reason: `nginx refuses this configuration (${reason}), so the controller keeps what it had before`,
  place,
})

type Possible = Extract<Passage, { kind: 'possible' }>

const findingOf = (way: Way, through: Passage, gate: Admission, program: Program): Finding => {
  if (through.kind === 'closed') return { verdict: 'impossible' }
  switch (way.end.kind) {
    case 'unknown':
      return { verdict: 'doubt', doubts: [way.end.doubt, ...through.doubts] }
    case 'refused':
      return refused(program, way.end)
    case 'passes':
      return afterRewriting(program, gate, through)
  }
}

const refused = (program: Program, { status, place }: Refusal): Finding => {
  const page = program.errorPages.find(p => p.status === status)
  if (page === undefined) return { verdict: 'refused', refusal: { status, place } }
  const reason = `error_page takes over the answer ${status}`
  return { verdict: 'doubt', doubts: [{ reason, place: page.place }] }
}

const afterRewriting = (program: Program, gate: Admission, through: Possible): Finding => {
  switch (gate.kind) {
    case 'refused':
      return refused(program, gate)
    case 'login':
      return { verdict: 'authenticated', place: gate.place }
    case 'unknown':
      return { verdict: 'doubt', doubts: [gate.doubt, ...through.doubts] }
    case 'password': {
      const { bits, place } = gate.gate
      if (bits === null) {
        const reason = 'how hard the password is to guess is not known'
        return { verdict: 'doubt', doubts: [{ reason, place }, ...through.doubts] }
      }
      if (bits >= strongPassword) return refused(program, { status: 401, place })
      return passing(program, through, null, true)
    }
    case 'admitted':
      return passing(program, through, gate.address, false)
  }
}

const passing = (program: Program, through: Possible, address: string | null, guessed: boolean): Finding => {
  const doubts = [...program.mayRefuse, ...through.doubts]
  if (doubts.length > 0) return { verdict: 'doubt', doubts }
  const weak = guessed || through.guesses.length > 0
  const values = guessed ? new Map(through.values).set('http_authorization', guessedPassword) : through.values
  return { verdict: weak ? 'guessable' : 'open', values, address }
}

/** A request that gets in outweighs everything; of those that may, the reasons are kept. */
const summed = (findings: readonly Finding[]): ProgramVerdict => {
  const open = findings.find(f => f.verdict === 'open') ?? findings.find(f => f.verdict === 'guessable')
  if (open?.verdict === 'open' || open?.verdict === 'guessable') return open
  const doubts = findings.flatMap(f => (f.verdict === 'doubt' ? f.doubts : []))
  if (doubts.length > 0) return { verdict: 'unknown', doubts: distinct(doubts) }
  const login = findings.find(f => f.verdict === 'authenticated')
  if (login?.verdict === 'authenticated') return login
  const refusals = findings.flatMap(f => (f.verdict === 'refused' ? [f.refusal] : []))
  return { verdict: 'closed', refusals: distinct(refusals) }
}

const distinct = <T>(all: readonly T[]): readonly T[] => [
  ...new Map(all.map(x => [JSON.stringify(x), x])).values(),
]
