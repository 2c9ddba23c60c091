/** Where secrets of the account were found in clear, and what could not be looked through. */
import type { Gap } from '#base/gap.ts'
import { known, unobserved } from '#base/known.ts'
import { plaintextKinds } from '#snapshot/plaintext.ts'
import type { LocatedResource } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { type Call, notRead } from './calls.ts'
import { flagAt, textAt, textsAt } from './config.ts'
import { type Facts, misread, refOf } from './facts.ts'
import type { PlaintextSearch, PlaintextSighting } from './model.ts'

type Question = Pick<Call, 'service' | 'operation' | 'target'>

/** The lists that a search begins with, in each region. */
const lists: readonly Question[] = [
  { service: 'lambda', operation: 'ListFunctions', target: 'all versions' },
  { service: 'ssm', operation: 'DescribeParameters', target: 'types String and StringList' },
  { service: 'cloudformation', operation: 'ListStacks', target: '*' },
  { service: 'ec2', operation: 'DescribeInstances', target: 'all instances' },
  { service: 'ec2', operation: 'DescribeLaunchTemplateVersions', target: '*' },
  { service: 'ecs', operation: 'ListTaskDefinitions', target: '*' },
]

/** What nothing else asks for. */
const itemOperations = new Set([
  'GetParameters',
  'DescribeStacks',
  'GetTemplate',
  'DescribeInstanceAttribute',
  'DescribeTaskDefinition',
])

const is = ({ service, operation, target }: Question, other: Question): boolean =>
  service === other.service && operation === other.operation && target === other.target

/** The variables of one function, which its list could not show. */
const isFunction = ({ operation, target }: Gap): boolean =>
  operation === 'ListFunctions' && target.startsWith('arn:')

const isOfSearch = (gap: Gap): boolean =>
  itemOperations.has(gap.operation) || isFunction(gap) || lists.some(list => is(list, gap))

/** Lists without an answer of their own, whatever other list of the same name was answered. */
const unanswered = ({ snapshot }: Facts, gaps: readonly Gap[]): readonly Gap[] =>
  snapshot.head.accounts.flatMap(account =>
    snapshot.head.regions.flatMap(region =>
      lists
        .filter(
          list =>
            ![...snapshot.reads, ...gaps].some(
              one => is(list, one) && one.account === account && one.region === region,
            ),
        )
        .map(list => notRead({ ...list, account, region })),
    ),
  )

const buildSighting = (resource: LocatedResource): PlaintextSighting => {
  const { config } = resource
  const arn = textAt(config, 'Resource') ?? resource.arn
  const fingerprints = textsAt(config, 'Fingerprints')
  return {
    ref: { ...refOf(resource, arn.split(':').slice(5).join(':') || arn), arn },
    kind: plaintextKinds.find(kind => kind === textAt(config, 'Kind')) ?? 'unrecognised',
    key: textAt(config, 'Key') ?? '',
    whole: flagAt(config, 'Whole') ?? false,
    fingerprints:
      fingerprints === undefined
        ? unobserved(misread(resource, 'which secrets stand there cannot be read'))
        : known(fingerprints),
  }
}

/** Code at the edge is read anyway; only a search looks through it. */
const isOfEdgeCode = ({ service, operation }: Gap): boolean =>
  service === 'cloudfront' && operation === 'GetFunction'

/** Undefined where nobody asked for a search. */
export const plaintextOf = (facts: Facts): PlaintextSearch | undefined => {
  const { reads, gaps } = facts.snapshot
  const own = gaps.filter(isOfSearch)
  const items = facts.byType(types.plaintextSighting).map(buildSighting)
  const asked = items.length + own.length > 0 || reads.some(read => lists.some(list => is(list, read)))
  if (!asked) return undefined
  return { items, gaps: [...own, ...gaps.filter(isOfEdgeCode), ...unanswered(facts, own)] }
}
