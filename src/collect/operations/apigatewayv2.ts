/** The API Gateway v2 operations (HTTP and WebSocket APIs) that collecting uses. */
import type * as ApiGatewayV2 from '@aws-sdk/client-apigatewayv2'
import { byToken, one, operationsOf } from './operation.ts'

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
  purpose: 'HTTP APIs, where an origin is one or there are VPC links that one may use',
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
  purpose: 'what an HTTP API calls',
  target: 'API id',
  always: { MaxResults: '500' },
  items: output => output.Items,
  next: byToken,
})

export const getStages = define<ApiGatewayV2.GetStagesCommandInput, ApiGatewayV2.GetStagesCommandOutput>()({
  name: 'GetStages',
  resource: 'arn:aws:apigateway:*::/apis/*/stages',
  purpose: 'the stages of an HTTP API, and whether they deploy each change',
  target: 'API id',
  always: { MaxResults: '500' },
  items: output => output.Items,
  next: byToken,
})

export const getDeployment = define<
  ApiGatewayV2.GetDeploymentCommandInput,
  ApiGatewayV2.GetDeploymentCommandOutput
>()({
  name: 'GetDeployment',
  resource: 'arn:aws:apigateway:*::/apis/*/deployments/*',
  purpose: 'when a stage of an HTTP API was deployed',
  target: 'API id/deployment id',
  items: output => one(output.DeploymentId === undefined ? undefined : output),
})

export const getRoutes = define<ApiGatewayV2.GetRoutesCommandInput, ApiGatewayV2.GetRoutesCommandOutput>()({
  name: 'GetRoutes',
  resource: 'arn:aws:apigateway:*::/apis/*/routes',
  purpose: 'whom the routes of an HTTP API ask',
  target: 'API id',
  always: { MaxResults: '500' },
  items: output => output.Items,
  next: byToken,
})

export const getAuthorizers = define<
  ApiGatewayV2.GetAuthorizersCommandInput,
  ApiGatewayV2.GetAuthorizersCommandOutput
>()({
  name: 'GetAuthorizers',
  resource: 'arn:aws:apigateway:*::/apis/*/authorizers',
  purpose: 'what the authorizers of an HTTP API look at, and for how long they keep a decision',
  target: 'API id',
  always: { MaxResults: '500' },
  items: output => output.Items,
  next: byToken,
})

export const getApiMappings = define<
  ApiGatewayV2.GetApiMappingsCommandInput,
  ApiGatewayV2.GetApiMappingsCommandOutput
>()({
  name: 'GetApiMappings',
  resource: 'arn:aws:apigateway:*::/domainnames/*/apimappings',
  purpose: 'which APIs a regional custom domain name leads to',
  target: 'custom domain name',
  always: { MaxResults: '500' },
  items: output => output.Items,
  next: byToken,
})
