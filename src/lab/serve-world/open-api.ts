/** What a stage of a REST API serves, as an OpenAPI document with the extensions of API Gateway. */
import type { Config } from './view.ts'

const listOf = (value: unknown): readonly Config[] => (Array.isArray(value) ? value : [])

/** `secret` stands where most APIs have values of their own. */
export const openApiOf = (
  exported: Config,
  extensions: readonly string[],
  secret: string,
): Readonly<Record<string, unknown>> => {
  const paths = Map.groupBy(listOf(exported.methods), method => String(method.path))
  const authorizers = extensions.includes('authorizers') ? listOf(exported.authorizers) : []
  return {
    openapi: '3.0.1',
    info: { title: 'exported', description: secret, version: '2026-01-01T00:00:00Z' },
    servers: [{ url: 'https://exported.example.com/{basePath}', variables: { basePath: { default: '/' } } }],
    paths: Object.fromEntries(
      [...paths].map(([path, own]) => [
        path,
        Object.fromEntries([
          ['parameters', [{ name: secret, in: 'query' }]],
          ...own.map(method => [keyOf(method), operationOf(method, extensions, secret)]),
        ]),
      ]),
    ),
    components: {
      securitySchemes: {
        api_key: { type: 'apiKey', name: 'x-api-key', in: 'header' },
        ...Object.fromEntries(authorizers.map(one => [String(one.name), schemeOf(one, secret)])),
      },
    },
  }
}

const keyOf = ({ httpMethod }: Config): string =>
  httpMethod === 'ANY' ? 'x-amazon-apigateway-any-method' : String(httpMethod).toLowerCase()

const operationOf = (method: Config, extensions: readonly string[], secret: string) => ({
  responses: { 200: { description: secret } },
  security: [{ api_key: [] }, ...(method.authorizer ? [{ [String(method.authorizer)]: [] }] : [])],
  ...(extensions.includes('integrations') && {
    'x-amazon-apigateway-integration': {
      type: String(method.type).toLowerCase(),
      uri: method.uri,
      connectionType: method.connectionType,
      connectionId: method.connectionId,
      integrationTarget: method.integrationTarget,
      requestParameters: { 'integration.request.header.X-Api-Key': `'${secret}'` },
      requestTemplates: { 'application/json': secret },
    },
  }),
})

/** A simple one names the header of its token as the scheme's own. */
const schemeOf = (one: Config, secret: string) => {
  const source = String(one.identitySource ?? '')
  const isToken = one.type === 'TOKEN'
  return {
    type: 'apiKey',
    name: isToken ? (source.split('.').at(-1) ?? '') : 'Unused',
    in: 'header',
    'x-amazon-apigateway-authtype': one.type === 'COGNITO_USER_POOLS' ? 'cognito_user_pools' : 'custom',
    'x-amazon-apigateway-authorizer': {
      type: String(one.type).toLowerCase(),
      authorizerUri: one.authorizerUri,
      authorizerResultTtlInSeconds: one.authorizerResultTtlInSeconds,
      ...(isToken ? { identityValidationExpression: secret } : { identitySource: one.identitySource }),
    },
  }
}
