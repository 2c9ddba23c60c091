/** What the methods and routes of APIs call, as a text: equal texts are the same backend. */
import type { LocatedResource } from '#snapshot/record.ts'
import { type Config, textAt } from './config.ts'

const invoked = /\/functions\/(arn:[^/]+)\/invocations$/

/** The function that an authorizer or integration invokes; null where only the variables of a stage tell it. */
export const functionOf = (uri: string | undefined): string | null => {
  const arn = invoked.exec(uri ?? '')?.[1]
  return arn === undefined || arn.includes('${') ? null : arn
}

/** Null where it was not observed, as where a variable of the stage is part of it. */
const calledBy = (uri: string | undefined): string | null =>
  uri === undefined || uri.includes('stageVariables') ? null : (functionOf(uri) ?? uri)

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
