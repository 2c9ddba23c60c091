import {
  APIGatewayClient,
  paginateGetVpcLinks as firstLinks,
  GetResourcesCommand,
} from '@aws-sdk/client-api-gateway'
import { ApiGatewayV2Client, GetIntegrationsCommand, GetVpcLinksCommand } from '@aws-sdk/client-apigatewayv2'
import {
  DescribeNetworkInterfacesCommand,
  DescribeVpcBlockPublicAccessExclusionsCommand,
  DescribeVpcBlockPublicAccessOptionsCommand,
  DescribeVpcEndpointServicePermissionsCommand,
  EC2Client,
  paginateDescribeVpcEndpointServiceConfigurations,
} from '@aws-sdk/client-ec2'
import {
  GlobalAcceleratorClient,
  ListAcceleratorsCommand,
  ListEndpointGroupsCommand,
  paginateListListeners,
} from '@aws-sdk/client-global-accelerator'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AwsEndpoint, serveAws } from '#lab/aws/endpoint.ts'
import { buildAccelerator } from '#lab/build/accelerator.ts'
import { buildBlockPublicAccess } from '#lab/build/block-public-access.ts'
import { buildEndpointService } from '#lab/build/endpoint-service.ts'
import { buildInstance } from '#lab/build/instance.ts'
import { type Place, subnetIds, vpcId } from '#lab/build/place.ts'
import { buildHttpVpcLink, buildRestVpcLink, buildVpcLink } from '#lab/build/vpc-link.ts'
import { worldHandler } from '#lab/serve-world/handler.ts'
import type { World } from '#lab/world.ts'

const account = '111122223333'
const place: Place = { account, region: 'eu-west-1' }
const balancer = `arn:aws:elasticloadbalancing:eu-west-1:${account}:loadbalancer/net/app/0123456789abcdef`
const listeners = Array.from(
  { length: 3 },
  (_, i) => `${balancer.replace(':loadbalancer/', ':listener/')}/${i}`,
)
const http = buildHttpVpcLink(place, 'http', listeners)
const rest = buildRestVpcLink(place, 'rest', [balancer])
const accelerator = buildAccelerator({
  name: 'fast',
  account,
  addresses: ['198.51.100.1'],
  listeners: [
    { ports: [[443, 443]], endpoints: [{ id: balancer, region: 'eu-west-1', portOverrides: [[443, 8443]] }] },
    { ports: [[80, 80]], endpoints: [] },
  ],
})
const service = buildEndpointService({ name: 'offer', place, loadBalancers: [balancer], principals: ['*'] })
const world: World = {
  name: 'other-ways',
  story: 'Ways to a load balancer that no name leads to.',
  account,
  regions: ['eu-west-1', 'us-east-1'],
  resources: [
    ...['a', 'b', 'c'].map(name => buildVpcLink(place, name, [balancer])),
    ...http,
    ...rest,
    ...accelerator,
    ...service,
    ...buildEndpointService({ name: 'second', place, loadBalancers: [], principals: [] }),
    ...buildBlockPublicAccess({
      place,
      mode: 'block-bidirectional',
      exclusions: [
        { of: `arn:aws:ec2:eu-west-1:${account}:subnet/${subnetIds(place)[0]}`, mode: 'allow-egress' },
      ],
    }),
    buildInstance({
      name: 'host',
      place,
      interfaces: [
        { privateAddress: '10.0.0.7', publicAddress: '203.0.113.7' },
        { privateAddress: '10.0.1.7', ipv6: '2001:db8::7' },
      ],
    }),
  ],
  dns: [],
}

let endpoint: AwsEndpoint
const clientOf = <T>(Client: new (config: object) => T, region = 'eu-west-1'): T =>
  new Client({
    region,
    endpoint: endpoint.url,
    credentials: { accessKeyId: 'AKIALAB', secretAccessKey: 'lab' },
    maxAttempts: 1,
  })
beforeAll(async () => {
  endpoint = await serveAws(worldHandler(world, { pageSize: 2 }))
})
afterAll(() => endpoint.close())

const all = async <Page, Item>(pages: AsyncIterable<Page>, items: (page: Page) => Item[] | undefined) => {
  const found: Item[] = []
  let count = 0
  for await (const page of pages) {
    found.push(...(items(page) ?? []))
    count += 1
  }
  return { found, count }
}

describe('API Gateway', () => {
  test('tells VPC links of both versions apart, though both are called GetVpcLinks, and pages them', async () => {
    const first = await all(firstLinks({ client: clientOf(APIGatewayClient) }, {}), page => page.items)
    expect([first.found.map(link => link.name), first.count]).toEqual([['a', 'b', 'c'], 2])
    const second = await clientOf(ApiGatewayV2Client).send(new GetVpcLinksCommand({}))
    expect(second.Items?.map(link => link.Name)).toEqual(['http', 'rest'])
  })

  test('gives the integrations of an API page by page, and refuses an API that there is not', async () => {
    const client = clientOf(ApiGatewayV2Client)
    const ApiId = String(http[1]?.config.ApiId)
    const first = await client.send(new GetIntegrationsCommand({ ApiId }))
    const second = await client.send(new GetIntegrationsCommand({ ApiId, NextToken: first.NextToken }))
    const pages = [first, second].map(page => page.Items?.map(one => one.IntegrationUri))
    expect(pages).toEqual([listeners.slice(0, 2), listeners.slice(2)])
    expect(second.NextToken).toBeUndefined()
    await expect(client.send(new GetIntegrationsCommand({ ApiId: 'none' }))).rejects.toThrow('does not exist')
  })

  test('says what the methods of a REST API lead to where they are asked for', async () => {
    const client = clientOf(APIGatewayClient)
    const restApiId = String(rest[1]?.config.id)
    const [bare, embedded] = await Promise.all([
      client.send(new GetResourcesCommand({ restApiId })),
      client.send(new GetResourcesCommand({ restApiId, embed: ['methods'] })),
    ])
    expect(bare.items?.[1]?.resourceMethods).toEqual({ ANY: {} })
    expect(embedded.items?.[1]?.resourceMethods?.ANY?.methodIntegration).toMatchObject({
      connectionType: 'VPC_LINK',
      integrationTarget: balancer,
    })
  })
})

describe('Global Accelerator', () => {
  test('answers in us-west-2, though the account has not enabled it, and nowhere else', async () => {
    const client = clientOf(GlobalAcceleratorClient, 'us-west-2')
    const { Accelerators } = await client.send(new ListAcceleratorsCommand({}))
    expect(Accelerators?.map(one => one.Name)).toEqual(['fast'])
    const elsewhere = clientOf(GlobalAcceleratorClient).send(new ListAcceleratorsCommand({}))
    await expect(elsewhere).rejects.toThrow('us-west-2 only')
  })

  test('gives listeners of an accelerator and endpoint groups of a listener', async () => {
    const client = clientOf(GlobalAcceleratorClient, 'us-west-2')
    const AcceleratorArn = String(accelerator[0]?.arn)
    const { found } = await all(paginateListListeners({ client }, { AcceleratorArn }), page => page.Listeners)
    expect(found.map(one => one.PortRanges)).toEqual([
      [{ FromPort: 443, ToPort: 443 }],
      [{ FromPort: 80, ToPort: 80 }],
    ])
    const ListenerArn = found[0]?.ListenerArn
    const { EndpointGroups } = await client.send(new ListEndpointGroupsCommand({ ListenerArn }))
    expect(EndpointGroups).toMatchObject([
      {
        EndpointGroupRegion: 'eu-west-1',
        PortOverrides: [{ ListenerPort: 443, EndpointPort: 8443 }],
        EndpointDescriptions: [{ EndpointId: balancer, ClientIPPreservationEnabled: true }],
      },
    ])
  })
})

describe('EC2', () => {
  test('tells the block of a region and its exclusions; a region without one is off', async () => {
    const options = new DescribeVpcBlockPublicAccessOptionsCommand({})
    const [there, elsewhere] = await Promise.all([
      clientOf(EC2Client).send(options),
      clientOf(EC2Client, 'us-east-1').send(options),
    ])
    expect(there.VpcBlockPublicAccessOptions?.InternetGatewayBlockMode).toBe('block-bidirectional')
    expect(elsewhere.VpcBlockPublicAccessOptions?.InternetGatewayBlockMode).toBe('off')
    const { VpcBlockPublicAccessExclusions } = await clientOf(EC2Client).send(
      new DescribeVpcBlockPublicAccessExclusionsCommand({}),
    )
    expect(VpcBlockPublicAccessExclusions).toMatchObject([
      { InternetGatewayExclusionMode: 'allow-egress', State: 'create-complete' },
    ])
  })

  test('tells endpoint services and who may connect to each', async () => {
    const client = clientOf(EC2Client)
    const { found } = await all(
      paginateDescribeVpcEndpointServiceConfigurations({ client }, {}),
      page => page.ServiceConfigurations,
    )
    expect(found.map(one => one.NetworkLoadBalancerArns)).toEqual([[balancer], []])
    const permissions = (ServiceId: string | undefined) =>
      client.send(new DescribeVpcEndpointServicePermissionsCommand({ ServiceId }))
    const { AllowedPrincipals } = await permissions(found[0]?.ServiceId)
    expect(AllowedPrincipals?.map(one => one.Principal)).toEqual(['*'])
    await expect(permissions('vpce-svc-none')).rejects.toThrow('does not exist')
  })

  test.each([
    ['addresses.private-ip-address', '10.0.1.7'],
    ['addresses.private-ip-address', '10.0.0.7'],
    ['ipv6-addresses.ipv6-address', '2001:db8::7'],
  ])('finds the interface of an instance by %s %s, in its own VPC only', async (Name, address) => {
    const inVpc = (vpc: string) =>
      clientOf(EC2Client).send(
        new DescribeNetworkInterfacesCommand({
          Filters: [
            { Name: 'vpc-id', Values: [vpc] },
            { Name, Values: [address] },
          ],
        }),
      )
    const found = await inVpc(vpcId(place))
    expect(found.NetworkInterfaces).toHaveLength(1)
    expect(found.NetworkInterfaces?.[0]?.Attachment?.InstanceId).toMatch(/^i-0/)
    expect((await inVpc('vpc-other')).NetworkInterfaces).toEqual([])
  })
})
