/** From one HTTP request to one HTTP reply: identify, decode, ask the handler, encode. */
import type { Broken, Syntax } from './broken.ts'
import type { AwsAnswer, AwsCall, AwsHandler } from './call.ts'
import { conform } from './conform.ts'
import type { Identified, Understood } from './identify.ts'
import type { HttpCall, HttpReply } from './protocol.ts'
import { type AwsError, wireError } from './refusal.ts'
import { isFields } from './shape.ts'

export type Answered = HttpReply | { readonly broken: Broken; readonly syntax: Syntax }

/** Never rejects because of the handler: what it throws becomes InternalFailure with the reason as message. */
export async function answer(
  identified: Identified,
  http: HttpCall,
  handle: AwsHandler,
  requestId: string,
): Promise<Answered> {
  if (!identified.found) return refuse(identified, unidentified(identified), requestId)
  try {
    const call = await callOf(identified, http)
    return encode(identified, await handle(call), requestId)
  } catch (problem) {
    const message = problem instanceof Error ? problem.message : String(problem)
    return refuse(identified, { code: 'InternalFailure', message }, requestId)
  }
}

async function callOf({ service, protocol, scope, found }: Understood, http: HttpCall): Promise<AwsCall> {
  const { region, accessKeyId } = scope
  const input = await protocol.decode(service, found, http)
  return { service: service.source.name, operation: found.operation.name, region, accessKeyId, input }
}

function encode(identified: Understood, given: AwsAnswer, requestId: string): Answered {
  const { service, protocol, found } = identified
  if ('broken' in given)
    return { broken: given.broken, syntax: /json/i.test(service.protocol) ? 'json' : 'xml' }
  if ('error' in given) return refuse(identified, given.error, requestId)
  const output = conform(found.operation.output, given.output, found.operation.name)
  return protocol.encode(service, found.operation, isFields(output) ? output : {}, requestId)
}

function refuse({ service, protocol }: Identified, error: AwsError, requestId: string): HttpReply {
  const refusal = { ...wireError(service, error), requestId }
  if (service && protocol) return protocol.refuse(service, refusal)
  const body = JSON.stringify({ __type: refusal.code, message: refusal.message })
  return { status: refusal.status, headers: { 'content-type': 'application/json' }, body }
}

function unidentified({ service, scope }: Identified): AwsError {
  if (!scope) return { code: 'MissingAuthenticationToken', message: 'The request is not signed.' }
  if (!service) {
    return { code: 'UnrecognizedClientException', message: `The lab has no service "${scope.signs}".` }
  }
  const code = /query/i.test(service.protocol) ? 'InvalidAction' : 'UnknownOperationException'
  return { code, message: `${service.source.name} has no operation that fits the request.` }
}
