/** The Amazon EventBridge Scheduler operations that collecting uses. */
import type * as Scheduler from '@aws-sdk/client-scheduler'
import { byToken, one, operationsOf } from './operation.ts'

const define = operationsOf('scheduler')

export const listSchedules = define<
  Scheduler.ListSchedulesCommandInput,
  Scheduler.ListSchedulesCommandOutput
>()({
  name: 'ListSchedules',
  purpose: 'schedules of EventBridge Scheduler that rotate the value of an origin header',
  target: '*',
  always: { MaxResults: 100 },
  items: output => output.Schedules,
  next: byToken,
})

export const getSchedule = define<Scheduler.GetScheduleCommandInput, Scheduler.GetScheduleCommandOutput>()({
  name: 'GetSchedule',
  purpose: 'how often such a schedule runs its function, and until when',
  target: 'schedule ARN',
  none: ['ResourceNotFoundException'],
  items: output => one(output),
})
