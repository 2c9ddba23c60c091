/** The request that shows a route of an API to be open, or to end at a login. */
import { exampleAddress } from '#base/ip-set.ts'
import type { Api, ApiRoute } from '#topology/model.ts'
import type { RouteStep, Vantage, Witness } from '../exposure.ts'
import type { Spaces } from '../network/space.ts'
import type { Door } from './doors.ts'
import type { Example } from './paths.ts'

export interface Passing {
  readonly vantage: Vantage
  readonly spaces: Spaces
  /** What a policy asks the request to carry, by lower-case condition key. */
  readonly choice: Readonly<Record<string, readonly string[]>>
  /** What the route asks, and the line that says so. */
  readonly asks: { readonly text: string; readonly line: number }
}

export const witnessOf = (
  api: Api,
  door: Door,
  route: ApiRoute,
  { method, path }: Example,
  { vantage, spaces, choice, asks }: Passing,
): Witness => {
  const source = choice['aws:sourceip']?.[0] ?? sourceOf(vantage, spaces)
  const headers = [
    ['referer', choice['aws:referer']?.[0]],
    ['user-agent', choice['aws:useragent']?.[0]],
  ] as const
  return {
    vantage,
    family: source.includes(':') ? 6 : 4,
    source,
    scheme: 'https',
    connect: door.connect,
    port: 443,
    sni: door.host,
    method,
    host: door.host,
    path,
    headers: [
      ...headers.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
      ...(api.kind === 'websocket' ? handshake : []),
    ],
    route: stepsOf(api, door, route, asks),
  }
}

/** Opens a WebSocket (RFC 6455), with the key of its example. */
const handshake = [
  ['connection', 'Upgrade'],
  ['upgrade', 'websocket'],
  ['sec-websocket-version', '13'],
  ['sec-websocket-key', 'dGhlIHNhbXBsZSBub25jZQ=='],
] as const

const sourceOf = (vantage: Vantage, spaces: Spaces): string => {
  if (vantage === 'inside') return '10.0.0.77'
  const servers = vantage === 'tenant' ? exampleAddress(spaces[4].cloudFront.sure) : null
  return servers ?? '198.51.100.77'
}

const stepsOf = (
  api: Api,
  { ref, host, stage }: Door,
  route: ApiRoute,
  asks: Passing['asks'],
): readonly RouteStep[] => {
  const from = api.endpointType === 'PRIVATE' ? 'any VPC endpoint for API Gateway' : 'anywhere'
  const acl = stage.webAcl.known ? stage.webAcl.value : null
  return [
    { kind: 'network', arn: ref.arn, line: ref.line, text: `${host} is reached from ${from}` },
    {
      kind: 'listener',
      arn: stage.ref.arn,
      line: stage.ref.line,
      text: `stage ${stage.name} of ${api.ref.name}`,
    },
    ...(acl === null
      ? []
      : [
          {
            kind: 'waf' as const,
            arn: acl.ref.arn,
            line: acl.ref.line,
            text: `web ACL ${acl.name} lets it pass`,
          },
        ]),
    { kind: 'rule', arn: route.ref.arn, line: asks.line, text: asks.text },
    {
      kind: 'target',
      arn: route.ref.arn,
      line: route.ref.line,
      text: `the backend that ${route.ref.name} calls`,
    },
  ]
}
