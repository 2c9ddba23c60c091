/** Ways to load balancers that sites are not built from, and a function URL: resources only, nothing of it is played live. */
import { buildAccelerator } from '#lab/build/accelerator.ts'
import { buildBlockPublicAccess } from '#lab/build/block-public-access.ts'
import { buildDistribution } from '#lab/build/distribution.ts'
import { buildEndpointService } from '#lab/build/endpoint-service.ts'
import { buildFunctionUrl, functionUrlHost, publicGrants } from '#lab/build/function-url.ts'
import { type Place, subnetIds } from '#lab/build/place.ts'
import { buildHttpVpcLink, buildRestVpcLink, buildVpcLink } from '#lab/build/vpc-link.ts'
import type { World, WorldResource } from '#lab/world.ts'
import { types } from '#snapshot/resource-types.ts'
import { withFront } from '../../fixtures/worlds/bypass/beside.ts'
import { withResources } from './raw-origins.ts'

const arnOf = (world: World, type: string, part: string): string =>
  world.resources.find(r => r.type === type && r.arn.includes(part))?.arn ?? ''

/** Everything that leads to load balancers from elsewhere leads to that site's, or stands before the first one. */
export const withWays = (world: World, place: Place, site: string): World => {
  const fronted = withFront(world, [])
  const balancer = arnOf(world, types.loadBalancer, `/app/${site}/`)
  const listener = arnOf(world, types.listener, `/app/${site}/`)
  const front = arnOf(fronted, types.loadBalancer, '/net/front/')
  return withResources(fronted, [
    ...buildAccelerator({
      name: 'fast',
      account: place.account,
      addresses: ['198.51.100.201'],
      listeners: [{ ports: [[443, 443]], endpoints: [{ id: balancer, region: place.region }] }],
    }),
    ...buildBlockPublicAccess({
      place,
      mode: 'block-ingress',
      exclusions: subnetIds(place).map(id => ({
        of: `arn:aws:ec2:${place.region}:${place.account}:subnet/${id}`,
        mode: 'allow-bidirectional',
      })),
    }),
    buildVpcLink(place, 'first', [front]),
    ...buildHttpVpcLink(place, 'second', [listener]),
    ...buildRestVpcLink(place, 'third', [balancer]),
    ...buildEndpointService({ name: 'offer', place, loadBalancers: [front], principals: ['*'] }),
  ])
}

/** A distribution before a function URL that anyone may call. */
export const functionUrl = ({ account, region }: Place): readonly WorldResource[] => {
  const arn = `arn:aws:lambda:${region}:${account}:function:thumbnails`
  return [
    buildDistribution({
      name: 'thumbnails',
      account,
      comment: 'thumbnails',
      aliases: [],
      origins: [{ id: 'app', domainName: functionUrlHost(region, { name: 'thumbnails' }) }],
    }),
    ...buildFunctionUrl(account, region, {
      name: 'thumbnails',
      authType: 'NONE',
      statements: publicGrants(arn),
    }),
  ]
}
