/** Reads the endpoint services of a region, through which other accounts reach a network load balancer (AWS PrivateLink). */
import { types } from '#snapshot/resource-types.ts'
import { describeEndpointServicePermissions, describeEndpointServices } from './operations/ec2.ts'
import type { Reader } from './reader.ts'

/** Who may connect is asked only of services in front of the load balancers of `behind`, given by ARN. */
export async function readEndpointServices(
  reader: Reader,
  region: string,
  behind: ReadonlySet<string>,
): Promise<void> {
  const { ask, journal, partition, account } = reader
  const { items } = await ask(describeEndpointServices, { region, input: {} })
  await Promise.all(
    items.map(async config => {
      const arn = `arn:${partition}:ec2:${region}:${account}:vpc-endpoint-service/${config.ServiceId}`
      journal.keep(describeEndpointServices, { type: types.endpointService, arn, region, config })
      if (config.NetworkLoadBalancerArns?.some(one => behind.has(one)))
        await readPermissions(reader, region, arn, String(config.ServiceId))
    }),
  )
}

/** Half a list would look like a whole one: it is kept only when all principals came. */
const readPermissions = async (
  { ask, journal }: Reader,
  region: string,
  arn: string,
  ServiceId: string,
): Promise<void> => {
  const { items, complete } = await ask(describeEndpointServicePermissions, {
    region,
    input: { ServiceId },
    about: ServiceId,
  })
  if (!complete) return
  const config = { ServiceId, AllowedPrincipals: items }
  const type = types.endpointServicePermissions
  journal.keep(describeEndpointServicePermissions, { type, arn, region, config })
}
