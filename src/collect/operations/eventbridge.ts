/** The Amazon EventBridge operations that collecting uses. */
import type * as EventBridge from '@aws-sdk/client-eventbridge'
import { byToken, operationsOf } from './operation.ts'

const define = operationsOf('eventbridge')

export const listRules = define<EventBridge.ListRulesCommandInput, EventBridge.ListRulesCommandOutput>()({
  name: 'ListRules',
  purpose: 'schedules that rotate the value of an origin header',
  target: '*',
  always: { Limit: 100 },
  items: output => output.Rules,
  next: byToken,
})

export const listTargetsByRule = define<
  EventBridge.ListTargetsByRuleCommandInput,
  EventBridge.ListTargetsByRuleCommandOutput
>()({
  name: 'ListTargetsByRule',
  purpose: 'which function a schedule runs',
  target: 'rule ARN',
  always: { Limit: 100 },
  items: output => output.Targets,
  next: byToken,
})
