/** The API Gateway operations (REST APIs) that collecting uses. */
import type * as ApiGateway from '@aws-sdk/client-api-gateway'
import { one, operationsOf } from './operation.ts'

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
  purpose: 'REST APIs, where an origin is one or there are VPC links that one may use',
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
  purpose: 'whom the methods of a REST API ask, and what they call',
  target: 'REST API id',
  always: { limit: 500, embed: ['methods'] },
  items: output => output.items,
  next: byPosition,
})

export const getRestStages = define<ApiGateway.GetStagesCommandInput, ApiGateway.GetStagesCommandOutput>()({
  name: 'GetStages',
  resource: 'arn:aws:apigateway:*::/restapis/*/stages',
  purpose: 'the stages of a REST API, what each of them serves, and its web ACL',
  target: 'REST API id',
  items: output => output.item,
})

export const getRestDeployment = define<
  ApiGateway.GetDeploymentCommandInput,
  ApiGateway.GetDeploymentCommandOutput
>()({
  name: 'GetDeployment',
  resource: 'arn:aws:apigateway:*::/restapis/*/deployments/*',
  purpose: 'when a stage of a REST API was deployed, and whom the methods asked then',
  target: 'REST API id/deployment id',
  always: { embed: ['apisummary'] },
  items: output => one(output.id === undefined ? undefined : output),
})

export const getRestExport = define<ApiGateway.GetExportCommandInput, ApiGateway.GetExportCommandOutput>()({
  name: 'GetExport',
  resource: 'arn:aws:apigateway:*::/restapis/*/stages/*/exports/oas30',
  purpose: 'which authorizers the methods of a deployed stage ask, and what they call',
  target: 'REST API id/stage',
  always: {
    parameters: { extensions: 'integrations,authorizers' },
    accepts: 'application/json',
  },
  items: output => one(output.body),
})

export const getRestAuthorizers = define<
  ApiGateway.GetAuthorizersCommandInput,
  ApiGateway.GetAuthorizersCommandOutput
>()({
  name: 'GetAuthorizers',
  resource: 'arn:aws:apigateway:*::/restapis/*/authorizers',
  purpose: 'what the authorizers of a REST API look at, and for how long they keep a decision',
  target: 'REST API id',
  always: { limit: 500 },
  items: output => output.items,
  next: byPosition,
})

export const getUsagePlans = define<
  ApiGateway.GetUsagePlansCommandInput,
  ApiGateway.GetUsagePlansCommandOutput
>()({
  name: 'GetUsagePlans',
  resource: 'arn:aws:apigateway:*::/usageplans',
  purpose: 'which other APIs and stages the keys of a REST API are good for, where one asks for a key',
  target: '*',
  always: { limit: 500 },
  items: output => output.items,
  next: byPosition,
})

export const getDomainNames = define<
  ApiGateway.GetDomainNamesCommandInput,
  ApiGateway.GetDomainNamesCommandOutput
>()({
  name: 'GetDomainNames',
  resource: 'arn:aws:apigateway:*::/domainnames',
  purpose: 'custom domain names of APIs, and whether they ask for client certificates',
  target: '*',
  always: { limit: 500 },
  items: output => output.items,
  next: byPosition,
})

export const getBasePathMappings = define<
  ApiGateway.GetBasePathMappingsCommandInput,
  ApiGateway.GetBasePathMappingsCommandOutput
>()({
  name: 'GetBasePathMappings',
  resource: 'arn:aws:apigateway:*::/domainnames/*/basepathmappings',
  purpose: 'which APIs an edge-optimized or private custom domain name leads to',
  target: 'custom domain name',
  always: { limit: 500 },
  items: output => output.items,
  next: byPosition,
})
