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

/** Those of the account, whatever bucket they lead to, in one region. */
export const listAccessPoints = define<
  S3Control.ListAccessPointsCommandInput,
  S3Control.ListAccessPointsCommandOutput
>()({
  name: 'ListAccessPoints',
  purpose: 'which access points lead to the bucket behind an origin, beside its own endpoint',
  target: '*',
  always: { MaxResults: 1000 },
  items: output => output.AccessPointList ?? [],
  next: output => (output.NextToken ? { NextToken: output.NextToken } : undefined),
})

/** Answered in one region for all. */
export const listMultiRegionAccessPoints = define<
  S3Control.ListMultiRegionAccessPointsCommandInput,
  S3Control.ListMultiRegionAccessPointsCommandOutput
>()({
  name: 'ListMultiRegionAccessPoints',
  purpose: 'which Multi-Region Access Points lead to the bucket behind an origin',
  target: '*',
  items: output => output.AccessPoints ?? [],
  next: output => (output.NextToken ? { NextToken: output.NextToken } : undefined),
})

export const getAccessPoint = define<
  S3Control.GetAccessPointCommandInput,
  S3Control.GetAccessPointCommandOutput
>()({
  name: 'GetAccessPoint',
  purpose: 'whether Block Public Access of an access point overrides its policy',
  target: 'access point ARN',
  items: output => one(output.PublicAccessBlockConfiguration),
})

export const getAccessPointPolicy = define<
  S3Control.GetAccessPointPolicyCommandInput,
  S3Control.GetAccessPointPolicyCommandOutput
>()({
  name: 'GetAccessPointPolicy',
  purpose: 'who may read objects through an access point',
  target: 'access point ARN',
  none: ['NoSuchAccessPointPolicy'],
  items: output => one(output.Policy),
})

export const getAccessPointPolicyStatus = define<
  S3Control.GetAccessPointPolicyStatusCommandInput,
  S3Control.GetAccessPointPolicyStatusCommandOutput
>()({
  name: 'GetAccessPointPolicyStatus',
  purpose: 'whether AWS counts the policy of an access point as public',
  target: 'access point ARN',
  items: output => one(output.PolicyStatus),
})
