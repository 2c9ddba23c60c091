/** Amazon S3 Control of a world: Block Public Access of the account, and its access points. */
import { types } from '#snapshot/resource-types.ts'
import { type Operation, type Operations, only, orRefuse, refuse } from './operation.ts'
import { pageOf } from './page.ts'
import type { Config, View } from './view.ts'

const pointNamed = (view: View, name: unknown): Config =>
  orRefuse(view.by(types.accessPoint, 'Name', name), 'NoSuchAccessPoint', `Access point ${String(name)}`)

/** What is set on an access point that has a policy, or the error that says it has none. */
const ofPolicy =
  (type: string, ...fields: readonly string[]): Operation =>
  ({ input, view }) => {
    pointNamed(view, input.Name)
    return only(
      orRefuse(view.by(type, 'Name', input.Name), 'NoSuchAccessPointPolicy', 'The access point policy'),
      ...fields,
    )
  }

export const s3Control: Operations = {
  GetPublicAccessBlock: ({ view }) =>
    only(
      orRefuse(
        view.list(types.accountPublicAccessBlock),
        'NoSuchPublicAccessBlockConfiguration',
        'Block Public Access of the account',
      ),
      'PublicAccessBlockConfiguration',
    ),
  ListAccessPoints: ({ input, view, pageSize }) => {
    const all = view.list(types.accessPoint)
    const { items, next } = pageOf(
      all.filter(point => input.Bucket === undefined || point.Bucket === input.Bucket),
      {
        token: input.NextToken,
        asked: input.MaxResults,
        most: 1000,
        pageSize,
        badToken: 'InvalidRequest',
      },
    )
    return { AccessPointList: items, NextToken: next }
  },
  GetAccessPoint: ({ input, view }) => ({
    ...pointNamed(view, input.Name),
    ...only(
      view.by(types.accessPointPublicAccessBlock, 'Name', input.Name)[0] ?? {},
      'PublicAccessBlockConfiguration',
    ),
  }),
  GetAccessPointPolicy: request => {
    const { Policy } = ofPolicy(types.accessPointPolicy, 'Policy')(request)
    return { Policy: JSON.stringify(Policy) }
  },
  GetAccessPointPolicyStatus: ofPolicy(types.accessPointPolicyStatus, 'PolicyStatus'),
  ListMultiRegionAccessPoints: ({ input, view, pageSize }) => {
    if (view.region !== 'us-west-2') refuse('PermanentRedirect', 'Ask in us-west-2.')
    const { items, next } = pageOf(view.list(types.multiRegionAccessPoint), {
      token: input.NextToken,
      asked: input.MaxResults,
      most: 100,
      pageSize,
      badToken: 'InvalidRequest',
    })
    return { AccessPoints: items, NextToken: next }
  },
}
