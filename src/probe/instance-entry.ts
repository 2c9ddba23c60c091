/** The doors of an instance: its public addresses, at the ports that CloudFront connects to. */
import { addressFamily } from '#base/ip-set.ts'
import type { Link } from '#topology/model.ts'
import { type Door, no, type Probeable } from './entry.ts'
import { ownPorts } from './origin-ports.ts'

type InstanceTarget = Extract<Link['target'], { kind: 'instance' }>

/** The addresses are the account's by its own listing, so that no name server is asked for them. */
export const instanceEntry = (link: Link, target: InstanceTarget): Probeable => {
  const [first, ...rest] = addressesOf(target).flatMap(address => doorsAt(link, target, address))
  if (first === undefined)
    return no('internal', 'The instance has no public address: it cannot be asked from the internet.')
  const doors = [first, ...rest] as const
  return {
    probeable: true,
    entry: {
      kind: 'instance',
      doors,
      closedToUs: [],
      unseen: null,
      loadBalancers: [],
      shared: false,
      owners: [target.ref.arn, ...new Set(doors.map(d => d.name))],
      proofs: doors.map(({ name }) => ({ name, by: name })),
    },
  }
}

/** Those that the origin name leads to, and those that arrive at the same place. */
const addressesOf = ({ addresses, hosts }: InstanceTarget): readonly string[] => {
  const direct = hosts?.known ? hosts.value.flatMap(host => host.direct ?? []) : []
  return [...new Set([...addresses, ...direct])]
}

const doorsAt = (link: Link, target: InstanceTarget, address: string): readonly Door[] => {
  const family = addressFamily(address)
  if (family === null) return []
  const { arn } = target.ref
  return ownPorts(link).map(at => ({
    name: address,
    ...at,
    family,
    entryPoints: [arn, address],
    listener: `${arn}:${at.port}`,
  }))
}
