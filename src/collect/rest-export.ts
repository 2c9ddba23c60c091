/**
 * Reads what a stage of a REST API serves from AWS's own export of it. An export carries header values and templates that may
 * be secrets: of each method only its authorizer and what says where it leads is kept.
 */
import { types } from '#snapshot/resource-types.ts'
import { apiArn } from './api-arn.ts'
import { integrationUri } from './api-uri.ts'
import { getRestExport } from './operations/api-gateway.ts'
import { policyDocument } from './policy-document.ts'
import type { Reader } from './reader.ts'

type Fields = Readonly<Record<string, unknown>>

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {}
const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

export async function readRestExport(
  reader: Reader,
  region: string,
  restApiId: string,
  stageName: string,
): Promise<void> {
  const input = { restApiId, stageName, exportType: 'oas30' }
  const question = { region, input, about: `${restApiId}/${stageName}` }
  const { items } = await reader.ask(getRestExport, question)
  for (const body of items) {
    const document = fieldsOf(policyDocument(new TextDecoder().decode(body)))
    const schemes = fieldsOf(fieldsOf(document.components).securitySchemes)
    // A document that is none leaves a record without methods: nothing is taken from it.
    const told = 'paths' in document && {
      methods: methodsOf(fieldsOf(document.paths), schemes),
      authorizers: Object.entries(schemes).flatMap(([name, scheme]) => authorizerOf(name, fieldsOf(scheme))),
    }
    const arn = apiArn(reader, region, `restapis/${restApiId}/stages/${stageName}/exports/oas30`)
    const config = { restApiId, stageName, ...told }
    reader.journal.keep(getRestExport, { type: types.restExport, arn, region, config })
  }
}

const methodNames = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']
const anyMethod = 'x-amazon-apigateway-any-method'

const methodsOf = (paths: Fields, schemes: Fields): readonly Fields[] =>
  Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(fieldsOf(item)).flatMap(([key, method]) => {
      if (key !== anyMethod && !methodNames.includes(key)) return []
      const httpMethod = key === anyMethod ? 'ANY' : key.toUpperCase()
      return [{ path, httpMethod, ...askedOf(fieldsOf(method), schemes), ...calledBy(fieldsOf(method)) }]
    }),
  )

/** The authorizer that a method asks: those of its security schemes that are one. */
const askedOf = ({ security }: Fields, schemes: Fields): Fields => {
  const asked = (Array.isArray(security) ? security : []).flatMap(one => Object.keys(fieldsOf(one)))
  const authorizers = asked.filter(name => Object.hasOwn(schemes, name) && isAuthorizer(schemes[name]))
  return authorizers.length === 1 ? { authorizer: authorizers[0] } : {}
}

const extension = 'x-amazon-apigateway-authorizer'
const isAuthorizer = (scheme: unknown): boolean => extension in fieldsOf(scheme)

/** In the words of the methods that are configured. */
const calledBy = (method: Fields): Fields => {
  const { type, uri, connectionType, connectionId, integrationTarget } = fieldsOf(
    method['x-amazon-apigateway-integration'],
  )
  return {
    type: textOf(type)?.toUpperCase(),
    uri: integrationUri(textOf(uri)),
    connectionType: textOf(connectionType) ?? 'INTERNET',
    connectionId: textOf(connectionId),
    integrationTarget: textOf(integrationTarget),
  }
}

/** What an authorizer expects a token to look like may be the token itself: it is left out. */
const authorizerOf = (name: string, scheme: Fields): readonly Fields[] => {
  if (!isAuthorizer(scheme)) return []
  const { type, authorizerUri, identitySource, authorizerResultTtlInSeconds } = fieldsOf(scheme[extension])
  // Where the token of a simple authorizer stands is said by the scheme itself.
  const named = scheme.in === 'header' && textOf(type) !== 'request'
  const source = textOf(identitySource) ?? (named ? `method.request.header.${scheme.name}` : undefined)
  const ttl = authorizerResultTtlInSeconds
  return [
    {
      name,
      type: textOf(type)?.toUpperCase(),
      authorizerUri: textOf(authorizerUri),
      identitySource: source,
      ...(typeof ttl === 'number' && { authorizerResultTtlInSeconds: ttl }),
    },
  ]
}
