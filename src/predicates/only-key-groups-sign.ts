/** Do key groups alone sign, and no key pairs of root users? */
import { cite, every, no, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'

export const onlyKeyGroupsSign = predicate<'distribution'>({
  question: 'Do key groups alone sign for behaviours, and no key pairs of AWS accounts?',
  subjects: ['distribution'],
  ask: ({ distribution: { ref, behaviors } }) =>
    every(
      behaviors
        .filter(b => b.signed)
        .map(({ pathPattern, trustedSigners, keyGroups }) =>
          trustedSigners.length > 0
            ? no(
                cite(ref, `${pathPattern} trusts the key pairs of ${trustedSigners.map(whose).join(', ')}`, {
                  behavior: pathPattern,
                }),
              )
            : yes(cite(ref, `${pathPattern} trusts key groups alone: ${keyGroups.join(', ')}`)),
        ),
    ),
})

const whose = (signer: string): string => (signer === 'self' ? "the distribution's own account" : signer)
