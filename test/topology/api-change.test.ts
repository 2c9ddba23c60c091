import { fc, test as prop } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { buildRestApi } from '#lab/build/api.ts'
import { apiEvents } from '#snapshot/api-events.ts'
import { types } from '#snapshot/resource-types.ts'
import type { Api } from '#topology/model.ts'
import { apiOf, apiParts } from './apis.ts'
import { account, gap, gapsOf, merge, type Parts, read, region, resource } from './parts.ts'

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

/** Each of the events was looked up. */
const looked = (names: readonly string[] = apiEvents, at = region): Parts => ({
  resources: [],
  reads: names.map(name => read('LookupEvents', name, 1, { service: 'cloudtrail', region: at })),
})

const changeOf = (events: readonly Event[], ...more: readonly Parts[]): Api['changed'] =>
  apiOf(host, '/prod', merge(apiParts(resources), { resources: events.map(event), reads: [] }, ...more))
    .changed

const since = '2026-03-03T12:00:00.000Z'

test('an API whose events nobody looked up may have changed at any time', () =>
  expect(gapsOf(changeOf([]))).toMatchObject([{ code: 'not-read', service: 'cloudtrail' }]))

test('events that were looked up and are not there tell of no change', () =>
  expect(changeOf([], looked())).toEqual({ known: true, value: { at: null, since } }))

test.each(apiEvents)('that %s was not looked up leaves the change unknown, and names it', name =>
  expect(gapsOf(changeOf([], looked(apiEvents.filter(other => other !== name))))).toMatchObject([
    { code: 'not-read', operation: 'LookupEvents', service: 'cloudtrail', target: name },
  ]),
)

test('events of another region tell nothing', () =>
  expect(changeOf([], looked(apiEvents, 'us-east-1')).known).toBe(false))

test('events that were not read to their end tell nothing', () => {
  const cut = { ...gap('LookupEvents', 'UpdateRestApi'), service: 'cloudtrail' }
  expect(gapsOf(changeOf([], looked(), { resources: [], reads: [], gaps: [cut] }))).toEqual([cut])
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
  expect(changeOf(events, looked())).toEqual({
    known: true,
    value: { at: '2026-05-03T00:00:00.000Z', since },
  })
})

test.each(['ANY', 'a1b2c3', 'arn:aws:apigateway:eu-west-1::/authorizers/a1b2c3'])(
  'a change that names %s, which is no API, may be one of this',
  about => {
    const events = [{ name: 'UpdateAuthorizer', at: '2026-05-01T00:00:00.000Z', about }]
    expect(gapsOf(changeOf(events, looked()))).toMatchObject([{ code: 'unrecognised' }])
  },
)

test('a change without a time that can be read leaves it open when the last one was', () => {
  const events = [
    { name: 'UpdateRestApi', at: '2026-05-01T00:00:00.000Z' },
    { name: 'PutMethod', at: '' },
  ]
  expect(gapsOf(changeOf(events, looked()))).toMatchObject([{ code: 'unrecognised' }])
})

prop.prop([fc.boolean(), fc.integer({ min: 1, max: 28 }), fc.integer({ min: 1, max: 28 })])(
  'a change of some API hides when this one changed, unless this one changed later',
  (named, own, stray) => {
    const day = (n: number) => `2026-05-${String(n).padStart(2, '0')}T00:00:00.000Z`
    const events = [
      ...(named ? [{ name: 'UpdateRestApi', at: day(own) }] : []),
      { name: 'PutRestApi', at: day(stray), about: null },
    ]
    expect(changeOf(events, looked()).known).toBe(named && own >= stray)
  },
)
