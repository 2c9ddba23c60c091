/** The Amazon S3 Control operations that collecting uses. */
import type * as S3Control from '@aws-sdk/client-s3-control'
import { one, operationsOf } from './operation.ts'

const define = operationsOf('s3-control')

export const getAccountPublicAccessBlock = define<
  S3Control.GetPublicAccessBlockCommandInput,
  S3Control.GetPublicAccessBlockCommandOutput
>()({
  name: 'GetPublicAccessBlock',
  action: 's3:GetAccountPublicAccessBlock',
  purpose: 'whether Block Public Access of the account overrides the settings of its buckets',
  target: 'account id',
  none: ['NoSuchPublicAccessBlockConfiguration'],
  items: output => one(output.PublicAccessBlockConfiguration),
})
