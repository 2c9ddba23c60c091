/** Reads an HTTP or WebSocket API that an origin leads to: its stages, its routes, and who authorizes them. */
import { types } from '#snapshot/resource-types.ts'
import { apiArn } from './api-arn.ts'
import type { ApiLists } from './api-lists.ts'
import { getAuthorizers, getDeployment, getRoutes, getStages } from './operations/apigatewayv2.ts'
import { distinct, type Reader } from './reader.ts'

export async function readHttpApi(
  reader: Reader,
  lists: ApiLists,
  region: string,
  ApiId: string,
): Promise<void> {
  await Promise.all([
    lists.integrations(region, ApiId),
    readAuthorizers(reader, region, ApiId),
    readRoutes(reader, region, ApiId),
    readStages(reader, region, ApiId),
  ])
}

/** What an authorizer expects a token to look like may be the token itself: it is left out. */
const readAuthorizers = async (reader: Reader, region: string, ApiId: string): Promise<void> => {
  const { items } = await reader.ask(getAuthorizers, { region, input: { ApiId }, about: ApiId })
  for (const one of items) {
    const { AuthorizerId, Name, AuthorizerType, AuthorizerUri, IdentitySource } = one
    const { AuthorizerResultTtlInSeconds } = one
    const arn = apiArn(reader, region, `apis/${ApiId}/authorizers/${AuthorizerId}`)
    const said = { ApiId, AuthorizerId, Name, AuthorizerType, AuthorizerUri, IdentitySource }
    const config = { ...said, AuthorizerResultTtlInSeconds }
    reader.journal.keep(getAuthorizers, { type: types.apiAuthorizer, arn, region, config })
  }
}

const readRoutes = async (reader: Reader, region: string, ApiId: string): Promise<void> => {
  const { items } = await reader.ask(getRoutes, { region, input: { ApiId }, about: ApiId })
  for (const { RouteId, RouteKey, AuthorizationType, AuthorizerId, ApiKeyRequired, Target } of items) {
    const arn = apiArn(reader, region, `apis/${ApiId}/routes/${RouteId}`)
    const config = { ApiId, RouteId, RouteKey, AuthorizationType, AuthorizerId, ApiKeyRequired, Target }
    reader.journal.keep(getRoutes, { type: types.apiRoute, arn, region, config })
  }
}

/** The variables of a stage may hold secrets, and a failure may quote a configuration: both are left out. */
const readStages = async (reader: Reader, region: string, ApiId: string): Promise<void> => {
  const { items } = await reader.ask(getStages, { region, input: { ApiId }, about: ApiId })
  for (const { StageName, DeploymentId, AutoDeploy, LastDeploymentStatusMessage: said } of items) {
    const LastDeploymentStatusMessage = said?.split(/[:']/)[0]?.trim()
    const config = { ApiId, StageName, DeploymentId, AutoDeploy, LastDeploymentStatusMessage }
    const arn = apiArn(reader, region, `apis/${ApiId}/stages/${StageName}`)
    reader.journal.keep(getStages, { type: types.apiStage, arn, region, config })
  }
  const deployments = distinct(items.map(one => one.DeploymentId))
  await Promise.all(deployments.map(id => readDeployment(reader, region, ApiId, id)))
}

const readDeployment = async (reader: Reader, region: string, ApiId: string, id: string): Promise<void> => {
  const question = { region, input: { ApiId, DeploymentId: id }, about: `${ApiId}/${id}` }
  const { items } = await reader.ask(getDeployment, question)
  for (const { DeploymentId, CreatedDate, DeploymentStatus } of items) {
    const arn = apiArn(reader, region, `apis/${ApiId}/deployments/${DeploymentId}`)
    const config = { ApiId, DeploymentId, CreatedDate, DeploymentStatus }
    reader.journal.keep(getDeployment, { type: types.apiDeployment, arn, region, config })
  }
}
