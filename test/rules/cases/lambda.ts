/** Worlds for the rules about Lambda function URLs. */
import { known } from '#base/known.ts'
import type { FunctionUrl, Link } from '#topology/model.ts'
import { aRef, aWorld, lost, unread } from '../../judge/build.ts'
import type { Cases } from '../test-rule.ts'

const distribution = 'arn:aws:cloudfront::111122223333:distribution/E1EXAMPLE'

const granting = (condition: unknown) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'CloudFront',
      Effect: 'Allow',
      Principal: { Service: 'cloudfront.amazonaws.com' },
      Action: 'lambda:InvokeFunctionUrl',
      Resource: '*',
      ...(condition === undefined ? {} : { Condition: condition }),
    },
  ],
})

const exactly = granting({ ArnLike: { 'AWS:SourceArn': distribution } })

const aUrl = (name: string, authType: FunctionUrl['authType'], document: unknown = exactly): FunctionUrl => ({
  ref: aRef('AWS::Lambda::Url', name),
  host: `${name}.lambda-url.eu-west-1.on.aws`,
  functionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:app',
  alias: null,
  authType,
  created: null,
  policy: known(
    document === null ? null : { ref: aRef('AWS::Lambda::Permission', `policy of ${name}`), document },
  ),
})

const functionUrl = (url: FunctionUrl, ...siblings: readonly FunctionUrl[]): Link['target'] => ({
  kind: 'function-url',
  url,
  siblings: known(siblings),
  names: [url.host],
})

const behind = (url: FunctionUrl, ...siblings: readonly FunctionUrl[]) =>
  aWorld([{ target: functionUrl(url, ...siblings) }])

const halfRead = (url: FunctionUrl) =>
  aWorld([{ target: { kind: 'function-url', url, siblings: unread(), names: [url.host] } }])

export const lambdaCases: Cases = {
  'lambda-url-iam': [
    { name: 'every URL asks for IAM', world: behind(aUrl('app', 'AWS_IAM')), outcome: 'satisfied' },
    { name: 'the URL asks nothing', world: behind(aUrl('app', 'NONE')), outcome: 'violated', says: 'NONE' },
    {
      name: 'the URL of another alias asks nothing',
      world: behind(aUrl('app', 'AWS_IAM'), aUrl('test', 'NONE')),
      outcome: 'violated',
      says: 'test',
    },
    { name: 'other URLs were not read', world: halfRead(aUrl('app', 'AWS_IAM')), outcome: 'unknown' },
    { name: 'the type is not known', world: behind(aUrl('app', 'unrecognised')), outcome: 'unknown' },
    {
      name: 'the target was not found',
      world: aWorld([{ target: lost, verdict: 'unknown' }]),
      outcome: 'unknown',
    },
    { name: 'the origin is a load balancer', world: aWorld([{}]), outcome: 'inapplicable' },
  ],
  'lambda-url-names-distribution': [
    { name: 'the distribution is named', world: behind(aUrl('app', 'AWS_IAM')), outcome: 'satisfied' },
    { name: 'there is no policy', world: behind(aUrl('app', 'AWS_IAM', null)), outcome: 'satisfied' },
    {
      name: 'no distribution is named',
      world: behind(aUrl('app', 'AWS_IAM', granting(undefined))),
      outcome: 'violated',
      says: 'no distribution',
    },
    {
      name: 'any distribution of an account is meant',
      world: behind(
        aUrl('app', 'AWS_IAM', granting({ ArnLike: { 'AWS:SourceArn': `${distribution.slice(0, -9)}*` } })),
      ),
      outcome: 'violated',
      says: '*',
    },
    {
      name: 'the condition binds only where the key is there',
      world: behind(aUrl('app', 'AWS_IAM', granting({ ArnLikeIfExists: { 'AWS:SourceArn': distribution } }))),
      outcome: 'violated',
    },
    {
      name: 'the policy was not read',
      world: behind({ ...aUrl('app', 'AWS_IAM'), policy: unread() }),
      outcome: 'unknown',
    },
    { name: 'other URLs were not read', world: halfRead(aUrl('app', 'AWS_IAM')), outcome: 'unknown' },
    {
      name: 'the target was not found',
      world: aWorld([{ target: lost, verdict: 'unknown' }]),
      outcome: 'unknown',
    },
    { name: 'the origin is a load balancer', world: aWorld([{}]), outcome: 'inapplicable' },
  ],
}
