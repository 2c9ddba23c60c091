/** Amazon CloudWatch of a world: the runs of its functions, by the hour. */
import { types } from '#snapshot/resource-types.ts'
import type { Operations } from './operation.ts'
import type { Config, View } from './view.ts'

const fieldsOf = (value: unknown): Config =>
  typeof value === 'object' && value !== null ? (value as Config) : {}
const listOf = (value: unknown): readonly Config[] => (Array.isArray(value) ? value.map(fieldsOf) : [])

/** `{At, Invocations, Errors}` of a function. */
const points = (view: View, name: unknown): readonly Config[] =>
  view
    .list(types.functionRuns)
    .filter(one => String(one.FunctionArn).split(':')[6] === name)
    .flatMap(one => listOf(one.Points))

export const cloudwatch: Operations = {
  GetMetricData: ({ input, view }) => {
    const [from, to] = [input.StartTime, input.EndTime].map(t => new Date(String(t)).getTime())
    const MetricDataResults = listOf(input.MetricDataQueries).map(query => {
      const metric = fieldsOf(fieldsOf(query.MetricStat).Metric)
      const [dimension] = listOf(metric.Dimensions)
      const found = points(view, dimension?.Value)
        .filter(p => new Date(String(p.At)).getTime() >= (from ?? 0))
        .filter(p => new Date(String(p.At)).getTime() <= (to ?? 0))
      return {
        Id: query.Id,
        Label: metric.MetricName,
        Timestamps: found.map(p => p.At),
        Values: found.map(p => p[String(metric.MetricName)] ?? 0),
        StatusCode: 'Complete',
      }
    })
    return { MetricDataResults }
  },
}
