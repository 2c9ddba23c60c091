/** Is the secret that the origin is sent known to this backend only? */
import type { Link } from '#topology/model.ts'
import { sealedName } from '#topology/sealed.ts'
import { type Answer, cite, type Evidence, every, no, unseen, yes } from './asking/answer.ts'
import type { Facts } from './asking/facts.ts'
import { predicate } from './asking/predicate.ts'
import { backendsOf, unfollowed } from './reading/backends.ts'
import { environmentOf } from './reading/environment.ts'
import { type Sent, secretsSent } from './reading/tokens.ts'

/** As many as a reader needs to see; the rest is the same problem. */
const shown = 5

/** The first few that match: with thousands of links, looking at all for each would be looking at millions. */
const firstFew = <T>(values: Iterable<T>, matches: (value: T) => boolean): readonly T[] => {
  const found: T[] = []
  for (const value of values) {
    if (matches(value)) found.push(value)
    if (found.length === shown) break
  }
  return found
}

const stageOf = ({ distribution, origin }: Link): string | null =>
  environmentOf([origin.domainName, ...distribution.aliases])

/** What makes it worse: another account, another stage. Only what differs is said. */
const apart = (link: Link, other: Link): string => {
  const [account, stage] = [other.distribution.ref.account, stageOf(other)]
  return [
    account === link.distribution.ref.account ? '' : ` of account ${account}`,
    stage === null || stage === stageOf(link) ? '' : `, which is of ${stage} by its name`,
  ].join('')
}

const sentElsewhere = (sent: Sent, link: Link, own: ReadonlySet<string>, facts: Facts): readonly Evidence[] =>
  firstFew(facts.tokens().senders.get(sent.value.folded)?.byBackend ?? [], ([id]) => !own.has(id)).map(
    ([, other]) =>
      cite(
        other.distribution.ref,
        `the same value (${sealedName(sent.value)}) is sent to ${other.origin.domainName} by distribution ${other.distribution.id}${apart(link, other)}`,
      ),
  )

const acceptedElsewhere = (sent: Sent, own: ReadonlySet<string>, facts: Facts): readonly Evidence[] =>
  firstFew(facts.tokens().acceptors.get(sent.value.folded) ?? [], ({ at }) => !own.has(at.ref.arn)).map(
    ({ at, gate }) =>
      cite(
        gate.place,
        `${gate.placeName} of ${at.ref.name} accepts the same value (${sealedName(sent.value)})`,
      ),
  )

const unresolvedElsewhere = (sent: Sent, link: Link, facts: Facts): Answer => {
  const { tokens } = facts
  const unread = [...tokens().unreadSenders, ...tokens().unreadGates].slice(0, shown)
  const unresolved = tokens().senders.get(sent.value.folded)?.unresolved ?? []
  const others = firstFew(unresolved, other => other.id !== link.id)
  const gaps = [...unread, ...others.flatMap(o => (o.target.kind === 'unknown' ? o.target.gaps : []))]
  const uncertain = others.map(o =>
    cite(
      o.distribution.ref,
      `the same value is sent to ${o.origin.domainName}, which may be another backend`,
    ),
  )
  return gaps.length + uncertain.length > 0
    ? unseen(gaps, ...uncertain)
    : yes(cite(link.distribution.ref, `${sealedName(sent.value)} is used for one backend`))
}

const uniqueValue = (sent: Sent, link: Link, facts: Facts): Answer => {
  const own = backendsOf(link)
  const backends = new Set(own.known ? own.value : [])
  const others = [...sentElsewhere(sent, link, backends, facts), ...acceptedElsewhere(sent, backends, facts)]
  if (others.length === 0) return unresolvedElsewhere(sent, link, facts)
  if (!own.known || unfollowed(link).length > 0) return unseen(unfollowed(link), ...others)
  return no(
    cite(
      link.distribution.ref,
      `origin ${link.origin.id} is sent ${sealedName(sent.value)} in ${sent.header}`,
    ),
    ...others,
  )
}

export const sentValueUnique = predicate<'link'>({
  question: 'Is the secret that the origin is sent known to this backend only?',
  subjects: ['link'],
  ask: ({ link }, _options, facts) => {
    const { secrets, perhaps, gaps } = secretsSent(link, facts)
    const answers = secrets.map(sent => uniqueValue(sent, link, facts))
    return every(perhaps.length > 0 ? [...answers, unseen(gaps)] : answers)
  },
})
