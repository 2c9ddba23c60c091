/** What one access point of the bucket's account says to strangers, together with the bucket. */
import { publicSpace } from '#base/ip-set.ts'
import type { AccessPoint, Bucket } from '#topology/model.ts'
import type { Reason, Vantage } from '../exposure.ts'
import { type Context, is, type Knowledge } from '../policy/context.ts'
import { parsePolicy } from '../policy/parse.ts'
import type { Policy } from '../policy/policy.ts'
import type { Question } from '../policy/request-keys.ts'
import { strangerTo } from '../policy/requesters.ts'
import { asStrangersMeet } from '../policy/strangers-view.ts'
import { gapReasons, notModelled, uncertain } from '../uncertainty.ts'
import { type Ask, choiceIn, type Opening, strangersAt, unknown } from './opening.ts'
import { blocked, isSurelyPublic, levelsOf, withoutEveryone } from './public-access.ts'

/** What AWS adds to a request that comes through an access point; they speak HTTPS alone. */
export const throughContext = (arn: Knowledge, account: string, origin: Knowledge): Context => ({
  's3:dataaccesspointarn': arn,
  's3:dataaccesspointaccount': is(account),
  's3:accesspointnetworkorigin': origin,
  'aws:securetransport': is('true'),
})

/** A policy, and the question as it is put to it: the object has one name at the bucket and another here. */
interface Side {
  readonly policy: Policy
  readonly question: Question
  /** What the names of objects begin with. */
  readonly objects: string
}

interface Sides {
  readonly bucket: Side
  readonly point: Side
}

const rooted = (resource: Knowledge, from: string, to: string): Knowledge => {
  const put = (text: string): string => (text.startsWith(from) ? to + text.slice(from.length) : text)
  if (resource.kind === 'is') return is(...resource.values.map(put))
  return resource.kind === 'text'
    ? { ...resource, shape: put(resource.shape), example: put(resource.example) }
    : resource
}

/** `policy`: that of the bucket as strangers meet it. */
export const pointOpening = (
  bucket: Bucket,
  policy: Policy,
  point: AccessPoint,
  vantage: Vantage,
  question: Question,
): Opening => {
  const { ref, name, networkOrigin } = point
  const lines = [bucket.ref.line, ref.line]
  if (networkOrigin === 'VPC')
    return { kind: 'closed', text: `The access point ${name} answers one network alone.`, lines }
  if (networkOrigin !== 'Internet')
    return unknown(notModelled(`Whom the access point ${name} answers at all is not known.`))
  if (!point.policy.known) return unknown(...gapReasons(point.policy.gaps))
  if (point.policy.value === null)
    return { kind: 'closed', text: `The access point ${name} has no policy.`, lines }
  const { policy: own, problem } = parsePolicy(asStrangersMeet(point.policy.value.document))
  if (own === null) return unknown(notModelled(problem))
  if (strangerTo(own) !== strangerTo(policy))
    return unknown(notModelled(`The policies of ${bucket.name} and ${name} name the accounts of examples.`))
  const context = { ...question.context, ...throughContext(is(ref.arn), ref.account, is('Internet')) }
  const [here, there] = [`${bucket.ref.arn}/`, `${ref.arn}/object/`]
  const asked = { ...question, context }
  const sides: Sides = {
    bucket: { policy, question: asked, objects: here },
    point: {
      policy: own,
      question: { ...asked, resource: rooted(asked.resource, here, there) },
      objects: there,
    },
  }
  const closing = [...lines, point.policy.value.ref.line]
  const reasons: Reason[] = []
  for (const ask of strangersAt(vantage)) {
    const opening = letsIn(bucket, point, ask, sides)
    if (opening.kind === 'open') return opening
    if (opening.kind === 'unknown') reasons.push(...opening.reasons)
    else closing.push(...opening.lines)
  }
  if (reasons.length > 0) return unknown(...reasons)
  return {
    kind: 'closed',
    text: `The policies of the bucket ${bucket.name} and of the access point ${name} together let no stranger in.`,
    lines: closing,
  }
}

const shut: Opening = { kind: 'closed', text: '', lines: [] }

const letsIn = (bucket: Bucket, point: AccessPoint, ask: Ask, sides: Sides): Opening => {
  const { addresses = [...publicSpace(4), ...publicSpace(6)] } = sides.bucket.question
  const anywhere = [sides.bucket, sides.point]
  if (anywhere.some(({ policy, question }) => ask.may(policy, question).outcome === 'deny')) return shut
  const [first, second] = anywhere.map(side => ({ ...side, question: { ...side.question, addresses } }))
  if (first === undefined || second === undefined) return shut
  const restriction = restricted(bucket, point, ask, sides)
  if (restriction !== null) return restriction
  const answers = [first, second].map(({ policy, question }) => ask.may(policy, question))
  const doubts = answers.flatMap(a => (a.outcome === 'unknown' ? a.reasons : []))
  if (doubts.length > 0) return unknown(...doubts.map(notModelled))
  const found = together(ask, first, second) ?? together(ask, second, first)
  if (found === null)
    return unknown(
      notModelled(
        `The policies of ${bucket.name} and of the access point ${point.name} let strangers in, and no request was found that both let in.`,
      ),
    )
  if (ask.anonymous) return unknown(uncertain('U-26'))
  const choice = choiceIn(found.choice)
  const objects = choice.resource?.map(name => name.replace(sides.point.objects, sides.bucket.objects))
  return {
    kind: 'open',
    who: found.who,
    anonymous: false,
    choice: { ...choice, ...(objects && { resource: objects }) },
  }
}

/** A request that the first lets in, as the second sees it: what both ask for, or null. */
const together = (ask: Ask, first: Side, second: Side) => {
  const one = ask.may(first.policy, first.question)
  if (one.outcome !== 'allow') return null
  const other = ask.may(second.policy, pinned(second, first, choiceIn(one.witness)))
  if (other.outcome !== 'allow') return null
  return { who: other.who, choice: { ...one.witness, ...other.witness } }
}

/** The question of one side, with everything that the other asked for. */
const pinned = (
  { question, objects }: Side,
  other: Side,
  choice: Readonly<Record<string, readonly string[]>>,
): Question => {
  const { resource, 'aws:sourceip': sources = [], ...rest } = choice
  const context = Object.fromEntries(Object.entries(rest).map(([key, values]) => [key, is(...values)]))
  return {
    ...question,
    context: { ...question.context, ...context },
    ...(resource && { resource: rooted(is(...resource), other.objects, objects) }),
    ...(sources.length > 0 && { addresses: sources.map(s => `${s}/${s.includes(':') ? 128 : 32}`) }),
  }
}

/** What Block Public Access of the access point, bucket or account changes; null where the policies decide. */
const restricted = (bucket: Bucket, point: AccessPoint, ask: Ask, sides: Sides): Opening | null => {
  const block = blocked([point.publicAccess, ...levelsOf(bucket)], 'restrictPublicBuckets')
  if (!block.by && block.reasons.length === 0) return null
  if (ask.service) {
    const { policy, question } = sides.point
    if (ask.may(withoutEveryone(policy), question).outcome === 'allow') return null
    return unknown(
      ...(block.by ? [] : block.reasons),
      notModelled(
        `AWS does not say whether Block Public Access lets services in by the statement of ${point.name} that is for everyone.`,
      ),
    )
  }
  if (!block.by) return unknown(...block.reasons)
  const closed: Opening = { kind: 'closed', text: '', lines: [block.by.ref.line] }
  const ofBucket = blocked(levelsOf(bucket), 'restrictPublicBuckets').by
  if (ofBucket !== null && isSurelyPublic(sides.bucket.policy)) return closed
  if (!point.isPublic.known) return unknown(...gapReasons(point.isPublic.gaps))
  if (point.isPublic.value) return closed
  return unknown(
    notModelled(
      `Block Public Access restricts public policies, and AWS does not count that of the access point ${point.name} as one.`,
    ),
  )
}
