/** The doors of a host outside AWS: asked only where its name shows that it is the account's, or the user says so. */
import { sameName } from '#base/domain-name.ts'
import { addressFamily } from '#base/ip-set.ts'
import { type Shape, shapeOf } from '#topology/classify.ts'
import type { Link } from '#topology/model.ts'
import { type Door, type Entry, no, type Probeable, type Proof, type Scope } from './entry.ts'
import { ownPorts } from './origin-ports.ts'

/** Names of AWS that lead to one customer's own host or load balancer. */
const ofOneHost: readonly Shape[] = ['load-balancer', 'nlb', 'ec2']

type ExternalTarget = Extract<Link['target'], { kind: 'external' | 'unknown' }>

/**
 * The zone proves it where the account's own public zones hold every name on the way and give the addresses themselves:
 * what the name resolves to when it is asked must be one of these. The user's word is for the name, wherever it leads.
 */
export const externalEntry = (link: Link, target: ExternalTarget, { ownedHosts }: Scope): Probeable => {
  const name = link.origin.domainName
  const shape = shapeOf(name)
  // Of a service that many share, a name that is not among the account's own is somebody else's.
  if (shape !== undefined && !ofOneHost.includes(shape))
    return no('foreign-service', `${name} is of no account that was read: it is never asked.`)
  const addresses = target.kind === 'external' ? target.addresses : []
  const proof = ownedHosts.some(host => sameName(host, name))
    ? { name, by: name }
    : target.kind === 'external' && target.heldByZones && addresses.length > 0
      ? { name, by: addresses }
      : null
  if (proof !== null) return { probeable: true, entry: entryOf(link, proof, addresses) }
  return target.kind === 'unknown'
    ? no('unknown-target', 'Nothing says what the origin name leads to, so no ownership is proven.')
    : no(
        'external',
        `No public hosted zone of the accounts read gives ${name} its address: it is never asked, unless ownedHosts of the config file names it.`,
      )
}

const entryOf = (link: Link, proof: Proof, addresses: readonly string[]): Entry => {
  const held = ([4, 6] as const).filter(f => addresses.some(a => addressFamily(a) === f))
  const [own, ...others] = ownPorts(link)
  const at = (ports: Pick<Door, 'port' | 'scheme'>, family: 4 | 6): Door => ({
    ...{ name: proof.name, ...ports, family, entryPoints: [], listener: null },
  })
  const [family = 4, ...families] = held
  return {
    kind: 'external',
    doors: [
      at(own, family),
      ...others.map(o => at(o, family)),
      ...families.flatMap(f => [own, ...others].map(o => at(o, f))),
    ],
    closedToUs: [],
    unseen: null,
    loadBalancers: [],
    shared: false,
    owners: [proof.name, ...addresses],
    proofs: [proof],
  }
}
