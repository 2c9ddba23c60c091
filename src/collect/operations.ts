/** Every AWS operation that collecting uses, and why: the one list, from which the IAM policy is printed. */
import { compareText } from '#base/canonical.ts'
import * as acm from './operations/acm.ts'
import * as apiGateway from './operations/api-gateway.ts'
import * as apiGatewayV2 from './operations/apigatewayv2.ts'
import * as cloudfront from './operations/cloudfront.ts'
import * as cloudtrail from './operations/cloudtrail.ts'
import * as cloudwatch from './operations/cloudwatch.ts'
import * as ec2 from './operations/ec2.ts'
import * as elb from './operations/elb.ts'
import * as elbv2 from './operations/elbv2.ts'
import * as eventbridge from './operations/eventbridge.ts'
import * as globalAccelerator from './operations/global-accelerator.ts'
import * as lambda from './operations/lambda.ts'
import type { Operation, OperationName } from './operations/operation.ts'
import * as plaintext from './operations/plaintext.ts'
import * as route53 from './operations/route53.ts'
import * as s3 from './operations/s3.ts'
import * as s3Control from './operations/s3-control.ts'
import * as scheduler from './operations/scheduler.ts'
import * as secretsManager from './operations/secrets-manager.ts'
import * as ssm from './operations/ssm.ts'
import * as sts from './operations/sts.ts'
import * as wafv2 from './operations/wafv2.ts'
import { type ServicePackage, services } from './services.ts'

export interface OperationUse {
  /** SDK package suffix, e.g. `elastic-load-balancing-v2`. */
  readonly service: string
  readonly operation: string
  /** IAM action, e.g. `elasticloadbalancing:DescribeRules`. */
  readonly action: string
  readonly purpose: string
  /** What the action must be allowed on: `*`, or ARNs where the action alone would allow more than is read. */
  readonly resource: string
  /** What read and gap records of the operation name as their target; `*` for account- and region-wide lists. */
  readonly target: string
}

/** The IAM action that an operation needs: named as the operation, unless it or its service says otherwise. */
export const actionOf = (operation: OperationName): string => {
  const { actions, action }: ServicePackage = services[operation.service]
  return operation.action ?? `${actions}:${action ?? operation.name}`
}

/** Sorted by service, then operation. */
const usesOf = (modules: readonly object[]): readonly OperationUse[] =>
  modules
    .flatMap(module =>
      Object.values<
        Pick<
          Operation<never, never, unknown>,
          'service' | 'name' | 'action' | 'resource' | 'purpose' | 'target'
        >
      >(module as never),
    )
    .map(operation => ({
      service: operation.service,
      operation: operation.name,
      action: actionOf(operation),
      resource: operation.resource ?? '*',
      purpose: operation.purpose,
      target: operation.target,
    }))
    .sort((a, b) => compareText(a.service, b.service) || compareText(a.operation, b.operation))

/** What every scan uses. */
export const operations: readonly OperationUse[] = usesOf([
  acm,
  apiGateway,
  apiGatewayV2,
  cloudfront,
  cloudtrail,
  cloudwatch,
  ec2,
  elb,
  elbv2,
  eventbridge,
  globalAccelerator,
  lambda,
  route53,
  s3,
  s3Control,
  scheduler,
  secretsManager,
  ssm,
  sts,
  wafv2,
])

/** What is used besides with `--find-plaintext`, which reads values. */
export const plaintextOperations: readonly OperationUse[] = usesOf([plaintext])

export interface PolicyDocument {
  readonly Version: '2012-10-17'
  readonly Statement: readonly Statement[]
}

interface Statement {
  readonly Sid: string
  readonly Effect: 'Allow'
  readonly Action: readonly string[]
  readonly Resource: string | readonly string[]
}

const sorted = (texts: Iterable<string>): readonly string[] => [...new Set(texts)].sort(compareText)

/**
 * The least IAM policy that a whole scan needs: exactly the actions of `operations`, and where values are looked through
 * those of `plaintextOperations`.
 */
export const policyDocument = (options: { readonly findPlaintext?: boolean } = {}): PolicyDocument => {
  const used = [...operations, ...(options.findPlaintext ? plaintextOperations : [])]
  const [wide, narrow] = [true, false].map(all => used.filter(o => (o.resource === '*') === all))
  const statement = (Sid: string, of: readonly OperationUse[] = []): Omit<Statement, 'Resource'> => ({
    Sid,
    Effect: 'Allow',
    Action: sorted(of.map(({ action }) => action)),
  })
  return {
    Version: '2012-10-17',
    Statement: [
      { ...statement('OriginproofReadOnly', wide), Resource: '*' },
      {
        ...statement('OriginproofReadOnlyApiGateway', narrow),
        Resource: sorted((narrow ?? []).map(({ resource }) => resource)),
      },
    ],
  }
}
