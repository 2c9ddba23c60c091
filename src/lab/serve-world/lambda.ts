/** AWS Lambda of a world: functions exist through their URLs, or with variables of their own. */
import { types } from '#snapshot/resource-types.ts'
import { plainTypes } from '../plain-types.ts'
import { type Operations, orRefuse, without } from './operation.ts'
import { pageOf } from './page.ts'
import type { Config, View } from './view.ts'

const missing = 'ResourceNotFoundException'

/** `arn:aws:lambda:region:account:function:name`, without the alias that may follow. */
const functionOf = (arn: unknown): string => String(arn).split(':').slice(0, 7).join(':')
const nameOf = (arn: string): string => arn.split(':')[6] ?? ''

const functionsOf = (view: View): readonly string[] =>
  [
    ...new Set(
      [types.functionUrl, types.functionPolicy, types.functionNames, plainTypes.function]
        .flatMap(view.list)
        .map(one => functionOf(one.FunctionArn)),
    ),
  ].sort()

const variablesOf = (view: View, arn: string): object => {
  const [found] = view.by(types.functionNames, 'FunctionArn', arn)
  return Object((found?.Environment as Config | undefined)?.Variables)
}

/** A function, named by its name, ARN, or ARN with an alias. */
const found = (view: View, asked: unknown): string => {
  const functions = functionsOf(view)
  const arn = functions.find(one => one === functionOf(asked) || nameOf(one) === String(asked).split(':')[0])
  orRefuse(arn === undefined ? [] : [{ FunctionArn: arn }], missing, asked)
  return arn ?? ''
}

/** Variables as most functions have them: whoever keeps the whole answer keeps a secret. */
const usual = { LAB_SECRET: 'lab-environment-value-that-must-not-be-kept' }

const latest = (view: View, arn: string): Config => {
  const [own] = view.by(plainTypes.function, 'FunctionArn', arn)
  const Environment = { Variables: { ...usual, ...variablesOf(view, arn) } }
  return { FunctionName: nameOf(arn), FunctionArn: arn, Environment, ...own }
}

/** With every version asked for, the unpublished one is named as such. */
const versionsOf = (view: View, arn: string): readonly Config[] => [
  { ...latest(view, arn), FunctionArn: `${arn}:$LATEST`, Version: '$LATEST' },
  ...view
    .list(plainTypes.function)
    .filter(one => one.Version !== undefined && functionOf(one.FunctionArn) === arn),
]

const paging = (marker: unknown, asked: unknown, most: number, pageSize: number) => ({
  token: marker,
  asked,
  most,
  pageSize,
  badToken: 'InvalidParameterValueException',
})

export const lambda: Operations = {
  ListFunctions: ({ input, view, pageSize }) => {
    const all = input.FunctionVersion === 'ALL'
    const found = functionsOf(view).flatMap(arn => (all ? versionsOf(view, arn) : [latest(view, arn)]))
    const { items, next } = pageOf(found, paging(input.Marker, input.MaxItems, 50, pageSize))
    return { Functions: items, NextMarker: next }
  },
  ListFunctionUrlConfigs: ({ input, view, pageSize }) => {
    const arn = found(view, input.FunctionName)
    const urls = view.list(types.functionUrl).filter(one => functionOf(one.FunctionArn) === arn)
    const { items, next } = pageOf(urls, paging(input.Marker, input.MaxItems, 50, pageSize))
    return { FunctionUrlConfigs: items, NextMarker: next }
  },
  GetPolicy: ({ input, view }) => {
    found(view, input.FunctionName)
    const policy: Config = orRefuse(
      view.by(types.functionPolicy, 'FunctionArn', input.FunctionName),
      missing,
      `The policy of ${input.FunctionName}`,
    )
    return {
      ...without(policy, 'FunctionArn', 'Policy'),
      Policy: JSON.stringify(policy.Policy),
      RevisionId: 'lab',
    }
  },
}
