/** Do the secrets of the link stand nowhere in clear but where they must? */
import type { Link, PlaintextSearch, PlaintextSighting } from '#topology/model.ts'
import { type Sealed, sealedName } from '#topology/sealed.ts'
import { cite, type Evidence, no, unseen, yes } from './asking/answer.ts'
import type { Facts } from './asking/facts.ts'
import { predicate } from './asking/predicate.ts'
import { loadBalancersOf } from './reading/backends.ts'
import { gateNames } from './reading/gates.ts'
import { secretsSent } from './reading/tokens.ts'

type Words = (key: string, resource: string) => string

const places: Readonly<Record<PlaintextSighting['kind'], Words>> = {
  'edge-function-code': (_, resource) => `the code of the CloudFront ${resource}`,
  'lambda-environment': (key, resource) => `the environment variable ${key} of ${resource}`,
  'ssm-parameter': (_, resource) => `the unencrypted ${resource}`,
  'stack-parameter': (key, resource) => `the parameter ${key} of ${resource}`,
  'stack-output': (key, resource) => `the output ${key} of ${resource}`,
  'stack-template': (_, resource) => `the template of ${resource}`,
  'instance-user-data': (_, resource) => `the user data of ${resource}`,
  'launch-template-user-data': (key, resource) => `the user data of ${key} of ${resource}`,
  'task-environment': (key, resource) => `the environment variable ${key} of ${resource}`,
  'task-command': (key, resource) => `the command ${key} of ${resource}`,
  'task-label': (key, resource) => `the label ${key} of ${resource}`,
  unrecognised: (key, resource) => `${key === '' ? resource : `${key} of ${resource}`}`,
}

interface Held {
  readonly value: Sealed
  /** What says that it is a secret of the link. */
  readonly by: Evidence
}

/** What CloudFront sends for the link, and what the gates of its target accept. */
const secretsOf = (link: Link, facts: Facts): readonly Held[] => [
  ...secretsSent(link, facts).secrets.map(({ header, value }) => ({
    value,
    by: cite(link.distribution.ref, `origin ${link.origin.id} is sent ${sealedName(value)} in ${header}`, {
      header,
    }),
  })),
  ...loadBalancersOf(link).flatMap(lb =>
    facts.gatesOf(lb).values.flatMap(gate => {
      const { value, place, placeName } = gate
      if (value === null) return []
      return [{ value, by: cite(place, `${placeName} accepts ${sealedName(value)}`, gateNames(gate)) }]
    }),
  ),
]

const foundIn = (held: readonly Held[], { items }: PlaintextSearch): readonly Evidence[] =>
  items.flatMap(({ ref, kind, key, whole, fingerprints }) => {
    const here = held.filter(({ value }) => fingerprints.known && fingerprints.value.includes(value.folded))
    if (here.length === 0) return []
    const names = new Set(here.map(({ value }) => sealedName(value)))
    const where = places[kind](key, ref.name)
    const said = whole ? `is the value of ${where}` : `stands in ${where}`
    return [...here.map(({ by }) => by), cite(ref, `${[...names].join(', ')} ${said}`)]
  })

export const tokensNotInClear = predicate<'link'>({
  question: 'Do the secrets of the link stand nowhere in clear but in CloudFront and in its gates?',
  subjects: ['link'],
  ask: ({ link }, _options, facts) => {
    const { plaintext } = facts.topology
    const { ref } = link.distribution
    if (plaintext === undefined) return unseen([], cite(ref, 'values were not looked through'))
    const found = foundIn(secretsOf(link, facts), plaintext)
    if (found.length > 0) return no(...found)
    const { gaps } = secretsSent(link, facts)
    const unread = plaintext.items.flatMap(({ fingerprints }) =>
      fingerprints.known ? [] : fingerprints.gaps,
    )
    const missing = [...plaintext.gaps, ...unread, ...gaps]
    return missing.length > 0
      ? unseen(missing)
      : yes(cite(ref, `none of the values that were looked through holds the secret of ${link.id}`))
  },
})
