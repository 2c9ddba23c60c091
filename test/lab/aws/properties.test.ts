import { ACMClient } from '@aws-sdk/client-acm'
import { APIGatewayClient } from '@aws-sdk/client-api-gateway'
import { ApiGatewayV2Client } from '@aws-sdk/client-apigatewayv2'
import { CloudFrontClient } from '@aws-sdk/client-cloudfront'
import { EC2Client } from '@aws-sdk/client-ec2'
import { ElasticLoadBalancingClient } from '@aws-sdk/client-elastic-load-balancing'
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2'
import { GlobalAcceleratorClient } from '@aws-sdk/client-global-accelerator'
import { Route53Client } from '@aws-sdk/client-route-53'
import { STSClient } from '@aws-sdk/client-sts'
import { WAFV2Client } from '@aws-sdk/client-wafv2'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { loadService } from '#lab/aws/load-service.ts'
import { membersOf, type Shape } from '#lab/aws/shape.ts'
import { knownServices } from '#lab/aws/sources.ts'
import { anyValue } from './schema-values.ts'
import { openWire } from './wire.ts'

const wire = await openWire()

interface AnyClient {
  send(command: object): Promise<object>
}
const clients: Record<string, AnyClient> = {
  acm: new ACMClient(wire.config) as unknown as AnyClient,
  'api-gateway': new APIGatewayClient(wire.config) as unknown as AnyClient,
  apigatewayv2: new ApiGatewayV2Client(wire.config) as unknown as AnyClient,
  cloudfront: new CloudFrontClient(wire.config) as unknown as AnyClient,
  ec2: new EC2Client(wire.config) as unknown as AnyClient,
  'elastic-load-balancing': new ElasticLoadBalancingClient(wire.config) as unknown as AnyClient,
  'elastic-load-balancing-v2': new ElasticLoadBalancingV2Client(wire.config) as unknown as AnyClient,
  'global-accelerator': new GlobalAcceleratorClient(wire.config) as unknown as AnyClient,
  'route-53': new Route53Client(wire.config) as unknown as AnyClient,
  sts: new STSClient(wire.config) as unknown as AnyClient,
  wafv2: new WAFV2Client(wire.config) as unknown as AnyClient,
}

async function serviceOf(name: string) {
  const source = knownServices.find(known => known.name === name)
  const client = clients[name]
  if (!source || !client) throw new Error(`no service ${name}`)
  const exported = (await source.load()) as Record<string, new (input: unknown) => object>
  return { client, exported, service: await loadService(source) }
}

async function sample(name: string, operationName: string, depth: number) {
  const { client, exported, service } = await serviceOf(name)
  const Command = exported[`${operationName}Command`]
  const operation = service.operations.get(operationName)
  if (!operation || !Command) throw new Error(`no operation ${name}:${operationName}`)
  const xml = !/json/i.test(service.protocol)
  return {
    output: anyValue(operation.output, { depth, xml }),
    input: anyValue(operation.input, { depth, xml, nonEmpty: true }),
    send: (input: unknown) => client.send(new Command(input)),
  }
}

/** The SDK returns blobs as plain arrays or Buffers; only the bytes count. */
const plain = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_key, item: unknown) =>
      item instanceof Uint8Array ? `bytes ${Buffer.from(item).toString('hex')}` : item,
    ) ?? 'null',
    (_key, item: unknown) => (isBufferJson(item) ? `bytes ${Buffer.from(item.data).toString('hex')}` : item),
  )
const isBufferJson = (item: unknown): item is { data: number[] } =>
  typeof item === 'object' && item !== null && 'type' in item && item.type === 'Buffer' && 'data' in item

async function checkBothWays(service: string, operation: string, depth: number, numRuns: number) {
  const { input, output, send } = await sample(service, operation, depth)
  await fc.assert(
    fc.asyncProperty(input, output, async (asked, answered) => {
      wire.next = { output: answered as Record<string, unknown> }
      const { $metadata, ...received } = (await send(asked)) as { $metadata?: unknown }
      expect(plain(received)).toEqual(plain(answered))
      const call = wire.calls.at(-1)
      expect([call?.service, call?.operation]).toEqual([service, operation])
      expect(plain(call?.input)).toEqual(plain(asked))
    }),
    { numRuns },
  )
}

/** Of an answer that is nothing but bytes nobody can tell whether the member is missing or empty. */
const isBareBlob = (output: Shape): boolean =>
  membersOf(output).some(([, member]) => member.isBlobSchema() && member.getMergedTraits().httpPayload)

/** Whole services on a busy machine. */
const generous = 180_000

describe('whatever the world answers, the SDK returns; whatever the SDK asks, the world sees', () => {
  test.each([
    ['rest-xml', 'cloudfront', 'ListDistributions'],
    ['rest-xml with headers', 'cloudfront', 'UpdateDistribution'],
    ['rest-xml with query', 'route-53', 'ListResourceRecordSets'],
    ['query', 'elastic-load-balancing-v2', 'DescribeRules'],
    ['query with nested input', 'elastic-load-balancing-v2', 'CreateRule'],
    ['query, classic', 'elastic-load-balancing', 'DescribeLoadBalancers'],
    ['query, sts', 'sts', 'AssumeRole'],
    ['ec2', 'ec2', 'DescribeInstances'],
    ['ec2 with nested input', 'ec2', 'AuthorizeSecurityGroupIngress'],
    ['json with blobs', 'wafv2', 'GetWebACL'],
    ['json with nested input', 'wafv2', 'CheckCapacity'],
    ['rest-json', 'api-gateway', 'GetResources'],
    ['rest-json with nested input', 'apigatewayv2', 'CreateIntegration'],
    ['json with numbers', 'global-accelerator', 'ListEndpointGroups'],
    ['json with dates', 'acm', 'DescribeCertificate'],
  ])('%s: %s %s', (_protocol, service, operation) => checkBothWays(service, operation, 9, 12), generous)

  test.each(Object.keys(clients))(
    'every operation of %s that lists, describes or gets',
    async name => {
      const { service } = await serviceOf(name)
      const reads = [...service.operations.values()].filter(
        ({ name, input, output }) =>
          /^(List|Describe|Get)/.test(name) &&
          input.isStructSchema() &&
          output.isStructSchema() &&
          !isBareBlob(output),
      )
      expect(reads.length).toBeGreaterThan(2)
      for (const { name: operation } of reads) await checkBothWays(name, operation, 5, 1)
    },
    generous,
  )
})
