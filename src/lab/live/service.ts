/** The fronts of AWS services that many customers share: one address, and the Host header says whose resource is asked. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Authority } from './authority.ts'
import { type Client, type Door, openAt } from './door.ts'
import type { Caller } from './grants.ts'

/** What answers to one host name of a service. */
export interface Resource {
  readonly host: string
  /** Name of the service's whose addresses it has, where that is another. */
  readonly at?: string
  readonly scheme: 'http' | 'https'
  answer(request: IncomingMessage, response: ServerResponse, caller: Caller): void
}

/** How the edge says for which distribution it signs: a stand-in for a signature, which only its own doors believe. */
const signature = /^AWS4-HMAC-SHA256 SourceArn=(\S+)$/

export const signedFor = (distributionArn: string): string => `AWS4-HMAC-SHA256 SourceArn=${distributionArn}`

const callerOf = (client: Client, { headers }: IncomingMessage): Caller => {
  const arn = signature.exec(headers.authorization ?? '')?.[1]
  return client.name === 'cloudfront' && arn !== undefined
    ? { kind: 'distribution', arn }
    : { kind: 'stranger' }
}

const front =
  (resources: readonly Resource[], client: Client): RequestListener =>
  (request, response) => {
    const host = (request.headers.host ?? '').toLowerCase().replace(/:\d+$/, '')
    const found = resources.find(r => r.host === host)
    try {
      if (found) found.answer(request, response, callerOf(client, request))
      else response.writeHead(404).end()
    } catch (thrown) {
      // What the laboratory does not know of a policy is told to whoever asks.
      response.writeHead(500, { 'content-type': 'text/plain' }).end(String(thrown))
    }
  }

/** Opens every front: the resources whose names share an address share its doors. */
export const openServices = async (
  resources: readonly Resource[],
  clients: readonly Client[],
  {
    authority,
    addressesOf,
  }: {
    readonly authority: Authority
    readonly addressesOf: (name: string) => readonly string[]
  },
): Promise<readonly Door[]> => {
  const placed = resources.flatMap(r =>
    addressesOf(r.at ?? r.host).map(address => ({ resource: r, address, scheme: r.scheme })),
  )
  const fronts = [...Map.groupBy(placed, p => `${p.scheme} ${p.address}`).values()]
  const opened = fronts.map(async members => {
    const [first] = members
    if (first === undefined) return []
    const here = members.map(m => m.resource)
    const { address, scheme } = first
    const tls = scheme === 'https' ? await authority.issue(here.map(r => r.host)) : undefined
    const port = tls ? 443 : 80
    return Promise.all(clients.map(client => openAt({ client, address, port }, front(here, client), tls)))
  })
  return (await Promise.all(opened)).flat()
}
