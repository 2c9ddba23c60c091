/** The cluster of a world: load balancers that lead into it, and a real nginx for each ingress controller where there is one. */
import type { RequestListener } from 'node:http'
import { types } from '#snapshot/resource-types.ts'
import type { Nginx } from '../nginx/find.ts'
import { controllerBehind } from '../nginx/objects.ts'
import { startNginx } from '../nginx/process.ts'
import { nginxConfigOf } from '../nginx/render.ts'
import type { World } from '../world.ts'
import { answer } from './app.ts'
import { freePorts, listen } from './server.ts'

/** A load balancer that leads into the cluster. */
export interface ClusterFront {
  readonly loadBalancer: string
  /** A clause that says why nobody answers there; null where nginx does. */
  readonly silent: string | null
}

export interface LiveCluster {
  readonly fronts: readonly ClusterFront[]
  /** Port of the nginx behind a load balancer; null where nobody answers, undefined where it leads elsewhere. */
  portBehind(arn: string): number | null | undefined
  close(): Promise<void>
}

interface Front {
  readonly arn: string
  /** `namespace/name` of the Service, as the AWS Load Balancer Controller tags what it makes. */
  readonly service: string
}

const frontsOf = ({ resources }: World): readonly Front[] =>
  resources
    .filter(r => r.type === types.tags)
    .flatMap(({ config }) => {
      const tags = (config.Tags ?? []) as readonly { readonly Key: string; readonly Value: string }[]
      const stack = tags.find(t => t.Key === 'service.k8s.aws/stack')
      return stack ? [{ arn: String(config.ResourceArn), service: stack.Value }] : []
    })

/** Every Service of the cluster: nginx names the one that is asked. */
const services: RequestListener = ({ headers, method, url = '/' }, response) => {
  const page = answer(String(headers['x-service']), url.split('?')[0] ?? '/')
  response.writeHead(page.status, { ...page.headers, 'content-length': String(Buffer.byteLength(page.body)) })
  response.end(method === 'HEAD' ? undefined : page.body)
}

interface Opened extends ClusterFront {
  readonly arn: string
  readonly port: number | null
  close(): Promise<void>
}

const openFront = async (
  { arn, service }: Front,
  port: number,
  backend: number,
  { kubernetes = [] }: World,
  nginx: Nginx | null,
): Promise<Opened> => {
  const loadBalancer = arn.split('/').at(-2) ?? arn
  const silent = (why: string): Opened => ({
    arn,
    loadBalancer,
    silent: why,
    port: null,
    close: async () => {},
  })
  if (nginx === null) return silent('no nginx is run')
  const source = controllerBehind(kubernetes, service)
  if ('unplayed' in source) return silent(source.unplayed)
  const started = await startNginx(nginx, nginxConfigOf(source, port, backend))
  if ('trouble' in started) return silent(`nginx did not start, for ${started.trouble}`)
  return { arn, loadBalancer, silent: null, port, close: started.stop }
}

/** Without nginx nobody answers for the cluster. What keeps one from starting silences its load balancer alone. */
export const openCluster = async (world: World, nginx: Nginx | null): Promise<LiveCluster> => {
  const fronts = frontsOf(world)
  const backend = await listen(services)
  const ports = await freePorts(fronts.length)
  const opened = await Promise.all(
    fronts.map((front, i) => openFront(front, ports[i] ?? 0, backend.port, world, nginx)),
  )
  const ends = new Map(opened.map(o => [o.arn, o.port]))
  return {
    fronts: opened.map(({ loadBalancer, silent }) => ({ loadBalancer, silent })),
    portBehind: arn => ends.get(arn),
    close: async () => {
      await Promise.all(opened.map(o => o.close()))
      await backend.close()
    },
  }
}
