/** Reads an AWS service out of its SDK package: operations, modelled errors, protocol and body codec. */
import { XmlCodec } from '@aws-sdk/core/protocols'
import type { BodyCodec, ModelledError, Operation, Service } from './service.ts'
import { type SchemaRef, type Shape, shapeOf } from './shape.ts'
import type { ServiceSource } from './sources.ts'

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
    errors: new Map(schemas.filter(s => s[0] === errorKind).flatMap(s => errorEntries(s, isQuery(config)))),
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

const isQuery = (config: SdkConfig): boolean => /query$/i.test(protocolId(config))

function operationOf([, , name, traits, input, output]: StaticSchema): Operation {
  const http = traitsOf(traits).http as Operation['http']
  const shapes = { input: shapeOf(input ?? 'unit'), output: shapeOf(output ?? 'unit') }
  return http ? { name, ...shapes, http } : { name, ...shapes }
}

/** The trait with another wire code is for the query protocols; ACM still carries it from the days it spoke one. */
function errorEntries([, , name, traits]: StaticSchema, query: boolean): [string, ModelledError][] {
  const { awsQueryError, httpError } = traitsOf(traits) as {
    awsQueryError?: [string, number]
    httpError?: number
  }
  const code = (query ? awsQueryError?.[0] : undefined) ?? name
  const status = (query ? awsQueryError?.[1] : undefined) ?? httpError
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
  const codec = isQuery(config) ? queryXmlCodec(config) : config.protocol.getPayloadCodec()
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
