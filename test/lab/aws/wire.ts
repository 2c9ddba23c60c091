/** A lab endpoint for tests: says what the SDK got for an answer, and what the handler got for a call. */
import { afterAll, expect } from 'vitest'
import {
  type AwsAnswer,
  type AwsCall,
  type AwsEndpoint,
  type AwsHandler,
  serveAws,
} from '#lab/aws/endpoint.ts'

export const accessKeyId = 'AKIAIOSFODNN7EXAMPLE'

export interface Wire {
  readonly endpoint: AwsEndpoint
  /** Client configuration: no retries, no waiting for a silent server. */
  readonly config: {
    endpoint: string
    region: string
    credentials: { accessKeyId: string; secretAccessKey: string }
    maxAttempts: number
    requestHandler: { requestTimeout: number; throwOnRequestTimeout: boolean }
  }
  readonly calls: AwsCall[]
  next: AwsAnswer
}

/** One endpoint for a test file; it answers every call with `next`, unless the wrapper has its say. */
export async function openWire(wrap = (handle: AwsHandler): AwsHandler => handle): Promise<Wire> {
  const calls: AwsCall[] = []
  const endpoint = await serveAws(
    wrap(() => wire.next),
    { onCall: call => calls.push(call) },
  )
  afterAll(() => endpoint.close())
  const wire: Wire = {
    endpoint,
    config: {
      endpoint: endpoint.url,
      region: 'eu-west-1',
      credentials: { accessKeyId, secretAccessKey: 'x' },
      maxAttempts: 1,
      requestHandler: { requestTimeout: 500, throwOnRequestTimeout: true },
    },
    calls,
    next: { output: {} },
  }
  return wire
}

type Answer = { $metadata: unknown }

/**
 * Sends a command, answers it with `output`, and expects the SDK to return just that. Returns the call that the
 * handler saw.
 */
export async function roundTrip<O extends Answer>(
  wire: Wire,
  send: () => Promise<O>,
  output: Omit<O, '$metadata'>,
): Promise<AwsCall> {
  wire.next = { output }
  const { $metadata, ...received } = await send()
  expect(received).toEqual(output)
  const call = wire.calls.at(-1)
  if (!call) throw new Error('The endpoint saw no call.')
  return call
}

export interface SdkError extends Error {
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string }
}

/** The error with which a call fails; fails the test when it does not. */
export async function failureOf(sent: Promise<unknown>): Promise<SdkError> {
  const outcome = await sent.then(
    () => undefined,
    (error: SdkError) => error,
  )
  if (!outcome) throw new Error('The call succeeded.')
  return outcome
}

/** What a client other than the SDK would send: a form, signed for `service`. Returns the reply, request ids as `ID`. */
export async function post(wire: Wire, service: string, fields: Record<string, string>): Promise<string> {
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20250101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=00`
  const response = await fetch(wire.endpoint.url, {
    method: 'POST',
    headers: { authorization },
    body: new URLSearchParams(fields),
  })
  return (await response.text()).replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID')
}
