/** Do the functions of the origin's behaviours leave its requests, with the headers added for it, at the origin? */
import type { Behavior, EdgeFunction, Link } from '#topology/model.ts'
import { type Answer, cite, every, no, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'

const keeps = (
  { distribution }: Link,
  { pathPattern }: Behavior,
  { arn, originChange, carriesHeaders, note }: EdgeFunction,
): Answer => {
  const said = (text: string) =>
    cite(distribution.ref, `${arn} of behaviour ${pathPattern} ${text}`, { behavior: pathPattern })
  if (carriesHeaders === true)
    return no(said('sends requests to another host with the headers that are meant for this origin'))
  if (!originChange.known) return unseen(originChange.gaps, said('was not read'))
  return carriesHeaders === false
    ? yes(said('sends the headers of the origin nowhere else'))
    : unseen([], said(`may send requests, with the headers of the origin, anywhere: ${note}`))
}

export const edgeFunctionsKeepOrigin = predicate<'link'>({
  question: "Do edge functions leave the origin's requests, with the headers added for it, at the origin?",
  subjects: ['link'],
  ask: ({ link }) => {
    const answers = link.behaviors.flatMap(b => b.functions.map(f => keeps(link, b, f)))
    return answers.length > 0
      ? every(answers)
      : yes(cite(link.distribution.ref, `no function runs for origin ${link.origin.id}`))
  },
})
