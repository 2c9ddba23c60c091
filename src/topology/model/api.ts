/** API Gateway in the graph: APIs, what their stages serve, who authorizes it, and the names they answer to. */
import type { Known } from '#base/known.ts'
import type { ResourcePolicy } from './lambda.ts'
import type { Ref } from './ref.ts'
import type { WebAcl } from './security.ts'

export interface Api {
  readonly ref: Ref
  readonly id: string
  readonly kind: 'rest' | 'http' | 'websocket'
  /** `EDGE` puts a distribution of AWS's own in front, which the account's web ACL is not attached to. */
  readonly endpointType: 'EDGE' | 'REGIONAL' | 'PRIVATE' | 'unrecognised'
  /** `<id>.execute-api.<region>.amazonaws.com`, lower case. */
  readonly host: string
  /** As configured now; a stage that was deployed before the change still answers as it did. */
  readonly defaultEndpointDisabled: boolean
  /** `STRICT` refuses a request whose TLS name is not its Host; null where AWS gives none. */
  readonly endpointAccessMode: 'BASIC' | 'STRICT' | null
  /** Where a REST API looks for its key; null for the other kinds. */
  readonly apiKeySource: 'HEADER' | 'AUTHORIZER' | null
  /** As configured now. Null without one; only REST APIs have any. */
  readonly policy: Known<ResourcePolicy | null>
  readonly authorizers: Known<readonly Authorizer[]>
  readonly stages: Known<readonly ApiStage[]>
  /** Those with one of its stages, of a REST API; read only where some deployed method asks for a key. */
  readonly usagePlans: Known<readonly UsagePlan[]>
  /** Custom domain names whose paths lead to it, and those of its region with routing rules, which may. */
  readonly domains: Known<readonly ApiDomain[]>
  /** The newest change of the API itself that CloudTrail tells, and from when on it was asked (ISO 8601). */
  readonly changed: Known<ApiChange>
  /** The same of its resource policy and its default endpoint alone, of which no deployment tells. */
  readonly settingsChanged: Known<ApiChange>
}

/** `at` is null where there was none since then. CloudTrail may tell of a change a quarter of an hour late. */
export interface ApiChange {
  readonly at: string | null
  readonly since: string
}

/** Whoever has a key of the plan has one for each of its stages. */
export interface UsagePlan {
  readonly ref: Ref
  readonly stages: readonly { readonly apiId: string; readonly stage: string }[]
}

export interface Authorizer {
  readonly ref: Ref
  readonly id: string
  readonly name: string
  /** `lambda`: its code decides and cannot be read; `cognito` and `jwt`: a token of the user pool or issuer. */
  readonly type: 'lambda' | 'cognito' | 'jwt' | 'unrecognised'
  /** Function of a `lambda` one. */
  readonly functionArn: string | null
  /** As AWS writes them: `method.request.header.X-Origin-Verify`, `$request.header.x-origin-verify`, ... */
  readonly identitySources: readonly string[]
  /** Seconds that a decision is kept for the same identity; 0 keeps none. */
  readonly ttl: number
}

export interface ApiStage {
  readonly ref: Ref
  /** `$default` for the stage of an HTTP API without a name in the path. */
  readonly name: string
  /** When what it serves was deployed, ISO 8601; null where AWS does not say. */
  readonly deployedAt: string | null
  /** Deploys each change by itself, and the last time succeeded. */
  readonly autoDeploy: boolean
  readonly webAcl: Known<WebAcl | null>
  /**
   * The authorizers that it was deployed with, whose names are their ids. Null where AWS does not export what it serves: then
   * those of the API decide, and what its routes call is told as configured now. Of REST APIs only.
   */
  readonly deployedAuthorizers: readonly Authorizer[] | null
  /** As deployed where AWS tells it, else as configured now. Not known where a canary release serves some requests. */
  readonly routes: Known<readonly ApiRoute[]>
}

export interface ApiRoute {
  readonly ref: Ref
  /** `GET`, ..., or `ANY`; null for a route of HTTP and WebSocket APIs that names none (`$default`). */
  readonly method: string | null
  /**
   * `/orders/{id}`, `/{proxy+}`; `/` at the root; null for `$default`, which takes what no other route does. Of WebSocket APIs
   * the key of the message: `$connect`, ...
   */
  readonly path: string | null
  /** `none` asks nothing; `iam` a signed request; the others name an authorizer. */
  readonly authorization: 'none' | 'iam' | 'lambda' | 'cognito' | 'jwt' | 'unrecognised'
  /**
   * Id of the authorizer; null without one. Where AWS does not export the deployment it is the configured one if configuration
   * and deployment agree on the rest, and null if they do not.
   */
  readonly authorizerId: string | null
  readonly apiKeyRequired: boolean
  /**
   * What it calls; null where that was not observed, or only a stage variable tells it. Equal texts are the same backend:
   * of a URL only scheme and host are kept. `MOCK` answers by itself.
   */
  readonly integration: string | null
  /**
   * Whether configuration and deployment agree on the authorization, the key and the being there of it, and on the authorizer
   * where AWS exports that. Of HTTP APIs true only where the stage deploys each change and the last time succeeded. Null where
   * that is not known.
   */
  readonly deployedAsConfigured: boolean | null
}

/** A custom domain name and where its paths lead. */
export interface ApiDomain {
  readonly ref: Ref
  /** Lower case. */
  readonly name: string
  /** `d-abcdef.execute-api.<region>.amazonaws.com`, or a CloudFront name for an edge-optimized one; lower case. */
  readonly targets: readonly string[]
  readonly endpointType: Api['endpointType']
  readonly mutualTls: boolean
  readonly endpointAccessMode: 'BASIC' | 'STRICT' | null
  /** Of this API only. `path` is empty for the root. One for each stage where a mapping leaves the stage to the caller. */
  readonly mappings: readonly { readonly path: string; readonly stage: string }[]
  /** Routing rules beside the mappings were set, which are not followed. */
  readonly routingRules: boolean
}
