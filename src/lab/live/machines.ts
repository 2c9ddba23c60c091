/** Live machines: instances behind their security groups, and hosts outside AWS that answer everyone. */
import type { IncomingHttpHeaders, RequestListener } from 'node:http'
import { isIPv6 } from 'node:net'
import type { Link } from '#topology/model.ts'
import type { HeaderDump, Machine, MachineGate } from '../world.ts'
import { admits } from './admits.ts'
import { answer } from './app.ts'
import type { Authority } from './authority.ts'
import { type Client, type Door, openAt } from './door.ts'
import { withHeaders } from './header-dump.ts'

const passes = (gate: MachineGate | undefined, client: Client, headers: IncomingHttpHeaders): boolean => {
  if (gate === undefined) return true
  return gate.kind === 'cloudfront'
    ? client.name === 'cloudfront'
    : headers[gate.name.toLowerCase()] === gate.value
}

const refused = 'Forbidden: this server answers its own edge only.'

const behindGate =
  (gate: MachineGate | undefined, client: Client, inner: RequestListener): RequestListener =>
  (request, response) => {
    if (passes(gate, client, request.headers)) inner(request, response)
    else response.writeHead(403, { 'content-type': 'text/plain', server: 'example-app' }).end(refused)
  }

const pages =
  (site: string, shows?: HeaderDump): RequestListener =>
  ({ method, url = '/', headers: sent }, response) => {
    const page = answer(site, url.split('?')[0] ?? '/')
    const { status, headers, body } = withHeaders(page, shows, sent)
    response.writeHead(status, { ...headers, 'content-length': String(Buffer.byteLength(body)) })
    response.end(method === 'HEAD' ? undefined : body)
  }

const ports = [80, 443] as const

/** A machine that shows the pages of `site` to whoever its network lets in. */
const openMachine = async (
  { address, site, names, gate, shows }: Machine,
  lets: (client: Client, port: number) => boolean,
  clients: readonly Client[],
  authority: Authority,
): Promise<readonly Door[]> => {
  const pair = await authority.issue(names)
  const places = ports.flatMap(port =>
    clients.filter(client => lets(client, port)).map(client => ({ client, address, port })),
  )
  return Promise.all(
    places.map(place =>
      openAt(
        place,
        behindGate(gate, place.client, pages(site, shows)),
        place.port === 443 ? pair : undefined,
      ),
    ),
  )
}

export const openMachines = async (
  machines: readonly Machine[],
  clients: readonly Client[],
  authority: Authority,
): Promise<readonly Door[]> =>
  (await Promise.all(machines.map(m => openMachine(m, () => true, clients, authority)))).flat()

/** Instances that origins lead to, each at its public addresses; their certificates are for the origins' names. */
export const openInstances = async (
  links: readonly Link[],
  clients: readonly Client[],
  authority: Authority,
): Promise<readonly Door[]> => {
  const led = links.flatMap(({ origin, target }) =>
    target.kind === 'instance' ? [{ name: origin.domainName, target }] : [],
  )
  const byInstance = [...Map.groupBy(led, l => l.target.ref.arn).values()]
  const opened = byInstance.flatMap(members => {
    const [first] = members
    if (first === undefined || !first.target.hosts?.known) return []
    const [name, ...more] = members.map(m => m.name)
    return first.target.hosts.value.flatMap(host =>
      host.publicAddresses.map(address =>
        openMachine(
          { address, site: first.target.ref.name, names: [name ?? address, ...more] },
          (client, port) => admits(host, client.sources[isIPv6(address) ? 6 : 4], port),
          clients,
          authority,
        ),
      ),
    )
  })
  return (await Promise.all(opened)).flat()
}
