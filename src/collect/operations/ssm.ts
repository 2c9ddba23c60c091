/** The AWS Systems Manager operations that collecting uses: metadata only, never a value. */
import type * as Ssm from '@aws-sdk/client-ssm'
import { byToken, operationsOf } from './operation.ts'

const define = operationsOf('ssm')

export const describeParameters = define<
  Ssm.DescribeParametersCommandInput,
  Ssm.DescribeParametersCommandOutput
>()({
  name: 'DescribeParameters',
  purpose:
    'whether the parameter behind an origin header is encrypted, and when it was changed last; no values',
  target: '*',
  always: { MaxResults: 50 },
  items: output => output.Parameters,
  next: byToken,
})
