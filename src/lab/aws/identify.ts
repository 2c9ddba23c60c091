/** Tells from a signed request which service, operation and region it is for, and who signed it. */
import { json10, json11 } from './json-rpc.ts'
import { loadService } from './load-service.ts'
import type { Found, HttpCall, Protocol } from './protocol.ts'
import { ec2Query, query } from './query.ts'
import { restJson, restXml } from './rest.ts'
import type { Service } from './service.ts'
import type { ServiceSource } from './sources.ts'

export interface Scope {
  readonly accessKeyId: string
  /** Empty for a request signed for many regions (SigV4A) or not signed. */
  readonly region: string
  readonly signs: string
}

/** A request for an operation the lab knows. */
export interface Understood {
  readonly service: Service
  readonly protocol: Protocol
  readonly scope: Scope
  readonly found: Found
}

/** Where the operation is not known, the service and its protocol may be, from the signature. */
export type Identified = Understood | (Partial<Understood> & { readonly found?: undefined })

const protocols: Readonly<Record<string, Protocol>> = {
  awsQuery: query,
  ec2Query,
  awsJson1_0: json10,
  awsJson1_1: json11,
  restXml,
  restJson1: restJson,
}

/** Remembers the services it has loaded; services that share a signing name are tried in the order given. */
export function identifier(sources: readonly ServiceSource[]): (call: HttpCall) => Promise<Identified> {
  const loaded = new Map<ServiceSource, Promise<Service>>()
  const load = (source: ServiceSource): Promise<Service> => {
    const service = loaded.get(source) ?? loadService(source)
    loaded.set(source, service)
    return service
  }
  return async call => {
    const scope = scopeOf(call) ?? unsigned
    let nearest: Identified = scope === unsigned ? {} : { scope }
    for (const source of sources.filter(({ signs }) => signs === scope.signs)) {
      const service = await load(source)
      const protocol = protocolOf(service)
      const found = protocol.find(service, call)
      if (found) return { service, protocol, scope, found }
      if (scope !== unsigned) nearest = { service, protocol, scope }
    }
    return nearest
  }
}

function protocolOf({ protocol, source }: Service): Protocol {
  const known = protocols[protocol]
  if (!known) throw new Error(`The lab does not speak ${protocol}, the protocol of "${source.name}".`)
  return known
}

/** Only STS has operations that need no signature: the exchange of a web identity or SAML token for credentials. */
const unsigned: Scope = { accessKeyId: '', region: '', signs: 'sts' }

/** `Credential=AKID/20250101/us-east-1/service/aws4_request`; SigV4A leaves the region out. */
function scopeOf({ headers }: HttpCall): Scope | undefined {
  const credential = /Credential=([^,\s]+)/.exec(headers.authorization ?? '')?.[1]?.split('/')
  if (!credential || credential.length < 4) return undefined
  const signs = credential.at(-2) ?? ''
  return {
    accessKeyId: credential[0] ?? '',
    region: credential.length > 4 ? (credential[2] ?? '') : '',
    signs,
  }
}
