/** What AWS exports of a stage of a REST API: the authorizers that it was deployed with, and what its methods call. */
import type { LocatedResource } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { restAuthorizerOf } from './api-authorizer.ts'
import { methodIntegration } from './api-integration.ts'
import { call } from './calls.ts'
import { asObject, listAt, textAt } from './config.ts'
import { type Facts, lookUp } from './facts.ts'
import type { ApiRoute, Authorizer } from './model.ts'

export interface ApiExport {
  /** Their names are their ids. */
  readonly authorizers: readonly Authorizer[]
  /** By method and path, as in `GET /orders`. */
  readonly methods: ReadonlyMap<string, Pick<ApiRoute, 'authorizerId' | 'integration'>>
}

export const keyOfMethod = (method: string, path: string): string => `${method} ${path}`

/** Null where there is none, or one that this version cannot read as a whole: then nothing is taken from it. */
export const exportOf = (facts: Facts, id: string, stage: LocatedResource): ApiExport | null => {
  const asked = call('GetExport', `${id}/${textAt(stage.config, 'stageName') ?? ''}`, stage)
  const found = lookUp(facts, types.restExport, `${stage.arn}/exports/oas30`, asked)
  if (!found.known) return null
  const methods = methodsOf(found.value)
  const authorizers = (listAt(found.value.config, 'authorizers') ?? []).map(said => ({
    said,
    name: textAt(said, 'name'),
  }))
  if (methods === null || authorizers.some(({ name }) => name === undefined)) return null
  return {
    methods,
    authorizers: authorizers.map(({ said, name = '' }) => restAuthorizerOf(found.value, said, name)),
  }
}

const methodsOf = ({ config }: LocatedResource): ApiExport['methods'] | null => {
  const methods = listAt(config, 'methods')?.map(asObject)
  const places = methods?.map(method => [textAt(method, 'httpMethod'), textAt(method, 'path')] as const)
  if (methods === undefined || places?.some(place => place.includes(undefined))) return null
  return new Map(
    methods.map((method = {}) => [
      keyOfMethod(`${method.httpMethod}`, `${method.path}`),
      { authorizerId: textAt(method, 'authorizer') ?? null, integration: methodIntegration(method) },
    ]),
  )
}
