/** Is the distribution reached through tenants? */
import { cite, no, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'

export const multiTenant = predicate<'distribution'>({
  question: 'Is it a multi-tenant distribution?',
  subjects: ['distribution'],
  ask: ({ distribution: { tenants, ref, id } }) =>
    tenants === null
      ? no(cite(ref, `viewers reach ${id} itself`))
      : yes(cite(ref, `viewers reach ${id} through its tenants`)),
})
