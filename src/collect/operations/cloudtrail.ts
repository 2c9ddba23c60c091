/** The AWS CloudTrail operations that collecting uses. */
import type * as CloudTrail from '@aws-sdk/client-cloudtrail'
import { byToken, operationsOf } from './operation.ts'

const define = operationsOf('cloudtrail')

export const lookupEvents = define<
  CloudTrail.LookupEventsCommandInput,
  CloudTrail.LookupEventsCommandOutput
>()({
  name: 'LookupEvents',
  purpose:
    'when distributions, listener rules and web ACLs were changed in the last 90 days; not what was changed',
  target: 'event name',
  always: { MaxResults: 50 },
  // Two requests a second is all that the service allows; the newest 1000 events come first.
  mostPages: 20,
  items: output => output.Events,
  next: byToken,
})
