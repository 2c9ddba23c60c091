/** The REST protocols (XML and JSON): HTTP bindings decide what travels in path, query, headers and body. */
import { FromStringShapeDeserializer, ToStringShapeSerializer } from '@smithy/core/protocols'
import { type Found, type HttpCall, type HttpReply, type Protocol, type Refusal, textOf } from './protocol.ts'
import type { Operation, Service } from './service.ts'
import { type Fields, isFields, membersOf, type Shape, structure, textStructure } from './shape.ts'
import { findByUri } from './uri.ts'

export const restXml: Protocol = restProtocol('application/xml', '', refuseInXml)
export const restJson: Protocol = restProtocol('application/json', '{}', refuseInJson)

const settings = { timestampFormat: { useTrait: true, default: 5 }, httpBindings: true } as const
const fromText = new FromStringShapeDeserializer(settings)
const toText = new ToStringShapeSerializer(settings)

function restProtocol(contentType: string, emptyBody: string, refuse: Protocol['refuse']): Protocol {
  return {
    find: findByUri,
    decode,
    encode(service, operation, output) {
      const bound = bind(operation, output)
      const body = bodyOf(service, operation.output, output) ?? emptyBody
      const typed = body !== '' && !payloadOf(operation.output)?.[1].isBlobSchema()
      const type = typed ? { 'content-type': contentType } : {}
      return { status: bound.status, headers: { ...type, ...bound.headers }, body }
    },
    refuse,
  }
}

async function decode(service: Service, { operation, labels }: Found, call: HttpCall): Promise<Fields> {
  const out: Fields = await bodyInput(service, operation.input, call)
  const taken = queryNames(operation)
  for (const [name, member] of membersOf(operation.input)) {
    const value = boundInput(name, member, labels, call, taken)
    if (value !== undefined) out[name] = value
  }
  return out
}

function boundInput(
  name: string,
  member: Shape,
  labels: Found['labels'],
  call: HttpCall,
  taken: ReadonlySet<string>,
): unknown {
  const { httpLabel, httpQuery, httpQueryParams, httpHeader, httpPrefixHeaders } = member.getMergedTraits()
  if (httpLabel) return scalar(member, labels[name])
  if (httpQuery) return queryInput(member, call.query.getAll(httpQuery))
  if (httpQueryParams) return queryMap(member, call.query, taken)
  if (httpHeader) return scalar(member, call.headers[httpHeader.toLowerCase()])
  if (httpPrefixHeaders !== undefined) return prefixed(httpPrefixHeaders, call.headers)
  return undefined
}

const scalar = (shape: Shape, text: string | undefined): unknown =>
  text === undefined ? undefined : fromText.read(shape, text)

function queryInput(shape: Shape, values: readonly string[]): unknown {
  if (values.length === 0) return undefined
  if (!shape.isListSchema()) return fromText.read(shape, values[0] ?? '')
  return values.map(text => fromText.read(shape.getValueSchema(), text))
}

/** Query parameters that belong to a member or to the URI template, and so not to a map of all the others. */
const queryNames = ({ input, http }: Operation): Set<string> =>
  new Set([
    ...membersOf(input).map(([, member]) => member.getMergedTraits().httpQuery ?? ''),
    ...new URLSearchParams(http?.[1].split('?')[1] ?? '').keys(),
  ])

function queryMap(shape: Shape, query: URLSearchParams, taken: ReadonlySet<string>): Fields | undefined {
  const lists = shape.getValueSchema().isListSchema()
  const others = [...new Set(query.keys())].filter(key => !taken.has(key))
  if (others.length === 0) return undefined
  return Object.fromEntries(others.map(key => [key, lists ? query.getAll(key) : query.get(key)]))
}

function prefixed(prefix: string, headers: HttpCall['headers']): Fields {
  const lower = prefix.toLowerCase()
  const found = Object.entries(headers).filter(([name]) => name.startsWith(lower))
  return Object.fromEntries(found.map(([name, value]) => [name.slice(lower.length), value]))
}

async function bodyInput(service: Service, input: Shape, call: HttpCall): Promise<Fields> {
  const payload = payloadOf(input)
  if (call.body.byteLength === 0) return {}
  if (!payload)
    return (await service.codec.read(bodyShape(input, boundInRequest), textOf(call.body))) as Fields
  const [name, member] = payload
  if (member.isBlobSchema()) return { [name]: call.body }
  if (member.isStringSchema()) return { [name]: textOf(call.body) }
  return { [name]: await service.codec.read(member, textOf(call.body)) }
}

/** The one member that is the whole body, where there is one. */
const payloadOf = (shape: Shape): readonly [string, Shape] | undefined =>
  membersOf(shape).find(([, member]) => member.getMergedTraits().httpPayload)

/** The members that share the body, under the structure's name. */
const bodyShape = (shape: Shape, isBound: (member: Shape) => boolean): Shape =>
  structure(
    shape.getMergedTraits().xmlName ?? shape.getName() ?? 'Body',
    membersOf(shape).filter(([, member]) => !isBound(member)),
  )

const boundInRequest = (member: Shape): boolean => {
  const { httpLabel, httpQuery, httpQueryParams, httpHeader, httpPrefixHeaders } = member.getMergedTraits()
  return Boolean(httpLabel || httpQuery || httpQueryParams || httpHeader) || httpPrefixHeaders !== undefined
}

/** Labels and query names mean nothing in a response; API Gateway's model has them there, on paging positions. */
const boundInResponse = (member: Shape): boolean => {
  const { httpHeader, httpPrefixHeaders, httpResponseCode } = member.getMergedTraits()
  return Boolean(httpHeader || httpResponseCode) || httpPrefixHeaders !== undefined
}

function bind({ http, output: shape }: Operation, output: Fields): Pick<HttpReply, 'status' | 'headers'> {
  const headers: Record<string, string> = {}
  let status = http?.[2] ?? 200
  for (const [name, member] of membersOf(shape)) {
    const { httpHeader, httpPrefixHeaders, httpResponseCode } = member.getMergedTraits()
    const value = output[name]
    if (value === undefined) continue
    if (httpResponseCode) status = Number(value)
    if (httpHeader) headers[httpHeader.toLowerCase()] = headerText(member, value)
    if (httpPrefixHeaders !== undefined && isFields(value))
      for (const [key, text] of Object.entries(value)) headers[`${httpPrefixHeaders}${key}`] = String(text)
  }
  return { status, headers }
}

function headerText(member: Shape, value: unknown): string {
  toText.write(member, value)
  return toText.flush()
}

/** The response body, or undefined when the operation has nothing to put there. */
function bodyOf(service: Service, shape: Shape, output: Fields): string | Uint8Array | undefined {
  const payload = payloadOf(shape)
  if (!payload) {
    const inBody = bodyShape(shape, boundInResponse)
    return membersOf(inBody).length > 0 ? service.codec.write(inBody, output) : undefined
  }
  const [name, member] = payload
  const value = output[name]
  if (value === undefined) return ''
  if (typeof value === 'string' || value instanceof Uint8Array) return value
  return service.codec.write(member, value)
}

const errorShape = textStructure('Error', 'Type', 'Code', 'Message')
const errorResponse = structure('ErrorResponse', [
  ['Error', errorShape],
  ['RequestId', 0],
])
/** S3 sends the error element bare. */
const bareError = textStructure('Error', 'Code', 'Message', 'RequestId')

function refuseInXml({ codec, source }: Service, { code, message, status, requestId }: Refusal): HttpReply {
  const error = { Type: status < 500 ? 'Sender' : 'Receiver', Code: code, Message: message }
  const text = source.s3
    ? codec.write(bareError, { ...error, RequestId: requestId })
    : codec.write(errorResponse, { Error: error, RequestId: requestId })
  return { status, headers: { 'content-type': 'text/xml' }, body: `<?xml version="1.0"?>\n${text}` }
}

function refuseInJson(_service: Service, { code, message, status }: Refusal): HttpReply {
  const headers = { 'content-type': 'application/json', 'x-amzn-errortype': code }
  return { status, headers, body: JSON.stringify({ message }) }
}
