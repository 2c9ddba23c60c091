/** Is every link concerned proven closed, by whatever means, to the internet and to other CloudFront customers? */
import type { Link } from '#topology/model.ts'
import { type Answer, cite, every, fails, no, yes } from './asking/answer.ts'
import type { Facts } from './asking/facts.ts'
import { predicate } from './asking/predicate.ts'
import { provenAnswer } from './reading/exposure.ts'

const linkProven = (link: Link, facts: Facts): Answer =>
  every([provenAnswer(link, 'internet', facts), provenAnswer(link, 'tenant', facts)])

/** One failing or undecided link decides for all; what closes thousands of links is not listed. */
const allProven = (links: readonly Link[], facts: Facts): Answer => {
  const answers = links.map(link => linkProven(link, facts))
  const [first] = links
  if (first === undefined) return no()
  const decisive = answers.find(fails) ?? answers.find(a => !a.observed)
  return decisive ?? yes(cite(first.distribution.ref, 'every link to it is proven closed by other means'))
}

export const provenClosed = predicate<'link' | 'load-balancer'>({
  question: 'Is every link concerned proven closed, by whatever means?',
  subjects: ['link', 'load-balancer'],
  ask: (subject, _options, facts) =>
    allProven(subject.kind === 'link' ? [subject.link] : facts.linksTo(subject.loadBalancer), facts),
})
