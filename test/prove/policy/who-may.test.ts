import { describe, expect, it } from 'vitest'
import { is } from '#prove/policy/context.ts'
import { parsePolicy } from '#prove/policy/parse.ts'
import type { Policy } from '#prove/policy/policy.ts'
import type { Question } from '#prove/policy/request-keys.ts'
import {
  anyAccountMay,
  anyDistributionMay,
  anyoneMay,
  distributionMay,
  identityMay,
  namedDistributions,
  objectsIn,
  otherDistributionMay,
  principalMay,
} from '#prove/policy/who-may.ts'

const account = '111122223333'
const mine = `arn:aws:cloudfront::${account}:distribution/EDFDVBD6EXAMPLE`
const second = `arn:aws:cloudfront::${account}:distribution/E2QWRUHEXAMPLE0`
const question: Question = {
  action: 's3:GetObject',
  resource: objectsIn('docs', 'private/'),
  account,
  region: 'eu-west-1',
  now: Date.parse('2026-06-01T00:00:00Z'),
}

const policy = (...statements: readonly Record<string, unknown>[]): Policy => {
  const read = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: statements }))
  if (!read.policy) throw new Error(read.problem)
  return read.policy
}
const statement = (more: Record<string, unknown>) => ({
  Effect: 'Allow',
  Principal: '*',
  Action: 's3:GetObject',
  Resource: 'arn:aws:s3:::docs/*',
  ...more,
})
const toCloudFront = (condition?: unknown) =>
  policy(
    statement({
      Principal: { Service: 'cloudfront.amazonaws.com' },
      ...(condition === undefined ? {} : { Condition: condition }),
    }),
  )

const outcomes = (p: Policy) => ({
  anyone: anyoneMay(p, question).outcome,
  anyAccount: anyAccountMay(p, question).outcome,
  anyDistribution: anyDistributionMay(p, question).outcome,
  otherOfAccount: otherDistributionMay(p, account, question).outcome,
  mine: distributionMay(p, mine, question).outcome,
})
const nobody = {
  anyone: 'deny',
  anyAccount: 'deny',
  anyDistribution: 'deny',
  otherOfAccount: 'deny',
  mine: 'deny',
}

describe('a bucket policy', () => {
  it('for everyone lets everyone in', () => {
    expect(Object.values(outcomes(policy(statement({}))))).toEqual(Array(5).fill('allow'))
  })

  it('with the ARN of one distribution lets in that one alone', () => {
    const p = toCloudFront({ StringEquals: { 'AWS:SourceArn': mine } })
    expect(outcomes(p)).toEqual({ ...nobody, mine: 'allow' })
    expect(namedDistributions(p)).toEqual([mine])
    expect(distributionMay(p, second, question).outcome).toBe('deny')
  })

  it("without a condition lets in anybody's distribution", () => {
    expect(outcomes(toCloudFront())).toEqual({
      ...nobody,
      anyDistribution: 'allow',
      otherOfAccount: 'allow',
      mine: 'allow',
    })
  })

  it('with the account alone lets in every distribution of the account', () => {
    const p = toCloudFront({ StringEquals: { 'AWS:SourceAccount': account } })
    expect(outcomes(p)).toEqual({ ...nobody, otherOfAccount: 'allow', mine: 'allow' })
  })

  it('with a wildcard for the distribution lets in every distribution of the account', () => {
    const p = toCloudFront({ ArnLike: { 'aws:SourceArn': `arn:aws:cloudfront::${account}:distribution/*` } })
    expect(outcomes(p)).toEqual({ ...nobody, otherOfAccount: 'allow', mine: 'allow' })
  })

  it("with a wildcard for the account lets in anybody's distribution", () => {
    const p = toCloudFront({ StringLike: { 'aws:SourceArn': 'arn:aws:cloudfront::*:distribution/*' } })
    expect(outcomes(p).anyDistribution).toBe('allow')
    expect(anyDistributionMay(p, question)).toMatchObject({
      witness: { 'aws:SourceArn': ['arn:aws:cloudfront::999999999999:distribution/E0STRANGER0000'] },
    })
  })

  it('with a wildcard compared literally lets in nobody', () => {
    const p = toCloudFront({ StringEquals: { 'aws:SourceArn': 'arn:aws:cloudfront::*:distribution/*' } })
    expect(outcomes(p)).toEqual(nobody)
  })

  it('that excludes named distributions lets in the others', () => {
    const p = toCloudFront({ StringNotEquals: { 'aws:SourceArn': [mine] } })
    expect(outcomes(p)).toEqual({ ...nobody, anyDistribution: 'allow', otherOfAccount: 'allow' })
  })

  it('with IfExists on the source lets in that distribution alone, since CloudFront always sends it', () => {
    expect(outcomes(toCloudFront({ StringEqualsIfExists: { 'aws:SourceArn': mine } }))).toEqual({
      ...nobody,
      mine: 'allow',
    })
  })

  it('for everyone with IfExists on the source lets in everyone, since others send none', () => {
    const p = policy(statement({ Condition: { StringEqualsIfExists: { 'aws:SourceArn': mine } } }))
    expect(outcomes(p).anyone).toBe('allow')
  })

  it('that trusts a Referer lets in everyone who writes it', () => {
    const p = policy(statement({ Condition: { StringLike: { 'aws:Referer': 'https://example.com/*' } } }))
    expect(anyoneMay(p, question)).toMatchObject({
      outcome: 'allow',
      witness: { 'aws:Referer': ['https://example.com/'] },
    })
  })

  it('that trusts the addresses of an office lets in who comes from there', () => {
    const p = policy(statement({ Condition: { IpAddress: { 'aws:SourceIp': '198.18.0.0/15' } } }))
    expect(anyoneMay(p, question).outcome).toBe('deny')
    const publicOffice = policy(statement({ Condition: { IpAddress: { 'aws:SourceIp': '3.4.5.0/24' } } }))
    expect(anyoneMay(publicOffice, question)).toMatchObject({ witness: { 'aws:SourceIp': ['3.4.5.1'] } })
    expect(anyoneMay(publicOffice, { ...question, addresses: ['120.52.22.96/27'] }).outcome).toBe('deny')
  })

  it('that trusts a VPC endpoint is not passed by one of a stranger', () => {
    const named = policy(statement({ Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } } }))
    expect(anyoneMay(named, question).outcome).toBe('deny')
    const some = policy(statement({ Condition: { Null: { 'aws:SourceVpce': 'false' } } }))
    expect(anyoneMay(some, question)).toMatchObject({
      outcome: 'allow',
      who: 'anyone without credentials, through a VPC endpoint of their own',
    })
  })

  it('that refuses plain HTTP still lets in who comes with HTTPS', () => {
    const p = policy(
      statement({}),
      statement({ Effect: 'Deny', Action: 's3:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
    )
    expect(anyoneMay(p, question)).toMatchObject({ witness: { 'aws:SecureTransport': ['true'] } })
  })

  it('for an organization admits no stranger', () => {
    const p = policy(statement({ Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } }))
    expect(anyoneMay(p, question).outcome).toBe('deny')
    expect(anyAccountMay(p, question).outcome).toBe('deny')
    expect(principalMay(p, account, question).outcome).toBe('unknown')
  })

  it('for an account admits its principals and nobody else', () => {
    const p = policy(statement({ Principal: { AWS: `arn:aws:iam::${account}:root` } }))
    expect(outcomes(p)).toEqual(nobody)
    expect(principalMay(p, account, question).outcome).toBe('allow')
    expect(principalMay(p, '444455556666', question).outcome).toBe('deny')
  })

  it('that names the account which usually stands for a stranger takes another one', () => {
    const p = policy(statement({ Principal: { AWS: '999999999999' } }))
    expect(anyAccountMay(p, question).outcome).toBe('deny')
  })

  it('for a tag of the principal admits everyone with an account', () => {
    const p = policy(statement({ Condition: { StringEquals: { 'aws:PrincipalTag/team': 'docs' } } }))
    expect(anyoneMay(p, question).outcome).toBe('deny')
    expect(anyAccountMay(p, question)).toMatchObject({ witness: { 'aws:PrincipalTag/team': ['docs'] } })
  })

  it('for objects with a tag is undecided, because tags were not read', () => {
    const p = policy(statement({ Condition: { StringEquals: { 's3:ExistingObjectTag/public': 'yes' } } }))
    expect(anyoneMay(p, question)).toMatchObject({
      outcome: 'unknown',
      reasons: [
        'statement 1: s3:ExistingObjectTag/public is not known because it is a property of the stored object or of the owner',
      ],
    })
  })

  it('for other objects does not open these', () => {
    const p = policy(statement({ Resource: 'arn:aws:s3:::docs/public/*' }))
    expect(outcomes(p)).toEqual(nobody)
  })

  it('for an origin access identity admits that identity alone', () => {
    const arn = 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity EH1HDMB1FH2TC'
    const byArn = policy(statement({ Principal: { AWS: arn } }))
    const byId = policy(statement({ Principal: { CanonicalUser: 'c0ffee' } }))
    const identity = { id: 'EH1HDMB1FH2TC', canonicalId: 'c0ffee' }
    expect(outcomes(byArn)).toEqual(nobody)
    expect(identityMay(byArn, identity, question).outcome).toBe('allow')
    expect(identityMay(byArn, { ...identity, id: 'EOTHER' }, question).outcome).toBe('deny')
    expect(identityMay(byId, identity, question).outcome).toBe('allow')
    expect(identityMay(byId, { ...identity, canonicalId: null }, question).outcome).toBe('unknown')
  })
})

describe('a function policy', () => {
  const ask: Question = {
    ...question,
    action: 'lambda:InvokeFunctionUrl',
    resource: is(`arn:aws:lambda:eu-west-1:${account}:function:api`),
    context: { 'lambda:functionurlauthtype': is('NONE') },
  }
  const grant = (more: Record<string, unknown>) =>
    policy({
      Sid: 'url',
      Effect: 'Allow',
      Principal: '*',
      Action: 'lambda:InvokeFunctionUrl',
      Resource: `arn:aws:lambda:eu-west-1:${account}:function:api`,
      ...more,
    })

  it('for the auth type NONE lets anyone in, and not where the type is AWS_IAM', () => {
    const p = grant({ Condition: { StringEquals: { 'lambda:FunctionUrlAuthType': 'NONE' } } })
    expect(anyoneMay(p, ask).outcome).toBe('allow')
    expect(anyoneMay(p, { ...ask, context: { 'lambda:functionurlauthtype': is('AWS_IAM') } }).outcome).toBe(
      'deny',
    )
  })

  it('for CloudFront with a wildcard in the source lets in other distributions', () => {
    const p = grant({
      Principal: { Service: 'cloudfront.amazonaws.com' },
      Condition: { ArnLike: { 'AWS:SourceArn': `arn:aws:cloudfront::${account}:distribution/E*` } },
    })
    expect(anyDistributionMay(p, ask).outcome).toBe('deny')
    expect(otherDistributionMay(p, account, ask).outcome).toBe('allow')
  })
})

describe('an API policy', () => {
  const ask: Question = {
    ...question,
    action: 'execute-api:Invoke',
    resource: {
      kind: 'text',
      shape: `arn:aws:execute-api:eu-west-1:${account}:abc123/prod/GET/*`,
      example: `arn:aws:execute-api:eu-west-1:${account}:abc123/prod/GET/`,
      optional: false,
    },
  }
  const everyoneBut = (condition: unknown) =>
    policy(
      { Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*' },
      {
        Effect: 'Deny',
        Principal: '*',
        Action: 'execute-api:Invoke',
        Resource: 'execute-api:/*',
        Condition: condition,
      },
    )

  it('on the ranges of CloudFront stops the internet and not a tenant', () => {
    const ranges = ['120.52.22.96/27', '205.251.249.0/24']
    const p = everyoneBut({ NotIpAddress: { 'aws:SourceIp': ranges } })
    expect(anyoneMay(p, { ...ask, addresses: ['8.8.8.0/24'] })).toMatchObject({
      outcome: 'deny',
      explicit: true,
    })
    expect(anyoneMay(p, { ...ask, addresses: ranges }).outcome).toBe('allow')
  })

  it('for one VPC endpoint keeps everyone else out', () => {
    const p = everyoneBut({ StringNotEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } })
    expect(anyoneMay(p, ask).outcome).toBe('deny')
  })

  it('for some paths opens those, with a path as witness', () => {
    const p = policy({
      Effect: 'Allow',
      Principal: '*',
      Action: 'execute-api:Invoke',
      Resource: 'execute-api:/prod/GET/public/*',
    })
    expect(anyoneMay(p, ask)).toMatchObject({
      outcome: 'allow',
      witness: { resource: [`arn:aws:execute-api:eu-west-1:${account}:abc123/prod/GET/public/`] },
    })
  })
})
