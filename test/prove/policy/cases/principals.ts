/** Who a statement is about. */
import { is } from '#prove/policy/context.ts'
import {
  allow,
  asBob,
  bob,
  canonical,
  deny,
  edge,
  one,
  other,
  own,
  type PolicyCase,
  role,
  text,
  user,
} from './case.ts'

export const principals: readonly PolicyCase[] = [
  one('* is everyone, without credentials too', allow(), 'allow'),
  one('{"AWS":"*"} is the same as *', allow({ Principal: { AWS: '*' } }), 'allow'),
  one('a list that holds * is everyone', allow({ Principal: { AWS: [bob, '*'] } }), 'allow'),
  one('an account is not everyone', allow({ Principal: { AWS: own } }), 'deny'),
  one('a user is not everyone', allow({ Principal: { AWS: bob } }), 'deny'),
  one('a service is not everyone', allow({ Principal: { Service: 'cloudfront.amazonaws.com' } }), 'deny'),
  one('a canonical user is not everyone', allow({ Principal: { CanonicalUser: 'c0ffee' } }), 'deny'),
  one('a federated user is not everyone', allow({ Principal: { Federated: 'accounts.google.com' } }), 'deny'),
  one('an account id names its principals', allow({ Principal: { AWS: own } }), 'allow', {
    requester: user,
    context: asBob,
  }),
  one('a root ARN names the account', allow({ Principal: { AWS: `arn:aws:iam::${own}:root` } }), 'allow', {
    requester: user,
    context: asBob,
  }),
  one(
    'a root ARN of the China partition names the account',
    allow({ Principal: { AWS: `arn:aws-cn:iam::${own}:root` } }),
    'allow',
    { requester: user, context: asBob },
  ),
  one('another account is another', allow({ Principal: { AWS: other } }), 'deny', {
    requester: user,
    context: asBob,
  }),
  one('a user ARN names the user', allow({ Principal: { AWS: bob } }), 'allow', {
    requester: user,
    context: asBob,
  }),
  one('names of users tell letter case', allow({ Principal: { AWS: bob.replace('bob', 'Bob') } }), 'deny', {
    requester: user,
    context: asBob,
  }),
  one('an account holder may be any user of it', allow({ Principal: { AWS: bob } }), 'allow', {
    requester: user,
    context: { 'aws:principalarn': text(`arn:aws:iam::${own}:*`, role, false) },
  }),
  one('an account holder is no user of another', allow({ Principal: { AWS: bob } }), 'deny', {
    requester: { kind: 'aws', account: other, canonicalId: null },
    context: { 'aws:principalarn': text(`arn:aws:iam::${other}:*`, `arn:aws:iam::${other}:user/x`, false) },
  }),
  one('a denied user can come as another user', [allow(), deny({ Principal: { AWS: bob } })], 'allow', {
    requester: user,
    context: { 'aws:principalarn': text(`arn:aws:iam::${own}:*`, bob, false) },
  }),
  one(
    'a session is one of many of a role',
    allow({ Principal: { AWS: `arn:aws:sts::${own}:assumed-role/deploy/ci` } }),
    'unknown',
    { requester: user, context: { 'aws:principalarn': is(role) } },
  ),
  one(
    'a session belongs to its own role only',
    allow({ Principal: { AWS: `arn:aws:sts::${own}:assumed-role/other/ci` } }),
    'deny',
    { requester: user, context: { 'aws:principalarn': is(role) } },
  ),
  one('a unique id is of somebody deleted', allow({ Principal: { AWS: 'AIDACKCEVSQ6C2EXAMPLE' } }), 'deny', {
    requester: user,
    context: asBob,
  }),
  one(
    'wildcards inside a principal are not understood',
    allow({ Principal: { AWS: `arn:aws:iam::${own}:*` } }),
    'unknown',
  ),
  one('a principal of an unknown type may be anyone', allow({ Principal: { Robot: 'x' } }), 'unknown'),
  one(
    'a service principal is matched by name',
    allow({ Principal: { Service: 'cloudfront.amazonaws.com' } }),
    'allow',
    { requester: edge },
  ),
  one(
    'a list of services holds it',
    allow({ Principal: { Service: ['s3.amazonaws.com', 'cloudfront.amazonaws.com'] } }),
    'allow',
    { requester: edge },
  ),
  one('another service is another', allow({ Principal: { Service: 's3.amazonaws.com' } }), 'deny', {
    requester: edge,
  }),
  one('* is services too', allow(), 'allow', { requester: edge }),
  one('a wildcard among services is not understood', allow({ Principal: { Service: '*' } }), 'unknown', {
    requester: edge,
  }),
  one('a canonical id names its account', allow({ Principal: { CanonicalUser: 'c0ffee' } }), 'allow', {
    requester: canonical,
    context: asBob,
  }),
  one('another canonical id is another', allow({ Principal: { CanonicalUser: 'deadbeef' } }), 'deny', {
    requester: canonical,
    context: asBob,
  }),
  one(
    'a canonical id that was not read may be the one',
    allow({ Principal: { CanonicalUser: 'c0ffee' } }),
    'unknown',
    { requester: user, context: asBob },
  ),
  one(
    'a federated provider is matched by name',
    allow({ Principal: { Federated: 'accounts.google.com' } }),
    'allow',
    { requester: { kind: 'federated', provider: 'accounts.google.com' } },
  ),
  one(
    'mixed types are alternatives',
    allow({ Principal: { AWS: own, Service: 'cloudfront.amazonaws.com' } }),
    'allow',
    { requester: edge },
  ),
  one(
    'a statement without a principal may be for anyone',
    { Effect: 'Allow', Action: '*', Resource: '*' },
    'unknown',
  ),
]

export const notPrincipals: readonly PolicyCase[] = [
  one('everyone but one user includes strangers', allow({ NotPrincipal: { AWS: bob } }), 'allow'),
  one('nobody is left beside everyone', allow({ NotPrincipal: '*' }), 'deny'),
  one(
    'a deny for all but a user denies strangers',
    [allow(), deny({ NotPrincipal: { AWS: [bob, own] } })],
    'deny',
  ),
  one(
    'a deny for all but a user and his account spares him',
    [allow(), deny({ NotPrincipal: { AWS: [bob, own] } })],
    'allow',
    { requester: user, context: asBob },
  ),
  one('without his account it may deny him', [allow(), deny({ NotPrincipal: { AWS: bob } })], 'unknown', {
    requester: user,
    context: asBob,
  }),
  one(
    'with the account alone it may deny its users',
    [allow(), deny({ NotPrincipal: { AWS: own } })],
    'unknown',
    { requester: user, context: asBob },
  ),
  one(
    'another user of the account is not spared for certain',
    [allow(), deny({ NotPrincipal: { AWS: [`${bob}2`, own] } })],
    'unknown',
    { requester: user, context: asBob },
  ),
  one(
    'a user who is not listed at all is denied',
    [allow(), deny({ NotPrincipal: { AWS: other } })],
    'deny',
    { requester: user, context: asBob },
  ),
  one(
    'a service can be spared',
    [allow(), deny({ NotPrincipal: { Service: 'cloudfront.amazonaws.com' } })],
    'allow',
    { requester: edge },
  ),
  one('Principal and NotPrincipal together are not understood', { ...allow(), NotPrincipal: '*' }, 'unknown'),
]
