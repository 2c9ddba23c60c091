/** A small account of two regions to ask the laboratory about. */
import { buildDistribution } from '#lab/build/distribution.ts'
import { buildZone } from '#lab/build/dns.ts'
import { buildLoadBalancer } from '#lab/build/load-balancer.ts'
import { network, type Place, vpcId } from '#lab/build/place.ts'
import { forbidden, forward, header, rule } from '#lab/build/rules.ts'
import { buildWebAcl, requireHeader } from '#lab/build/security.ts'
import type { World } from '#lab/world.ts'
import { types } from '#snapshot/resource-types.ts'

const account = '111122223333'
export const place: Place = { account, region: 'eu-west-1' }
const acl = buildWebAcl({
  name: 'gate',
  scope: 'REGIONAL',
  place,
  rules: [requireHeader('x-token', 'abc')],
})
export const edgeAcl = buildWebAcl({
  name: 'edge',
  scope: 'CLOUDFRONT',
  place: { account, region: 'us-east-1' },
})
const rules = [1, 2, 3, 4, 5].map(n => rule(n, header('x-token', `value-${n}`), forward()))
export const app = buildLoadBalancer({
  name: 'app',
  place,
  admits: [
    { peer: 'world', ports: [80, 80] },
    { peer: 'cloudfront', ports: [443, 443] },
  ],
  listeners: [{ port: 80, protocol: 'HTTP', rules, otherwise: forbidden }],
  webAcl: acl.arn,
})
export const bare = buildLoadBalancer({ name: 'bare', place, admits: [], listeners: [] })
export const other = buildLoadBalancer({
  name: 'other',
  place: { account: '444455556666', region: 'eu-west-1' },
  admits: [],
  listeners: [],
})
export const distributions = Array.from({ length: 7 }, (_, i) =>
  buildDistribution({
    name: `site-${i}`,
    account,
    comment: '',
    aliases: [],
    origins: [{ id: 'a', domainName: app.dnsName }],
  }),
)
export const world: World = {
  name: 'handler',
  story: 'What the handler tests ask about.',
  account,
  regions: ['eu-west-1', 'us-east-1'],
  resources: [
    ...network(place),
    ...[app, bare, other].flatMap(one => one.resources),
    acl,
    edgeAcl,
    ...distributions,
    ...buildZone(account, 'example.com', [
      { name: 'b.example.com', addresses: ['192.0.2.1'] },
      { name: 'a.b.example.com', addresses: ['192.0.2.2'] },
      { name: 'a.example.com', addresses: ['192.0.2.3'] },
      { name: 'c.example.com', alias: app.dnsName, zone: app.zone, ipv6: true },
    ]),
    {
      type: types.instance,
      arn: 'arn:aws:ec2:eu-west-1:111122223333:instance/i-1',
      ...place,
      config: { InstanceId: 'i-1', PublicIpAddress: '203.0.113.1', VpcId: vpcId(place) },
    },
  ],
  dns: [...app.dns],
}

export const zoneId = String(world.resources.find(r => r.type === types.hostedZone)?.config.Id)

export const credentials = { accessKeyId: 'AKIALAB', secretAccessKey: 'lab' }

export const codeOf = async (answer: Promise<unknown>): Promise<string> =>
  answer.then(
    () => 'no error',
    (thrown: Error) => thrown.name,
  )
