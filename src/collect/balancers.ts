/** The load balancers of the regions that names lead to: each region is listed once, when first needed. */
import type { LoadBalancerDescription } from '@aws-sdk/client-elastic-load-balancing'
import type { LoadBalancer } from '@aws-sdk/client-elastic-load-balancing-v2'
import { normalName } from '#base/domain-name.ts'
import { balancerRegion, mayBeClassic, ownNamesOf } from './aws-names.ts'
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
  const modernNames = once(async region => byName(await modern(region)))
  const classicNames = once(async region => byName(await classic(region)))
  return {
    modern,
    classic,
    async named(name) {
      const region = balancerRegion(name)
      if (region === undefined) return undefined
      if (!regions.includes(region)) return notScanned(reader, region, name)
      const found = named(await modernNames(region), name)
      if (found) return { region, modern: found }
      // The older API is asked only where a name of its form is none of the newer one's.
      const old = mayBeClassic(name) ? named(await classicNames(region), name) : undefined
      return old ? { region, classic: old } : undefined
    },
  }
}

type ByName<T> = ReadonlyMap<string, T>

const byName = <T extends { readonly DNSName?: string | undefined }>(balancers: readonly T[]): ByName<T> =>
  new Map(balancers.flatMap(one => (one.DNSName ? [[normalName(one.DNSName), one] as const] : [])))

const named = <T>(names: ByName<T>, name: string): T | undefined =>
  ownNamesOf(name)
    .map(own => names.get(own))
    .find(found => found !== undefined)

export const notScanned = ({ journal }: Reader, region: string, what: string): undefined => {
  const message = `${what} is in ${region}, which was not scanned: add --region ${region} to close this gap.`
  journal.miss(describeLoadBalancers, { code: 'not-read', region, target: '*', message })
  return undefined
}
