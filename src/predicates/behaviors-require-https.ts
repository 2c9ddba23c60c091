/** Does every behaviour hold viewers to HTTPS? */
import { cite, every, no, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { allowsHttp } from './reading/ports.ts'

export const behaviorsRequireHttps = predicate<'distribution'>({
  question: 'Does every behaviour, not only the default one, hold viewers to HTTPS?',
  subjects: ['distribution'],
  ask: ({ distribution }) =>
    every(
      distribution.behaviors.map(b => {
        const text = `behaviour ${b.pathPattern} has viewer protocol policy ${b.viewerProtocolPolicy}`
        const said = cite(distribution.ref, text, { behavior: b.pathPattern })
        const plain = allowsHttp(b)
        if (plain === 'unknown') return unseen([], said)
        return plain ? no(said) : yes(said)
      }),
    ),
})
