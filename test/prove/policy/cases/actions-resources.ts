/** What a statement is about: actions and resources. */
import { absent, is } from '#prove/policy/context.ts'
import { allow, deny, object, one, type PolicyCase, text, unknown } from './case.ts'

export const actions: readonly PolicyCase[] = [
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

export const resources: readonly PolicyCase[] = [
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
