/**
 * When something was changed, from the event history of CloudTrail. What was changed, by whom and to which value stands in
 * the event itself, which may hold secrets: only its name, time and resources are kept.
 */
import type { Event } from '@aws-sdk/client-cloudtrail'
import { types } from '#snapshot/resource-types.ts'
import { lookupEvents } from '../operations/cloudtrail.ts'
import type { Reader } from '../reader.ts'

/** What CloudTrail keeps without a trail. */
const days = 90

/** One event name after the other: the service allows two requests a second. */
export async function readTrail(
  reader: Reader,
  region: string,
  events: readonly string[],
  now: Date,
): Promise<void> {
  const StartTime = new Date(now.getTime() - days * 86_400_000)
  for (const name of events) {
    const LookupAttributes = [{ AttributeKey: 'EventName' as const, AttributeValue: name }]
    const input = { LookupAttributes, StartTime, EndTime: now }
    const { items } = await reader.ask(lookupEvents, { region, input, about: name })
    for (const event of items) note(reader, region, event)
  }
}

const note = ({ journal }: Reader, region: string, event: Event): void => {
  const { EventId, EventName, EventTime, EventSource } = event
  const Resources = (event.Resources ?? []).map(({ ResourceType, ResourceName }) => ({
    ResourceType,
    ResourceName,
  }))
  const config = { EventId, EventName, EventTime, EventSource, Resources }
  journal.keep(lookupEvents, { type: types.trailEvent, arn: String(EventId), region, config })
}
