/** References, gaps and the lines that resources stand on. */
import type { Gap } from '#base/gap.ts'
import { type Known, unobserved } from '#base/known.ts'
import type { Ref } from '#topology/model.ts'

export const account = '111122223333'
export const region = 'eu-west-1'

/** Lines are given out by ARN, so that the same resource stands on the same line however often it is built. */
const lines = new Map<string, number>()
const lineOf = (arn: string): number => {
  const line = lines.get(arn) ?? lines.size + 2
  lines.set(arn, line)
  return line
}

/** Every line that some resource stands on. */
export const knownLines = (): ReadonlySet<number> => new Set(lines.values())

export const aRef = (
  type: string,
  name: string,
  arn = `arn:aws:test:${region}:${account}:${type}/${name}`,
): Ref => ({
  ...{ arn, type, name, account, region },
  line: lineOf(arn),
})

export const aGap = (operation = 'DescribeRules', target = '*'): Gap => ({
  code: 'denied',
  service: 'elastic-load-balancing-v2',
  operation,
  target,
  account,
  region,
  action: `elasticloadbalancing:${operation}`,
  message: `${operation} was denied for ${target}.`,
})

export const unread = (operation?: string): Known<never> => unobserved(aGap(operation))
