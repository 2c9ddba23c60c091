/** Do all URLs of the function ask for requests signed with AWS credentials? */
import type { FunctionUrl } from '#topology/model.ts'
import { type Answer, cite, every, no, ofKnown, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { namesOfUrl } from './reading/function-url-names.ts'

const asksIam = (url: FunctionUrl): Answer => {
  const { ref, host, authType } = url
  const text = `the URL ${host} of ${ref.name} has the authentication type ${authType}`
  const said = cite(ref, text, namesOfUrl(url))
  if (authType === 'unrecognised') return unseen([], said)
  return authType === 'AWS_IAM' ? yes(said) : no(said)
}

export const functionUrlsAskIam = predicate<'link'>({
  question: 'Do all URLs of the function ask for requests signed with AWS credentials?',
  subjects: ['link'],
  ask: ({ link: { target, distribution } }) => {
    if (target.kind === 'unknown') return unseen(target.gaps)
    if (target.kind !== 'function-url') return no(cite(distribution.ref, 'the origin is no function URL'))
    const { url, siblings } = target
    return every([asksIam(url), ofKnown(siblings, all => every(all.map(asksIam)))])
  },
})
