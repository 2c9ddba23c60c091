/** A world with one origin of every kind that the probe speaks to, right and wrong. */

import { accessPointSite, copiedSite } from '#lab/build/access-point-site.ts'
import { apiSite } from '#lab/build/api-site.ts'
import {
  bucketSite,
  classicSite,
  externalSite,
  functionSite,
  instanceSite,
  networkSite,
} from '#lab/build/other-sites.ts'
import type { Place } from '#lab/build/place.ts'
import { forward, type ListenerSpec } from '#lab/build/rules.ts'
import { buildWorld } from '#lab/build/site.ts'
import type { World } from '#lab/world.ts'

const place: Place = { account: '111122223333', region: 'eu-west-1' }
const at = (name: string) => ({ name, story: name, place })

const everyone = [{ peer: 'world', ports: [443, 443] }] as const
const cloudFront = [{ peer: 'cloudfront', ports: [443, 443] }] as const
/** Made for this world; guards nothing. */
const token = 'hQ7rV2mXs9LkT4wZb8NcY1dF6gJpA3eU'

const on443 = (protocol: 'TCP' | 'TLS'): readonly ListenerSpec[] => [
  { port: 443, protocol, otherwise: forward() },
]

export const addresses = {
  vendor: '198.18.9.10',
  listed: '198.18.9.11',
  held: '198.18.9.12',
  aliased: '198.18.9.13',
}

export const probedWorld: World = buildWorld({
  name: 'probed',
  story: 'One of everything.',
  zone: 'example.com',
  account: place.account,
  regions: ['eu-west-1', 'us-east-1'],
  sites: [
    {
      ...at('shop'),
      loadBalancer: {
        admits: cloudFront,
        listeners: [{ port: 443, protocol: 'HTTPS', otherwise: forward() }],
      },
    },
  ],
  others: [
    bucketSite(at('bucket-locked'), 'locked'),
    bucketSite(at('bucket-public'), 'public'),
    bucketSite(at('bucket-website'), 'website'),
    accessPointSite(at('point-locked'), 'locked'),
    accessPointSite(at('point-public'), 'public'),
    copiedSite(at('bucket-copied')),
    functionSite(at('function-locked'), 'locked'),
    functionSite(at('function-public'), 'public'),
    networkSite({ ...at('network-open'), number: 41, admits: everyone, listeners: on443('TCP') }),
    networkSite({ ...at('network-locked'), number: 42, admits: cloudFront, listeners: on443('TLS') }),
    apiSite({ ...at('http-api-locked'), token }, 'http', 'locked'),
    apiSite(at('http-api-public'), 'http', 'public'),
    apiSite({ ...at('rest-api-locked'), token }, 'rest', 'locked'),
    apiSite(at('rest-api-public'), 'rest', 'public'),
    classicSite({ ...at('classic-open'), number: 43, admits: everyone }),
    classicSite({ ...at('classic-locked'), number: 44, admits: cloudFront }),
    instanceSite({ ...at('instance-open'), address: '198.18.9.20', admits: everyone }),
    instanceSite({ ...at('instance-locked'), address: '198.18.9.21', admits: cloudFront }),
    externalSite({ ...at('host-held'), address: addresses.held }),
    externalSite({ ...at('host-listed'), address: addresses.listed, vendorName: 'app.listed.example.net' }),
    externalSite({
      ...at('host-aliased'),
      address: addresses.aliased,
      vendorName: 'app.aliased.example.net',
      byAlias: true,
    }),
    externalSite({ ...at('host-vendor'), address: addresses.vendor, vendorName: 'app.vendor.example.net' }),
  ],
})
