/** What resource policies mean, case by case: statements, who asks, and the answer with its one-line reason. */
import { absent, type Context, is, type Knowledge, type Requester } from '#prove/policy/context.ts'

export interface PolicyCase {
  readonly why: string
  readonly statements: readonly Record<string, unknown>[]
  readonly expect: 'allow' | 'deny' | 'unknown'
  readonly requester?: Requester
  readonly action?: string
  readonly resource?: Knowledge
  readonly context?: Context
  readonly version?: string | null
}

export const object = 'arn:aws:s3:::docs/private/a'
const [own, other] = ['111122223333', '444455556666']
export const bob = `arn:aws:iam::${own}:user/bob`
const role = `arn:aws:iam::${own}:role/deploy`
const nobody: Requester = { kind: 'anonymous' }
const user: Requester = { kind: 'aws', account: own, canonicalId: null }
const canonical: Requester = { kind: 'aws', account: own, canonicalId: 'c0ffee' }
const edge: Requester = { kind: 'service', name: 'cloudfront.amazonaws.com' }
const asBob: Context = { 'aws:principalarn': is(bob) }

type Part = Partial<PolicyCase>
/** An Allow of everything to everyone, with these elements instead. */
export const allow = (more: Record<string, unknown> = {}) => {
  const elements: Record<string, unknown> = {
    Effect: 'Allow',
    Principal: '*',
    Action: '*',
    Resource: '*',
    ...more,
  }
  if ('NotPrincipal' in more) delete elements.Principal
  if ('NotAction' in more) delete elements.Action
  if ('NotResource' in more) delete elements.Resource
  return elements
}
export const deny = (more: Record<string, unknown> = {}) => ({ ...allow(more), Effect: 'Deny' })

const one = (
  why: string,
  statement: Record<string, unknown> | readonly Record<string, unknown>[],
  expect: PolicyCase['expect'],
  more: Part = {},
): PolicyCase => ({
  why,
  statements: Array.isArray(statement) ? statement : [statement as Record<string, unknown>],
  expect,
  ...more,
})

/** A condition over `test:k`, asked with that knowledge. */
const cond = (
  why: string,
  operator: string,
  operands: unknown,
  k: Knowledge,
  expect: PolicyCase['expect'],
  more: Part = {},
): PolicyCase =>
  one(why, allow({ Condition: { [operator]: { 'test:k': operands } } }), expect, {
    context: { 'test:k': k },
    ...more,
  })

const text = (shape = '*', example = 'x', optional = true): Knowledge => ({
  kind: 'text',
  shape,
  example,
  optional,
})
const unknown: Knowledge = { kind: 'undecided', why: 'nobody read it' }

const principals: readonly PolicyCase[] = [
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

const notPrincipals: readonly PolicyCase[] = [
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

const actions: readonly PolicyCase[] = [
  one('the action itself', allow({ Action: 's3:GetObject' }), 'allow'),
  one('another action', allow({ Action: 's3:PutObject' }), 'deny'),
  one('letter case of actions is the same', allow({ Action: 'S3:getobject' }), 'allow'),
  one('a star in an action', allow({ Action: 's3:Get*' }), 'allow'),
  one('a star for the service', allow({ Action: '*:GetObject' }), 'allow'),
  one('a question mark is one character', allow({ Action: 's3:Get?bject' }), 'allow'),
  one('a question mark is not none', allow({ Action: 's3:GetObject?' }), 'deny'),
  one('a prefix alone is no match', allow({ Action: 's3:Get' }), 'deny'),
  one('any of several actions', allow({ Action: ['s3:PutObject', 's3:GetObject'] }), 'allow'),
  one('NotAction leaves the others', allow({ NotAction: 's3:PutObject' }), 'allow'),
  one('NotAction takes its own away', allow({ NotAction: ['s3:GetObject', 's3:PutObject'] }), 'deny'),
  one('NotAction matches with wildcards', allow({ NotAction: 's3:*' }), 'deny'),
  one('a deny with NotAction denies the rest', [allow(), deny({ NotAction: 's3:PutObject' })], 'deny'),
  one('a deny of another action does nothing', [allow(), deny({ Action: 's3:PutObject' })], 'allow'),
  one('an action that is no text is not understood', allow({ Action: 7 }), 'unknown'),
]

const resources: readonly PolicyCase[] = [
  one('the object itself', allow({ Resource: object }), 'allow'),
  one('keys tell letter case', allow({ Resource: object.toUpperCase() }), 'deny'),
  one('all objects of the bucket', allow({ Resource: 'arn:aws:s3:::docs/*' }), 'allow'),
  one('the bucket is not its objects', allow({ Resource: 'arn:aws:s3:::docs' }), 'deny'),
  one('a star matches slashes', allow({ Resource: 'arn:aws:s3:::docs*a' }), 'allow'),
  one('a question mark in a key', allow({ Resource: 'arn:aws:s3:::docs/private/?' }), 'allow'),
  one('a question mark is one character only', allow({ Resource: 'arn:aws:s3:::docs/private?' }), 'deny'),
  one('NotResource leaves the others', allow({ NotResource: 'arn:aws:s3:::docs/public/*' }), 'allow'),
  one('NotResource takes its own away', allow({ NotResource: 'arn:aws:s3:::docs/private/*' }), 'deny'),
  one(
    'a deny with NotResource denies the rest',
    [allow(), deny({ NotResource: 'arn:aws:s3:::docs/public/*' })],
    'deny',
  ),
  one('some object of many may be read', allow({ Resource: 'arn:aws:s3:::docs/public/*' }), 'allow', {
    resource: text('arn:aws:s3:::docs/*', object, false),
  }),
  one('no object of those asked for may be read', allow({ Resource: 'arn:aws:s3:::docs/public/*' }), 'deny', {
    resource: text('arn:aws:s3:::docs/private/*', object, false),
  }),
  one('a deny of one object leaves its neighbours', [allow(), deny({ Resource: object })], 'allow', {
    resource: text('arn:aws:s3:::docs/private/*', object, false),
  }),
  one(
    'allow and deny that cover each other leave nothing',
    [
      allow({ Resource: 'arn:aws:s3:::docs/p*' }),
      deny({ Resource: ['arn:aws:s3:::docs/pr*', 'arn:aws:s3:::docs/pu*'] }),
    ],
    'deny',
    { resource: text('arn:aws:s3:::docs/pr*', object, false) },
  ),
  one(
    'a star at the end of an ARN part passes colons',
    allow({ Resource: 'arn:aws:execute-api:*:*:abc/*' }),
    'allow',
    { resource: is('arn:aws:execute-api:eu-west-1:111122223333:abc/prod/GET/a') },
  ),
  one(
    'a star inside an ARN part may or may not pass a colon',
    allow({ Resource: 'arn:aws:exec*pi:abc/*' }),
    'unknown',
    { resource: is('arn:aws:execute-api:eu-west-1:111122223333:pi:abc/prod') },
  ),
  one(
    'the short form of API Gateway is the whole API',
    allow({ Resource: 'execute-api:/prod/GET/*' }),
    'allow',
    { resource: is('arn:aws:execute-api:eu-west-1:111122223333:abc/prod/GET/pets') },
  ),
  one('the short form tells stages apart', allow({ Resource: 'execute-api:/prod/*' }), 'deny', {
    resource: is('arn:aws:execute-api:eu-west-1:111122223333:abc/dev/GET/pets'),
  }),
  one(
    'a variable stands for its value',
    allow({ Resource: `arn:aws:s3:::docs/\${aws:username}/*` }),
    'allow',
    { context: { 'aws:username': is('private') } },
  ),
  one(
    'a variable without value matches nothing',
    allow({ Resource: `arn:aws:s3:::docs/\${aws:username}/*` }),
    'deny',
    { context: { 'aws:username': absent } },
  ),
  one(
    'a variable can have a default',
    allow({ Resource: `arn:aws:s3:::docs/\${aws:username, 'private'}/*` }),
    'allow',
    { context: { 'aws:username': absent } },
  ),
  one(
    'a default gives way to a value',
    allow({ Resource: `arn:aws:s3:::docs/\${aws:username, 'private'}/*` }),
    'deny',
    { context: { 'aws:username': is('bob') } },
  ),
  one(
    'old documents know no variables',
    allow({ Resource: `arn:aws:s3:::docs/\${aws:username}/*` }),
    'deny',
    { context: { 'aws:username': is('private') }, version: null },
  ),
  one(
    'a star that a variable brings is a star character',
    allow({ Resource: `arn:aws:s3:::docs/\${aws:username}` }),
    'deny',
    { context: { 'aws:username': is('*') } },
  ),
  one('an escaped star is a star character', allow({ Resource: `arn:aws:s3:::docs/\${*}` }), 'deny'),
  one(
    'a variable nobody knows leaves it open',
    allow({ Resource: `arn:aws:s3:::docs/\${aws:username}/*` }),
    'unknown',
    { context: { 'aws:username': unknown } },
  ),
  one(
    'a statement without a resource may be about anything',
    { Effect: 'Allow', Principal: '*', Action: '*' },
    'unknown',
  ),
]

const strings: readonly PolicyCase[] = [
  cond('equal', 'StringEquals', 'a', is('a'), 'allow'),
  cond('letter case counts', 'StringEquals', 'a', is('A'), 'deny'),
  cond('a star is a star', 'StringEquals', '*', is('a'), 'deny'),
  cond('any operand', 'StringEquals', ['a', 'b'], is('b'), 'allow'),
  cond('absent is not equal', 'StringEquals', 'a', absent, 'deny'),
  cond('StringNotEquals: different', 'StringNotEquals', 'a', is('b'), 'allow'),
  cond('StringNotEquals: none of the operands', 'StringNotEquals', ['a', 'b'], is('b'), 'deny'),
  cond('StringNotEquals: absent is different', 'StringNotEquals', 'a', absent, 'allow'),
  cond('StringEqualsIgnoreCase', 'StringEqualsIgnoreCase', 'AbC', is('aBc'), 'allow'),
  cond('StringEqualsIgnoreCase: still equal', 'StringEqualsIgnoreCase', 'AbC', is('ab'), 'deny'),
  cond('StringNotEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', 'AbC', is('aBc'), 'deny'),
  cond('StringLike: star', 'StringLike', 'a*c', is('abbc'), 'allow'),
  cond('StringLike: question mark', 'StringLike', 'a?c', is('abc'), 'allow'),
  cond('StringLike: one character only', 'StringLike', 'a?c', is('abbc'), 'deny'),
  cond('StringLike: letter case counts', 'StringLike', 'A*', is('abc'), 'deny'),
  cond('StringLike: no wildcard is equality', 'StringLike', 'abc', is('abcd'), 'deny'),
  cond('StringLike: escaped star', 'StringLike', `a\${*}`, is('ab'), 'deny'),
  cond('StringLike: escaped star matches itself', 'StringLike', `a\${*}`, is('a*'), 'allow'),
  cond('StringNotLike', 'StringNotLike', 'a*', is('abc'), 'deny'),
  cond('StringNotLike: absent', 'StringNotLike', 'a*', absent, 'allow'),
  cond('operators of any letter case', 'stringequals', 'a', is('a'), 'allow'),
  cond('an operator that is not known', 'StringMatches', 'a', is('a'), 'unknown'),
  cond('a key that nobody knows', 'StringEquals', 'a', unknown, 'unknown'),
  cond('several values without any or all', 'StringEquals', 'a', is('a', 'b'), 'unknown'),
  cond('no operand at all', 'StringEquals', [], is('a'), 'unknown'),
  cond('the requester picks the value', 'StringEquals', 'secret', text(), 'allow'),
  cond('the requester picks another value', 'StringNotLike', ['a*', 'b*'], text('*', 'a'), 'allow'),
  cond('the requester can pick only of a shape', 'StringLike', 'b*', text('a*', 'a'), 'deny'),
  cond(
    'the requester picks one of few',
    'StringEquals',
    'c',
    { kind: 'one-of', choices: [['a'], ['b'], []] },
    'deny',
  ),
  one('keys in any letter case', allow({ Condition: { StringEquals: { 'TEST:K': 'a' } } }), 'allow', {
    context: { 'test:k': is('a') },
  }),
  one(
    'all keys of an operator must hold',
    allow({ Condition: { StringEquals: { 'test:k': 'a', 'test:l': 'b' } } }),
    'deny',
    { context: { 'test:k': is('a'), 'test:l': is('c') } },
  ),
  one(
    'all operators must hold',
    allow({ Condition: { StringLike: { 'test:k': 'a*' }, StringNotEquals: { 'test:k': 'ab' } } }),
    'deny',
    { context: { 'test:k': is('ab') } },
  ),
  one(
    'both conditions by one choice',
    allow({ Condition: { StringLike: { 'test:k': 'a*' }, StringNotEquals: { 'test:k': 'ab' } } }),
    'allow',
    { context: { 'test:k': text() } },
  ),
  one(
    'no choice is both',
    allow({ Condition: { StringLike: { 'test:k': 'a*' }, StringNotLike: { 'test:k': '?*' } } }),
    'deny',
    { context: { 'test:k': text() } },
  ),
  one(
    'a variable in an operand',
    allow({ Condition: { StringEquals: { 'test:k': `\${test:l}` } } }),
    'allow',
    { context: { 'test:k': is('v'), 'test:l': is('v') } },
  ),
  one(
    'a variable without value equals nothing',
    allow({ Condition: { StringEquals: { 'test:k': `\${test:l}` } } }),
    'deny',
    { context: { 'test:k': is('v'), 'test:l': absent } },
  ),
  one(
    'a variable the requester chooses as well',
    allow({ Condition: { StringEquals: { 'test:k': `\${test:l}` } } }),
    'unknown',
    { context: { 'test:k': text('k*', 'k'), 'test:l': text('l*', 'l') } },
  ),
  one('a Condition that is no object', allow({ Condition: 'x' }), 'unknown'),
]

const numbers: readonly PolicyCase[] = [
  cond('NumericEquals', 'NumericEquals', '10', is('10.0'), 'allow'),
  cond('NumericEquals with a JSON number', 'NumericEquals', 10, is('10'), 'allow'),
  cond('NumericNotEquals', 'NumericNotEquals', '10', is('10'), 'deny'),
  cond('NumericNotEquals: absent', 'NumericNotEquals', '10', absent, 'allow'),
  cond('NumericLessThan: not equal', 'NumericLessThan', '10', is('10'), 'deny'),
  cond('NumericLessThan: by number, not by text', 'NumericLessThan', '10', is('9'), 'allow'),
  cond('NumericLessThanEquals', 'NumericLessThanEquals', '10', is('10'), 'allow'),
  cond('NumericGreaterThan', 'NumericGreaterThan', '1.2', is('1.3'), 'allow'),
  cond('NumericGreaterThanEquals', 'NumericGreaterThanEquals', '1.2', is('1.1'), 'deny'),
  cond('any of several numbers', 'NumericEquals', ['1', '2'], is('2'), 'allow'),
  cond('absent is no number', 'NumericLessThan', '10', absent, 'deny'),
  cond('a text that is no number', 'NumericEquals', 'ten', is('10'), 'unknown'),
  cond('the requester picks the number', 'NumericLessThan', '10', text(), 'allow'),
  one(
    'between two numbers',
    allow({ Condition: { NumericGreaterThan: { 'test:k': '1' }, NumericLessThan: { 'test:k': '2' } } }),
    'allow',
    { context: { 'test:k': text() } },
  ),
  one(
    'between no two numbers',
    allow({ Condition: { NumericGreaterThan: { 'test:k': '2' }, NumericLessThan: { 'test:k': '1' } } }),
    'deny',
    { context: { 'test:k': text() } },
  ),
]

const now: Knowledge = { kind: 'time', from: Date.parse('2026-06-01T00:00:00Z') }
const dates: readonly PolicyCase[] = [
  cond('DateEquals in two notations', 'DateEquals', '2026-01-01T00:00:00Z', is('1767225600'), 'allow'),
  cond('DateNotEquals', 'DateNotEquals', '2026-01-01', is('2026-01-01T00:00:00Z'), 'deny'),
  cond('DateLessThan', 'DateLessThan', '2026-01-02', is('2026-01-01'), 'allow'),
  cond('DateLessThanEquals', 'DateLessThanEquals', '2026-01-01T00:00:00Z', is('2026-01-01'), 'allow'),
  cond('DateGreaterThan: not equal', 'DateGreaterThan', '2026-01-01', is('2026-01-01'), 'deny'),
  cond('DateGreaterThanEquals', 'DateGreaterThanEquals', '2026-01-01', is('2026-01-01'), 'allow'),
  cond('zones count', 'DateEquals', '2026-01-01T02:00:00+02:00', is('2026-01-01T00:00:00Z'), 'allow'),
  cond('a text that is no date', 'DateLessThan', 'tomorrow', is('2026-01-01'), 'unknown'),
  cond('waiting makes a later date true', 'DateGreaterThan', '2027-01-01T00:00:00Z', now, 'allow'),
  cond('waiting does not bring the past back', 'DateLessThan', '2026-05-01T00:00:00Z', now, 'deny'),
  cond('today is early enough', 'DateLessThan', '2026-06-02T00:00:00Z', now, 'allow'),
  one(
    'aws:EpochTime is the same clock',
    allow({ Condition: { NumericLessThan: { 'aws:EpochTime': '1767225600' } } }),
    'deny',
    { context: { 'aws:currenttime': now } },
  ),
]

const others: readonly PolicyCase[] = [
  cond('Bool', 'Bool', 'true', is('true'), 'allow'),
  cond('Bool with a JSON truth value', 'Bool', true, is('true'), 'allow'),
  cond('Bool in capitals', 'Bool', 'True', is('true'), 'allow'),
  cond('Bool: the other', 'Bool', 'false', is('true'), 'deny'),
  cond('Bool: absent', 'Bool', 'false', absent, 'deny'),
  cond('BoolIfExists: absent', 'BoolIfExists', 'true', absent, 'allow'),
  cond('Bool with something else', 'Bool', 'yes', is('true'), 'unknown'),
  cond('BinaryEquals', 'BinaryEquals', 'QmluYXJ5', is('QmluYXJ5'), 'allow'),
  cond('BinaryEquals: byte for byte', 'BinaryEquals', 'QmluYXJ5', is('qmluyxj5'), 'deny'),
  cond('Null true: absent', 'Null', 'true', absent, 'allow'),
  cond('Null true: there', 'Null', 'true', is('a'), 'deny'),
  cond('Null false: there', 'Null', 'false', is('a'), 'allow'),
  cond('Null false: absent', 'Null', false, absent, 'deny'),
  cond('Null: the requester leaves it out', 'Null', 'true', text(), 'allow'),
  cond('Null: the requester cannot leave it out', 'Null', 'true', text('*', 'x', false), 'deny'),
  cond('Null with IfExists makes no sense', 'NullIfExists', 'true', absent, 'unknown'),
  cond('StringEqualsIfExists: absent', 'StringEqualsIfExists', 'a', absent, 'allow'),
  cond('StringEqualsIfExists: there and equal', 'StringEqualsIfExists', 'a', is('a'), 'allow'),
  cond('StringEqualsIfExists: there and different', 'StringEqualsIfExists', 'a', is('b'), 'deny'),
  cond('NumericLessThanIfExists: absent', 'NumericLessThanIfExists', '1', absent, 'allow'),
  cond('IpAddressIfExists: absent', 'IpAddressIfExists', '192.0.2.0/24', absent, 'allow'),
  cond('IpAddressIfExists: elsewhere', 'IpAddressIfExists', '192.0.2.0/24', is('198.51.100.1'), 'deny'),
  cond('StringNotEqualsIfExists: absent', 'StringNotEqualsIfExists', 'a', absent, 'allow'),
]

const anywhere: Knowledge = { kind: 'address', cidrs: ['0.0.0.0/0', '::/0'] }
const addresses: readonly PolicyCase[] = [
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
const arns: readonly PolicyCase[] = [
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

const sets: readonly PolicyCase[] = [
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

const together: readonly PolicyCase[] = [
  one('no statement allows nothing', [], 'deny'),
  one('deny wins over allow', [allow(), deny()], 'deny'),
  one('deny wins whatever the order', [deny(), allow()], 'deny'),
  one('deny alone allows nothing', deny(), 'deny'),
  one(
    'a deny that may apply leaves it open',
    [allow(), deny({ Condition: { StringEquals: { 'test:k': 'a' } } })],
    'unknown',
    { context: { 'test:k': unknown } },
  ),
  one(
    'an allow that may apply leaves it open',
    allow({ Condition: { StringEquals: { 'test:k': 'a' } } }),
    'unknown',
    { context: { 'test:k': unknown } },
  ),
  one(
    'a second allow settles it',
    [allow({ Condition: { StringEquals: { 'test:k': 'a' } } }), allow()],
    'allow',
    { context: { 'test:k': unknown } },
  ),
  one(
    'a second deny settles it',
    [allow(), deny({ Condition: { StringEquals: { 'test:k': 'a' } } }), deny()],
    'deny',
    { context: { 'test:k': unknown } },
  ),
  one(
    'a deny that does not apply for sure is nothing',
    [allow(), deny({ Action: 's3:PutObject', Condition: { Strange: { k: 'a' } } })],
    'allow',
  ),
  one(
    'a deny with an operator that is not known',
    [allow(), deny({ Condition: { Strange: { k: 'a' } } })],
    'unknown',
  ),
  one('an element that is not known', [allow({ Frequency: 'daily' })], 'unknown'),
  one(
    'the requester avoids the deny',
    [allow(), deny({ Condition: { Bool: { 'test:k': 'false' } } })],
    'allow',
    { context: { 'test:k': { kind: 'one-of', choices: [['false'], ['true']] } } },
  ),
  one(
    'the requester cannot avoid both denies',
    [
      allow(),
      deny({ Condition: { Bool: { 'test:k': 'false' } } }),
      deny({ Condition: { Bool: { 'test:k': 'true' } } }),
    ],
    'deny',
    { context: { 'test:k': { kind: 'one-of', choices: [['false'], ['true']] } } },
  ),
  one(
    'what opens one key closes the other',
    [
      allow({ Condition: { StringEquals: { 'test:k': 'a' } } }),
      deny({ Condition: { StringEquals: { 'test:k': 'a' }, StringLike: { 'test:l': '*' } } }),
    ],
    'allow',
    { context: { 'test:k': text(), 'test:l': text() } },
  ),
]

export const policyCases: Readonly<Record<string, readonly PolicyCase[]>> = {
  Principal: principals,
  NotPrincipal: notPrincipals,
  'Action and NotAction': actions,
  'Resource and NotResource': resources,
  'String operators': strings,
  'Numeric operators': numbers,
  'Date operators': dates,
  'Bool, BinaryEquals, Null and IfExists': others,
  'IpAddress and NotIpAddress': addresses,
  'ARN operators': arns,
  'ForAnyValue and ForAllValues': sets,
  'statements together': together,
}

export const defaultRequester = nobody
