/** Usage plans of REST APIs. */
import { types } from '#snapshot/resource-types.ts'
import type { WorldResource } from '../world.ts'
import { hex } from './names.ts'
import type { Place } from './place.ts'

export interface UsagePlanSpec {
  readonly name: string
  readonly place: Place
  /** Ids of APIs, and names of their stages. */
  readonly stages: readonly { readonly api: string; readonly stage: string }[]
}

export const buildUsagePlan = ({ name, place, stages }: UsagePlanSpec): WorldResource => {
  const id = hex(6, 'usage-plan', name)
  return {
    ...place,
    type: types.usagePlan,
    arn: `arn:aws:apigateway:${place.region}::/usageplans/${id}`,
    config: { id, name, apiStages: stages.map(({ api, stage }) => ({ apiId: api, stage })) },
  }
}
