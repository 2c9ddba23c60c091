/** The CloudFront operations that collecting uses. */
import type * as CloudFront from '@aws-sdk/client-cloudfront'
import { one, operationsOf } from './operation.ts'

const define = operationsOf('cloudfront')

interface List<Item> {
  readonly Quantity?: number | undefined
  readonly Items?: Item[] | undefined
  readonly IsTruncated?: boolean | undefined
  readonly NextMarker?: string | undefined
}

/** CloudFront leaves `Items` out of an empty list. */
const itemsOf = <Item>(list: List<Item> | undefined): readonly Item[] | undefined =>
  list?.Items ?? (list?.Quantity === 0 ? [] : undefined)

const after = (list: List<unknown> | undefined) =>
  list?.IsTruncated ? { Marker: list.NextMarker ?? '' } : undefined

/** Some lists say only where they go on. */
const unlessLast = (marker: string | undefined) => (marker ? { Marker: marker } : undefined)

export const listDistributions = define<
  CloudFront.ListDistributionsCommandInput,
  CloudFront.ListDistributionsCommandOutput
>()({
  name: 'ListDistributions',
  purpose: 'distributions with origins, custom headers, behaviours and viewer certificate',
  target: '*',
  items: output => itemsOf(output.DistributionList),
  next: output => after(output.DistributionList),
})

export const getDistributionConfig = define<
  CloudFront.GetDistributionConfigCommandInput,
  CloudFront.GetDistributionConfigCommandOutput
>()({
  name: 'GetDistributionConfig',
  purpose: 'logging, default root object and continuous deployment policy, which the list lacks',
  target: 'distribution ARN',
  items: output => one(output.DistributionConfig),
})

export const listVpcOrigins = define<
  CloudFront.ListVpcOriginsCommandInput,
  CloudFront.ListVpcOriginsCommandOutput
>()({
  name: 'ListVpcOrigins',
  purpose: 'private load balancers and instances that CloudFront reaches inside a VPC',
  target: '*',
  items: output => itemsOf(output.VpcOriginList),
  next: output => after(output.VpcOriginList),
})

export const getVpcOrigin = define<
  CloudFront.GetVpcOriginCommandInput,
  CloudFront.GetVpcOriginCommandOutput
>()({
  name: 'GetVpcOrigin',
  purpose: 'ports and protocol of a VPC origin, which the list lacks',
  target: 'VPC origin id',
  items: output => one(output.VpcOrigin),
})

export const listOriginAccessControls = define<
  CloudFront.ListOriginAccessControlsCommandInput,
  CloudFront.ListOriginAccessControlsCommandOutput
>()({
  name: 'ListOriginAccessControls',
  purpose: 'how requests to an origin are signed',
  target: '*',
  items: output => itemsOf(output.OriginAccessControlList),
  next: output => after(output.OriginAccessControlList),
})

export const getFunction = define<CloudFront.GetFunctionCommandInput, CloudFront.GetFunctionCommandOutput>()({
  name: 'GetFunction',
  purpose: 'whether the code of a viewer-request function may send requests to another origin',
  target: 'function ARN',
  items: output => one(output.FunctionCode),
})

export const getContinuousDeploymentPolicy = define<
  CloudFront.GetContinuousDeploymentPolicyCommandInput,
  CloudFront.GetContinuousDeploymentPolicyCommandOutput
>()({
  name: 'GetContinuousDeploymentPolicy',
  purpose: 'which staging distribution viewers can be sent to, and how',
  target: 'continuous deployment policy id',
  items: output => one(output.ContinuousDeploymentPolicy),
})

export const listDistributionTenants = define<
  CloudFront.ListDistributionTenantsCommandInput,
  CloudFront.ListDistributionTenantsCommandOutput
>()({
  name: 'ListDistributionTenants',
  purpose: 'tenants of multi-tenant distributions that override web ACL or country restriction',
  target: '*',
  items: output => output.DistributionTenantList,
  next: output => unlessLast(output.NextMarker),
})

export const listDistributionsByOwnedResource = define<
  CloudFront.ListDistributionsByOwnedResourceCommandInput,
  CloudFront.ListDistributionsByOwnedResourceCommandOutput
>()({
  name: 'ListDistributionsByOwnedResource',
  purpose: 'distributions, also of other accounts, that use a shared VPC origin',
  target: 'VPC origin ARN',
  items: output => itemsOf(output.DistributionList),
  next: output => after(output.DistributionList),
})

export const listKeyGroups = define<
  CloudFront.ListKeyGroupsCommandInput,
  CloudFront.ListKeyGroupsCommandOutput
>()({
  name: 'ListKeyGroups',
  purpose: 'which public keys may sign for the behaviours that trust a key group',
  target: '*',
  items: output => itemsOf(output.KeyGroupList),
  next: output => unlessLast(output.KeyGroupList?.NextMarker),
})

export const listPublicKeys = define<
  CloudFront.ListPublicKeysCommandInput,
  CloudFront.ListPublicKeysCommandOutput
>()({
  name: 'ListPublicKeys',
  purpose: 'type, size and age of the keys that signed URLs and cookies are checked with',
  target: '*',
  items: output => itemsOf(output.PublicKeyList),
  next: output => unlessLast(output.PublicKeyList?.NextMarker),
})

export const listFieldLevelEncryptionProfiles = define<
  CloudFront.ListFieldLevelEncryptionProfilesCommandInput,
  CloudFront.ListFieldLevelEncryptionProfilesCommandOutput
>()({
  name: 'ListFieldLevelEncryptionProfiles',
  purpose: 'which public keys that no key group holds encrypt form fields instead',
  target: '*',
  items: output => itemsOf(output.FieldLevelEncryptionProfileList),
  next: output => unlessLast(output.FieldLevelEncryptionProfileList?.NextMarker),
})
