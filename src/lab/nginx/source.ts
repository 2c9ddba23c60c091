/** What an ingress-nginx controller renders its configuration from, as the objects say it. */

export interface IngressPathSource {
  readonly path: string
  readonly type: 'Exact' | 'Prefix' | 'ImplementationSpecific'
  /** Name of the Service. */
  readonly service: string
}

export interface IngressSource {
  readonly namespace: string
  readonly name: string
  readonly rules: readonly {
    /** Empty for every host that no other rule names. */
    readonly host: string
    readonly paths: readonly IngressPathSource[]
  }[]
  /** Whether `spec.tls` is set, which redirects plain requests unless that is switched off. */
  readonly hasCertificate: boolean
  /** Name of the Service. */
  readonly defaultBackend: string | null
  /** Without the prefix `nginx.ingress.kubernetes.io/`. */
  readonly annotations: Readonly<Record<string, string>>
}

export interface ControllerSource {
  /** `1.15.1` */
  readonly version: string
  /** `data` of the ConfigMap. */
  readonly config: Readonly<Record<string, string>>
  /** Password files by `namespace/name` of their Secret. */
  readonly htpasswd: Readonly<Record<string, string>>
  /** Of the controller's class, the oldest first. */
  readonly ingresses: readonly IngressSource[]
}
