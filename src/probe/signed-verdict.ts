/** What the exchanges say together of the paths that need a signature: served without one, refused, or neither. */
import type { LinkExposure } from '#prove/exposure.ts'
import { takerOf } from '#topology/path-reading.ts'
import type { Doubt } from './control.ts'
import { pathAt } from './draft.ts'
import { behaviorFor, originPath } from './edge-path.ts'
import type { Entry } from './entry.ts'
import type { Exchange, ProbeVerdict, SignatureVerdict, Spelling } from './exchange.ts'
import { type EdgeAnswer, edgeAnswer } from './signed-answer.ts'
import { spellingAnswer, twinAsked } from './spellings.ts'
import { type BlockedRead, limits, notAsked, summary } from './turned-away.ts'
import type { Read } from './verdict.ts'

export interface SignedReads {
  readonly exposure: LinkExposure
  readonly entry: Entry
  /** All exchanges of the link. */
  readonly exchanges: readonly Exchange[]
  /** Those in the role `S-direct`, and what each means. */
  readonly direct: readonly Read[]
  /** The verdict about the origin itself. */
  readonly origin: Pick<ProbeVerdict, 'verdict'>
}

/** A made-up path of a pattern holds nothing that readings differ on. */
const documented = { encoding: 'rfc-3986', slashFirst: true } as const

type Concluded = Omit<SignatureVerdict, 'spellings'>

const conclude = (
  verdict: SignatureVerdict['verdict'],
  { code, reason }: Doubt,
  exchanges: readonly Exchange[],
): Concluded => ({ verdict, code, reason, exchanges: exchanges.map(e => e.id) })

const isSuccess = ({ outcome }: Exchange): boolean =>
  outcome.kind === 'response' && outcome.response.status >= 200 && outcome.response.status <= 299

const served = (answers: readonly EdgeAnswer[]): Concluded | null => {
  const exchanges = answers.flatMap(a => (a.kind === 'served' ? [a.exchange] : []))
  const [first] = exchanges
  if (first === undefined) return null
  const reason = `The edge serves ${first.request.path} to whoever has no signature, although its behaviour asks for one as it was read: the snapshot is stale, or the change is still under way.`
  return conclude('confirmed', { code: 'served-unsigned', reason }, exchanges)
}

/**
 * A bucket that was asked without a signature for what needs one as the same edge says: that there is no such object, or
 * that S3 does not say whether there is, changes nothing for those that are there.
 */
const servedOtherwise = (
  { exposure, exchanges }: SignedReads,
  answers: readonly EdgeAnswer[],
): Concluded | null => {
  const { behaviors } = exposure.link.distribution
  const guards = new Set(
    answers
      .filter(a => a.kind === 'refused' && a.exchange.request.role === 'S-edge')
      .map(a => takerOf(behaviors, a.exchange.request.path, documented)?.pathPattern),
  )
  for (const exchange of exchanges.filter(e => e.request.role === 'S-twin')) {
    const twin = twinAsked(exposure, exchange.request.path)
    if (twin === null || !guards.has(twin.signed.pathPattern)) continue
    if (spellingAnswer(exposure, exchange) !== 'passed') continue
    const status = exchange.outcome.kind === 'response' ? exchange.outcome.response : null
    const said = status?.error ?? String(status?.status)
    const reason = `GET ${exchange.request.path} without a signature is answered by S3 itself (${said}): the edge passes on a spelling of what behaviour ${twin.signed.pathPattern} asks a signature for, and S3 takes both for one object.`
    return conclude('confirmed', { code: 'spelled-around', reason }, [exchange])
  }
  return null
}

/** A success alone may be a page for any path, but not at an origin that is seen to show its own pages directly. */
const servedDirectly = ({ direct, origin }: SignedReads): Concluded | null => {
  const found = direct.filter(r => r.meaning.kind !== 'blocked' && isSuccess(r.exchange)).map(r => r.exchange)
  const [first] = found
  if (origin.verdict !== 'confirmed' || first === undefined) return null
  const reason = `The origin shows its pages to whoever asks it directly, and answers ${first.request.path} as well: the signature that the edge asks for is gone around.`
  return conclude('confirmed', { code: 'served-directly', reason }, found)
}

/** What was not asked: a pattern, or a door for one of the paths. */
const unasked = ({ exposure: { link }, entry, exchanges, direct }: SignedReads): Doubt | null => {
  const paths = exchanges.filter(e => e.request.role === 'S-edge').map(e => e.request.path)
  const missed = link.behaviors.find(
    b => b.signed && !paths.some(path => behaviorFor(link.distribution, path)?.pathPattern === b.pathPattern),
  )
  if (missed !== undefined)
    return {
      code: 'pattern-not-asked',
      reason: `No path of the pattern ${missed.pathPattern} was asked for.`,
    }
  for (const path of paths) {
    const wanted = new Set(entry.doors.map(door => pathAt(door, originPath(link, path))))
    const doubt = notAsked(
      entry,
      direct.map(r => r.exchange).filter(e => wanted.has(e.request.path)),
    )
    if (doubt !== null) return doubt
  }
  return null
}

/** Why refusals at the origin say too little, although every door refused. */
const doubtRefusals = ({ exposure: { internet }, entry, origin }: SignedReads): Doubt | null => {
  if (origin.verdict === 'confirmed' || internet.verdict === 'open')
    return {
      code: 'origin-open',
      reason: `The edge asks for a signature, but the origin ${origin.verdict === 'confirmed' ? 'is seen' : 'is proven'} to answer without it for another path.`,
    }
  const proven = internet.verdict === 'closed' || internet.verdict === 'authenticated'
  return entry.kind === 'bucket' && !proven
    ? {
        code: 'no-object',
        reason:
          'The edge asks for a signature, but S3 refuses what is not there as it refuses what may not be read, and no object is known.',
      }
    : null
}

const spellings = ({ exposure, exchanges }: SignedReads): readonly Spelling[] =>
  exchanges.flatMap(exchange => {
    const answer = exchange.request.role === 'S-twin' ? spellingAnswer(exposure, exchange) : null
    return answer === null ? [] : [{ path: exchange.request.path, answer, exchange: exchange.id }]
  })

/** Null where no behaviour of the link asks for a signature, or nothing was asked. */
export const signatureVerdict = (reads: SignedReads): SignatureVerdict | null =>
  reads.exposure.link.behaviors.some(b => b.signed)
    ? { ...concluded(reads), spellings: spellings(reads) }
    : null

const concluded = (reads: SignedReads): Concluded => {
  const { exposure, exchanges, direct } = reads
  const asked = exchanges.filter(({ request: { role } }) => role === 'S-edge' || role === 'S-twin')
  const about = [...asked, ...direct.map(r => r.exchange)]
  const answers = asked.map(exchange => edgeAnswer(exposure.link, exchange))
  const found = served(answers) ?? servedOtherwise(reads, answers) ?? servedDirectly(reads)
  if (found !== null) return found
  for (const answer of answers)
    if (answer.kind === 'open-question') return conclude('inconclusive', answer.doubt, [answer.exchange])
  for (const { exchange, meaning } of direct)
    if (meaning.kind !== 'blocked')
      return conclude('inconclusive', doubtDirect({ exchange, meaning }), [exchange])
  const doubt = unasked(reads) ?? doubtRefusals(reads)
  if (doubt !== null) return conclude('inconclusive', doubt, about)
  const away = direct.flatMap(r => (r.meaning.kind === 'blocked' ? [{ ...r, meaning: r.meaning }] : []))
  return conclude(
    'blocked',
    { code: 'signature-required', reason: `${refused(answers, away)}${limits(exposure)}` },
    about,
  )
}

const doubtDirect = ({ exchange: { request }, meaning }: Read): Doubt => ({
  code: meaning.kind === 'open-question' ? meaning.code : 'answered',
  reason:
    meaning.kind === 'open-question'
      ? `The edge asks for a signature; whether the origin does for ${request.path} is open. ${meaning.text}`
      : `The origin answers ${request.path} to whoever asks it directly.`,
})

/** `the only request`, `all 3 requests`. */
const all = (many: number, noun: string): string => (many === 1 ? `the only ${noun}` : `all ${many} ${noun}s`)

const refused = (answers: readonly EdgeAnswer[], away: readonly BlockedRead[]): string => {
  const twins = answers.filter(a => a.exchange.request.role === 'S-twin').length
  const spelled = twins === 0 ? '' : ` (${twins} of them spelled otherwise, which is no other path to it)`
  return `Without a signature, CloudFront misses a key for ${all(answers.length, 'request')}${spelled}, and the origin turns away ${all(away.length, 'direct one')}: ${summary(away)}.`
}
