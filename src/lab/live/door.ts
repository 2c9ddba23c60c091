/** A live server on loopback that stands for one address and port of the world, towards one kind of client. */
import type { RequestListener } from 'node:http'
import type { KeyPair } from './authority.ts'
import { listen, type Running } from './server.ts'

/** Where a client stands: the prober on the internet, or CloudFront's servers. */
export interface Client {
  readonly name: 'internet' | 'cloudfront'
  /** One source address per family. */
  readonly sources: Readonly<Record<4 | 6, string>>
}

export interface Door extends Running {
  readonly client: Client['name']
  readonly address: string
  /** As the world numbers it. */
  readonly listenerPort: number
  /** ARN of the load balancer that it belongs to; null for everything else. */
  readonly owner: string | null
}

interface Place {
  readonly client: Client
  readonly address: string
  readonly port: number
  readonly owner?: string
}

/** Opens the door; with `tls` it speaks HTTPS. */
export const openAt = async (
  { client, address, port, owner = '' }: Place,
  handle: RequestListener,
  tls?: KeyPair,
): Promise<Door> => ({
  ...(await listen(handle, tls)),
  client: client.name,
  address,
  listenerPort: port,
  owner: owner || null,
})
