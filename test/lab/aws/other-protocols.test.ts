import { AwsJson1_0Protocol, AwsRestJsonProtocol, AwsRestXmlProtocol } from '@aws-sdk/core/protocols'
import { TypeRegistry } from '@smithy/core/schema'
import { fromBase64, fromUtf8, toBase64, toUtf8 } from '@smithy/core/serde'
import { describe, expect, test } from 'vitest'
import { type AwsAnswer, type AwsCall, serveAws } from '#lab/aws/endpoint.ts'
import type { ServiceSource } from '#lab/aws/sources.ts'
import { accessKeyId, failureOf } from './wire.ts'

/**
 * A small service in each protocol that no client package installed today speaks, with schemas written as the SDK
 * writes them; the client side is the SDK's own protocol class.
 */
const namespace = 'com.example.things'
const kinds = { label: 1, payload: 16, statusCode: 32, queryMap: 64, structure: 3, operation: 9, error: -3 }
const [string, number, boolean, timestamp, blob, stringList, stringMap] = [0, 1, 2, 4, 21, 64, 128]

const operation = (name: string, http: unknown, input: object, output: object) => [
  kinds.operation,
  namespace,
  name,
  http ? { http } : 0,
  () => shape(`${name}Request`, input),
  () => shape(`${name}Response`, output),
]
const shape = (name: string, members: object) => [
  kinds.structure,
  namespace,
  name,
  0,
  Object.keys(members),
  Object.values(members),
]

interface Speaker {
  setSerdeContext(context: object): void
  serializeRequest(operation: object, input: object, context: object): Promise<Sent>
  deserializeResponse(operation: object, context: object, response: object): Promise<Record<string, unknown>>
}
interface Sent {
  method: string
  path: string
  query: Record<string, string | string[]>
  headers: Record<string, string>
  body?: string | Uint8Array
}
type ProtocolClass = new (settings: never) => unknown

const serde = {
  base64Encoder: toBase64,
  base64Decoder: fromBase64,
  utf8Encoder: toUtf8,
  utf8Decoder: fromUtf8,
}

async function exchange(
  Protocol: ProtocolClass,
  called: ReturnType<typeof operation>,
  input: object,
  answer: AwsAnswer,
  more: { s3?: boolean; others?: ReturnType<typeof operation>[]; basePath?: string } = {},
) {
  const settings = {
    defaultNamespace: namespace,
    errorTypeRegistries: [TypeRegistry.for(namespace)],
    serviceTarget: 'Things_20250101',
    xmlNamespace: 'http://things.example.com/',
    version: '2025-01-01',
  }
  const protocol = new Protocol(settings as never) as Speaker
  class ThingsClient {
    config = { ...serde, protocol: new Protocol(settings as never), protocolSettings: settings }
    destroy(): void {}
  }
  const source: ServiceSource = {
    name: 'things',
    signs: 'things',
    refuses: { denied: 'AccessDeniedException', throttled: 'TooManyRequestsException' },
    s3: more.s3 === true,
    load: async () => ({ ThingsClient, called, ...more.others }),
  }
  const calls: AwsCall[] = []
  const endpoint = await serveAws(() => answer, { services: [source], onCall: call => calls.push(call) })
  try {
    const { hostname, port } = new URL(endpoint.url)
    const address = { protocol: 'http:', hostname, port: Number(port), path: more.basePath ?? '/' }
    const context = {
      ...serde,
      endpoint: async () => address,
      streamCollector: async (body: unknown) => body,
    }
    protocol.setSerdeContext(context)
    const asked = await protocol.serializeRequest(schemaOf(called), input, context)
    const response = await send(endpoint.url, asked)
    const output = await protocol.deserializeResponse(schemaOf(called), context, response)
    return { asked, response, output, call: calls[0] }
  } finally {
    await endpoint.close()
  }
}

/** The protocols take an operation schema in its object form. */
const schemaOf = ([, ns, name, traits, input, output]: ReturnType<typeof operation>) => ({
  namespace: ns,
  name,
  traits,
  input,
  output,
})

async function send(url: string, { method, path, query, headers, body }: Sent) {
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query ?? {}))
    for (const item of [value].flat()) search.append(key, item ?? '')
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20250101/eu-west-1/things/aws4_request, Signature=0`
  const response = await fetch(`${url}${path}?${search}`, {
    method,
    headers: { ...headers, authorization },
    ...(body === undefined || method === 'GET' ? {} : { body: body as string }),
  })
  return {
    statusCode: response.status,
    headers: Object.fromEntries(response.headers),
    body: new Uint8Array(await response.arrayBuffer()),
  }
}

const updateThing = operation(
  'UpdateThing',
  ['PUT', '/v1/things/{ThingName}/parts/{Path+}?mode=full', 202],
  {
    ThingName: [string, kinds.label],
    Path: [string, kinds.label],
    Tags: [stringList, { httpQuery: 'tag' }],
    Since: [timestamp, { httpQuery: 'since' }],
    Others: [stringMap, kinds.queryMap],
    Revision: [string, { httpHeader: 'If-Match' }],
    Meta: [stringMap, { httpPrefixHeaders: 'x-things-meta-' }],
    Count: number,
    When: timestamp,
    Renamed: [boolean, { jsonName: 'renamed_flag' }],
  },
  {
    Changed: [timestamp, { httpHeader: 'Last-Modified' }],
    Code: [number, kinds.statusCode],
    Labels: [stringMap, { httpPrefixHeaders: 'x-things-label-' }],
    Position: [string, { httpQuery: 'position' }],
    Data: blob,
    When: timestamp,
    Names: stringList,
  },
)
const listParts = operation(
  'ListParts',
  ['GET', '/v1/things/{ThingName}/parts', 200],
  { ThingName: [string, kinds.label] },
  { Names: stringList },
)

describe('rest-json', () => {
  test('every place of a request reaches its member and every member its place in the reply', async () => {
    const input = {
      ThingName: 'a/b c',
      Path: 'x/y z/w',
      Tags: ['one', 'two&three'],
      Since: new Date('2025-01-01T00:00:00Z'),
      Others: { extra: 'value' },
      Revision: 'rev1',
      Meta: { colour: 'red' },
      Count: 7,
      When: new Date('2025-01-01T00:00:00.250Z'),
      Renamed: true,
    }
    const output = {
      Changed: new Date('2025-06-01T12:00:00Z'),
      Code: 203,
      Labels: { size: 'l' },
      Position: 'next',
      Data: new Uint8Array([0, 255, 10]),
      When: new Date('2025-01-01T00:00:00.500Z'),
      Names: [],
    }
    const done = await exchange(AwsRestJsonProtocol, updateThing, input, { output }, { others: [listParts] })
    expect(done.call).toMatchObject({ service: 'things', operation: 'UpdateThing', region: 'eu-west-1' })
    expect(done.call?.input).toEqual(input)
    expect(done.response.statusCode).toBe(203)
    expect(done.response.headers).toMatchObject({
      'content-type': 'application/json',
      'last-modified': 'Sun, 01 Jun 2025 12:00:00 GMT',
    })
    const { $metadata, ...received } = done.output
    expect({ ...received, Data: new Uint8Array(received.Data as Uint8Array) }).toEqual(output)
  })

  test('the more specific of two operations on nearly the same path answers', async () => {
    const rest = { others: [updateThing] }
    const done = await exchange(
      AwsRestJsonProtocol,
      listParts,
      { ThingName: 't' },
      { output: { Names: ['n'] } },
      rest,
    )
    expect([done.call?.operation, done.call?.input]).toEqual(['ListParts', { ThingName: 't' }])
    expect(done.output.Names).toEqual(['n'])
  })

  test('a refusal is raised by its name', async () => {
    const error = { code: 'TooManyRequestsException', message: 'slow down' }
    const refused = await failureOf(exchange(AwsRestJsonProtocol, listParts, { ThingName: 't' }, { error }))
    expect(refused).toMatchObject({ name: 'TooManyRequestsException', message: 'slow down' })
    expect(refused.$metadata?.httpStatusCode).toBe(429)
  })
})

test('json 1.0 differs from 1.1 in its content type only', async () => {
  const getThing = operation('GetThing', undefined, { Name: string }, { When: timestamp, Data: blob })
  const output = { When: new Date('2025-01-01T00:00:00Z'), Data: new Uint8Array([1, 2]) }
  const done = await exchange(AwsJson1_0Protocol, getThing, { Name: 'n' }, { output })
  expect(done.call?.input).toEqual({ Name: 'n' })
  expect(done.response.headers['content-type']).toBe('application/x-amz-json-1.0')
  expect(done.output.When).toEqual(output.When)
})

describe('rest-xml as S3 speaks it, path style', () => {
  const bucket = { Bucket: [string, kinds.label] }
  const listBuckets = operation('ListBuckets', ['GET', '/?x-id=ListBuckets', 200], {}, { Names: stringList })
  const listObjects = operation(
    'ListObjectsV2',
    ['GET', '/?list-type=2', 200],
    { ...bucket },
    { Names: stringList },
  )
  const getPolicy = operation(
    'GetBucketPolicy',
    ['GET', '/?policy', 200],
    { ...bucket },
    {
      Policy: [string, kinds.payload],
    },
  )
  const getObject = operation(
    'GetObject',
    ['GET', '/{Key+}?x-id=GetObject', 200],
    { ...bucket, Key: [string, kinds.label] },
    { Body: [blob, kinds.payload], ETag: [string, { httpHeader: 'ETag' }] },
  )
  const all = [listBuckets, listObjects, getPolicy, getObject]
  const s3 = (basePath: string) => ({ s3: true, others: all, basePath })

  test('the bucket is taken from the head of the path where the operation has one', async () => {
    const output = { Names: ['a'] }
    const root = await exchange(AwsRestXmlProtocol, listBuckets, {}, { output }, s3('/'))
    expect([root.call?.operation, root.call?.input]).toEqual(['ListBuckets', {}])
    const objects = await exchange(AwsRestXmlProtocol, listObjects, { Bucket: 'b' }, { output }, s3('/b'))
    expect([objects.call?.operation, objects.call?.input]).toEqual(['ListObjectsV2', { Bucket: 'b' }])
    expect(objects.output.Names).toEqual(['a'])
  })

  test('a document is the body itself', async () => {
    const Policy = '{"Statement": []}'
    const done = await exchange(
      AwsRestXmlProtocol,
      getPolicy,
      { Bucket: 'b' },
      { output: { Policy } },
      s3('/b'),
    )
    expect(done.output.Policy).toBe(Policy)
  })

  test('a key keeps its slashes and an object is served as bytes with its ETag', async () => {
    const output = { Body: new Uint8Array([9, 8, 7]), ETag: '"e"' }
    const input = { Bucket: 'b', Key: 'dir/file name.txt' }
    const done = await exchange(AwsRestXmlProtocol, getObject, input, { output }, s3('/b'))
    expect(done.call?.input).toEqual(input)
    expect([[...done.response.body], done.output.ETag]).toEqual([[9, 8, 7], '"e"'])
    expect(done.response.headers).not.toHaveProperty('content-type')
  })

  test('an error comes without envelope', async () => {
    const error = { code: 'NoSuchBucketPolicy', message: 'none', status: 404 }
    const refused = await failureOf(
      exchange(AwsRestXmlProtocol, getPolicy, { Bucket: 'b' }, { error }, s3('/b')),
    )
    expect(refused).toMatchObject({ name: 'NoSuchBucketPolicy' })
    expect(refused.$metadata?.httpStatusCode).toBe(404)
  })
})
