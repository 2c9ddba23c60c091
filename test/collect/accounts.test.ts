import { fromTemporaryCredentials } from '@aws-sdk/credential-providers'
import { expect, test } from 'vitest'
import { collect } from '#collect/collect.ts'
import { serveAws } from '#lab/aws/endpoint.ts'
import { buildDistribution } from '#lab/build/distribution.ts'
import { worldHandler } from '#lab/serve-world/handler.ts'
import { estate } from './estate.ts'
import { now, sealKey } from './run.ts'

test('a role of another account reads that account and nothing of the first', async () => {
  const other = '444455556666'
  const elsewhere = buildDistribution({
    name: 'elsewhere',
    account: other,
    comment: '',
    aliases: [],
    origins: [{ id: 'files', domainName: 'files.s3.eu-west-1.amazonaws.com' }],
  })
  const calls: string[] = []
  const world = { ...estate, resources: [...estate.resources, elsewhere] }
  const aws = await serveAws(worldHandler(world), { onCall: call => calls.push(call.operation) })
  try {
    const snapshot = await collect({
      credentials: fromTemporaryCredentials({
        masterCredentials: { accessKeyId: 'AKIALAB', secretAccessKey: 'lab' },
        params: { RoleArn: `arn:aws:iam::${other}:role/audit/scanner`, RoleSessionName: 'test' },
        clientConfig: { region: 'us-east-1', endpoint: aws.url },
      }),
      endpoint: aws.url,
      homeRegion: 'us-east-1',
      sealKey,
      now,
    })
    expect(snapshot.head.accounts).toEqual([other])
    expect(snapshot.resources.map(r => [r.account, r.type, r.arn])).toEqual([
      [other, elsewhere.type, elsewhere.arn],
      [other, 'AWS::STS::CallerIdentity', `arn:aws:sts::${other}:assumed-role/scanner/lab`],
    ])
    // The bucket is the first account's, and does not answer the second.
    expect(snapshot.gaps.map(gap => gap.operation)).toEqual(['HeadBucket'])
    expect(calls.filter(operation => operation === 'AssumeRole')).toHaveLength(1)
  } finally {
    await aws.close()
  }
})
