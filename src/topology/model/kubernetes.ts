/** What a cluster serves behind a load balancer: Ingress objects, their classes, and the settings of ingress-nginx. */
import type { Known } from '#base/known.ts'
import type { Snippet as SealedSnippet } from '../nginx.ts'
import type { Value } from '../sealed.ts'
import type { Ref } from './ref.ts'

/** nginx configuration in an annotation or a ConfigMap, secrets sealed. */
export interface Snippet extends SealedSnippet<Value> {
  /** Line of the file on which its first line stands, where it was read from a file. */
  readonly fileLine?: number
}

/** The manifest that an object was read from. */
export interface ManifestPlace {
  readonly file: string
  /** 1-based. */
  readonly line: number
}

export type PathType = 'Exact' | 'Prefix' | 'ImplementationSpecific'

export interface IngressPath {
  /** As written; an empty one means `/`. */
  readonly path: string
  readonly pathType: PathType
  /** Null where the backend is no Service. */
  readonly service: BackendService | null
}

export interface BackendService {
  readonly name: string
  /** Number or name. */
  readonly port: string
}

export interface IngressHostRule {
  /** Empty for every host that no other rule names. */
  readonly host: string
  readonly paths: readonly IngressPath[]
}

export interface Ingress {
  readonly ref: Ref
  readonly place: ManifestPlace | null
  readonly namespace: string
  readonly name: string
  /** `spec.ingressClassName`, else the old annotation; null where neither is set. */
  readonly className: string | null
  /** ISO 8601, from a cluster; null from a manifest. The older of two that claim the same path wins. */
  readonly createdAt: string | null
  readonly rules: readonly IngressHostRule[]
  readonly defaultBackend: BackendService | null
  /** Without the prefix `nginx.ingress.kubernetes.io/`, snippets left out. */
  readonly annotations: Readonly<Record<string, string>>
  /** `configuration-snippet`, `server-snippet`, `auth-snippet`, `modsecurity-snippet`, `stream-snippet`. */
  readonly snippets: Readonly<Record<string, Snippet>>
  /** Hosts of `spec.tls`, which are redirected to HTTPS unless that is switched off; undefined means none. */
  readonly tlsHosts?: readonly string[]
}

export interface IngressClass {
  readonly name: string
  /** `k8s.io/ingress-nginx` for the controller that this version decides. */
  readonly controller: string
  /** Serves objects that name no class. */
  readonly isDefault: boolean
}

/** What the htpasswd entry of an `auth-secret` is, as far as the door tells. */
export interface BasicAuthSecret {
  /** `namespace/name`. */
  readonly name: string
  /**
   * - `usable`: nginx reads at least one entry from it.
   * - `missing`, `unreadable`: the controller answers 503 on every path that names it.
   */
  readonly state: 'usable' | 'missing' | 'unreadable'
  /** Bits of the weakest password that the door could tell; undefined where it could tell none. */
  readonly bits?: number
  /** The Secret itself; undefined where it was not read. */
  readonly ref?: Ref
  readonly place?: ManifestPlace | null
  /** What each `Authorization` value that CloudFront sends is worth here. */
  readonly compared?: readonly AuthorizationFacts[]
}

/** Whether one `Authorization` value opens a password file. */
export interface AuthorizationFacts {
  /** Fingerprint of the value. */
  readonly authorization: string
  /** Null where the hash is of a kind that is not computed. */
  readonly fits: boolean | null
  /** `prefix-missing`, `not-encoded`, `user-mismatch`, `password-mismatch`, `trailing-newline`, `unsupported-hash`. */
  readonly defects: readonly string[]
}

/** An ingress-nginx controller and its ConfigMap. */
export interface IngressController {
  readonly ref: Ref
  readonly place: ManifestPlace | null
  /** Version of the image, `1.12.1`; null where it was not observed. */
  readonly version: string | null
  /** The ConfigMap itself; undefined where there is none, or none was read. */
  readonly settings?: { readonly ref: Ref; readonly place: ManifestPlace | null }
  /** `data` of the ConfigMap, snippets left out. */
  readonly data: Readonly<Record<string, string>>
  /** `location-snippet`, `server-snippet`, `http-snippet`, `main-snippet`, `stream-snippet`. */
  readonly snippets: Readonly<Record<string, Snippet>>
  /** Started with `--enable-ssl-passthrough`; null where its arguments were not observed. */
  readonly sslPassthrough: boolean | null
  /** By `namespace/name`; unobserved where secrets may not be read. */
  readonly authSecrets: Known<readonly BasicAuthSecret[]>
}
