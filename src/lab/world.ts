/** A world: a small AWS estate as plain data, that the laboratory serves to the real SDK and brings to life on loopback. */

export interface World {
  readonly name: string
  /** What the world tells, in one sentence. */
  readonly story: string
  /** The account of whoever calls. */
  readonly account: string
  /** Enabled regions. */
  readonly regions: readonly string[]
  /** Everything that exists, unsealed, in the AWS SDK's output shape (dates as ISO text). */
  readonly resources: readonly WorldResource[]
  /** Public DNS. Hosted zones of the world are answered too and need no entry here. */
  readonly dns: readonly DnsEntry[]
  /** Machines outside AWS that names of the world lead to. */
  readonly machines?: readonly Machine[]
  /** Objects of the cluster behind the world's load balancers, in clear. */
  readonly kubernetes?: readonly KubernetesObject[]
}

/** A web server of somebody's, at no address of AWS, on ports 80 and 443. */
export interface Machine {
  readonly address: string
  /** Whose pages it shows. */
  readonly site: string
  /** Names of its certificate. */
  readonly names: readonly [string, ...string[]]
  /** What it asks of whoever it answers; without it answers everyone. */
  readonly gate?: MachineGate
  /** On which pages it shows the headers of the request, and how. */
  readonly shows?: HeaderDump
}

/** A debug page: the headers of the request that it answers. */
export interface HeaderDump {
  readonly on: 'every-page' | 'missing-pages'
  readonly as: 'html' | 'json' | 'base64' | 'hex' | 'percent' | 'header'
}

/** A check in the configuration of a web server: 403 for the rest. */
export type MachineGate =
  /** A header with this very value. */
  | { readonly kind: 'header'; readonly name: string; readonly value: string }
  /** Addresses of CloudFront, whatever they send. */
  | { readonly kind: 'cloudfront' }

/** An object as the API of a cluster gives it. */
export interface KubernetesObject {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: Readonly<Record<string, unknown>> & {
    readonly name: string
    readonly namespace?: string
  }
  readonly [field: string]: unknown
}

/** The raw twin of a snapshot's resource record: same types, same keys, values in clear. */
export interface WorldResource {
  /** One of `#snapshot/resource-types.ts`, or of `plain-types.ts`. */
  readonly type: string
  readonly arn: string
  readonly account: string
  readonly region: string
  readonly config: Readonly<Record<string, unknown>>
}

export interface DnsEntry {
  /** Lower case, no trailing dot. */
  readonly name: string
  readonly type: 'A' | 'AAAA' | 'CNAME'
  readonly value: string
}
