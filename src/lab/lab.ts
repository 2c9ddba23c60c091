/** The laboratory: a world on loopback as an AWS endpoint, a DNS server, live origins and an edge. */
import { isIPv4 } from 'node:net'
import type { Link, LoadBalancer, Topology } from '#topology/model.ts'
import type { Encoding } from '#topology/path-reading.ts'
import type { AwsHandler } from './aws/endpoint.ts'
import { serveAws } from './aws/endpoint.ts'
import { serveKubernetes } from './kubernetes/api-server.ts'
import { apisIn } from './live/api.ts'
import { type Authority, createAuthority, type KeyPair } from './live/authority.ts'
import { bucketsIn } from './live/bucket.ts'
import { type ClusterFront, type LiveCluster, openCluster } from './live/cluster.ts'
import { addressesIn, serveDns } from './live/dns-server.ts'
import type { Client, Door } from './live/door.ts'
import { openDoors } from './live/doors.ts'
import { type EdgeOptions, edge, type Way } from './live/edge.ts'
import { worldTopology } from './live/estate.ts'
import { functionUrlsIn } from './live/function-url.ts'
import { openInstances, openMachines } from './live/machines.ts'
import { freePorts, listen, type Running } from './live/server.ts'
import { openServices } from './live/service.ts'
import type { Nginx } from './nginx/find.ts'
import { worldHandler } from './serve-world/handler.ts'
import type { World } from './world.ts'

export interface Lab {
  /** To be given to AWS clients as their endpoint. */
  readonly endpoint: string
  /** `127.0.0.1:<port>`. */
  readonly dnsServer: string
  /** Of the world's cluster; null where it has none. */
  readonly kubeconfig: string | null
  /** The load balancers that lead into the world's cluster, and which of them nobody answers behind. */
  readonly cluster: readonly ClusterFront[]
  /** PEM of the authority that issued every certificate of the world. */
  readonly ca: string
  /** Networks of the world that a prober may be allowed to reach. */
  readonly networks: readonly string[]
  /** Where on loopback a world address and port lives; a closed port where nothing lets the prober in. */
  route(address: string, port: number): { readonly host: string; readonly port: number }
  close(): Promise<void>
}

export interface LabOptions {
  /** Wraps the AWS handler, to deny, throttle or break calls. */
  readonly aws?: (handle: AwsHandler) => AwsHandler
  readonly latencyMs?: number
  /** Runs for the ingress controllers of the world's cluster; without it nobody answers there. */
  readonly nginx?: Nginx | null
  /** How the edge reads paths before it compares them with patterns: as documented unless given. */
  readonly encoding?: Encoding
}

/** The worlds' networks: documentation and benchmark ranges (RFC 5737, RFC 3849, RFC 2544). */
const networks = ['192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24', '198.18.0.0/15', '2001:db8::/32']

const prober: Client = { name: 'internet', sources: { 4: '198.51.100.77', 6: '2001:db8:77::1' } }
const cloudFront: Client = { name: 'cloudfront', sources: { 4: '192.0.2.200', 6: '2001:db8:cf::1' } }

const addressesOf = (world: World, name: string): readonly string[] =>
  world.dns.filter(e => e.name === name.toLowerCase() && e.type !== 'CNAME').map(e => e.value)

/** Throws where two load balancers have one address: a connection could not tell them apart. */
const refuseSharedAddresses = (world: World, { loadBalancers }: Topology): void => {
  const owners = new Map<string, string>()
  for (const { dnsName } of loadBalancers)
    for (const address of addressesOf(world, dnsName)) {
      const other = owners.get(address)
      if (other) throw new Error(`The world gives ${other} and ${dnsName} the same address ${address}.`)
      owners.set(address, dnsName)
    }
}

/** The edge's ways to origins. CloudFront reaches them over IPv4, and those of a VPC by what the VPC origin names. */
const waysTo = (
  doors: readonly Door[],
  links: readonly Link[],
  addressesOf: (name: string) => readonly string[],
) => {
  const byId = new Map(links.map(l => [l.id, l] as const))
  const own = doors.filter(d => d.client === 'cloudfront' && isIPv4(d.address))
  return (linkId: string, port: number): Way => {
    const link = byId.get(linkId)
    const inVpc = link?.target.kind === 'load-balancer' && link.target.vpcOrigin ? link.target : null
    const here = own.filter(d => d.listenerPort === port)
    if (inVpc) return here.find(d => d.owner === inVpc.loadBalancer.ref.arn) ?? 'no-answer'
    const addresses = addressesOf(link?.origin.domainName ?? '')
    if (addresses.length === 0) return 'no-such-name'
    return here.find(d => addresses.includes(d.address)) ?? 'no-answer'
  }
}

/** The certificate of the edge: CloudFront's own names and every alias. */
const edgeCertificate = (topology: Topology, authority: Authority): Promise<KeyPair> =>
  authority.issue([...new Set(topology.distributions.flatMap(d => [d.domainName, ...d.aliases]))])

const openEdge = async (
  topology: Topology,
  find: (linkId: string, port: number) => Way,
  authority: Authority,
  encoding: Encoding,
): Promise<{ readonly http: Running; readonly https: Running }> => {
  const options: EdgeOptions = {
    distributions: topology.distributions,
    way: (distribution, origin, port) => find(`${distribution.id}/${origin.id}`, port),
    ca: authority.ca,
    encoding,
  }
  const [http, https] = await Promise.all([
    listen(edge(options, false)),
    listen(edge(options, true), await edgeCertificate(topology, authority)),
  ])
  return { http, https }
}

/** Every server that stands for an address of the world. */
const openAll = async (
  world: World,
  topology: Topology,
  authority: Authority,
  cluster: LiveCluster,
): Promise<readonly Door[]> => {
  const clients = [prober, cloudFront]
  const byName = (name: string) => addressesOf(world, name)
  const leadsTo = (lb: LoadBalancer) => (l: Link) =>
    l.target.kind === 'load-balancer' && l.target.loadBalancer === lb
  const options = {
    authority,
    addressesOf: (lb: LoadBalancer) => byName(lb.dnsName),
    servedNames: (lb: LoadBalancer) => topology.links.filter(leadsTo(lb)).map(l => l.origin.domainName),
    targetOf: (lb: LoadBalancer) => cluster.portBehind(lb.ref.arn) ?? undefined,
  }
  const opened = await Promise.all([
    ...topology.loadBalancers
      .filter(lb => cluster.portBehind(lb.ref.arn) !== null)
      .map(lb => openDoors(lb, clients, options)),
    openServices([...bucketsIn(world), ...functionUrlsIn(world), ...apisIn(world)], clients, {
      authority,
      addressesOf: byName,
    }),
    openInstances(topology.links, clients, authority),
    openMachines(world.machines ?? [], clients, authority),
  ])
  return opened.flat()
}

/** Starts everything; `close` ends it. Only 127.0.0.1 is used, on ports that the system chooses. */
export const startLab = async (world: World, options: LabOptions = {}): Promise<Lab> => {
  const topology = worldTopology(world)
  refuseSharedAddresses(world, topology)
  const authority = await createAuthority()
  const inside = await openCluster(world, options.nginx ?? null)
  const doors = await openAll(world, topology, authority, inside)
  const viewers = await openEdge(
    topology,
    waysTo(doors, topology.links, addressesIn(world)),
    authority,
    options.encoding ?? 'rfc-3986',
  )
  const [aws, dns, [nowhere = 0], api] = await Promise.all([
    serveAws((options.aws ?? (h => h))(worldHandler(world)), { latencyMs: options.latencyMs ?? 0 }),
    serveDns(world),
    freePorts(1),
    world.kubernetes ? serveKubernetes(world.kubernetes) : null,
  ])
  const edgeAddresses = new Set(topology.distributions.flatMap(d => addressesOf(world, d.domainName)))
  const ports = new Map([
    ...doors
      .filter(d => d.client === 'internet')
      .map(d => [`${d.address} ${d.listenerPort}`, d.port] as const),
    ...[...edgeAddresses].flatMap(a => [
      [`${a} 80`, viewers.http.port] as const,
      [`${a} 443`, viewers.https.port] as const,
    ]),
  ])
  return {
    endpoint: aws.url,
    dnsServer: dns.address,
    kubeconfig: api?.kubeconfig ?? null,
    cluster: inside.fronts,
    ca: authority.ca,
    networks,
    route: (address, port) => ({ host: '127.0.0.1', port: ports.get(`${address} ${port}`) ?? nowhere }),
    close: async () => {
      await Promise.all([
        aws.close(),
        dns.close(),
        api?.close(),
        inside.close(),
        viewers.http.close(),
        viewers.https.close(),
      ])
      await Promise.all(doors.map(d => d.close()))
    },
  }
}
