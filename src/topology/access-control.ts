/** How an origin's requests are signed: its origin access control, or the older identity. */
import { type Known, known, unobserved } from '#base/known.ts'
import type { LocatedResource } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { call, gapAbout } from './calls.ts'
import { textAt } from './config.ts'
import { type Facts, gapsOf, refOf } from './facts.ts'
import type { OriginAccessControl } from './model.ts'

const behaviors = ['always', 'never', 'no-override'] as const

/** `id` is empty where the origin names none. */
export const accessControlOf = (
  facts: Facts,
  id: string,
  { account }: LocatedResource,
): Known<OriginAccessControl | null> => {
  if (id === '') return known(null)
  const found = facts.where(types.originAccessControl, 'Id', id).find(r => r.account === account)
  const asked = call('ListOriginAccessControls', '*', { account, region: 'us-east-1' })
  if (found === undefined)
    return facts.wasRead(asked)
      ? unobserved(gapAbout(asked, 'not-found', `The account has no origin access control ${id}.`))
      : unobserved(...gapsOf(facts, asked))
  const said = textAt(found.config, 'SigningBehavior')
  return known({
    ref: refOf(found, textAt(found.config, 'Name') ?? id),
    id,
    signs: behaviors.find(b => b === said) ?? 'unrecognised',
  })
}

/** The id in `origin-access-identity/cloudfront/<id>`; null where there is none. */
export const identityIn = (text: string): string | null => text.split('/').at(-1) || null
