/** Answers every AWS operation that a scan uses from a world: paged, filtered, by region and account. */
import type { AwsAnswer, AwsCall } from '../aws/endpoint.ts'
import type { World } from '../world.ts'
import { acm } from './acm.ts'
import { apiGateway } from './api-gateway.ts'
import { apiGatewayV2 } from './apigatewayv2.ts'
import { cloudfront } from './cloudfront.ts'
import { cloudtrail } from './cloudtrail.ts'
import { cloudwatch } from './cloudwatch.ts'
import { ec2 } from './ec2.ts'
import { ec2OtherWays } from './ec2-other-ways.ts'
import { elb } from './elb.ts'
import { elbv2 } from './elbv2.ts'
import { eventbridge } from './eventbridge.ts'
import { globalAccelerator } from './global-accelerator.ts'
import { lambda } from './lambda.ts'
import { type Operations, Refused } from './operation.ts'
import { cloudformation, ec2UserData, ecs, ssmParameters } from './plaintext.ts'
import { route53 } from './route53.ts'
import { s3 } from './s3.ts'
import { s3Control } from './s3-control.ts'
import { scheduler } from './scheduler.ts'
import { secretsManager } from './secrets-manager.ts'
import { ssm } from './ssm.ts'
import { accountOf, sts } from './sts.ts'
import { viewsOf } from './view.ts'
import { wafv2 } from './wafv2.ts'

export interface WorldHandlerOptions {
  /** The most items on a page of any list; a service's own limit unless given. */
  readonly pageSize?: number
  /** Puts every list without a promised order into another order, the same for the same number. */
  readonly shuffle?: number
}

/** By SDK package suffix. */
const services: Readonly<Record<string, Operations>> = {
  acm,
  'api-gateway': apiGateway,
  apigatewayv2: apiGatewayV2,
  cloudformation,
  cloudfront,
  cloudtrail,
  cloudwatch,
  ec2: { ...ec2, ...ec2OtherWays, ...ec2UserData },
  ecs,
  'elastic-load-balancing': elb,
  'elastic-load-balancing-v2': elbv2,
  eventbridge,
  'global-accelerator': globalAccelerator,
  lambda,
  'route-53': route53,
  s3,
  's3-control': s3Control,
  scheduler,
  'secrets-manager': secretsManager,
  ssm: { ...ssm, ...ssmParameters },
  sts,
  wafv2,
}

const withoutRegions: ReadonlySet<string> = new Set(['cloudfront', 'global-accelerator', 'route-53', 'sts'])

/** Of those that no account can switch off the two where services answer for all regions. */
const alwaysEnabled: readonly string[] = ['us-east-1', 'us-west-2']

/** A handler for `serveAws`. Operations the lab does not know are refused as `InvalidAction`. */
export function worldHandler(world: World, options: WorldHandlerOptions = {}): (call: AwsCall) => AwsAnswer {
  const viewOf = viewsOf(world, options.shuffle)
  const pageSize = options.pageSize ?? Number.POSITIVE_INFINITY
  return ({ service, operation, region, accessKeyId, input }) => {
    const answer = services[service]?.[operation]
    if (!answer) return error('InvalidAction', `The lab does not answer ${service}:${operation}.`)
    if (!withoutRegions.has(service) && !alwaysEnabled.includes(region) && !world.regions.includes(region))
      return error('UnrecognizedClientException', `The account has not enabled the region ${region}.`)
    const view = viewOf(accountOf(world, accessKeyId), region)
    try {
      return { output: answer({ input, view, accessKeyId, pageSize }) }
    } catch (refused) {
      if (refused instanceof Refused) return error(refused.code, refused.message)
      throw refused
    }
  }
}

const error = (code: string, message: string): AwsAnswer => ({ error: { code, message } })
