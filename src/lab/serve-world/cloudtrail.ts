/** AWS CloudTrail of a world: its event history, the newest first. */
import { types } from '#snapshot/resource-types.ts'
import type { Operations } from './operation.ts'
import { pageOf } from './page.ts'
import type { Config } from './view.ts'

const timeOf = (value: unknown): number => new Date(String(value)).getTime()

const eventName = (attributes: unknown): unknown =>
  (Array.isArray(attributes) ? (attributes as Config[]) : []).find(a => a.AttributeKey === 'EventName')
    ?.AttributeValue

/** Real events hold the whole request, values and all. */
const CloudTrailEvent = JSON.stringify({
  requestParameters: { headerValue: 'lab-trail-value-that-must-not-be-kept' },
})

export const cloudtrail: Operations = {
  LookupEvents: ({ input, view, pageSize }) => {
    const [from, to] = [timeOf(input.StartTime), timeOf(input.EndTime)]
    const found = view
      .by(types.trailEvent, 'EventName', eventName(input.LookupAttributes))
      .filter(one => timeOf(one.EventTime) >= from && timeOf(one.EventTime) <= to)
      .toSorted((a, b) => timeOf(b.EventTime) - timeOf(a.EventTime))
    const { items, next } = pageOf(found, {
      token: input.NextToken,
      asked: input.MaxResults,
      most: 50,
      pageSize,
      badToken: 'InvalidNextTokenException',
    })
    const Events = items.map(one => ({ ...one, Username: 'lab', CloudTrailEvent }))
    return { Events, NextToken: next }
  },
}
