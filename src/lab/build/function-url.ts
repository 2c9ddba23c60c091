/** A Lambda function URL of a world, and the policy that says who may invoke it. */
import { types } from '#snapshot/resource-types.ts'
import type { WorldResource } from '../world.ts'
import { hex } from './names.ts'

interface FunctionUrl {
  readonly name: string
  /** Of the alias that has the URL; none for the function itself. */
  readonly alias?: string
  readonly authType: 'NONE' | 'AWS_IAM'
  /** Statements of the resource policy; no policy without any. */
  readonly statements: readonly Readonly<Record<string, unknown>>[]
  readonly created?: string
}

const arnOf = (account: string, region: string, { name, alias }: FunctionUrl): string =>
  `arn:aws:lambda:${region}:${account}:function:${name}${alias === undefined ? '' : `:${alias}`}`

/** The host name of the URL. */
export const functionUrlHost = (
  region: string,
  { name, alias = '' }: Pick<FunctionUrl, 'name' | 'alias'>,
): string => `${hex(32, 'function-url', name, alias)}.lambda-url.${region}.on.aws`

export const buildFunctionUrl = (
  account: string,
  region: string,
  url: FunctionUrl,
): readonly WorldResource[] => {
  const arn = arnOf(account, region, url)
  const place = { arn, account, region }
  const created = url.created ?? '2026-03-01T09:00:00.000Z'
  const config = {
    FunctionUrl: `https://${functionUrlHost(region, url)}/`,
    FunctionArn: arn,
    AuthType: url.authType,
    CreationTime: created,
    LastModifiedTime: created,
    InvokeMode: 'BUFFERED',
  }
  const Policy = { Version: '2012-10-17', Id: 'default', Statement: url.statements }
  const policy = { type: types.functionPolicy, ...place, config: { FunctionArn: arn, Policy } }
  return [{ type: types.functionUrl, ...place, config }, ...(url.statements.length > 0 ? [policy] : [])]
}

const statement = (sid: string, action: string, arn: string, principal: unknown, condition: unknown) => ({
  Sid: sid,
  Effect: 'Allow',
  Principal: principal,
  Action: action,
  Resource: arn,
  ...(condition === undefined ? {} : { Condition: condition }),
})

/** The two grants that the console makes for a URL without authentication. */
export const publicGrants = (arn: string) => [
  statement('FunctionURLAllowPublicAccess', 'lambda:InvokeFunctionUrl', arn, '*', {
    StringEquals: { 'lambda:FunctionUrlAuthType': 'NONE' },
  }),
  statement('FunctionURLInvokeAllowPublicAccess', 'lambda:InvokeFunction', arn, '*', {
    Bool: { 'lambda:InvokedViaFunctionUrl': 'true' },
  }),
]

/** The two grants for one distribution, or for all where `distributionArn` is null. */
export const cloudFrontGrants = (arn: string, distributionArn: string | null) => {
  const principal = { Service: 'cloudfront.amazonaws.com' }
  const source = distributionArn === null ? undefined : { ArnLike: { 'AWS:SourceArn': distributionArn } }
  return [
    statement('AllowCloudFrontServicePrincipal', 'lambda:InvokeFunctionUrl', arn, principal, source),
    statement(
      'AllowCloudFrontServicePrincipalInvokeFunction',
      'lambda:InvokeFunction',
      arn,
      principal,
      source,
    ),
  ]
}
