/** The API Gateway operations (REST APIs) that collecting uses. */
import type * as ApiGateway from '@aws-sdk/client-api-gateway'
import { operationsOf } from './operation.ts'

const define = operationsOf('api-gateway')

const byPosition = (output: { readonly position?: string | undefined }) =>
  output.position ? { position: output.position } : undefined

export const getVpcLinks = define<ApiGateway.GetVpcLinksCommandInput, ApiGateway.GetVpcLinksCommandOutput>()({
  name: 'GetVpcLinks',
  resource: 'arn:aws:apigateway:*::/vpclinks',
  purpose: 'APIs that reach a network load balancer from inside the VPC',
  target: '*',
  always: { limit: 500 },
  items: output => output.items,
  next: byPosition,
})

export const getRestApis = define<ApiGateway.GetRestApisCommandInput, ApiGateway.GetRestApisCommandOutput>()({
  name: 'GetRestApis',
  resource: 'arn:aws:apigateway:*::/restapis',
  purpose: 'REST APIs, where there are VPC links that one may use',
  target: '*',
  always: { limit: 500 },
  items: output => output.items,
  next: byPosition,
})

export const getResources = define<
  ApiGateway.GetResourcesCommandInput,
  ApiGateway.GetResourcesCommandOutput
>()({
  name: 'GetResources',
  resource: 'arn:aws:apigateway:*::/restapis/*/resources',
  purpose: 'which methods of a REST API go through a VPC link',
  target: 'REST API id',
  always: { limit: 500, embed: ['methods'] },
  items: output => output.items,
  next: byPosition,
})
