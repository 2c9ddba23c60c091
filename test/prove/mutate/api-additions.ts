/** What somebody may add to an API: a route, a stage, a name. */
import type { LocatedResource, Snapshot } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import type { Addition } from './additions.ts'
import type { Config } from './places.ts'

const of = (snapshot: Snapshot, type: string): readonly LocatedResource[] =>
  snapshot.resources.filter(r => r.type === type)

/** A copy of a record, with fields of its own. */
const like = (one: LocatedResource, config: Config): LocatedResource => ({
  ...one,
  arn: `${one.arn}-added`,
  config: { ...one.config, ...config },
})

const plus = (snapshot: Snapshot, text: string, ...more: readonly LocatedResource[]): Addition => ({
  text,
  resources: [...snapshot.resources, ...more],
})

const routes = (snapshot: Snapshot): readonly Addition[] =>
  of(snapshot, types.apiRoute).map(route =>
    plus(
      snapshot,
      `${route.arn} has a route beside it that asks nothing`,
      like(route, {
        RouteId: 'added',
        RouteKey: 'GET /added',
        AuthorizationType: 'NONE',
        AuthorizerId: undefined,
      }),
    ),
  )

/** As it is configured, and as it was deployed. */
const methods = (snapshot: Snapshot): readonly Addition[] =>
  of(snapshot, types.restMethod).map(method => {
    const asked = { authorizationType: 'NONE', apiKeyRequired: false }
    const added = like(method, { ...asked, path: '/added', resourceId: 'added', authorizerId: undefined })
    const resources = snapshot.resources.map(r =>
      r.type === types.restDeployment && r.config.restApiId === method.config.restApiId
        ? {
            ...r,
            config: {
              ...r.config,
              apiSummary: {
                ...(r.config.apiSummary as Config),
                '/added': { [String(method.config.httpMethod)]: asked },
              },
            },
          }
        : r,
    )
    return {
      text: `${method.arn} has a method beside it that asks nothing`,
      resources: [...resources, added],
    }
  })

const stages = (snapshot: Snapshot): readonly Addition[] => [
  ...of(snapshot, types.restStage).map(stage =>
    plus(
      snapshot,
      `${stage.arn} has a stage beside it`,
      like(stage, { stageName: 'added', webAclArn: undefined }),
    ),
  ),
  ...of(snapshot, types.apiStage).map(stage =>
    plus(
      snapshot,
      `${stage.arn} has a stage beside it`,
      like(stage, { StageName: 'added', AutoDeploy: false }),
    ),
  ),
]

/** A name that asks for no certificate. */
const names = (snapshot: Snapshot): readonly Addition[] =>
  of(snapshot, types.apiDomain).map(domain => {
    const name = 'added.example.com'
    const arn = domain.arn.replace(String(domain.config.domainName), name)
    const own = {
      ...domain,
      arn,
      config: { ...domain.config, domainName: name, mutualTlsAuthentication: undefined },
    }
    const mappings = of(snapshot, types.apiMapping)
      .filter(m => m.config.DomainName === domain.config.domainName)
      .map(m => ({
        ...m,
        arn: m.arn.replace(String(domain.config.domainName), name),
        config: { ...m.config, DomainName: name },
      }))
    const reads = snapshot.reads.filter(r => r.operation === 'GetApiMappings')
    return {
      text: `${domain.arn} has a name beside it that asks for no certificate`,
      resources: [...snapshot.resources, own, ...mappings],
      reads: [...snapshot.reads, ...reads.map(r => ({ ...r, target: name }))],
    }
  })

export const apiAdditions = (snapshot: Snapshot): readonly Addition[] => [
  ...routes(snapshot),
  ...methods(snapshot),
  ...stages(snapshot),
  ...names(snapshot),
]
