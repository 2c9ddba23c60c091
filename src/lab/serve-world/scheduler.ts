/** Amazon EventBridge Scheduler of a world: its schedules and what each runs. */
import { types } from '#snapshot/resource-types.ts'
import { type Operations, orRefuse } from './operation.ts'
import { pageOf } from './page.ts'
import type { Config } from './view.ts'

const targetOf = ({ TargetArns }: Config): string => String((TargetArns as readonly string[])[0] ?? '')

export const scheduler: Operations = {
  ListSchedules: ({ input, view, pageSize }) => {
    const { items, next } = pageOf(view.list(types.schedule), {
      token: input.NextToken,
      asked: input.MaxResults,
      most: 100,
      pageSize,
      badToken: 'ValidationException',
    })
    const Schedules = items.map(one => {
      const { Arn, Name, GroupName, State } = one
      return { Arn, Name, GroupName, State, Target: { Arn: targetOf(one) } }
    })
    return { Schedules, NextToken: next }
  },
  GetSchedule: ({ input, view }) => {
    const named = view.by(types.schedule, 'Name', input.Name)
    const own = named.filter(one => one.GroupName === (input.GroupName ?? 'default'))
    const { TargetArns: _, Input, ...schedule } = orRefuse(own, 'ResourceNotFoundException', input.Name)
    return {
      ...schedule,
      Description: 'lab-description-that-must-not-be-kept',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: {
        Arn: targetOf(own[0] ?? {}),
        RoleArn: 'arn:aws:iam::111122223333:role/scheduler',
        // What a target is sent may hold anything.
        Input: Input ?? '{"value":"lab-target-input-that-must-not-be-kept"}',
      },
    }
  },
}
