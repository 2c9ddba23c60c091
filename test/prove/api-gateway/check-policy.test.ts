/** What the check of a certificate takes for a Deny that speaks of every stranger, and what it does not. */
import { expect, test } from 'vitest'
import { turnsAway } from '#prove/check/api-policy.ts'
import { aWorld } from '../../judge/build.ts'
import { anApi, aRoute, aStage } from './build.ts'

const route = aRoute()
const stage = aStage({}, route)
const call = { api: anApi({}, stage), stage, route }

const denied = (Condition: unknown) => {
  const all = { Principal: '*', Action: 'execute-api:Invoke', Resource: '*' }
  const Statement = [
    { Effect: 'Allow', ...all },
    { Effect: 'Deny', ...all, Condition },
  ]
  return turnsAway(aWorld([]).topology, call, { Version: '2012-10-17', Statement }, 'inside')
}

test('addresses of the network behind an endpoint are free to choose, public ones are not there', () => {
  expect(denied({ NotIpAddress: { 'aws:VpcSourceIp': '10.0.0.0/8' } })).toBe(false)
  expect(denied({ NotIpAddress: { 'aws:SourceIp': '13.124.199.0/24' } })).toBe(true)
})

test('a comparison with no value at all tells of no secret', () => {
  expect(denied({ StringNotEquals: { 'aws:Referer': [] } })).toBe(false)
})
