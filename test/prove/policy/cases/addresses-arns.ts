/** Conditions over addresses and ARNs, and over keys with several values. */
import { absent, is, type Knowledge } from '#prove/policy/context.ts'
import { allow, cond, deny, one, other, own, type PolicyCase, role } from './case.ts'

const anywhere: Knowledge = { kind: 'address', cidrs: ['0.0.0.0/0', '::/0'] }
export const addresses: readonly PolicyCase[] = [
  cond('inside', 'IpAddress', '192.0.2.0/24', is('192.0.2.7'), 'allow'),
  cond('outside', 'IpAddress', '192.0.2.0/24', is('192.0.3.7'), 'deny'),
  cond('one address', 'IpAddress', '192.0.2.7', is('192.0.2.7'), 'allow'),
  cond('IPv6', 'IpAddress', '2001:db8::/32', is('2001:db8::1'), 'allow'),
  cond('all of IPv4 is nothing of IPv6', 'IpAddress', '0.0.0.0/0', is('2001:db8::1'), 'deny'),
  cond(
    'any of several ranges',
    'IpAddress',
    ['192.0.2.0/24', '198.51.100.0/24'],
    is('198.51.100.1'),
    'allow',
  ),
  cond(
    'NotIpAddress: inside one of several',
    'NotIpAddress',
    ['192.0.2.0/24', '198.51.100.0/24'],
    is('198.51.100.1'),
    'deny',
  ),
  cond('NotIpAddress: absent', 'NotIpAddress', '192.0.2.0/24', absent, 'allow'),
  cond('a range that is none', 'IpAddress', 'office', is('192.0.2.7'), 'unknown'),
  cond('anyone who has any address', 'IpAddress', '203.0.113.0/24', anywhere, 'allow'),
  cond('nobody outside the whole internet', 'NotIpAddress', ['0.0.0.0/0', '::/0'], anywhere, 'deny'),
  cond(
    'IPv6 is left where only IPv4 is excluded',
    'NotIpAddress',
    ['0.0.0.0/1', '128.0.0.0/1'],
    anywhere,
    'allow',
  ),
  cond(
    'own addresses only',
    'IpAddress',
    '203.0.113.0/24',
    { kind: 'address', cidrs: ['198.51.100.0/24'] },
    'deny',
  ),
  one(
    'a deny outside the office leaves the office',
    [allow(), deny({ Condition: { NotIpAddress: { 'test:k': '203.0.113.0/24' } } })],
    'deny',
    { context: { 'test:k': { kind: 'address', cidrs: ['198.51.100.0/24'] } } },
  ),
]

const distribution = `arn:aws:cloudfront::${own}:distribution/EDFDVBD6EXAMPLE`
export const arns: readonly PolicyCase[] = [
  cond('ArnEquals', 'ArnEquals', distribution, is(distribution), 'allow'),
  cond(
    'ArnEquals takes wildcards',
    'ArnEquals',
    `arn:aws:cloudfront::${own}:distribution/*`,
    is(distribution),
    'allow',
  ),
  cond('ArnLike', 'ArnLike', `arn:aws:cloudfront::${own}:distribution/E*`, is(distribution), 'allow'),
  cond(
    'a star does not pass a colon',
    'ArnLike',
    'arn:aws:cloudfront:*:distribution/*',
    is(distribution),
    'unknown',
  ),
  cond(
    'a star in a part passes no colon',
    'ArnLike',
    'arn:aws:cloud*:*:distribution/*:x',
    is(distribution),
    'deny',
  ),
  cond('any account', 'ArnLike', 'arn:aws:cloudfront::*:distribution/*', is(distribution), 'allow'),
  cond('another account', 'ArnLike', `arn:aws:cloudfront::${other}:distribution/*`, is(distribution), 'deny'),
  cond('letter case counts', 'ArnLike', distribution.toLowerCase(), is(distribution), 'deny'),
  cond('ArnNotLike', 'ArnNotLike', `arn:aws:cloudfront::${own}:distribution/*`, is(distribution), 'deny'),
  cond('ArnNotEquals: absent', 'ArnNotEquals', distribution, absent, 'allow'),
  cond('a lone star is no ARN pattern', 'ArnLike', '*', is(distribution), 'unknown'),
  cond(
    'StringLike reads the ARN as one text',
    'StringLike',
    'arn:aws:cloudfront:*EXAMPLE',
    is(distribution),
    'allow',
  ),
  cond(
    'StringEquals compares a wildcard literally',
    'StringEquals',
    `arn:aws:cloudfront::${own}:distribution/*`,
    is(distribution),
    'deny',
  ),
  cond(
    'the resource part may hold colons',
    'ArnLike',
    'arn:aws:lambda:*:*:function:f:*',
    is(`arn:aws:lambda:eu-west-1:${own}:function:f:live`),
    'allow',
  ),
]

export const sets: readonly PolicyCase[] = [
  cond('any: one value matches', 'ForAnyValue:StringEquals', ['a', 'b'], is('x', 'b'), 'allow'),
  cond('any: none matches', 'ForAnyValue:StringEquals', ['a', 'b'], is('x', 'y'), 'deny'),
  cond('any: absent', 'ForAnyValue:StringEquals', 'a', absent, 'deny'),
  cond('any not: one value is different', 'ForAnyValue:StringNotEquals', 'a', is('a', 'b'), 'allow'),
  cond('any not: no value is different', 'ForAnyValue:StringNotEquals', ['a', 'b'], is('a', 'b'), 'deny'),
  cond('any not: absent', 'ForAnyValue:StringNotEquals', 'a', absent, 'deny'),
  cond('all: every value matches', 'ForAllValues:StringEquals', ['a', 'b', 'c'], is('a', 'b'), 'allow'),
  cond('all: one does not', 'ForAllValues:StringEquals', ['a', 'b'], is('a', 'x'), 'deny'),
  cond('all: absent is true', 'ForAllValues:StringEquals', 'a', absent, 'allow'),
  cond('all not: one is equal', 'ForAllValues:StringNotEquals', 'a', is('a', 'b'), 'deny'),
  cond('all not: none is equal', 'ForAllValues:StringNotEquals', 'a', is('b', 'c'), 'allow'),
  cond('any with patterns', 'ForAnyValue:StringLike', 'team-*', is('x', 'team-a'), 'allow'),
  cond('all with patterns', 'ForAllValues:ArnLike', 'arn:aws:iam::*:role/*', is(role), 'allow'),
  cond('any with IfExists: sources differ', 'ForAnyValue:StringEqualsIfExists', 'a', absent, 'unknown'),
  cond('all with IfExists: absent', 'ForAllValues:StringEqualsIfExists', 'a', absent, 'allow'),
  cond('a quantifier that is not known', 'ForSomeValues:StringEquals', 'a', is('a'), 'unknown'),
  cond('one value counts as a set', 'ForAllValues:StringLike', 'a*', is('ab'), 'allow'),
]
