/** Whether strangers may read objects of a bucket: its policy, its access control lists, and what overrides them. */
import { publicSpace } from '#base/ip-set.ts'
import type { Bucket } from '#topology/model.ts'
import type { Reason, Vantage } from '../exposure.ts'
import { parsePolicy } from '../policy/parse.ts'
import type { Policy } from '../policy/policy.ts'
import type { Question } from '../policy/request-keys.ts'
import { asStrangersMeet } from '../policy/strangers-view.ts'
import type { Admission } from '../policy/who-may.ts'
import { gapReasons, notModelled } from '../uncertainty.ts'
import { type Ask, choiceIn, type Opening, strangersAt, unknown } from './opening.ts'
import { blocked, isSurelyPublic, levelsOf, withoutEveryone } from './public-access.ts'

/** What the policy says of the question; every public address is tried unless the question has addresses. */
export const policyOpening = (bucket: Bucket, vantage: Vantage, question: Question): Opening => {
  if (!bucket.policy.known) return unknown(...gapReasons(bucket.policy.gaps))
  const lines = [bucket.ref.line, ...(bucket.policy.value ? [bucket.policy.value.ref.line] : [])]
  if (bucket.policy.value === null)
    return { kind: 'closed', text: `The bucket ${bucket.name} has no policy.`, lines }
  const { document } = bucket.policy.value
  const { policy, problem } = parsePolicy(asStrangersMeet(document))
  if (policy === null) return unknown(notModelled(problem))
  const reasons: Reason[] = []
  const restricted: number[] = []
  for (const ask of strangersAt(vantage)) {
    const answer = answered(bucket, policy, question, ask)
    if (answer.kind === 'open') return answer
    if (answer.kind === 'unknown') reasons.push(...answer.reasons)
    else restricted.push(...answer.lines)
  }
  if (reasons.length > 0) return unknown(...reasons)
  return {
    kind: 'closed',
    text:
      restricted.length > 0
        ? `Block Public Access keeps strangers from what the policy of the bucket ${bucket.name} lets them do.`
        : `No statement of its policy lets a stranger read objects of the bucket ${bucket.name}.`,
    lines: [...lines, ...restricted],
  }
}

const answered = (bucket: Bucket, policy: Policy, question: Question, ask: Ask): Opening => {
  const addresses = question.addresses ?? [...publicSpace(4), ...publicSpace(6)]
  const overInternet = ask.may(policy, { ...question, addresses })
  const answer =
    overInternet.outcome === 'deny' && !question.addresses && !ask.service
      ? elsewhere(ask.may(policy, question))
      : overInternet
  if (answer.outcome === 'deny') return { kind: 'closed', text: '', lines: [] }
  const block = blocked(levelsOf(bucket), 'restrictPublicBuckets')
  if (!ask.service) {
    if (block.by && isSurelyPublic(policy)) return { kind: 'closed', text: '', lines: [block.by.ref.line] }
    if (block.by)
      return unknown(
        notModelled(
          `Block Public Access restricts public policies; whether AWS counts that of ${bucket.name} as one is not certain.`,
        ),
      )
    if (block.reasons.length > 0) return unknown(...block.reasons)
  }
  if (answer.outcome === 'unknown') return unknown(...answer.reasons.map(notModelled))
  if (ask.service && (block.by || block.reasons.length > 0)) {
    const named = ask.may(withoutEveryone(policy), { ...question, addresses })
    if (named.outcome !== 'allow')
      return unknown(
        ...(block.by ? [] : block.reasons),
        notModelled(
          `AWS does not say whether Block Public Access lets services in by the statement of ${bucket.name} that is for everyone.`,
        ),
      )
  }
  return { kind: 'open', who: answer.who, anonymous: ask.anonymous, choice: choiceIn(answer.witness) }
}

/** What only a VPC endpoint gets is no request that a witness could show. */
const elsewhere = (answer: Admission): Admission =>
  answer.outcome === 'allow'
    ? { who: answer.who, outcome: 'unknown', reasons: [`The policy lets ${answer.who} read objects.`] }
    : answer

/** What the access control lists say: that of the bucket is known, those of its objects are not. */
export const aclOpening = (bucket: Bucket, vantage: Vantage): Opening => {
  const { ownership, grants, ref, name } = bucket
  if (ownership.known && ownership.value === 'BucketOwnerEnforced') {
    const text = `No access control list counts in the bucket ${name}.`
    return { kind: 'closed', text, lines: [ref.line] }
  }
  const block = blocked(levelsOf(bucket), 'ignorePublicAcls')
  if (block.by) {
    const text = `Block Public Access ignores public access control lists of the bucket ${name}.`
    return { kind: 'closed', text, lines: [ref.line, block.by.ref.line] }
  }
  const unread = [...block.reasons, ...(ownership.known ? [] : gapReasons(ownership.gaps))]
  if (unread.length > 0) return unknown(...unread)
  if (!grants.known) return unknown(...gapReasons(grants.gaps))
  const reached = grants.value.filter(
    g => g.to === 'everyone' || (g.to === 'any-account' && vantage === 'tenant'),
  )
  const listing = reached.find(g => g.permission === 'READ' || g.permission === 'FULL_CONTROL')
  if (listing) {
    const anonymous = listing.to === 'everyone'
    const who = anonymous ? 'anyone without credentials' : 'any AWS account'
    return { kind: 'open', who, anonymous, choice: {} }
  }
  return unknown(
    notModelled(
      `Objects of ${name} may have public access control lists of their own: they are not read. With the ownership setting BucketOwnerEnforced none of them counts.`,
    ),
  )
}
