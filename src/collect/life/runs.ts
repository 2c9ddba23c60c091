/** Whether the functions that rotate a value have run, and how the last run ended: sums of CloudWatch, by the hour. */
import type { MetricDataQuery, MetricDataResult } from '@aws-sdk/client-cloudwatch'
import { types } from '#snapshot/resource-types.ts'
import { getMetricData } from '../operations/cloudwatch.ts'
import { arnParts, batches, type Reader } from '../reader.ts'

const days = 90
/** Seconds; of what is older than 63 days only sums over hours are kept. */
const hour = 3600
/** Two of the 500 questions that one call takes. */
const functionsAtOnce = 250

const question = (id: string, metric: string, functionArn: string): MetricDataQuery => ({
  Id: id,
  MetricStat: {
    Metric: {
      Namespace: 'AWS/Lambda',
      MetricName: metric,
      Dimensions: [{ Name: 'FunctionName', Value: arnParts(functionArn).resource.split(':')[1] ?? '' }],
    },
    Period: hour,
    Stat: 'Sum',
  },
})

export async function readRuns(
  reader: Reader,
  region: string,
  functionArns: readonly string[],
  now: Date,
): Promise<void> {
  await Promise.all(
    batches(functionArns, functionsAtOnce).map(batch => readBatch(reader, region, batch, now)),
  )
}

const readBatch = async (
  { ask, journal }: Reader,
  region: string,
  functionArns: readonly string[],
  now: Date,
): Promise<void> => {
  const since = new Date(now.getTime() - days * 86_400_000)
  const queries = functionArns.flatMap((arn, i) => [
    question(`i${i}`, 'Invocations', arn),
    question(`e${i}`, 'Errors', arn),
  ])
  const { items, complete } = await ask(getMetricData, {
    region,
    input: { MetricDataQueries: queries, StartTime: since, EndTime: now },
    about: { targets: functionArns, of: one => [functionArns[Number(one.Id?.slice(1))]] },
  })
  if (!complete) return
  functionArns.forEach((arn, i) => {
    const config = { FunctionArn: arn, Since: since, ...sums(items, `i${i}`, `e${i}`) }
    journal.keep(getMetricData, { type: types.functionRuns, arn, region, config })
  })
}

/** The hours of a metric, over all pages. */
const series = (results: readonly MetricDataResult[]): ReadonlyMap<number, number> =>
  new Map(
    results.flatMap(({ Timestamps = [], Values = [] }) =>
      Timestamps.map((at, i) => [at.getTime(), Values[i] ?? 0] as const),
    ),
  )

const sum = (values: Iterable<number>): number => [...values].reduce((a, b) => a + b, 0)

const sums = (items: readonly MetricDataResult[], invocations: string, errors: string) => {
  const own = (id: string) => items.filter(one => one.Id === id)
  const [runs, failures] = [series(own(invocations)), series(own(errors))]
  const ran = [...runs].filter(([, count]) => count > 0).map(([at]) => at)
  const last = Math.max(...ran)
  return {
    Complete: [invocations, errors].every(id => own(id).at(-1)?.StatusCode === 'Complete'),
    Invocations: sum(runs.values()),
    Errors: sum(failures.values()),
    ...(ran.length > 0 && {
      Last: { At: new Date(last), Invocations: runs.get(last), Errors: failures.get(last) ?? 0 },
    }),
  }
}
