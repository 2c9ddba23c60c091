/** The API Gateway v2 operations (HTTP and WebSocket APIs) that collecting uses. */
import type * as ApiGatewayV2 from '@aws-sdk/client-apigatewayv2'
import { byToken, operationsOf } from './operation.ts'

const define = operationsOf('apigatewayv2')

export const getVpcLinks2 = define<
  ApiGatewayV2.GetVpcLinksCommandInput,
  ApiGatewayV2.GetVpcLinksCommandOutput
>()({
  name: 'GetVpcLinks',
  resource: 'arn:aws:apigateway:*::/vpclinks',
  purpose: 'APIs that reach a load balancer from inside the VPC',
  target: '*',
  always: { MaxResults: '500' },
  items: output => output.Items,
  next: byToken,
})

export const getApis = define<ApiGatewayV2.GetApisCommandInput, ApiGatewayV2.GetApisCommandOutput>()({
  name: 'GetApis',
  resource: 'arn:aws:apigateway:*::/apis',
  purpose: 'HTTP APIs, where there are VPC links that one may use',
  target: '*',
  always: { MaxResults: '500' },
  items: output => output.Items,
  next: byToken,
})

export const getIntegrations = define<
  ApiGatewayV2.GetIntegrationsCommandInput,
  ApiGatewayV2.GetIntegrationsCommandOutput
>()({
  name: 'GetIntegrations',
  resource: 'arn:aws:apigateway:*::/apis/*/integrations',
  purpose: 'which load balancer an HTTP API reaches through a VPC link',
  target: 'API id',
  always: { MaxResults: '500' },
  items: output => output.Items,
  next: byToken,
})
