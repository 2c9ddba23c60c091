import { expect, test } from 'vitest'
import { buildHttpApi, buildRestApi } from '#lab/build/api.ts'
import { buildUsagePlan } from '#lab/build/usage-plan.ts'
import { types } from '#snapshot/resource-types.ts'
import type { Api } from '#topology/model.ts'
import { apiOf, apiParts, without } from './apis.ts'
import { account, changed, gapsOf, given, ofType, type Parts, region } from './parts.ts'

const place = { account, region }
const routes = [{ method: 'GET', path: '/' }]
const { id, host, resources } = buildRestApi({ name: 'orders', place, routes, stages: [{ name: 'prod' }] })
const plan = (name: string, ...stages: readonly { api: string; stage: string }[]) =>
  buildUsagePlan({ name, place, stages })

const own = { api: id, stage: 'prod' }
const other = { api: 'other0id', stage: 'live' }
const plansOf = (parts: Parts): Api['usagePlans'] => apiOf(host, '/prod', parts).usagePlans

test('usage plans are those that hold a stage of the API, with everything else that they hold', () => {
  const plans = [plan('gold', own, other), plan('silver', own), plan('others', other), plan('empty')]
  expect(given(plansOf(apiParts([...resources, ...plans])))).toMatchObject([
    {
      ref: { name: 'gold' },
      stages: [
        { apiId: id, stage: 'prod' },
        { apiId: 'other0id', stage: 'live' },
      ],
    },
    { ref: { name: 'silver' }, stages: [{ apiId: id }] },
  ])
})

test('usage plans that were not read, or of which one cannot be, are not known', () => {
  const parts = apiParts([...resources, plan('gold', own)])
  expect(gapsOf(plansOf(without(parts, 'api-gateway', 'GetUsagePlans')))).toMatchObject([
    { code: 'not-read', operation: 'GetUsagePlans' },
  ])
  const odd = changed(parts, ofType(types.usagePlan), config => ({ ...config, apiStages: [{ apiId: id }] }))
  expect(gapsOf(plansOf(odd))).toMatchObject([{ code: 'unrecognised' }])
})

test('an HTTP API has none', () => {
  const http = buildHttpApi({
    name: 'carts',
    place,
    routes: [{ path: '$default' }],
    stages: [{ name: '$default' }],
  })
  expect(given(apiOf(http.host, '', apiParts([...http.resources, plan('gold', own)])).usagePlans)).toEqual([])
})
