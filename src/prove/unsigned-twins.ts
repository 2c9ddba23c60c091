/** Finds, for a link whose behaviours ask for a signature, the ways through CloudFront to the same objects that ask for none. */
import type { Behavior, Link, Topology } from '#topology/model.ts'
import { twinFaults } from './check/twin.ts'
import type { Reason, Twin, TwinPlace, Twins } from './exposure.ts'
import { type Way, waysOf } from './fronts.ts'
import type { Prover } from './prover.ts'
import { type SameBackend, sameBackend } from './same-backend.ts'
import type { PathWay } from './signed/behaviors.ts'
import { shadowed } from './signed/shadowed.ts'
import { type Naming, type PathTwin, pathTwins } from './signed/twins.ts'
import { distinctReasons, gapReasons, notModelled } from './uncertainty.ts'

const mostShown = 20
const mostReasons = 10

const none: Twins = { found: [], more: 0, apart: 0, reasons: [] }

/** The unsigned twins of every link of a topology; none for a link whose behaviours ask for no signature. */
export const twinFinder = (topology: Topology, prover: Prover): ((link: Link) => Twins) => {
  if (!topology.links.some(link => link.behaviors.some(b => b.signed))) return () => none
  const ways = waysOf(topology)
  const search: Search = {
    topology,
    same: sameBackend(ways, prover),
    unlisted: gapReasons(topology.gaps.filter(g => g.operation === 'ListDistributions')),
    compare: comparer(),
  }
  const ownWays = Map.groupBy(ways, way => way.link.id)
  return link => {
    const guarded = link.behaviors.filter(b => b.signed)
    const [own] = ownWays.get(link.id) ?? []
    return guarded.length === 0 || own === undefined ? none : twinsOf(search, own, guarded)
  }
}

interface Search {
  readonly topology: Topology
  readonly same: SameBackend
  /** Why there may be distributions that were not read. */
  readonly unlisted: readonly Reason[]
  readonly compare: typeof pathTwins
}

interface Found {
  readonly twins: Twin[]
  readonly reasons: Reason[]
  apart: number
}

const twinsOf = (search: Search, own: Way, guarded: readonly Behavior[]): Twins => {
  const found: Found = {
    twins: [],
    reasons: [...search.unlisted, ...foreignReaders(search, own.link)],
    apart: 0,
  }
  if (search.same.isLost(own.link)) found.reasons.push(lost)
  for (const other of search.same.candidates(own.link)) {
    const relation = search.same.isSame(own.link, other.link)
    if (relation === false) continue
    found.reasons.push(...gapReasons(other.doubts))
    const doubts = relation === 'unknown' ? [`${nameOf(other)} leads to the same objects`] : []
    for (const free of other.front.uses.filter(b => !b.signed)) {
      const met = guarded.filter(signed => notePair(search, { own, signed, other, free }, doubts, found))
      if (met.length === 0) found.apart++
    }
  }
  return shown(found)
}

const lost = notModelled(
  'Where the origin leads was not wholly read, so that other behaviours may lead to the same objects.',
)

const nameOf = ({ kind, name }: Way): string => `${kind === 'tenant' ? 'tenant' : 'distribution'} ${name}`

interface Pair {
  readonly own: Way
  readonly signed: Behavior
  readonly other: Way
  readonly free: Behavior
}

/** Whether there is anything to say of the pair. */
const notePair = (search: Search, pair: Pair, doubts: readonly string[], found: Found): boolean => {
  const { own, signed, other, free } = pair
  if (isFilledIn(own.link, other.link)) {
    found.reasons.push(notModelled(`The origin of ${nameOf(other)} depends on its tenants.`))
    return true
  }
  if (noteOrder(search, pair, doubts, found)) return true
  const twins = search.compare(pathWay(own, signed), pathWay(other, free), namingOf(own.link))
  const [changer, ...more] = new Set([...changersOf(signed), ...changersOf(free)])
  for (const twin of twins)
    note(search, pair, twin, [...doubts, ...(changer ? [changer, ...more] : [])], found)
  if (twins.length > 0) return true
  if (changer === undefined) return false
  // Rewritten requests may meet where those of viewers do not.
  const what = `${free.pathPattern} of ${nameOf(other)} asks for no signature`
  found.reasons.push(notModelled(`${what}, and may lead to the same objects if ${changer}.`))
  return true
}

/** Tenants fill in parts of a multi-tenant distribution's origins. */
const isFilledIn = (...links: readonly Link[]): boolean =>
  links.some(({ origin }) => `${origin.domainName}${origin.originPath}`.includes('{{'))

/** Code that sees requests before the origin does may ask for them under another path, or refuse them. */
const changersOf = ({ functions, pathPattern }: Behavior): readonly string[] =>
  functions
    .filter(f => !f.event.endsWith('-response'))
    .map(f => `${f.arn} lets the requests of ${pathPattern} pass or rewrites their paths`)

const pathWay = ({ link }: Way, behavior: Behavior): PathWay => ({
  behaviors: link.distribution.behaviors,
  behavior,
  originPath: link.origin.originPath,
})

const namingOf = ({ target }: Link): Naming => (target.kind === 'bucket' ? 'exact' : 'lenient')

const note = (search: Search, pair: Pair, twin: PathTwin, doubts: readonly string[], found: Found): void => {
  const { own, signed, other, free } = pair
  const [from, to] = [placeOf(own, signed), placeOf(other, free)]
  if (twin.outcome === 'undecided') {
    const because = twin.because.join(', and ')
    found.reasons.push(
      notModelled(
        `Whether ${to.pathPattern} of ${nameOf(other)} leads to the same objects is open: ${because}.`,
      ),
    )
    return
  }
  const because = [...twin.because, ...doubts]
  const outcome = because.length === 0 ? 'certain' : 'possible'
  // Whoever excludes the readings has excluded the twin, unless code at the edge may make another of it.
  const readings = doubts.length === 0 ? twin.readings : []
  keep(search, { ...twin, readings, kind: 'spelling', outcome, because, signed: from, unsigned: to }, found)
}

/** Whether an unsigned pattern takes paths that the signed one names, because it comes first. */
const noteOrder = (search: Search, pair: Pair, doubts: readonly string[], found: Found): boolean => {
  const { own, signed, other, free } = pair
  const { origin, distribution } = own.link
  if (distribution.ref.arn !== other.link.distribution.ref.arn) return false
  if (origin.originPath !== other.link.origin.originPath) return false
  const met = shadowed(signed, pathWay(other, free))
  if (met.kind === 'none') return false
  const because = [...doubts, ...changersOf(free)]
  if (met.kind === 'unknown') {
    found.reasons.push(
      notModelled(`${free.pathPattern} comes before ${signed.pathPattern}, and is too large to compare.`),
    )
    return true
  }
  const { path } = met
  keep(
    search,
    {
      kind: 'order',
      outcome: because.length === 0 ? 'certain' : 'possible',
      because,
      object: `${origin.originPath}${path}`,
      signedPath: path,
      unsignedPath: path,
      readings: [],
      signed: placeOf(own, signed),
      unsigned: placeOf(other, free),
    },
    found,
  )
  return true
}

/** Nothing is called certain on the search's word alone. */
const keep = (search: Search, twin: Twin, found: Found): void => {
  const [fault] = twin.outcome === 'certain' ? twinFaults(search.topology, twin) : []
  if (fault === undefined) found.twins.push(twin)
  else found.reasons.push(notModelled(`A twin was not confirmed by the independent check: ${fault}`))
}

const placeOf = ({ arn, name, line, domains, link }: Way, { pathPattern }: Behavior): TwinPlace => ({
  arn,
  name,
  line,
  domains,
  pathPattern,
  link: link.id,
})

const shown = ({ twins, reasons, apart }: Found): Twins => {
  const certain = (t: Twin): boolean => t.outcome === 'certain'
  const ordered = [...twins.filter(certain), ...twins.filter(t => !certain(t))]
  return {
    found: ordered.slice(0, mostShown),
    more: Math.max(0, ordered.length - mostShown),
    apart,
    reasons: distinctReasons(reasons).slice(0, mostReasons),
  }
}

/** Pairs of sets of path patterns that are compared in one topology. */
const mostSearches = 200
const tooMany: readonly PathTwin[] = [
  { outcome: 'undecided', because: ['too many different path patterns lead to one backend'] },
]

/** Large estates have the same few sets of patterns again and again, and most origin paths have nothing in common. */
const comparer = (): typeof pathTwins => {
  const known = new Map<string, readonly PathTwin[]>()
  return (signed, unsigned, naming) => {
    if (naming === 'exact' && !mayShare(signed.originPath, unsigned.originPath)) return []
    const key = JSON.stringify([keyOf(signed), keyOf(unsigned), naming])
    const before = known.get(key)
    if (before !== undefined) return before
    // Each takes some milliseconds, and thousands of distributions may lead to one backend.
    if (known.size >= mostSearches) return tooMany
    const twins = pathTwins(signed, unsigned, naming)
    known.set(key, twins)
    return twins
  }
}

const keyOf = ({ behaviors, behavior, originPath }: PathWay) => [
  behaviors.map(b => (b.isDefault ? null : b.pathPattern)),
  behaviors.indexOf(behavior),
  originPath,
]

/** One origin path must begin with the other; what is encoded in them may stand for anything. */
const mayShare = (a: string, b: string): boolean =>
  a.startsWith(b) || b.startsWith(a) || a.includes('%') || b.includes('%')

/** Distributions of accounts that were not read, which the bucket's policy names. */
const foreignReaders = ({ topology }: Search, { target }: Link): readonly Reason[] => {
  const policy = target.kind === 'bucket' ? target.bucket?.policy : undefined
  if (!policy?.known || policy.value === null) return []
  const named = JSON.stringify(policy.value.document).match(
    /arn:[a-z-]+:cloudfront::\d{12}:distribution\/[\w*]+/g,
  )
  return [...new Set(named ?? [])].flatMap(arn => {
    const account = arn.split(':')[4] ?? ''
    return topology.accounts.includes(account)
      ? []
      : [notModelled(`The bucket's policy names ${arn}, whose behaviours were not read.`)]
  })
}
