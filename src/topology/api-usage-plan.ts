/** Usage plans of REST APIs: for which stages one key is good. */
import { type Known, known, unobserved } from '#base/known.ts'
import type { LocatedResource } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { call } from './calls.ts'
import { listAt, textAt } from './config.ts'
import { allKnown, type Facts, listed, misread, refOf } from './facts.ts'
import type { UsagePlan } from './model.ts'
import { isAt } from './places.ts'

const planOf = (plan: LocatedResource): Known<UsagePlan> => {
  const stages = (listAt(plan.config, 'apiStages') ?? []).map(one => ({
    apiId: textAt(one, 'apiId'),
    stage: textAt(one, 'stage'),
  }))
  const read = stages.flatMap(({ apiId, stage }) =>
    apiId === undefined || stage === undefined ? [] : [{ apiId, stage }],
  )
  return read.length === stages.length
    ? known({ ref: refOf(plan, textAt(plan.config, 'name') ?? plan.arn), stages: read })
    : unobserved(misread(plan, 'the stages of the usage plan cannot be read'))
}

export const usagePlansOf = (facts: Facts, api: LocatedResource, id: string): Known<readonly UsagePlan[]> => {
  const all = facts.byType(types.usagePlan).filter(plan => isAt(api, plan))
  const found = listed(facts, call('GetUsagePlans', '*', api), all)
  if (!found.known) return found
  const plans = allKnown(found.value.map(planOf))
  return plans.known ? known(plans.value.filter(plan => plan.stages.some(s => s.apiId === id))) : plans
}
