/** The functions that authorizers of APIs invoke: the environment of one names the store of the value that it compares. */
import { invokedFunction } from '#base/invoked-function.ts'
import type { ResourceRecord } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'

type Fields = Readonly<Record<string, unknown>>

const authorizersIn = ({ type, config }: ResourceRecord): readonly Fields[] => {
  if (type === types.restAuthorizer || type === types.apiAuthorizer) return [config]
  const { authorizers } = config
  return type === types.restExport && Array.isArray(authorizers) ? authorizers : []
}

const uriOf = ({ authorizerUri, AuthorizerUri }: Fields): string | undefined => {
  const uri = authorizerUri ?? AuthorizerUri
  return typeof uri === 'string' ? uri : undefined
}

/** ARNs, of the authorizers that were read. */
export const authorizerFunctions = (resources: readonly ResourceRecord[]): ReadonlySet<string> =>
  new Set(resources.flatMap(authorizersIn).flatMap(one => invokedFunction(uriOf(one)) ?? []))
