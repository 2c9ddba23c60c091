/**
 * Finds the functions behind the Lambda function URLs that are origins, and reads every URL of each and who may invoke
 * it. No call leads from a URL to its function, so that the functions of its region are asked in turn until it is found.
 *
 * Of a function only its name is kept: its environment may hold secrets.
 */
import type { FunctionUrlConfig } from '@aws-sdk/client-lambda'
import { normalName } from '#base/domain-name.ts'
import { types } from '#snapshot/resource-types.ts'
import type { FunctionLists } from './function-lists.ts'
import { getFunctionPolicy, listFunctions, listFunctionUrlConfigs } from './operations/lambda.ts'
import { policyDocument } from './policy-document.ts'
import { batches, distinct, type Reader } from './reader.ts'

/** Functions that are asked at once before looking whether the URLs are found. */
const atOnce = 25

const functionUrl = /^[a-z0-9-]+\.lambda-url\.([a-z0-9-]+)\.on\.aws(?:\.cn)?$/

/** Of the names those that are function URLs, by region. */
export async function readFunctionUrls(
  reader: Reader,
  functions: FunctionLists,
  regions: readonly string[],
  names: readonly string[],
): Promise<void> {
  const byRegion = Map.groupBy(names.map(normalName), name => functionUrl.exec(name)?.[1] ?? '')
  byRegion.delete('')
  await Promise.all(
    [...byRegion].map(([region, wanted]) =>
      regions.includes(region)
        ? readRegion(reader, functions, region, wanted)
        : notScanned(reader, region, wanted),
    ),
  )
}

const notScanned = async ({ journal }: Reader, region: string, names: readonly string[]): Promise<void> => {
  const message = `${names.join(', ')} is in ${region}, which was not scanned: add --region ${region} to close this gap.`
  journal.miss(listFunctions, { code: 'not-read', region, target: '*', message })
}

const readRegion = async (
  reader: Reader,
  functions: FunctionLists,
  region: string,
  names: readonly string[],
): Promise<void> => {
  const { items } = await functions(region)
  const wanted = new Set(names)
  for (const some of batches(distinct(items.map(one => one.FunctionArn)), atOnce)) {
    if (wanted.size === 0) return
    const found = await Promise.all(some.map(arn => readUrls(reader, region, arn, wanted)))
    for (const host of found.flat()) wanted.delete(host)
  }
}

const hostOf = ({ FunctionUrl = '' }: FunctionUrlConfig): string =>
  URL.canParse(FunctionUrl) ? normalName(new URL(FunctionUrl).hostname) : ''

/** The wanted hosts among the URLs of one function, which are kept only where there is one. */
const readUrls = async (
  reader: Reader,
  region: string,
  functionArn: string,
  wanted: ReadonlySet<string>,
): Promise<readonly string[]> => {
  const asked = { region, input: { FunctionName: functionArn }, about: functionArn }
  const { items } = await reader.ask(listFunctionUrlConfigs, asked)
  const found = items.map(hostOf).filter(host => wanted.has(host))
  if (found.length === 0) return []
  for (const config of items)
    reader.journal.keep(listFunctionUrlConfigs, {
      type: types.functionUrl,
      arn: config.FunctionArn ?? functionArn,
      region,
      config,
    })
  await Promise.all(
    distinct([functionArn, ...items.map(one => one.FunctionArn)]).map(arn => readPolicy(reader, region, arn)),
  )
  return found
}

/** The policy of a function, or of the alias that the ARN ends with. */
const readPolicy = async ({ ask, journal }: Reader, region: string, arn: string): Promise<void> => {
  const { items } = await ask(getFunctionPolicy, { region, input: { FunctionName: arn }, about: arn })
  for (const text of items)
    journal.keep(getFunctionPolicy, {
      type: types.functionPolicy,
      arn,
      region,
      config: { FunctionArn: arn, Policy: policyDocument(text) },
    })
}
