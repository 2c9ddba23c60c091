/** One AWS service as its SDK package describes it: protocol, operations, modelled errors, body codec. */
import { XmlCodec } from '@aws-sdk/core/protocols'
import { type SchemaRef, type Shape, shapeOf } from './shape.ts'
import type { ServiceSource } from './sources.ts'

export interface Operation {
  readonly name: string
  readonly input: Shape
  readonly output: Shape
  /** Of REST operations: method, URI template with query literals, status of success. */
  readonly http?: readonly [method: string, uri: string, status: number]
}

/** Bytes or text of a message body, by schema. */
export interface BodyCodec {
  write(shape: Shape, value: unknown): string | Uint8Array
  read(shape: Shape, text: string): Promise<unknown>
}

export interface Service {
  readonly source: ServiceSource
  /** Smithy id of the protocol without its namespace, e.g. `restXml`. */
  readonly protocol: string
  /** API version, the `Version` field of the query protocols. */
  readonly version: string
  /** Prefix of `X-Amz-Target` in the JSON protocols. */
  readonly target: string
  readonly operations: ReadonlyMap<string, Operation>
  /** Modelled errors by SDK name and by wire code. */
  readonly errors: ReadonlyMap<string, ModelledError>
  readonly codec: BodyCodec
}

export interface ModelledError {
  /** The code on the wire, which in the query protocols may differ from the name the SDK raises. */
  readonly code: string
  readonly status?: number
}

interface SdkCodec {
  setSerdeContext(context: unknown): void
  createSerializer(): { write(schema: Shape, value: unknown): void; flush(): string | Uint8Array }
  createDeserializer(): { read(schema: Shape, data: string): unknown }
}

interface SdkConfig {
  readonly protocol: { getShapeId(): string; getPayloadCodec(): SdkCodec }
  readonly protocolSettings: {
    readonly version?: string
    readonly serviceTarget?: string
    readonly xmlNamespace?: string
    readonly defaultNamespace?: string
  }
}

type ClientClass = new (config: object) => { readonly config: SdkConfig; destroy(): void }

/** Reads the service out of its SDK package. Throws when the package is no AWS SDK v3 client package. */
export async function loadService(source: ServiceSource): Promise<Service> {
  const exported: [string, unknown][] = Object.entries(await source.load())
  const config = configOf(source, exported)
  const schemas = exported.map(([, value]) => value).filter(isStaticSchema)
  return {
    source,
    protocol: protocolId(config),
    version: config.protocolSettings.version ?? '',
    target: config.protocolSettings.serviceTarget ?? '',
    operations: new Map(schemas.filter(s => s[0] === operationKind).map(s => [s[2], operationOf(s)])),
    errors: new Map(schemas.filter(s => s[0] === errorKind).flatMap(errorEntries)),
    codec: bodyCodec(config),
  }
}

/** `[kind, namespace, name, traits, ...]`; of an operation followed by the input and the output schema. */
type StaticSchema = readonly [kind: number, namespace: string, name: string, traits: unknown, ...SchemaRef[]]

const operationKind = 9
const errorKind = -3

const isStaticSchema = (value: unknown): value is StaticSchema =>
  Array.isArray(value) && value.length >= 5 && typeof value[0] === 'number' && typeof value[2] === 'string'

/** The SDK's run-time configuration is reachable only through a client; this one never sends anything. */
function configOf(source: ServiceSource, exported: readonly [string, unknown][]): SdkConfig {
  const found = exported.find(([name, value]) => /^[A-Z]\w*Client$/.test(name) && typeof value === 'function')
  if (!found) throw new Error(`The package of service "${source.name}" exports no client class.`)
  const Client = found[1] as ClientClass
  const client = new Client({
    region: 'us-east-1',
    credentials: { accessKeyId: 'unused', secretAccessKey: 'unused' },
  })
  client.destroy()
  return client.config
}

const protocolId = (config: SdkConfig): string => config.protocol.getShapeId().split('#')[1] ?? ''

function operationOf([, , name, traits, input, output]: StaticSchema): Operation {
  const http = traitsOf(traits).http as Operation['http']
  const shapes = { input: shapeOf(input ?? 'unit'), output: shapeOf(output ?? 'unit') }
  return http ? { name, ...shapes, http } : { name, ...shapes }
}

function errorEntries([, , name, traits]: StaticSchema): [string, ModelledError][] {
  const { awsQueryError, httpError } = traitsOf(traits) as {
    awsQueryError?: [string, number]
    httpError?: number
  }
  const code = awsQueryError?.[0] ?? name
  const status = awsQueryError?.[1] ?? httpError
  const error = status === undefined ? { code } : { code, status }
  return [
    [name, error],
    [code, error],
  ]
}

const traitsOf = (traits: unknown): Record<string, unknown> =>
  typeof traits === 'object' && traits !== null ? (traits as Record<string, unknown>) : {}

/** The query protocols answer in XML but have no codec for it in the SDK, which only ever reads those answers. */
function bodyCodec(config: SdkConfig): BodyCodec {
  const query = /query$/i.test(protocolId(config))
  const codec = query ? queryXmlCodec(config) : config.protocol.getPayloadCodec()
  codec.setSerdeContext(config)
  return {
    write(shape, value) {
      const serializer = codec.createSerializer()
      serializer.write(shape, value)
      return serializer.flush()
    },
    read: async (shape, text) => await codec.createDeserializer().read(shape, text),
  }
}

const queryXmlCodec = ({ protocolSettings }: SdkConfig): SdkCodec =>
  new XmlCodec({
    timestampFormat: { useTrait: true, default: 5 },
    xmlNamespace: protocolSettings.xmlNamespace ?? '',
    serviceNamespace: protocolSettings.defaultNamespace ?? '',
  }) as unknown as SdkCodec
