/** What a location answers to one request, and to a request with no, a wrong and the right token. */
import { foldCase } from '#base/glob.ts'
import type { Value } from '#topology/sealed.ts'
import { admission } from './access.ts'
import { explore, type Way, type World } from './explore.ts'
import type { Doubt, Place, Program } from './program.ts'
import { type NginxRequest, type NginxVersion, requestWorld } from './request.ts'
import { passage } from './solve.ts'

export type Answer =
  | { readonly kind: 'passes' }
  | { readonly kind: 'refused'; readonly status: number; readonly place: Place }
  | { readonly kind: 'unknown'; readonly doubts: readonly Doubt[] }

export interface Asking {
  readonly request: NginxRequest
  readonly version: NginxVersion
  /** Whether the `Authorization` value meets the htpasswd entries: known at the door only; null where it is not. */
  readonly authorized: boolean | null
}

/** One request with everything in it known. */
export const answer = (program: Program, asking: Asking): Answer => {
  const settled = settledBy(program, explored(program, requestWorld(asking.request, asking.version)))
  return settled.kind === 'passes' ? afterRewriting(program, asking) : settled
}

export interface ByToken {
  readonly without: Answer
  /** Refused only where every wrong token is; passes where some wrong token does. */
  readonly wrong: Answer
  /** Null where no token is sent. */
  readonly right: Answer | null
}

/** `request` is asked without the header, with any other value in it, and with the token in it. */
export const refusesWithout = (
  header: string,
  token: Value | null,
  program: Program,
  asking: Asking,
): ByToken => {
  const name = foldCase(header)
  const bare = asking.request.headers.filter(([n]) => foldCase(n) !== name)
  const sent = (value: Value): Asking => ({
    ...asking,
    request: { ...asking.request, headers: [...bare, [header, value]] },
  })
  const isAuthorization = name === 'authorization'
  const plain: Asking = {
    ...asking,
    authorized: isAuthorization ? false : asking.authorized,
    request: { ...asking.request, headers: bare },
  }
  return {
    without: answer(program, plain),
    wrong: wrongAnswer(program, name, plain),
    right: token === null ? null : answer(program, sent(token)),
  }
}

/** The header is open, everything else is known. */
const wrongAnswer = (program: Program, header: string, asking: Asking): Answer => {
  const own = `http_${header.replaceAll('-', '_')}`
  const known = requestWorld(asking.request, asking.version)
  const world: World = v => (v === own ? [{ kind: 'open', symbol: own }] : known(v))
  const ways = explored(program, world)
  if (ways === null) return settledBy(program, null)
  const nothing = { prefer: [], all: [], none: [] }
  const through = ways.map(way => ({ way, passage: passage(way, { host: nothing, path: nothing }) }))
  const possible = through.flatMap(({ way, passage: p }) =>
    // A guess that hits is the right token, not a wrong one.
    p.kind === 'possible' && p.guesses.length === 0 ? [{ ...way, doubts: p.doubts }] : [],
  )
  const certain = possible.find(w => w.end.kind === 'passes' && w.doubts.length === 0)
  const settled = certain === undefined ? settledBy(program, possible) : ({ kind: 'passes' } as const)
  return settled.kind === 'passes' ? afterRewriting(program, asking) : settled
}

const explored = (program: Program, world: World): readonly Way[] | null =>
  program.invalid.length > 0 ? null : explore(program, world)

/** All ways end alike, or it is not known. */
const settledBy = (program: Program, ways: readonly Way[] | null): Answer => {
  const [first] = ways ?? []
  if (ways === null || first === undefined) return { kind: 'unknown', doubts: [] }
  const doubts = ways.flatMap(w => [...w.doubts, ...(w.end.kind === 'unknown' ? [w.end.doubt] : [])])
  if (first.end.kind === 'unknown' || ways.some(w => w.end.kind !== first.end.kind))
    return { kind: 'unknown', doubts }
  return first.end.kind === 'refused' ? refusal(program, first.end) : first.end
}

/** What `error_page` takes over may still reach a backend. */
const refusal = (program: Program, end: Extract<Answer, { kind: 'refused' }>): Answer => {
  const page = program.errorPages.find(p => p.status === end.status)
  if (page === undefined) return end
  return {
    kind: 'unknown',
    doubts: [{ reason: `error_page takes over the answer ${end.status}`, place: page.place }],
  }
}

/** The access phase of one request. */
const afterRewriting = (program: Program, { request, authorized }: Asking): Answer => {
  const { access } = program
  const seen =
    request.address === null
      ? { kind: 'unknown' as const, reason: 'the client address is not known' }
      : { kind: 'addresses' as const, cidrs: [request.address] }
  // A password that fits takes the gate away: with `satisfy any` it also takes away the other gates.
  if (authorized === true && access.basic !== null && access.satisfy === 'any') return passesUnless(program)
  const basic = authorized === true ? null : access.basic
  const gate = admission({ ...access, basic }, seen)
  switch (gate.kind) {
    case 'refused':
      return refusal(program, gate)
    case 'password':
      return authorized === null
        ? {
            kind: 'unknown',
            doubts: [{ reason: 'whether the password fits is not known', place: gate.gate.place }],
          }
        : refusal(program, { kind: 'refused', status: 401, place: gate.gate.place })
    case 'login':
      return refusal(program, { kind: 'refused', status: 401, place: gate.place })
    case 'unknown':
      return { kind: 'unknown', doubts: [gate.doubt] }
    case 'admitted':
      return passesUnless(program)
  }
}

const passesUnless = ({ mayRefuse }: Program): Answer =>
  mayRefuse.length === 0 ? { kind: 'passes' } : { kind: 'unknown', doubts: mayRefuse }
