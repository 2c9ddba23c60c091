/** One AWS service as its SDK package describes it: protocol, operations, modelled errors, body codec. */
import type { Shape } from './shape.ts'
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
