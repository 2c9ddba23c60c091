/** Does every tenant keep the web ACL and the country restriction of its distribution? */
import { compareFronts, frontOf } from '#prove/edge-controls.ts'
import { tenantFront } from '#prove/fronts.ts'
import type { Distribution, Tenant } from '#topology/model.ts'
import { type Answer, cite, every, ofKnown, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { comparedAnswer } from './reading/sisters.ts'

/** A web ACL or country list of the tenant's own is not compared: having none where the distribution has one is the point. */
const keeps = (distribution: Distribution, tenant: Tenant): Answer => {
  const name = `tenant ${tenant.name}`
  const own = frontOf(distribution, [])
  const { differences, gaps } = compareFronts(own, tenantFront(own, tenant))
  const missing = differences.filter(d => d.weaker === true)
  return comparedAnswer(
    { ref: tenant.ref, name, names: { tenant: tenant.id } },
    missing,
    gaps,
    distribution.ref,
  )
}

export const tenantsKeepControls = predicate<'distribution'>({
  question:
    'Does every tenant keep the web ACL and country restriction of the distribution, or have its own?',
  subjects: ['distribution'],
  ask: ({ distribution }) => {
    const { tenants, ref, id } = distribution
    if (tenants === null) return unseen([], cite(ref, `${id} has no tenants`))
    return ofKnown(tenants, all => {
      const enabled = all.filter(t => t.enabled)
      return enabled.length === 0
        ? yes(cite(ref, `${id} has no tenant that is enabled`))
        : every(enabled.map(tenant => keeps(distribution, tenant)))
    })
  },
})
