/** Whose word on the address of a client is taken: lists of proxies that are believed. */
import { exampleAddress, subtractCidrs } from '#base/ip-set.ts'

/** Where load balancers, nodes and pods have their addresses. */
const privateSpace = [
  '10.0.0.0/8',
  '100.64.0.0/10',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '127.0.0.0/8',
  'fc00::/7',
  '::1/128',
]

/** Whether an address outside of private networks is among those that are believed. */
export const believesStrangers = (proxies: readonly string[]): boolean =>
  proxies.some(cidr => exampleAddress(subtractCidrs([cidr], privateSpace)) !== null)
