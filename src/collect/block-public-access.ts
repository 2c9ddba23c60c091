/** Reads whether internet gateways of a region are blocked, and for whom not. */
import { types } from '#snapshot/resource-types.ts'
import { describeBlockPublicAccess, describeBlockPublicAccessExclusions } from './operations/ec2.ts'
import type { Reader } from './reader.ts'

/** Exclusions mean something only where there is a block. */
export async function readBlockPublicAccess(reader: Reader, region: string): Promise<void> {
  const { ask, journal, partition, account } = reader
  const { items } = await ask(describeBlockPublicAccess, { region, input: {} })
  const arnOf = (rest: string): string =>
    `arn:${partition}:ec2:${region}:${account}:vpc-block-public-access-${rest}`
  for (const config of items) {
    const arn = arnOf('options')
    journal.keep(describeBlockPublicAccess, { type: types.blockPublicAccess, arn, region, config })
    if (config.InternetGatewayBlockMode !== 'off') await readExclusions(reader, region, arnOf)
  }
}

const readExclusions = async (
  { ask, journal }: Reader,
  region: string,
  arnOf: (rest: string) => string,
): Promise<void> => {
  const { items } = await ask(describeBlockPublicAccessExclusions, { region, input: {} })
  for (const config of items) {
    const arn = arnOf(`exclusion/${config.ExclusionId}`)
    const type = types.blockPublicAccessExclusion
    journal.keep(describeBlockPublicAccessExclusions, { type, arn, region, config })
  }
}
