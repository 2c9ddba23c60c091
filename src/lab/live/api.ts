/** Live APIs of API Gateway: stages, routes, authorizers, keys and policies answer as the service does. */
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { types } from '#snapshot/resource-types.ts'
import type { World, WorldResource } from '../world.ts'
import { answer as pageOf } from './app.ts'
import { type Caller, lets } from './grants.ts'
import type { Resource } from './service.ts'

type Config = WorldResource['config']

interface Route {
  /** `ANY` for every method. */
  readonly method: string
  /** `$default` for what no other route takes. */
  readonly path: string
  readonly authorization: string
  readonly authorizerId: string | undefined
  readonly apiKeyRequired: boolean
}

interface Api {
  readonly id: string
  readonly rest: boolean
  readonly name: string
  readonly host: string
  readonly disabled: boolean
  readonly policy: unknown
  readonly routes: readonly Route[]
  readonly stages: readonly string[]
  /** Header that each authorizer looks at, by its id. */
  readonly headers: ReadonlyMap<string, string>
}

const configs = ({ resources }: World, type: string): readonly Config[] =>
  resources.filter(r => r.type === type).map(r => r.config)

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/** `method.request.header.X`, `$request.header.x`: the name of the header, lower case. */
const headerIn = (source: unknown): string =>
  /header\.([\w-]+)/i.exec(String([source].flat()[0] ?? ''))?.[1]?.toLowerCase() ?? ''

const restApis = (world: World): readonly Api[] =>
  world.resources
    .filter(r => r.type === types.restApi)
    .map(({ region, config }) => {
      const id = String(config.id)
      const own = (type: string) => configs(world, type).filter(c => c.restApiId === id)
      return {
        id,
        rest: true,
        name: String(config.name),
        host: `${id}.execute-api.${region}.amazonaws.com`,
        disabled: config.disableExecuteApiEndpoint === true,
        policy: config.policy,
        stages: own(types.restStage).map(s => String(s.stageName)),
        headers: new Map(own(types.restAuthorizer).map(a => [String(a.id), headerIn(a.identitySource)])),
        routes: own(types.restMethod).map(m => ({
          method: String(m.httpMethod),
          path: String(m.path),
          authorization: String(m.authorizationType),
          authorizerId: text(m.authorizerId),
          apiKeyRequired: m.apiKeyRequired === true,
        })),
      }
    })

const httpApis = (world: World): readonly Api[] =>
  world.resources
    .filter(r => r.type === types.api && r.config.ProtocolType === 'HTTP')
    .map(({ config }) => {
      const id = String(config.ApiId)
      const own = (type: string) => configs(world, type).filter(c => c.ApiId === id)
      return {
        id,
        rest: false,
        name: String(config.Name),
        host: new URL(String(config.ApiEndpoint)).hostname,
        disabled: config.DisableExecuteApiEndpoint === true,
        policy: null,
        stages: own(types.apiStage).map(s => String(s.StageName)),
        headers: new Map(
          own(types.apiAuthorizer).map(a => [String(a.AuthorizerId), headerIn(a.IdentitySource)]),
        ),
        routes: own(types.apiRoute).map(r => {
          const [method = '', path = '$default'] = String(r.RouteKey).split(' ')
          return {
            method: method.startsWith('$') ? 'ANY' : method,
            path,
            authorization: String(r.AuthorizationType),
            authorizerId: text(r.AuthorizerId),
            apiKeyRequired: r.ApiKeyRequired === true,
          }
        }),
      }
    })

/** Smaller is taken first: literal before parameter before the rest of the path before `$default`. */
const rank = (pattern: string): string =>
  pattern
    .replace(/\$default/g, '4')
    .replace(/\{[^}]*\+\}/g, '3')
    .replace(/\{[^}]*\}/g, '2')

const takes = ({ method, path }: Route, asked: string, at: string): boolean => {
  if (method !== 'ANY' && method !== asked) return false
  if (path === '$default') return true
  const source = path
    .replace(/[.*$^()|[\]\\]/g, '\\$&')
    .replace(/\{[^}]*\+\}/g, '.+')
    .replace(/\{[^}]*\}/g, '[^/]+')
  return new RegExp(`^${source}$`).test(at)
}

/** Values that origins of the world are sent: the laboratory's authorizers know them. */
const secretsIn = (world: World): ReadonlySet<string> =>
  new Set(
    configs(world, types.distribution)
      .flatMap(
        d => ((d.Origins as { Items?: readonly Config[] } | undefined)?.Items ?? []) as readonly Config[],
      )
      .flatMap(
        o =>
          ((o.CustomHeaders as { Items?: readonly Config[] } | undefined)?.Items ?? []) as readonly Config[],
      )
      .map(h => String(h.HeaderValue)),
  )

interface Refusal {
  readonly status: number
  readonly type: string
  readonly message: string
}

const refusal = (status: number, type: string, message: string): Refusal => ({ status, type, message })
const forbidden = refusal(403, 'ForbiddenException', 'Forbidden')

/** Why the route does not take the request; null where it does. */
const refused = (
  api: Api,
  route: Route,
  { headers }: IncomingMessage,
  secrets: ReadonlySet<string>,
): Refusal | null => {
  switch (route.authorization) {
    case 'NONE':
      return route.apiKeyRequired && headers['x-api-key'] === undefined ? forbidden : null
    case 'AWS_IAM':
      return refusal(403, 'MissingAuthenticationTokenException', 'Missing Authentication Token')
    case 'CUSTOM': {
      const shown = headers[api.headers.get(route.authorizerId ?? '') ?? '']
      if (typeof shown !== 'string') return refusal(401, 'UnauthorizedException', 'Unauthorized')
      return secrets.has(shown) ? null : forbidden
    }
    default:
      return refusal(401, 'UnauthorizedException', 'Unauthorized')
  }
}

const denied = (api: Api, caller: Caller): boolean =>
  api.policy !== null &&
  api.policy !== undefined &&
  !lets(api.policy, { action: 'execute-api:Invoke', resource: `execute-api:/${api.id}`, caller })

const outcome = (
  api: Api,
  stagePath: string | null,
  request: IncomingMessage,
  caller: Caller,
  secrets: ReadonlySet<string>,
): Refusal | { readonly path: string } => {
  const nothing = api.rest
    ? refusal(403, 'MissingAuthenticationTokenException', 'Missing Authentication Token')
    : refusal(404, 'NotFoundException', 'Not Found')
  if (stagePath === null) return api.rest ? forbidden : nothing
  if (denied(api, caller)) return refusal(403, 'AccessDeniedException', 'Access denied')
  const method = request.method === 'HEAD' ? 'GET' : (request.method ?? 'GET')
  const route = api.routes
    .filter(r => takes(r, method, stagePath) || takes(r, request.method ?? '', stagePath))
    .toSorted((a, b) => (rank(a.path) < rank(b.path) ? -1 : 1))[0]
  if (route === undefined) return nothing
  return refused(api, route, request, secrets) ?? { path: stagePath }
}

const reply = (
  api: Api,
  said: Refusal | { readonly path: string },
  { method }: IncomingMessage,
  response: ServerResponse,
): void => {
  const page =
    'path' in said
      ? pageOf(api.name, said.path)
      : {
          status: said.status,
          // Only REST APIs name the error in a header.
          headers: { 'content-type': 'application/json', ...(api.rest && { 'x-amzn-errortype': said.type }) },
          body: `{"message":"${said.message}"}`,
        }
  response.writeHead(page.status, {
    ...page.headers,
    [api.rest ? 'x-amzn-requestid' : 'apigw-requestid']: randomUUID(),
    'content-length': String(Buffer.byteLength(page.body)),
  })
  response.end(method === 'HEAD' ? undefined : page.body)
}

const pathOf = ({ url = '/' }: IncomingMessage): string => url.split('?')[0] ?? '/'

/** The path below the prefix; null where it is another's. */
const below = (prefix: string, path: string): string | null => {
  if (prefix === '') return path
  if (path !== prefix && !path.startsWith(`${prefix}/`)) return null
  return path.slice(prefix.length) || '/'
}

const defaultEndpoint = (api: Api, secrets: ReadonlySet<string>): Resource => ({
  host: api.host,
  scheme: 'https',
  answer: (request, response, caller) => {
    const paths = api.stages.map(s => below(s === '$default' ? '' : `/${s}`, pathOf(request)))
    const path = api.disabled ? null : (paths.find(p => p !== null) ?? null)
    reply(api, outcome(api, path, request, caller, secrets), request, response)
  },
})

interface Mapping {
  readonly api: string
  readonly prefix: string
}

const domainsOf = (world: World, apis: readonly Api[], secrets: ReadonlySet<string>): readonly Resource[] =>
  configs(world, types.apiDomain)
    // A client certificate would be asked for, and nobody here has one.
    .filter(d => d.mutualTlsAuthentication === undefined && d.regionalDomainName !== undefined)
    .map((domain): Resource => {
      const name = String(domain.domainName)
      const mappings = configs(world, types.apiMapping)
        .filter(m => m.DomainName === name)
        .map((m): Mapping => ({ api: String(m.ApiId), prefix: m.ApiMappingKey ? `/${m.ApiMappingKey}` : '' }))
        .toSorted((a, b) => b.prefix.length - a.prefix.length)
      return {
        host: name,
        at: String(domain.regionalDomainName),
        scheme: 'https',
        answer: (request, response, caller) => {
          const mapping = mappings.find(m => below(m.prefix, pathOf(request)) !== null)
          const api = apis.find(a => a.id === mapping?.api)
          if (mapping === undefined || api === undefined)
            response.writeHead(403).end('{"message":"Forbidden"}')
          else
            reply(
              api,
              outcome(api, below(mapping.prefix, pathOf(request)), request, caller, secrets),
              request,
              response,
            )
        },
      }
    })

/** Default endpoints and custom domain names of the world's REST and HTTP APIs. */
export const apisIn = (world: World): readonly Resource[] => {
  const apis = [...restApis(world), ...httpApis(world)]
  const secrets = secretsIn(world)
  return [...apis.map(api => defaultEndpoint(api, secrets)), ...domainsOf(world, apis, secrets)]
}
