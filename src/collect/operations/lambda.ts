/** The AWS Lambda operations that collecting uses. */
import type * as Lambda from '@aws-sdk/client-lambda'
import { byMarker, one, operationsOf } from './operation.ts'

const define = operationsOf('lambda')

export const listFunctions = define<Lambda.ListFunctionsCommandInput, Lambda.ListFunctionsCommandOutput>()({
  name: 'ListFunctions',
  purpose: 'the functions among which the one behind a function URL is found, and those that rotate a header',
  target: '*',
  items: output => output.Functions,
  next: byMarker,
})

export const listFunctionUrlConfigs = define<
  Lambda.ListFunctionUrlConfigsCommandInput,
  Lambda.ListFunctionUrlConfigsCommandOutput
>()({
  name: 'ListFunctionUrlConfigs',
  purpose: 'the URLs of a function and of its aliases, and whether they ask for IAM authentication',
  target: 'function ARN',
  always: { MaxItems: 50 },
  items: output => output.FunctionUrlConfigs,
  next: byMarker,
})

export const getFunctionPolicy = define<Lambda.GetPolicyCommandInput, Lambda.GetPolicyCommandOutput>()({
  name: 'GetPolicy',
  purpose: 'who may invoke the function behind a URL',
  target: 'function or alias ARN',
  none: ['ResourceNotFoundException'],
  items: output => one(output.Policy),
})
