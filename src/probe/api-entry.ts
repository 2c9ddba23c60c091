/** The doors of an API of API Gateway: its default endpoint and the custom domain names that lead to the same stage. */
import { normalName } from '#base/domain-name.ts'
import type { Api, ApiDomain, ApiStage, Link } from '#topology/model.ts'
import { type Door, no, type Probeable } from './entry.ts'
import { sharedDoor } from './shared-door.ts'

type ApiTarget = Extract<Link['target'], { kind: 'api' }>

/** Where a stage is reached: what stands in front of the paths of its routes there. */
interface Place {
  readonly door: Door
  readonly prefix: string
}

export const apiEntry = ({ origin }: Link, target: ApiTarget): Probeable => {
  const { api, via, stage } = target
  if (api.kind === 'websocket')
    return no('websocket', 'The API speaks WebSocket, which is not probed by this version.')
  if (api.endpointType === 'PRIVATE' && via === 'default-endpoint')
    return no('internal', 'The API is private: it cannot be asked from the internet.')
  const places = placesOf(api, stage)
  const own = places.find(({ door }) =>
    via === 'default-endpoint' ? door.name === api.host : door.host === via.name,
  )
  if (own === undefined)
    return no('api', 'The origin leads to no name of the API that can be asked from the internet.')
  const others = places.filter(place => place !== own)
  // Below the stage of the origin, the paths of all doors are the same.
  const doors = others.map(({ door, prefix }): Door => ({ ...door, instead: [own.prefix, prefix] }))
  const all = [own.door, ...doors] as const
  return {
    probeable: true,
    entry: {
      kind: 'api',
      doors: all,
      closedToUs: [],
      unseen: unseenOf(api, stage, origin.originPath),
      loadBalancers: [],
      shared: true,
      owners: [api.ref.arn],
      proofs: all.map(({ name, host }) => ({ name, by: name, ...(host !== undefined && { host }) })),
    },
  }
}

const unseenOf = (api: Api, stage: string | null, originPath: string) => {
  if (!api.domains.known)
    return {
      code: 'domains-unknown',
      reason: 'The custom domain names of the API were not read, so not all were asked.',
    }
  return stage === null
    ? {
        code: 'stage-unknown',
        reason: `Nothing says which stage of the API answers below ${originPath || '/'}, so not every name was asked.`,
      }
    : null
}

/** Every public name of the stage; where it is not known which one that is, the names alone. */
const placesOf = (api: Api, stage: string | null): readonly Place[] => {
  const domains = api.domains.known ? api.domains.value : []
  return [
    ...(api.endpointType === 'PRIVATE' ? [] : [defaultEndpoint(api, stage)]),
    ...domains.filter(d => d.endpointType !== 'PRIVATE').flatMap(d => atDomain(d, stage)),
  ]
}

const defaultEndpoint = (api: Api, stage: string | null): Place => ({
  door: {
    ...sharedDoor(api.host, api.ref.arn),
    ...atEdge(api.endpointType),
    off: api.defaultEndpointDisabled,
  },
  prefix: stage === null || stage === ('$default' satisfies ApiStage['name']) ? '' : `/${stage}`,
})

const atEdge = (type: Api['endpointType']) => (type === 'EDGE' ? { behindCloudFront: true } : {})

/** The target name, which AWS made for this domain name, is connected to, whatever the domain name itself leads to. */
const atDomain = (domain: ApiDomain, stage: string | null): readonly Place[] => {
  const [name] = domain.targets
  if (name === undefined) return []
  const door: Door = {
    ...sharedDoor(normalName(name), domain.ref.arn),
    ...atEdge(domain.endpointType),
    host: domain.name,
    clientCertificate: domain.mutualTls,
  }
  return domain.mappings
    .filter(m => stage === null || m.stage === stage)
    .map(({ path }) => ({ door, prefix: path === '' ? '' : `/${path}` }))
}
