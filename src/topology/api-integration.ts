/** What the methods and routes of APIs call, as a text: equal texts are the same backend. */
import { invokedFunction } from '#base/invoked-function.ts'
import type { LocatedResource } from '#snapshot/record.ts'
import { type Config, textAt } from './config.ts'

/** Null where it was not observed, as where a variable of the stage is part of it. */
const calledBy = (uri: string | undefined): string | null =>
  uri === undefined || uri.includes('stageVariables') ? null : (invokedFunction(uri) ?? uri)

/** Of a method of a REST API. A load balancer behind a VPC link is named beside the URL of the request. */
export const methodIntegration = (config: Config): string | null => {
  if (textAt(config, 'type') === 'MOCK') return 'MOCK'
  const link = textAt(config, 'connectionId')
  const called = calledBy(textAt(config, 'integrationTarget') ?? textAt(config, 'uri'))
  if (link === undefined || called === null || called.startsWith('arn:')) return called
  return link.includes('stageVariables') ? null : `${link} ${called}`
}

/** Of an integration of an HTTP or WebSocket API; those of other services of AWS name them in parameters, not in a URI. */
export const apiIntegration = ({ config, arn }: LocatedResource): string | null => {
  if (textAt(config, 'IntegrationType') === 'MOCK') return 'MOCK'
  const service = textAt(config, 'IntegrationSubtype')
  return service === undefined ? calledBy(textAt(config, 'IntegrationUri')) : `${service} of ${arn}`
}
