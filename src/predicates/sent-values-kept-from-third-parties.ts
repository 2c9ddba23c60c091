/** Is no secret that the account uses itself sent to a host of somebody else? */
import type { Link, Target } from '#topology/model.ts'
import { sealedName } from '#topology/sealed.ts'
import { type Answer, cite, type Evidence, every, no, unseen, yes } from './asking/answer.ts'
import type { Facts } from './asking/facts.ts'
import { predicate } from './asking/predicate.ts'
import type { GateValue } from './reading/gate-value.ts'
import { meets, type Sent, sealedHeaders, settingBits } from './reading/tokens.ts'

/** Whose the target is; what leads nowhere is of whoever takes the name. */
const ownership = (target: Target): 'own' | 'third-party' | 'unknown' => {
  switch (target.kind) {
    case 'load-balancer':
    case 'instance':
    case 'function-url':
      return 'own'
    case 'bucket':
      return target.bucket === null ? 'third-party' : 'own'
    case 'external':
    case 'dangling':
      return 'third-party'
    default:
      return 'unknown'
  }
}

/** As many as a reader needs to see. */
const shown = 5

/** A third party that learns the value may send it in any header; a pattern is met in its own only. */
const gatesOpened = (sent: Sent, facts: Facts): readonly GateValue[] => {
  const exact = (facts.tokens().acceptors.get(sent.value.folded) ?? []).map(({ gate }) => gate)
  if (sent.value.meets.length === 0) return exact
  const others = facts.topology.loadBalancers
    .flatMap(lb => facts.gatesOf(lb).values)
    .filter(gate => meets(sent, gate) === true)
  return [...new Set([...exact, ...others])]
}

/** A value that no gate compares and that is not random is a setting, which several origins may well share. */
const ownOrigins = (sent: Sent, facts: Facts): readonly Link[] =>
  sent.value.bits < settingBits
    ? []
    : [...(facts.tokens().senders.get(sent.value.folded)?.byBackend.values() ?? [])].filter(
        link => ownership(link.target) === 'own',
      )

const uses = (sent: Sent, facts: Facts): readonly Evidence[] => {
  const name = sealedName(sent.value)
  return [
    ...gatesOpened(sent, facts).map(gate => cite(gate.place, `${name} opens ${gate.placeName}`)),
    ...ownOrigins(sent, facts).map(({ distribution, origin }) =>
      cite(
        distribution.ref,
        `${name} is what distribution ${distribution.id} sends to ${origin.domainName} of the account`,
      ),
    ),
  ].slice(0, shown)
}

const unread = (sent: Sent, link: Link, facts: Facts): Answer => {
  const { unreadSenders, unreadGates, senders } = facts.tokens()
  const others = (senders.get(sent.value.folded)?.unresolved ?? []).filter(other => other.id !== link.id)
  const gaps = [...unreadSenders, ...unreadGates].slice(0, shown)
  const uncertain = [
    ...(sent.value.mayMeet.length > 0
      ? [cite(link.distribution.ref, `${sealedName(sent.value)} may open a gate of the account`)]
      : []),
    ...others
      .slice(0, shown)
      .map(o =>
        cite(o.distribution.ref, `the same value is sent to ${o.origin.domainName}, whose is not known`),
      ),
  ]
  return gaps.length + uncertain.length > 0
    ? unseen(gaps, ...uncertain)
    : yes(cite(link.distribution.ref, `nothing of the account uses ${sealedName(sent.value)} besides`))
}

const keptFrom = (sent: Sent, link: Link, facts: Facts): Answer => {
  const found = uses(sent, facts)
  if (found.length === 0) return unread(sent, link, facts)
  const { origin, distribution, target } = link
  const own = (whose: string): Evidence =>
    cite(
      distribution.ref,
      `${origin.domainName}, ${whose}, is sent ${sealedName(sent.value)} in ${sent.header}`,
    )
  if (ownership(target) === 'third-party') return no(own('which is of nobody in the account'), ...found)
  const gaps = target.kind === 'unknown' ? target.gaps : []
  return unseen(gaps, own('of which is not known whose it is'), ...found)
}

export const sentValuesKeptFromThirdParties = predicate<'link'>({
  question: 'Is no secret that the account uses itself sent to a host of somebody else?',
  subjects: ['link'],
  ask: ({ link }, _options, facts) =>
    ownership(link.target) === 'own'
      ? yes(cite(link.distribution.ref, `${link.origin.domainName} is of the account`))
      : every(sealedHeaders(link).map(sent => keptFrom(sent, link, facts))),
})
