/** Reads a REST API that an origin leads to: its stages and their web ACLs, what each serves, and who authorizes it. */
import type { MethodSnapshot, Stage } from '@aws-sdk/client-api-gateway'
import { types } from '#snapshot/resource-types.ts'
import { apiArn } from './api-arn.ts'
import type { ApiLists } from './api-lists.ts'
import { getRestAuthorizers, getRestDeployment, getRestStages } from './operations/api-gateway.ts'
import { getWebAcl } from './operations/wafv2.ts'
import { distinct, type Reader } from './reader.ts'
import { readRestExport } from './rest-export.ts'
import type { WebAcls } from './web-acls.ts'

export interface ApiTools {
  readonly reader: Reader
  readonly lists: ApiLists
  readonly webAcls: WebAcls
}

export async function readRestApi(tools: ApiTools, region: string, restApiId: string): Promise<void> {
  const { reader, lists } = tools
  await Promise.all([
    lists.methods(region, restApiId),
    readAuthorizers(reader, region, restApiId),
    readStages(tools, region, restApiId),
  ])
}

/** What an authorizer expects a token to look like may be the token itself: it is left out. */
const readAuthorizers = async (reader: Reader, region: string, restApiId: string): Promise<void> => {
  const { items } = await reader.ask(getRestAuthorizers, { region, input: { restApiId }, about: restApiId })
  for (const { id, name, type, authorizerUri, identitySource, authorizerResultTtlInSeconds } of items) {
    const arn = apiArn(reader, region, `restapis/${restApiId}/authorizers/${id}`)
    const config = { restApiId, id, name, type, authorizerUri, identitySource, authorizerResultTtlInSeconds }
    reader.journal.keep(getRestAuthorizers, { type: types.restAuthorizer, arn, region, config })
  }
}

/** The variables of a stage may hold secrets: they are left out. */
const readStages = async (
  { reader, lists, webAcls }: ApiTools,
  region: string,
  restApiId: string,
): Promise<void> => {
  const { items } = await reader.ask(getRestStages, { region, input: { restApiId }, about: restApiId })
  for (const stage of items) noteStage(reader, region, restApiId, stage)
  const deployments = items.flatMap(one => [one.deploymentId, one.canarySettings?.deploymentId])
  await Promise.all([
    ...distinct(deployments).map(async id => {
      if (await readDeployment(reader, region, restApiId, id)) await lists.usagePlans(region)
    }),
    ...distinct(items.map(one => one.stageName)).map(name => readRestExport(reader, region, restApiId, name)),
    ...distinct(items.map(one => one.webAclArn)).map(arn => readWebAcl(reader, webAcls, region, arn)),
  ])
}

const noteStage = (reader: Reader, region: string, restApiId: string, stage: Stage): void => {
  const { stageName, deploymentId, webAclArn, canarySettings: canary } = stage
  const canarySettings = canary && {
    deploymentId: canary.deploymentId,
    percentTraffic: canary.percentTraffic,
  }
  const config = { restApiId, stageName, deploymentId, webAclArn, canarySettings }
  const arn = apiArn(reader, region, `restapis/${restApiId}/stages/${stageName}`)
  reader.journal.keep(getRestStages, { type: types.restStage, arn, region, config })
}

/** Whether some of its methods asks for a key. */
const readDeployment = async (
  reader: Reader,
  region: string,
  restApiId: string,
  deploymentId: string,
): Promise<boolean> => {
  const question = { region, input: { restApiId, deploymentId }, about: `${restApiId}/${deploymentId}` }
  const { items } = await reader.ask(getRestDeployment, question)
  for (const { id, createdDate, apiSummary } of items) {
    const arn = apiArn(reader, region, `restapis/${restApiId}/deployments/${id}`)
    const config = { restApiId, id, createdDate, apiSummary }
    reader.journal.keep(getRestDeployment, { type: types.restDeployment, arn, region, config })
  }
  const methods = items.flatMap(one => Object.values(one.apiSummary ?? {}).flatMap(Object.values))
  return methods.some((method: MethodSnapshot) => method.apiKeyRequired)
}

const readWebAcl = async (
  { journal }: Reader,
  webAcls: WebAcls,
  region: string,
  arn: string,
): Promise<void> => {
  if (arn.split(':')[2] === 'wafv2') return webAcls.read(arn)
  const message = `The web ACL ${arn} is of AWS WAF Classic, which is not read: move it to AWS WAF to have it judged.`
  journal.miss(getWebAcl, { code: 'unrecognised', region, target: arn, message })
}
