/** The load balancers of the regions that names lead to: each region is listed once, when first needed. */
import type { LoadBalancerDescription } from '@aws-sdk/client-elastic-load-balancing'
import type { LoadBalancer } from '@aws-sdk/client-elastic-load-balancing-v2'
import { balancerRegion, mayBeClassic, namesBalancer } from './aws-names.ts'
import { describeClassicLoadBalancers } from './operations/elb.ts'
import { describeLoadBalancers } from './operations/elbv2.ts'
import { once, type Reader } from './reader.ts'

export interface Balancers {
  /** Application, network and gateway load balancers of a region. */
  modern(region: string): Promise<readonly LoadBalancer[]>
  classic(region: string): Promise<readonly LoadBalancerDescription[]>
  /** Whose DNS name this is; undefined where it is none of the account's in the regions that are read. */
  named(name: string): Promise<Balancer | undefined>
}

export type Balancer =
  | { readonly region: string; readonly modern: LoadBalancer }
  | { readonly region: string; readonly classic: LoadBalancerDescription }

/** A name in a region that is not among `regions` becomes a gap. */
export function balancersOf(reader: Reader, regions: readonly string[]): Balancers {
  const modern = once(
    async (region: string) =>
      (await reader.ask(describeLoadBalancers, { region, input: { PageSize: 400 } })).items,
  )
  const classic = once(
    async (region: string) =>
      (await reader.ask(describeClassicLoadBalancers, { region, input: { PageSize: 400 } })).items,
  )
  return {
    modern,
    classic,
    async named(name) {
      const region = balancerRegion(name)
      if (region === undefined) return undefined
      if (!regions.includes(region)) return notScanned(reader, region, name)
      const found = (await modern(region)).find(({ DNSName }) => namesBalancer(name, DNSName))
      if (found) return { region, modern: found }
      // The older API is asked only where a name of its form is none of the newer one's.
      const older = mayBeClassic(name) ? await classic(region) : []
      const old = older.find(one => ownNames(one).some(own => namesBalancer(name, own)))
      return old ? { region, classic: old } : undefined
    },
  }
}

const ownNames = ({ DNSName, CanonicalHostedZoneName }: LoadBalancerDescription): readonly string[] =>
  [DNSName, CanonicalHostedZoneName].filter(name => name !== undefined)

export const notScanned = ({ journal }: Reader, region: string, what: string): undefined => {
  const message = `${what} is in ${region}, which was not scanned: add --region ${region} to close this gap.`
  journal.miss(describeLoadBalancers, { code: 'not-read', region, target: '*', message })
  return undefined
}
