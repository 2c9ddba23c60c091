import { fc, test as prop } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { buildRestApi } from '#lab/build/api.ts'
import { types } from '#snapshot/resource-types.ts'
import type { Api } from '#topology/model.ts'
import { apiOf, apiParts } from './apis.ts'
import { account, gapsOf, merge, type Parts, read, region, resource } from './parts.ts'

const { id, host, resources } = buildRestApi({
  name: 'orders',
  place: { account, region },
  routes: [{ method: 'GET', path: '/' }],
  stages: [{ name: 'prod' }],
})

interface Event {
  readonly name: string
  readonly at: string
  readonly about?: string | null
  readonly source?: string
}

const event = ({ name, at, about = id, source = 'apigateway.amazonaws.com' }: Event, i: number) =>
  resource(types.trailEvent, `event-${i}`, {
    EventName: name,
    EventTime: at,
    EventSource: source,
    Resources: about === null ? [] : [{ ResourceName: about, ResourceType: 'AWS::ApiGateway::RestApi' }],
  })

const looked = (target: string): Parts => ({
  resources: [],
  reads: [read('LookupEvents', target, 1, { service: 'cloudtrail' })],
})

const changeOf = (events: readonly Event[], ...more: readonly Parts[]): Api['changed'] =>
  apiOf(host, '/prod', merge(apiParts(resources), { resources: events.map(event), reads: [] }, ...more))
    .changed

const since = '2026-03-03T12:00:00.000Z'

test('an API whose events nobody looked up may have changed at any time', () =>
  expect(gapsOf(changeOf([]))).toMatchObject([
    { code: 'not-read', operation: 'LookupEvents', service: 'cloudtrail' },
  ]))

test.each(['*', 'apigateway.amazonaws.com', id])('events looked up about %s tell of no change', target =>
  expect(changeOf([], looked(target))).toEqual({ known: true, value: { at: null, since } }),
)

test('events of another region tell nothing', () => {
  const elsewhere = { ...looked('*'), reads: looked('*').reads.map(r => ({ ...r, region: 'us-east-1' })) }
  expect(changeOf([], elsewhere).known).toBe(false)
})

test('the newest change counts, named by id or by ARN; deployments and what only names it do not', () => {
  const events = [
    { name: 'UpdateRestApi', at: '2026-05-01T00:00:00.000Z' },
    {
      name: 'PutMethod',
      at: '2026-05-03T00:00:00.000Z',
      about: `arn:aws:apigateway:${region}::/restapis/${id}`,
    },
    { name: 'CreateDeployment', at: '2026-05-04T00:00:00.000Z' },
    { name: 'UpdateStage', at: '2026-05-05T00:00:00.000Z' },
    { name: 'GetRestApi', at: '2026-05-06T00:00:00.000Z' },
    { name: 'DeleteMethod', at: '2026-05-07T00:00:00.000Z', about: 'another0id' },
    { name: 'UpdateRestApi', at: '2026-05-08T00:00:00.000Z', source: 'elsewhere.amazonaws.com' },
  ]
  expect(changeOf(events, looked('*'))).toEqual({
    known: true,
    value: { at: '2026-05-03T00:00:00.000Z', since },
  })
})

prop.prop([fc.boolean(), fc.integer({ min: 1, max: 28 }), fc.integer({ min: 1, max: 28 })])(
  'a change of some API hides when this one changed, unless this one changed later',
  (named, own, stray) => {
    const day = (n: number) => `2026-05-${String(n).padStart(2, '0')}T00:00:00.000Z`
    const events = [
      ...(named ? [{ name: 'UpdateRestApi', at: day(own) }] : []),
      { name: 'PutRestApi', at: day(stray), about: null },
    ]
    expect(changeOf(events, looked('*')).known).toBe(named && own >= stray)
  },
)
