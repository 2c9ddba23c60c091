/** What every AWS wire protocol must offer the endpoint: find the operation, decode, encode, refuse. */
import type { Operation, Service } from './service.ts'
import type { Fields } from './shape.ts'

/** An HTTP request as received, before anything is known about it. */
export interface HttpCall {
  readonly method: string
  /** Path as sent, still percent-encoded. */
  readonly path: string
  readonly query: URLSearchParams
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

export interface HttpReply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array
}

export interface Found {
  readonly operation: Operation
  /** Values of the labels in the URI template, decoded. */
  readonly labels: Readonly<Record<string, string>>
}

export interface Refusal {
  readonly code: string
  readonly message: string
  readonly status: number
  readonly requestId: string
}

export interface Protocol {
  /** The operation the request asks for, or undefined when this service has no such operation. */
  find(service: Service, call: HttpCall): Found | undefined
  /** The operation's input in the shape of the SDK. */
  decode(service: Service, found: Found, call: HttpCall): Promise<Fields>
  /** `output` must conform to the operation's output schema. */
  encode(service: Service, operation: Operation, output: Fields, requestId: string): HttpReply
  refuse(service: Service, refusal: Refusal): HttpReply
}

export const textOf = (body: Uint8Array): string => Buffer.from(body).toString('utf8')
