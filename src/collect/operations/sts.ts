/** The STS operation that collecting uses. */
import type * as Sts from '@aws-sdk/client-sts'
import { operationsOf } from './operation.ts'

const define = operationsOf('sts')

export const getCallerIdentity = define<
  Sts.GetCallerIdentityCommandInput,
  Sts.GetCallerIdentityCommandOutput
>()({
  name: 'GetCallerIdentity',
  purpose: 'which account is scanned',
  target: '*',
  items: output => (output.Account ? [output] : undefined),
})
