/** The Amazon CloudWatch operations that collecting uses. */
import type * as CloudWatch from '@aws-sdk/client-cloudwatch'
import { byToken, operationsOf } from './operation.ts'

const define = operationsOf('cloudwatch')

export const getMetricData = define<
  CloudWatch.GetMetricDataCommandInput,
  CloudWatch.GetMetricDataCommandOutput
>()({
  name: 'GetMetricData',
  purpose: 'whether the functions that rotate an origin header run, and fail',
  target: 'function ARN',
  items: output => output.MetricDataResults,
  next: byToken,
})
