/**
 * Whether strangers may read objects through access points. The bucket's policy must let them, whatever the access point
 * says, and the access point's own policy too. Source: S3 User Guide, "Configuring IAM policies for using access points".
 */
import { publicSpace } from '#base/ip-set.ts'
import type { AccessPoint, Bucket, Ref } from '#topology/model.ts'
import type { Reason, Vantage } from '../exposure.ts'
import { is, type Knowledge } from '../policy/context.ts'
import { parsePolicy } from '../policy/parse.ts'
import type { Policy } from '../policy/policy.ts'
import type { Question } from '../policy/request-keys.ts'
import { strangerTo } from '../policy/requesters.ts'
import { asStrangersMeet } from '../policy/strangers-view.ts'
import { gapReasons, notModelled, uncertain } from '../uncertainty.ts'
import { type Ask, choiceIn, type Opening, strangersAt, unknown } from './opening.ts'
import { pointOpening, throughContext } from './point.ts'
import { blocked, isSurelyPublic, levelsOf, withoutEveryone } from './public-access.ts'

/** Who is asked: an access point of the bucket's account, or one that a stranger made. */
export interface Through {
  readonly name: string
  readonly account: string
  readonly arn: string
  /** Null where it is not of the bucket's account. */
  readonly point: AccessPoint | null
}

interface PointWay {
  /** ARN of the access point; that of the bucket where it stands for those that nobody listed. */
  readonly entryPoint: string
  readonly opening: Opening
  readonly through: Through | null
}

const either: Knowledge = { kind: 'one-of', choices: [['Internet'], ['VPC']] }

/** The question as it comes through some access point of the account, in the region or of many. */
const throughSome = (question: Question, account: string, region: string | null): Question => {
  const start = `arn:aws:s3:${region ?? ''}:${account}:accesspoint/`
  const end = region === null ? '.mrap' : ''
  const arn: Knowledge = {
    ...{ kind: 'text', shape: `${start}*${end}`, example: `${start}own${end}` },
    optional: false,
  }
  return { ...question, context: { ...question.context, ...throughContext(arn, account, either) } }
}

/** Whether the bucket's side lets none of the strangers through such access points. */
const keepsOut = (
  bucket: Bucket,
  policy: Policy,
  asks: readonly Ask[],
  ...questions: readonly Question[]
): boolean => {
  const restricted = blocked(levelsOf(bucket), 'restrictPublicBuckets').by !== null && isSurelyPublic(policy)
  return questions.every(question =>
    asks.every(ask => (restricted && !ask.service) || ask.may(policy, question).outcome === 'deny'),
  )
}

/** Of whichever kind they are. */
const keepsOutAll = (
  bucket: Bucket,
  policy: Policy,
  asks: readonly Ask[],
  question: Question,
  account: string,
): boolean =>
  keepsOut(
    bucket,
    policy,
    asks,
    throughSome(question, account, bucket.ref.region),
    throughSome(question, account, null),
  )

const linesOf = ({ ref, policy }: Bucket): readonly number[] => [
  ref.line,
  ...(policy.known && policy.value ? [policy.value.ref.line] : []),
]

/** Every way through an access point. Where the bucket's policy cannot be read, the bucket's own door says so. */
export const pointWays = (bucket: Bucket, vantage: Vantage, question: Question): readonly PointWay[] => {
  if (!bucket.policy.known) return []
  const document = bucket.policy.value?.document ?? { Statement: [] }
  const { policy } = parsePolicy(asStrangersMeet(document))
  if (policy === null) return []
  const asks = strangersAt(vantage)
  return [
    ...ownWays(bucket, policy, vantage, asks, question),
    ...multiRegionWays(bucket, policy, asks, question),
    ...foreignWays(bucket, policy, document, asks, question),
    ...strangersWays(bucket, policy, asks, question),
  ]
}

const ownWays = (
  bucket: Bucket,
  policy: Policy,
  vantage: Vantage,
  asks: readonly Ask[],
  question: Question,
): readonly PointWay[] => {
  const { ref, accessPoints, name } = bucket
  const closed = keepsOut(bucket, policy, asks, throughSome(question, ref.account, ref.region))
  if (!accessPoints.known) return closed ? [] : [nobodyKnows(ref, gapReasons(accessPoints.gaps))]
  return accessPoints.value.map(point => ({
    entryPoint: point.ref.arn,
    through: { name: point.name, account: point.ref.account, arn: point.ref.arn, point },
    opening: closed
      ? {
          kind: 'closed',
          text: `No statement of the policy of the bucket ${name} lets a stranger in through the access point ${point.name}.`,
          lines: [...linesOf(bucket), point.ref.line],
        }
      : pointOpening(bucket, policy, point, vantage, question),
  }))
}

const nobodyKnows = ({ arn }: Ref, reasons: readonly Reason[]): PointWay => ({
  entryPoint: arn,
  opening: unknown(...reasons),
  through: null,
})

const multiRegionWays = (
  bucket: Bucket,
  policy: Policy,
  asks: readonly Ask[],
  question: Question,
): readonly PointWay[] => {
  const { ref, multiRegion, name } = bucket
  if (keepsOut(bucket, policy, asks, throughSome(question, ref.account, null))) return []
  if (!multiRegion.known) return [nobodyKnows(ref, gapReasons(multiRegion.gaps))]
  return multiRegion.value.map(one =>
    nobodyKnows(ref, [
      notModelled(
        `The policy of ${name} lets strangers in whom the Multi-Region Access Point ${one.name} lets in: what that says is not read.`,
      ),
    ]),
  )
}

/** Access points of accounts that the policy names: only these accounts can list them. */
const foreignWays = (
  bucket: Bucket,
  policy: Policy,
  document: unknown,
  asks: readonly Ask[],
  question: Question,
): readonly PointWay[] => {
  const { ref, name } = bucket
  const named = new Set(JSON.stringify(document).match(/(?<!\d)\d{12}(?!\d)/g))
  return [...named]
    .filter(account => account !== ref.account)
    .filter(account => !keepsOutAll(bucket, policy, asks, question, account))
    .map(account =>
      nobodyKnows(ref, [
        notModelled(
          `The policy of ${name} lets strangers in whom access points of account ${account} let in, and only that account can list these.`,
        ),
      ]),
    )
}

/** Anybody may make an access point to any bucket, and let everyone in there; the bucket's policy alone decides. */
const strangersWays = (
  bucket: Bucket,
  policy: Policy,
  asks: readonly Ask[],
  question: Question,
): readonly PointWay[] => {
  const account = strangerTo(policy)
  if (keepsOutAll(bucket, policy, asks, question, account)) return []
  const { region, arn: entryPoint } = bucket.ref
  const arn = `arn:aws:s3:${region}:${account}:accesspoint/own`
  const through = { name: 'own', account, arn, point: null }
  const openings = asks.map(ask => strangerOpening(bucket, policy, ask, question, through))
  const opening =
    openings.find(o => o.kind === 'open') ??
    unknown(...openings.flatMap(o => (o.kind === 'unknown' ? o.reasons : [])))
  return [{ entryPoint, opening, through }]
}

/** Through one that a stranger made; which stranger does not matter to a policy that names none. */
const strangerOpening = (
  bucket: Bucket,
  policy: Policy,
  ask: Ask,
  question: Question,
  { arn, account }: Through,
): Opening => {
  const context = { ...question.context, ...throughContext(is(arn), account, is('Internet')) }
  const addresses = question.addresses ?? [...publicSpace(4), ...publicSpace(6)]
  const asked = { ...question, context, addresses }
  const answer = ask.may(policy, asked)
  const doubt = unknown(
    notModelled(`Whether the policy of ${bucket.name} lets others' access points in is not certain.`),
  )
  if (answer.outcome !== 'allow') return doubt
  const block = blocked(levelsOf(bucket), 'restrictPublicBuckets')
  const restricted = block.by !== null || block.reasons.length > 0
  if (restricted && !(ask.service && ask.may(withoutEveryone(policy), asked).outcome === 'allow'))
    return doubt
  if (ask.anonymous) return unknown(uncertain('U-26'))
  return { kind: 'open', who: answer.who, anonymous: false, choice: choiceIn(answer.witness) }
}
