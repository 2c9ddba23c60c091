/** Is the key long enough that nobody computes its private half? */
import type { SigningKey } from '#topology/model.ts'
import { type Answer, cite, no, ofKnown, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { namesOfKey } from './reading/signing-key.ts'

interface Options {
  readonly minimumBits: number
}

/** P-256, the one curve that CloudFront takes. Source: CloudFront Developer Guide, "Create key pairs for your signers". */
const p256 = 'prime256v1'

const answer = (key: SigningKey, { minimumBits }: Options): Answer => {
  const said = (what: string) => cite(key.ref, `${key.id} is ${what}`, namesOfKey(key))
  switch (key.algorithm) {
    case 'rsa':
      if (key.bits === null) return unseen([], said('an RSA key of unknown size'))
      return key.bits >= minimumBits
        ? yes(said(`an RSA key of ${key.bits} bits`))
        : no(said(`an RSA key of ${key.bits} bits, fewer than ${minimumBits}`))
    case 'ecdsa':
      return key.curve === p256
        ? yes(said('an ECDSA key on P-256'))
        : unseen(
            [],
            said(`an ECDSA key on ${key.curve ?? 'an unknown curve'}, which is not known to be taken`),
          )
    case 'unrecognised':
      return unseen([], said('of a kind that is not known here'))
  }
}

export const keyStrong = predicate<'signing-key', Options>({
  question: 'Is the key an RSA key of enough bits, or an ECDSA key on P-256?',
  subjects: ['signing-key'],
  options: {
    minimumBits: { description: 'bits that an RSA key needs', type: 'integer', minimum: 512, default: 2048 },
  },
  ask: ({ key }, options) => ofKnown(key, k => answer(k, options)),
})
