/** What makes a scan look at the edge beside the distributions: a function, a staging distribution, tenants. */
import { buildDistribution } from '#lab/build/distribution.ts'
import {
  buildContinuousDeployment,
  buildFunction,
  buildTenant,
  continuousDeploymentId,
} from '#lab/build/edge.ts'
import { buildKeyGroup, buildPublicKey } from '#lab/build/signing.ts'
import type { World, WorldResource } from '#lab/world.ts'
import { types } from '#snapshot/resource-types.ts'
import { p256, rsa2048 } from '../../fixtures/worlds/signed/keys.ts'

type Config = WorldResource['config']

const originsOf = (config: Config | undefined) =>
  (config?.Origins as { readonly Items: readonly { DomainName: string }[] } | undefined)?.Items ?? []

const created = '2026-02-01T10:00:00.000Z'
/** One key that signs, and one that nothing uses. */
const signing = (account: string, group: string): readonly WorldResource[] => [
  buildPublicKey(account, { id: 'K2MEMBERS', name: 'members', created, encoded: rsa2048 }),
  buildPublicKey(account, { id: 'K3LEFT', name: 'left', created, encoded: p256 }),
  buildKeyGroup(account, { id: group, name: 'members', keys: ['K2MEMBERS'] }),
]

/** The distribution that serves the alias, changed. */
const changed = (world: World, alias: string, change: (config: Config) => Config): World => ({
  ...world,
  resources: world.resources.map(r =>
    r.type === types.distribution && JSON.stringify(r.config.Aliases).includes(`"${alias}"`)
      ? { ...r, config: { ...r.config, ...change(r.config) } }
      : r,
  ),
})

/** One site runs a function that leaves the origin alone and asks for signatures; another has a staging distribution and tenants beside it. */
export const withEdge = (world: World, running: string, staged: string): World => {
  const { account } = world
  const route = buildFunction(account, 'route', 'function handler(event) { return event.request }')
  const beside = world.resources.find(
    r => r.type === types.distribution && JSON.stringify(r.config.Aliases).includes(`"${staged}"`),
  )
  const webAcl = String(beside?.config.WebACLId)
  const origins = originsOf(beside?.config).map(o => ({ id: 'app', domainName: o.DomainName }))
  const spec = { account, comment: '', aliases: [], origins, webAcl }
  const withFunction = changed(world, running, config => ({
    DefaultCacheBehavior: {
      ...(config.DefaultCacheBehavior as object),
      FunctionAssociations: {
        Quantity: 1,
        Items: [{ FunctionARN: route.arn, EventType: 'viewer-request' }],
      },
      TrustedKeyGroups: { Enabled: true, Quantity: 1, Items: ['G1'] },
    },
  }))
  const withStaging = changed(withFunction, staged, () => ({
    ContinuousDeploymentPolicyId: continuousDeploymentId('trial'),
  }))
  return {
    ...withStaging,
    resources: [
      ...withStaging.resources,
      route,
      ...signing(account, 'G1'),
      buildDistribution({ ...spec, name: 'trial', staging: true }),
      buildContinuousDeployment(account, { staging: 'trial' }),
      buildDistribution({ ...spec, name: 'rented', tenantOnly: true }),
      buildTenant(account, { name: 'one', distribution: 'rented', domains: ['one.example.net'] }),
    ],
  }
}
