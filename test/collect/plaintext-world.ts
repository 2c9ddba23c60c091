/** An account full of values in clear: a token among them, and many secrets that are none of CloudFront's. */
import { gzipSync } from 'node:zlib'
import { buildFunction } from '#lab/build/edge.ts'
import { buildInstance, instanceId } from '#lab/build/instance.ts'
import { hex } from '#lab/build/names.ts'
import type { Place } from '#lab/build/place.ts'
import {
  buildLambdaFunction,
  buildLaunchTemplate,
  buildParameter,
  buildStack,
  buildTaskDefinition,
  buildUserData,
} from '#lab/build/plaintext.ts'
import { forbidden, forward, header, rule } from '#lab/build/rules.ts'
import { buildWorld } from '#lab/build/site.ts'
import type { World, WorldResource } from '#lab/world.ts'
import { types } from '#snapshot/resource-types.ts'

const account = '111122223333'
const dublin: Place = { account, region: 'eu-west-1' }
const virginia: Place = { account, region: 'us-east-1' }

export const token = `tok${hex(32, 'token', 'shop')}Qx7`

/** Secrets that no distribution sends and no gate compares: none of them may leave. */
export const canaries: readonly string[] = Array.from(
  { length: 24 },
  (_, i) => `Canary+${i}/${hex(24, 'canary', String(i))}=Zk`,
)
const canary = (i: number): string => canaries[i] ?? ''

const script = (...lines: readonly string[]): string => ['#!/bin/bash', ...lines, 'exec app'].join('\n')

/** Every kind of place, with `value` at one of its two values. */
const placesOf = (value: string): readonly WorldResource[] => [
  buildLambdaFunction(dublin, 'app', { ORIGIN_TOKEN: value, DB_PASSWORD: canary(0) }),
  buildLambdaFunction(dublin, 'app', { OLD_TOKEN: value, OLD_PASSWORD: canary(1) }, 3),
  buildLambdaFunction(virginia, 'edge', { SETTINGS: JSON.stringify({ token: value, other: canary(2) }) }),
  buildParameter(dublin, '/shop/token', value),
  buildParameter(dublin, '/shop/list', `${canary(3)},${value}`, 'StringList'),
  ...Array.from({ length: 12 }, (_, i) => buildParameter(dublin, `/shop/other-${i}`, `${canary(4)}-${i}`)),
  buildStack(dublin, {
    name: 'shop',
    parameters: { OriginToken: value, NoEcho: '****', Password: canary(5) },
    outputs: { Header: `x-auth-token: ${value}`, Secret: canary(6) },
    template: JSON.stringify({ Resources: { D: { HeaderValue: value, Password: canary(7) } } }),
  }),
  buildInstance({ name: 'worker', place: dublin, interfaces: [{ privateAddress: '10.0.0.9' }] }),
  buildUserData(
    dublin,
    instanceId('worker'),
    gzipSync(script(`export T='${value}'`, `export P='${canary(8)}'`)),
  ),
  buildLaunchTemplate(dublin, 'fleet', script(`T=${value}`, `P=${canary(9)}`)),
  buildTaskDefinition(dublin, 'api', {
    environment: { TOKEN: value, PASSWORD: canary(10) },
    command: ['serve', `--token=${value}`, `--password=${canary(11)}`],
    dockerLabels: { 'traefik.header': value, note: canary(12) },
  }),
]

/** What must not even be asked for, and what holds no secret of CloudFront's. */
const others: readonly WorldResource[] = [
  buildParameter(dublin, '/shop/secure', token, 'SecureString'),
  buildStack(dublin, { name: 'gone', parameters: { Token: token }, status: 'DELETE_COMPLETE' }),
  buildStack(dublin, { name: 'plain', parameters: { Password: canary(13) }, template: `A: ${canary(14)}\n` }),
  buildTaskDefinition(virginia, 'batch', { environment: { PASSWORD: canary(15) } }),
  buildInstance({ name: 'bare', place: dublin, interfaces: [{ privateAddress: '10.0.0.10' }] }),
]

const shop = buildWorld({
  name: 'plaintext',
  story: 'A token in clear in many places.',
  zone: 'example.com',
  account,
  regions: ['eu-west-1', 'us-east-1'],
  sites: [
    {
      name: 'shop',
      story: 'shop',
      place: dublin,
      headers: { 'x-auth-token': token },
      loadBalancer: {
        admits: [{ peer: 'cloudfront', ports: [443, 443] }],
        listeners: [
          {
            port: 443,
            protocol: 'HTTPS',
            rules: [rule(10, header('x-auth-token', token), forward())],
            otherwise: forbidden,
          },
        ],
      },
    },
  ],
})

/** A function of the distribution that has the value in its code. */
const edge = (value: string): WorldResource =>
  buildFunction(
    account,
    'guard',
    `function handler(event) {\n  var secrets = ['${value}', '${canary(16)}']\n  return event.request\n}\n`,
  )

const guarded = (resources: readonly WorldResource[], FunctionARN: string): readonly WorldResource[] =>
  resources.map(one => {
    if (one.type !== types.distribution) return one
    const DefaultCacheBehavior = {
      ...(one.config.DefaultCacheBehavior as object),
      FunctionAssociations: { Quantity: 1, Items: [{ FunctionARN, EventType: 'viewer-request' }] },
    }
    return { ...one, config: { ...one.config, DefaultCacheBehavior } }
  })

const withPlaces = (value: string): World => {
  const guard = edge(value)
  return {
    ...shop,
    resources: [...guarded(shop.resources, guard.arn), guard, ...placesOf(value), ...others],
  }
}

export const leakyWorld = withPlaces(token)
export const tidyWorld = withPlaces('no-token-at-all-but-some-other-text')

/** What a scan of `leakyWorld` finds, by what stands after the last colon of the resource, the kind and the key. */
export const expectedSightings: readonly string[] = [
  'function/guard#edge-function-code',
  'app#lambda-environment/ORIGIN_TOKEN',
  '3#lambda-environment/OLD_TOKEN',
  'edge#lambda-environment/SETTINGS',
  'parameter/shop/token#ssm-parameter',
  'parameter/shop/list#ssm-parameter',
  `stack/shop/${hex(32, 'stack', 'shop')}#stack-parameter/OriginToken`,
  `stack/shop/${hex(32, 'stack', 'shop')}#stack-output/Header`,
  `stack/shop/${hex(32, 'stack', 'shop')}#stack-template`,
  `instance/${instanceId('worker')}#instance-user-data`,
  `launch-template/lt-0${hex(16, 'launch-template', 'fleet')}#launch-template-user-data/version 1`,
  '1#task-environment/app/TOKEN',
  '1#task-command/app/2',
  '1#task-label/app/traefik.header',
]
