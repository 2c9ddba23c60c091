/**
 * Reads what tells the age and the rotation of the values that distributions send to their origins: secrets, parameters,
 * the functions that name a distribution, what runs them, and recorded changes. Metadata only, never a value.
 *
 * Nothing in AWS says which secret an origin header comes from. What ties the two is written by people: a distribution's
 * id in a name, a tag or the environment of the function that rotates; or the authorizer of the API that is sent the header,
 * whose function names what it compares with. What nothing ties is not kept.
 */
import type { SecretListEntry } from '@aws-sdk/client-secrets-manager'
import type { ParameterMetadata } from '@aws-sdk/client-ssm'
import { types } from '#snapshot/resource-types.ts'
import { senderEvents } from '#snapshot/trail-events.ts'
import type { FunctionLists } from '../function-lists.ts'
import { listFunctions } from '../operations/lambda.ts'
import { listSecrets, listSecretVersionIds } from '../operations/secrets-manager.ts'
import { describeParameters } from '../operations/ssm.ts'
import { globalRegion, type Reader } from '../reader.ts'
import { type NamedBy, namesEdge, namingFunctions } from './functions.ts'
import { type EdgeNames, mentionedIn } from './names.ts'
import { readRuns } from './runs.ts'
import { readScheduler } from './scheduler.ts'
import { readSchedules } from './schedules.ts'
import { readTrail } from './trail.ts'

interface Life {
  readonly reader: Reader
  readonly functions: FunctionLists
  readonly names: EdgeNames
  /** ARNs of the functions that authorizers of APIs invoke, once all of these are read. */
  readonly authorizers: () => Promise<ReadonlySet<string>>
  readonly now: Date
}

/** Nothing where no distribution sends a header. */
export async function readTokenLife(life: Life, regions: readonly string[]): Promise<void> {
  if (life.names.distributions.length === 0) return
  await Promise.all([
    readTrail(life.reader, globalRegion, senderEvents, life.now),
    ...regions.map(region => readRegion(life, region)),
  ])
}

const readRegion = async (
  { reader, functions, names, authorizers, now }: Life,
  region: string,
): Promise<void> => {
  const [secrets, parameters, listed, authorizing] = await Promise.all([
    reader.ask(listSecrets, { region, input: {} }),
    reader.ask(describeParameters, { region, input: {} }),
    functions(region),
    authorizers(),
  ])
  const described = parameters.items.map(one => ({
    ...one,
    ARN: one.ARN ?? parameterArn(reader, region, one),
  }))
  const stores = { secrets: secrets.items, parameters: described }
  const naming = namingFunctions(listed.items, names, stores, authorizing)
  const driving = naming.filter(namesEdge).map(one => one.functionArn)
  const own = secrets.items.filter(secret => isTied(secret, naming, names))
  keepFunctions(reader, region, naming)
  keepParameters(reader, region, described, naming, names)
  await Promise.all([
    ...own.map(secret => readSecret(reader, region, secret, names)),
    ...(driving.length > 0 ? [readSchedules(reader, region), readScheduler(reader, region, driving)] : []),
    readRuns(reader, region, rotating(naming, own), now),
  ])
}

const parameterArn = (
  { partition, account }: Reader,
  region: string,
  { Name = '' }: ParameterMetadata,
): string => `arn:${partition}:ssm:${region}:${account}:parameter/${Name.replace(/^\//, '')}`

/** Functions whose runs say something of a rotation; those of other regions and accounts are not asked about. */
const rotating = (naming: readonly NamedBy[], secrets: readonly SecretListEntry[]): readonly string[] => {
  const drivers = new Set(secrets.map(secret => secret.RotationLambdaARN))
  return naming
    .filter(one => one.distributions.length > 0 || drivers.has(one.functionArn))
    .map(one => one.functionArn)
}

const tagTexts = ({ Tags = [] }: SecretListEntry): readonly string[] =>
  Tags.flatMap(({ Key = '', Value = '' }) => [Key, Value])

const isTied = (secret: SecretListEntry, naming: readonly NamedBy[], names: EdgeNames): boolean => {
  const { ARN = '', Name = '', RotationLambdaARN } = secret
  return (
    naming.some(one => one.functionArn === RotationLambdaARN || one.secrets.includes(ARN)) ||
    mentionedIn([Name, ...tagTexts(secret)], names).distributions.length > 0
  )
}

const readSecret = async (
  { ask, journal }: Reader,
  region: string,
  secret: SecretListEntry,
  names: EdgeNames,
): Promise<void> => {
  const { ARN = '', Name, CreatedDate, LastChangedDate, LastRotatedDate, NextRotationDate } = secret
  const { RotationEnabled, RotationLambdaARN, RotationRules } = secret
  const Tags = (secret.Tags ?? []).filter(
    ({ Key = '', Value = '' }) => mentionedIn([Key, Value], names).distributions.length > 0,
  )
  const dates = { CreatedDate, LastChangedDate, LastRotatedDate, NextRotationDate }
  const config = { ARN, Name, ...dates, RotationEnabled, RotationLambdaARN, RotationRules, Tags }
  journal.keep(listSecrets, { type: types.secret, arn: ARN, region, config })
  const { items, complete } = await ask(listSecretVersionIds, {
    region,
    input: { SecretId: ARN },
    about: ARN,
  })
  if (!complete) return
  const Versions = items.map(({ VersionId, CreatedDate, VersionStages }) => ({
    VersionId,
    CreatedDate,
    VersionStages,
  }))
  journal.keep(listSecretVersionIds, {
    type: types.secretVersions,
    arn: ARN,
    region,
    config: { ARN, Versions },
  })
}

const keepParameters = (
  { journal }: Reader,
  region: string,
  parameters: readonly ParameterMetadata[],
  naming: readonly NamedBy[],
  names: EdgeNames,
): void => {
  const named = new Set(naming.flatMap(one => one.parameters))
  for (const { ARN = '', Name = '', Type, LastModifiedDate, Version } of parameters) {
    if (!named.has(ARN) && mentionedIn(Name.split('/'), names).distributions.length === 0) continue
    const config = { ARN, Name, Type, LastModifiedDate, Version }
    journal.keep(describeParameters, { type: types.parameter, arn: ARN, region, config })
  }
}

const keepFunctions = ({ journal }: Reader, region: string, naming: readonly NamedBy[]): void => {
  for (const one of naming) {
    const { functionArn, distributions, origins, headers, secrets, parameters } = one
    const found = { Distributions: distributions, Origins: origins, Headers: headers }
    const config = { FunctionArn: functionArn, ...found, Secrets: secrets, Parameters: parameters }
    journal.keep(listFunctions, { type: types.functionNames, arn: functionArn, region, config })
  }
}
