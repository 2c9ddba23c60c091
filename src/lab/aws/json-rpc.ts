/** The AWS JSON 1.0 and 1.1 protocols: the operation in `X-Amz-Target`, JSON both ways. */
import { type HttpReply, type Protocol, textOf } from './protocol.ts'
import type { Fields } from './shape.ts'

export const json10: Protocol = jsonProtocol('1.0')
export const json11: Protocol = jsonProtocol('1.1')

function jsonProtocol(version: string): Protocol {
  const reply = (status: number, body: HttpReply['body'], more: Record<string, string> = {}): HttpReply => ({
    status,
    headers: { 'content-type': `application/x-amz-json-${version}`, ...more },
    body,
  })
  return {
    find(service, call) {
      const [target, name] = (call.headers['x-amz-target'] ?? '').split('.')
      const operation = service.operations.get(name ?? '')
      return operation && target === service.target ? { operation, labels: {} } : undefined
    },
    async decode(service, { operation }, call) {
      if (!operation.input.isStructSchema()) return {}
      return (await service.codec.read(operation.input, textOf(call.body))) as Fields
    },
    encode: (service, operation, output) =>
      reply(200, operation.output.isStructSchema() ? service.codec.write(operation.output, output) : '{}'),
    refuse: (_service, { status, code, message }) =>
      reply(status, JSON.stringify({ __type: code, message }), { 'x-amzn-errortype': code }),
  }
}
