/** The AWS query protocol and its EC2 dialect: form fields in, XML out. */
import { type Dialect, decodeForm } from './form.ts'
import { type HttpReply, type Protocol, type Refusal, textOf } from './protocol.ts'
import type { BodyCodec, Operation } from './service.ts'
import { type Fields, membersOf, type SchemaRef, type Shape, structure, textStructure } from './shape.ts'

/** `<XResponse><XResult>...</XResult><ResponseMetadata/></XResponse>`, errors in `<ErrorResponse>`. */
export const query: Protocol = queryProtocol('query', enveloped, queryError)

/** `<XResponse><requestId/>...</XResponse>` without a result element, errors in `<Response><Errors>`. */
export const ec2Query: Protocol = queryProtocol('ec2', flat, ec2Error)

type Envelope = (operation: Operation, output: Fields, requestId: string) => readonly [Shape, Fields]
type ErrorEnvelope = (refusal: Refusal) => readonly [Shape, Fields]

function queryProtocol(dialect: Dialect, envelope: Envelope, errorEnvelope: ErrorEnvelope): Protocol {
  return {
    find(service, call) {
      const form = new URLSearchParams(textOf(call.body))
      const operation = service.operations.get(form.get('Action') ?? '')
      return operation && form.get('Version') === service.version ? { operation, labels: {} } : undefined
    },
    decode: async (_service, found, call) =>
      decodeForm(found.operation.input, new URLSearchParams(textOf(call.body)), dialect),
    encode: (service, operation, output, requestId) =>
      xmlReply(service.codec, 200, ...envelope(operation, output, requestId)),
    refuse: (service, refusal) => xmlReply(service.codec, refusal.status, ...errorEnvelope(refusal)),
  }
}

function xmlReply(codec: BodyCodec, status: number, shape: Shape, value: Fields): HttpReply {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n${codec.write(shape, value)}`
  return { status, headers: { 'content-type': 'text/xml;charset=UTF-8' }, body }
}

const metadata = textStructure('ResponseMetadata', 'RequestId')

function enveloped({ name, output: shape }: Operation, output: Fields, requestId: string) {
  const result: (readonly [string, SchemaRef])[] = shape.isStructSchema()
    ? [[`${name}Result`, structure(`${name}Result`, membersOf(shape))]]
    : []
  const response = structure(`${name}Response`, [...result, ['ResponseMetadata', metadata]])
  return [response, { [`${name}Result`]: output, ResponseMetadata: { RequestId: requestId } }] as const
}

function flat({ name, output: shape }: Operation, output: Fields, requestId: string) {
  const members = membersOf(shape)
  const [extra, value] = members.length > 0 ? ['requestId', requestId] : ['return', 'true']
  return [structure(`${name}Response`, [[extra, 0], ...members]), { ...output, [extra]: value }] as const
}

const queryErrorShape = structure('ErrorResponse', [
  ['Error', textStructure('Error', 'Type', 'Code', 'Message')],
  ['RequestId', 0],
])

function queryError({ code, message, status, requestId }: Refusal) {
  const error = { Type: status < 500 ? 'Sender' : 'Receiver', Code: code, Message: message }
  return [queryErrorShape, { Error: error, RequestId: requestId }] as const
}

const ec2ErrorShape = structure('Response', [
  ['Errors', structure('Errors', [['Error', textStructure('Error', 'Code', 'Message')]])],
  ['RequestID', 0],
])

function ec2Error({ code, message, requestId }: Refusal) {
  return [
    ec2ErrorShape,
    { Errors: { Error: { Code: code, Message: message } }, RequestID: requestId },
  ] as const
}
