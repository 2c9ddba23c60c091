/** Several statements together. */
import { allow, deny, one, type PolicyCase, text, unknown } from './case.ts'

export const together: readonly PolicyCase[] = [
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
