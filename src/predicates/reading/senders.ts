/** Everyone who sends a value: each has to send the new one before a gate may refuse the old. */
import type { Link } from '#topology/model.ts'
import { cite, type Evidence } from '../asking/answer.ts'
import type { Facts } from '../asking/facts.ts'
import { type Sent, sealedHeaders } from './tokens.ts'

/** Ids for the commands that change what a link sends. */
export const senderNames = ({ distribution, origin }: Link, header: string) => ({
  header,
  sender: distribution.id,
  senderOrigin: origin.id,
})

export const sendersOf = ({ header, value }: Sent, facts: Facts): readonly Evidence[] =>
  (facts.tokens().links.get(value.folded) ?? [])
    .filter(link => sealedHeaders(link).some(s => s.header === header))
    .map(link =>
      cite(
        link.distribution.ref,
        `distribution ${link.distribution.id} sends it to ${link.origin.domainName}`,
        senderNames(link, header),
      ),
    )
