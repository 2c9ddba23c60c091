/**
 * Reads AWS Global Accelerator: addresses of its own that lead to load balancers, Elastic IP addresses and instances in any
 * region. Accelerators with custom routing lead to whole subnets and are noted without their endpoints; accelerators of
 * other accounts cannot be seen, only what the account allows them to lead to.
 */
import type { Accelerator, EndpointGroup } from '@aws-sdk/client-global-accelerator'
import { types } from '#snapshot/resource-types.ts'
import { readElasticAddresses } from './elastic-addresses.ts'
import {
  listAccelerators,
  listCrossAccountAttachments,
  listCustomRoutingAccelerators,
  listEndpointGroups,
  listListeners,
} from './operations/global-accelerator.ts'
import { distinct, type Reader } from './reader.ts'

/** The one region that the service answers in. */
const region = 'us-west-2'

/**
 * Nothing is asked outside the commercial partition, where the service has no region.
 * https://docs.aws.amazon.com/global-accelerator/latest/dg/preserve-client-ip-address.regions.html
 */
export async function readAccelerators(reader: Reader, regions: readonly string[]): Promise<void> {
  if (reader.partition !== 'aws') return
  await Promise.all([readStandard(reader, regions), readCustomRouting(reader), readAttachments(reader)])
}

const readStandard = async (reader: Reader, regions: readonly string[]): Promise<void> => {
  const { items } = await reader.ask(listAccelerators, { region, input: {} })
  const groups = await Promise.all(items.map(accelerator => readAccelerator(reader, accelerator)))
  const byRegion = Map.groupBy(groups.flat(), group => group.EndpointGroupRegion ?? '')
  await Promise.all(
    regions.map(at =>
      readElasticAddresses(reader, at, distinct((byRegion.get(at) ?? []).flatMap(addressesOf))),
    ),
  )
}

/** Endpoints that are Elastic IP addresses, by allocation id. */
const addressesOf = ({ EndpointDescriptions }: EndpointGroup): readonly (string | undefined)[] =>
  (EndpointDescriptions ?? []).map(({ EndpointId }) => EndpointId).filter(id => id?.startsWith('eipalloc-'))

const readAccelerator = async (
  { ask, journal }: Reader,
  config: Accelerator,
): Promise<readonly EndpointGroup[]> => {
  const AcceleratorArn = String(config.AcceleratorArn)
  journal.keep(listAccelerators, { type: types.accelerator, arn: AcceleratorArn, region, config })
  const listeners = await ask(listListeners, { region, input: { AcceleratorArn }, about: AcceleratorArn })
  const found = await Promise.all(
    listeners.items.map(async listener => {
      const ListenerArn = String(listener.ListenerArn)
      journal.keep(listListeners, {
        type: types.acceleratorListener,
        arn: ListenerArn,
        region,
        config: { ...listener, AcceleratorArn },
      })
      const groups = await ask(listEndpointGroups, { region, input: { ListenerArn }, about: ListenerArn })
      for (const group of groups.items)
        journal.keep(listEndpointGroups, {
          type: types.acceleratorEndpointGroup,
          arn: String(group.EndpointGroupArn),
          region,
          config: { ...group, ListenerArn },
        })
      return groups.items
    }),
  )
  return found.flat()
}

const readCustomRouting = async ({ ask, journal }: Reader): Promise<void> => {
  const { items } = await ask(listCustomRoutingAccelerators, { region, input: {} })
  for (const config of items) {
    const arn = String(config.AcceleratorArn)
    journal.keep(listCustomRoutingAccelerators, { type: types.customRoutingAccelerator, arn, region, config })
  }
}

const readAttachments = async ({ ask, journal }: Reader): Promise<void> => {
  const { items } = await ask(listCrossAccountAttachments, { region, input: {} })
  for (const config of items) {
    const arn = String(config.AttachmentArn)
    journal.keep(listCrossAccountAttachments, { type: types.acceleratorAttachment, arn, region, config })
  }
}
