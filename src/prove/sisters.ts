/** Finds, for a link, the other ways through CloudFront to the same backend that ask less of viewers. */
import type { Link, Topology } from '#topology/model.ts'
import { isServed } from './backend.ts'
import { type Comparison, compareFronts, type Front, frontOf, signatureOf } from './edge-controls.ts'
import type { Reason } from './exposure.ts'
import { type Way, waysOf } from './fronts.ts'
import type { Prover } from './prover.ts'
import { sameBackend } from './same-backend.ts'
import type { Sister, Sisters } from './sister.ts'
import { distinctReasons, gapReasons, notModelled } from './uncertainty.ts'

const mostShown = 20
const mostReasons = 10

/** The sisters of every link of a topology; what they share is worked out once. */
export const sisterFinder = (topology: Topology, prover: Prover): ((link: Link) => Sisters) => {
  const ways = waysOf(topology).filter(way => isServed(way.link))
  const same = sameBackend(ways, prover)
  const compare = comparer()
  const unlisted = gapReasons(topology.gaps.filter(g => g.operation === 'ListDistributions'))
  return link => {
    const found: Found = { sisters: [], reasons: [...unlisted], asStrict: 0 }
    const own = frontOf(link.distribution, link.behaviors)
    for (const way of same.candidates(link))
      if (!isOwn(link, way)) consider(same.isSame(link, way.link), way, () => compare(own, way.front), found)
    if (same.isLost(link) && ways.some(way => !isOwn(link, way))) found.reasons.push(lost)
    addForeign(link, topology, found)
    return shown(found)
  }
}

const lost = notModelled(
  'Where the origin leads was not wholly read, so that other distributions may lead there too.',
)

/** The same distribution is no other way, unless by a tenant that changes its controls. */
const isOwn = (link: Link, way: Way): boolean =>
  way.link.distribution.ref.arn === link.distribution.ref.arn &&
  (way.kind !== 'tenant' || way.link.id !== link.id)

interface Found {
  readonly sisters: Sister[]
  readonly reasons: Reason[]
  asStrict: number
}

const shown = ({ sisters, reasons, asStrict }: Found): Sisters => {
  const weak = (s: Sister): boolean => s.differences.some(d => d.weaker === true)
  const ordered = [...sisters.filter(weak), ...sisters.filter(s => !weak(s))]
  return {
    found: ordered.slice(0, mostShown),
    more: Math.max(0, ordered.length - mostShown),
    asStrict,
    reasons: distinctReasons(reasons).slice(0, mostReasons),
  }
}

// ---- What each asks of viewers ----

const consider = (same: boolean | 'unknown', way: Way, compared: () => Comparison, found: Found): void => {
  if (same === false) return
  if (same === 'unknown' || way.doubts.length > 0) noteDoubt(way, compared(), found)
  else note(way, compared(), found)
}

/** Large estates have thousands of distributions with the same few sets of controls. */
const comparer = (): ((own: Front, other: Front) => Comparison) => {
  const numbers = new Map<string, number>()
  const ofFront = new Map<Front, number>()
  const known = new Map<string, Comparison>()
  const numberOf = (front: Front): number => {
    const before = ofFront.get(front)
    if (before !== undefined) return before
    const signature = signatureOf(front)
    const number = numbers.get(signature) ?? numbers.size
    numbers.set(signature, number)
    ofFront.set(front, number)
    return number
  }
  return (own, other) => {
    const key = `${numberOf(own)} ${numberOf(other)}`
    const compared = known.get(key) ?? compareFronts(own, other)
    known.set(key, compared)
    return compared
  }
}

const note = (way: Way, { differences, gaps }: Comparison, found: Found): void => {
  found.reasons.push(...gapReasons(gaps))
  if (differences.length > 0) found.sisters.push({ ...described(way), differences })
  else if (gaps.length === 0) found.asStrict++
}

const described = ({ kind, arn, name, line, domains }: Way): Omit<Sister, 'differences'> => ({
  kind,
  arn,
  name,
  line,
  domains,
})

/** A way that asks for as much changes nothing, wherever it leads. That tenants were not read does. */
const noteDoubt = (way: Way, { differences, gaps }: Comparison, found: Found): void => {
  found.reasons.push(...gapReasons([...way.doubts, ...gaps]))
  const [first] = differences
  if (first && way.doubts.length === 0)
    found.reasons.push(
      notModelled(`${way.kind} ${way.name} may lead to the same targets, and ${first.text}.`),
    )
}

/** Distributions of accounts that were not read, through a VPC origin that is shared with them. */
const addForeign = (link: Link, topology: Topology, found: Found): void => {
  const { target, origin } = link
  if (origin.vpcOriginId === null || target.kind !== 'load-balancer' || target.vpcOrigin === null) return
  const { users, ref } = target.vpcOrigin
  if (!users.known) found.reasons.push(...gapReasons(users.gaps))
  const read = new Set(topology.distributions.map(d => d.id))
  for (const { distributionId, account } of users.known ? users.value : [])
    if (!read.has(distributionId))
      found.sisters.push({
        kind: 'other-account',
        arn: `${ref.arn.split(':').slice(0, 4).join(':')}:${account}:distribution/${distributionId}`,
        name: distributionId,
        line: ref.line,
        domains: [],
        differences: [
          {
            control: 'everything',
            weaker: 'unknown',
            text: `belongs to account ${account}, whose edge controls were not read`,
          },
        ],
      })
}
