/** The verdict for one location under one host name. */
import type { BackendService, Ingress, PathType } from '#topology/model/kubernetes.ts'
import type { Seen } from '../nginx/access.ts'
import { type Doubt, noAccess, type Program } from '../nginx/program.ts'
import type { Aim } from '../nginx/strangers.ts'
import { type ProgramVerdict, programVerdict, type Refusal } from '../nginx/verdict.ts'
import { hostAim } from './hosts.ts'
import { pathAims } from './paths.ts'
import { type Controlled, locationProgram } from './render.ts'
import type { Location, Server } from './servers.ts'
import { type IngressWitness, witnessOf } from './witness.ts'

export interface PathVerdict {
  /** The object whose annotations apply. */
  readonly ingress: Ingress | null
  /** A server name, an alias, `*.example.com`, or `_` for every other host. */
  readonly host: string
  readonly path: string
  readonly pathType: PathType
  readonly service: BackendService | null
  /** Objects whose backends the same location may choose: their own annotations are not applied. */
  readonly canaries: readonly Ingress[]
  readonly verdict: 'open' | 'guessable' | 'authenticated' | 'closed' | 'unknown'
  /** With `open` and `guessable`. */
  readonly witness: IngressWitness | null
  /** With `closed`: what refuses; none where other locations take every request. */
  readonly refusals: readonly Refusal[]
  /** With `unknown`: what is missing. */
  readonly doubts: readonly Doubt[]
}

export interface Question {
  readonly host: string
  readonly server: Server
  readonly location: Location
  readonly servers: readonly Server[]
  readonly controlled: Controlled
  readonly seen: Seen
}

const anything = (prefer: string): Aim['path'] => ({ prefer: [prefer], all: [], none: [] })
const freely: Aim = { host: anything('unnamed.invalid'), path: anything('/') }

export const pathVerdict = (question: Question): PathVerdict => {
  const { host, server, location, servers, controlled, seen } = question
  const { ingress, path, pathType, service, canaries } = location
  const base: Base = {
    ingress,
    host,
    path,
    pathType,
    service,
    canaries,
    witness: null,
    refusals: [],
    doubts: [],
  }
  const { program, sideDoors } = locationProgram(server, location, controlled)
  const open = sideDoors.filter(d => !isBehindServer(d, program, seen))
  const paths = pathAims(server, location)
  const names = hostAim(host, servers)
  if (paths === 'unreachable') return withSideDoors(open, { ...base, verdict: 'closed' })
  const found =
    paths === null || names === null
      ? [{ aim: freely, verdict: unreadable(programVerdict(program, freely, seen)) }]
      : paths.map(p => {
          const aim: Aim = { host: names, path: p }
          return { aim, verdict: programVerdict(program, aim, seen) }
        })
  const rank = worstOf(found.map(f => f.verdict.verdict))
  const worst = found.find(f => f.verdict.verdict === rank)
  const verdict: PathVerdict =
    worst === undefined ? { ...base, verdict: 'closed' } : told(base, worst.verdict, worst.aim)
  return withSideDoors(open, verdict)
}

/** What gets in somewhere is no verdict where the request cannot be written. */
const unreadable = (found: ProgramVerdict): ProgramVerdict => {
  if (found.verdict !== 'open' && found.verdict !== 'guessable') return found
  const reason = 'no request that reaches this location could be worked out'
  return { verdict: 'unknown', doubts: [{ reason, place: { origin: 'path', line: 0 } }] }
}

const ranking = ['open', 'guessable', 'unknown', 'authenticated', 'closed'] as const

const worstOf = (verdicts: readonly PathVerdict['verdict'][]): PathVerdict['verdict'] =>
  ranking.find(v => verdicts.includes(v)) ?? 'closed'

/** A `location` of a server-snippet is reached only by what the server's own statements let through. */
const isBehindServer = (door: Doubt, program: Program, seen: Seen): boolean => {
  if (!/server-snippet$/.test(door.place.origin)) return false
  const before = { ...program, location: [], access: noAccess, mayRefuse: [] }
  return programVerdict(before, freely, seen).verdict === 'closed'
}

const withSideDoors = (sideDoors: readonly Doubt[], verdict: PathVerdict): PathVerdict =>
  sideDoors.length === 0 || verdict.verdict === 'open'
    ? verdict
    : {
        ...verdict,
        verdict: 'unknown',
        witness: null,
        refusals: [],
        doubts: [...verdict.doubts, ...sideDoors],
      }

type Base = Omit<PathVerdict, 'verdict'>

const told = (base: Base, found: ProgramVerdict, aim: Aim): PathVerdict => {
  switch (found.verdict) {
    case 'open':
    case 'guessable':
      return { ...base, verdict: found.verdict, witness: witnessOf(found.values, found.address, aim) }
    case 'authenticated':
      return { ...base, verdict: 'authenticated', refusals: [{ status: 401, place: found.place }] }
    case 'closed':
      return { ...base, verdict: 'closed', refusals: found.refusals }
    case 'unknown':
      return { ...base, verdict: 'unknown', doubts: found.doubts }
  }
}
