/** Two locked sites and an open one, an origin that counts who comes, and a laboratory that remembers its calls. */
import { createServer, type Server } from 'node:net'
import type { AwsCall, AwsHandler } from '#lab/aws/endpoint.ts'
import { forbidden, forward, header, rule } from '#lab/build/rules.ts'
import { buildWorld } from '#lab/build/site.ts'
import { type Lab, startLab } from '#lab/lab.ts'
import type { World } from '#lab/world.ts'

export const account = '111122223333'

/** Two locked sites in two regions, and one that is open on a port where the test itself listens. */
export const threeSites = (port: number): World => {
  const site = (name: string, region: string, open: boolean) => {
    const token = `canary-${name}-Zb7Qm4XzR7uTnBv0sLd8WkYcE2aJfHg6`
    return {
      name,
      story: name,
      place: { account, region },
      headers: { 'x-auth-token': token },
      loadBalancer: {
        admits: open
          ? [{ peer: 'world', ports: [1, 65_535] } as const]
          : [{ peer: 'cloudfront', ports: [443, 443] } as const],
        listeners: [
          {
            port: 443,
            protocol: 'HTTPS',
            rules: [rule(10, header('x-auth-token', token), forward())],
            otherwise: forbidden,
          } as const,
          ...(open ? [{ port, protocol: 'HTTP', otherwise: forward() } as const] : []),
        ],
      },
    }
  }
  const world = buildWorld({
    name: 'three sites',
    story: 'Two locked, one open.',
    zone: 'example.com',
    account,
    regions: ['eu-central-1', 'eu-west-1', 'us-east-1'],
    sites: [
      site('gated', 'eu-west-1', false),
      site('abroad', 'us-east-1', false),
      site('open', 'eu-west-1', true),
    ],
  })
  const dns = world.dns.map(e => (e.name.startsWith('open-') ? { ...e, value: '127.0.0.1' } : e))
  return { ...world, dns }
}

export interface Origin {
  readonly server: Server
  readonly port: number
  readonly connections: () => number
  /** Fulfilled with the first connection. */
  readonly reached: Promise<void>
}

/** Stands where the open site's load balancer would: every connection is counted and cut. */
export const listenAtOrigin = async (): Promise<Origin> => {
  let seen = 0
  const first = Promise.withResolvers<void>()
  const server = createServer(socket => {
    seen += 1
    first.resolve()
    socket.on('error', () => undefined)
    socket.destroy()
  })
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return { server, port: address.port, connections: () => seen, reached: first.promise }
}

export interface Watched {
  readonly lab: Lab
  /** Since the last look. */
  readonly calls: () => readonly AwsCall[]
}

export const watched = async (
  world: World,
  wrap: (handle: AwsHandler) => AwsHandler = h => h,
): Promise<Watched> => {
  let calls: AwsCall[] = []
  const lab = await startLab(world, {
    aws: handle => {
      const answer = wrap(handle)
      return call => {
        calls.push(call)
        return answer(call)
      }
    },
  })
  return {
    lab,
    calls: () => {
      const seen = calls
      calls = []
      return seen
    },
  }
}
