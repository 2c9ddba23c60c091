/** The estate that the collect tests read: something of everything, and beside it what must not be read. */

import type { NameAnswer, NameResolver } from '#collect/resolve-name.ts'
import { buildAccessPoint } from '#lab/build/access-point.ts'
import { buildBucket } from '#lab/build/bucket.ts'
import { buildZone } from '#lab/build/dns.ts'
import { buildFunctionUrl } from '#lab/build/function-url.ts'
import { distributionId } from '#lab/build/names.ts'
import { cloudFrontLists, network, type Place } from '#lab/build/place.ts'
import { buildWebAcl } from '#lab/build/security.ts'
import type { World, WorldResource } from '#lab/world.ts'
import { types } from '#snapshot/resource-types.ts'
import { apis } from './estate-apis.ts'
import {
  classic,
  classicName,
  classicNamed,
  forum,
  fronting,
  inside,
  mail,
  portal,
  regionalAcl,
  shop,
  sibling,
  wiki,
} from './estate-balancers.ts'
import { distributions, files, functionUrl, viewerCertificate, zones } from './estate-edge.ts'
import { edgeAcl, edgeParts } from './estate-edge-acl.ts'
import { keptLife, otherLife, tokenLife } from './estate-life.ts'
import {
  behindAddress,
  behindIds,
  customList,
  hosts,
  instance,
  lists,
  ways,
  wikiCard,
} from './estate-network.ts'
import { account, alb, dublin, edited, frankfurt, of, token, virginia, withTags } from './estate-parts.ts'
import { signing } from './estate-signing.ts'
import { instanceBehindIds } from './estate-ways.ts'

/** All that a scan is about. */
export const relevant: readonly WorldResource[] = withTags([
  of(virginia, types.account, `arn:aws:sts::${account}:assumed-role/lab/lab`, {
    Account: account,
    Arn: `arn:aws:sts::${account}:assumed-role/lab/lab`,
    UserId: `AROA${account}:lab`,
  }),
  ...network(dublin),
  ...network(virginia),
  ...[shop, wiki, forum, mail, portal, inside, sibling].flatMap(one => one.resources),
  ...fronting,
  classic,
  classicNamed('legacy-beside', instanceBehindIds, 'i-0aaaaaaaaaaaaaaa3'),
  ...lists,
  ...hosts,
  behindIds,
  behindAddress,
  wikiCard,
  ...ways,
  regionalAcl,
  edgeAcl,
  ...edgeParts,
  viewerCertificate,
  ...distributions,
  ...functionUrl,
  ...files,
  ...apis.resources(token),
  ...signing(token),
  ...zones,
  ...tokenLife(distributionId('shop')),
])

const privateZone = edited(
  buildZone(account, 'net', [{ name: 'blue.apps.example.net', cname: 'wrong.example.org' }]),
  types.hostedZone,
  config => ({ ...config, Name: 'apps.example.net.', Config: { PrivateZone: true } }),
)

const foreign: Place = { account: '444455556666', region: 'eu-west-1' }

/** What stands beside it: other load balancers, networks, zones, lists, web ACLs and accounts. */
const beside: readonly WorldResource[] = withTags([
  ...alb('intranet', dublin).resources,
  ...alb('other-region', frankfurt).resources,
  ...network(frankfurt),
  ...alb('foreign', foreign).resources,
  ...buildFunctionUrl(account, 'eu-west-1', { name: 'unseen', authType: 'NONE', statements: [] }),
  ...otherLife,
  ...buildBucket({ name: 'unused', account, region: 'eu-west-1' }),
  ...buildAccessPoint({ name: 'unused', bucket: 'unused', ...dublin }),
  buildWebAcl({ name: 'unused', scope: 'CLOUDFRONT', place: virginia }),
  ...buildZone(account, 'example.org', [{ name: 'other.example.org', addresses: ['192.0.2.1'] }]),
  ...privateZone,
  of(dublin, types.prefixList, 'arn:aws:ec2:eu-west-1:aws:prefix-list/pl-s3', {
    PrefixListId: 'pl-s3',
    PrefixListArn: 'arn:aws:ec2:eu-west-1:aws:prefix-list/pl-s3',
    PrefixListName: 'com.amazonaws.eu-west-1.s3',
    AddressFamily: 'IPv4',
    OwnerId: 'AWS',
  }),
  of(dublin, types.prefixList, `arn:aws:ec2:eu-west-1:${account}:prefix-list/pl-lookalike`, {
    PrefixListId: 'pl-lookalike',
    PrefixListArn: `arn:aws:ec2:eu-west-1:${account}:prefix-list/pl-lookalike`,
    PrefixListName: 'com.amazonaws.global.cloudfront.origin-facing',
    AddressFamily: 'IPv4',
    OwnerId: account,
  }),
  instance('i-0aaaaaaaaaaaaaaa9', '203.0.113.99'),
  classicNamed('legacy-elsewhere', 'i-0aaaaaaaaaaaaaaa9'),
])

export const estate: World = {
  name: 'collect',
  story: 'Something of everything that collecting reads, and what it must leave alone.',
  account,
  regions: ['eu-central-1', 'eu-west-1', 'us-east-1'],
  resources: [...relevant, ...beside],
  dns: [],
}

/** What collecting keeps of what the world holds in full, by type. */
export const kept = keptLife(distributionId('shop'))

/** Ids that the tests name. */
export const named = {
  cloudFrontList: cloudFrontLists('eu-west-1').v4,
  customList,
  shop: shop.arn,
  classicName,
  goneName: 'gone-1111111111.eu-west-1.elb.amazonaws.com',
}

const answers: Readonly<Record<string, Partial<NameAnswer>>> = {
  'direct.partner.example': { addresses: ['198.51.100.10'] },
  'parked.partner.example': { addresses: ['198.51.100.99'] },
  'api.partner.example': {
    canonicalNames: ['edge.partner.example'],
    addresses: ['192.0.2.77', '2001:db8::77'],
  },
  [named.goneName]: { outcome: 'no-such-name' },
}

/** Answers as public DNS would; every name that is asked is told to `onName`. */
export const estateDns = (onName: (name: string) => void = () => undefined): NameResolver => ({
  resolve: async name => {
    onName(name)
    const answer = answers[name]
    return answer
      ? { outcome: 'answer', canonicalNames: [], addresses: [], ...answer }
      : { outcome: 'failed', canonicalNames: [], addresses: [] }
  },
})

/** The answers as the snapshot should hold them. */
export const dnsRecords: readonly WorldResource[] = Object.entries(answers).map(([name, answer]) =>
  of(virginia, types.dnsAnswer, name, {
    Name: name,
    Outcome: answer.outcome ?? 'answer',
    CanonicalNames: answer.canonicalNames ?? [],
    Addresses: answer.addresses ?? [],
  }),
)
