/** When an API was last changed, as far as CloudTrail tells: what a stage serves may be older. */
import { known, unobserved } from '#base/known.ts'
import type { LocatedResource } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { type Call, call, gapAbout } from './calls.ts'
import { listAt, textAt } from './config.ts'
import { type Facts, gapsOf } from './facts.ts'
import type { Api } from './model.ts'

const source = 'apigateway.amazonaws.com'

/** How long CloudTrail keeps events that are looked up. */
const kept = 90 * 24 * 3_600_000

/** Events that deploy or name what is there; everything else that is not only read may be a change. */
const noChange =
  /^(?:Get|List|Export|Test|Tag|Untag|Flush)|Deployment$|Stages?$|^(?:Create|Update|Delete)(?:DomainName|BasePathMapping|ApiMapping|RoutingRule|UsagePlan|UsagePlanKey|ApiKey|VpcLink|ClientCertificate|Account|Documentation)/

interface Change {
  readonly at: string
  /** Of what it names; empty where it names nothing. */
  readonly names: readonly string[]
}

const changesAt = (facts: Facts, api: LocatedResource): readonly Change[] =>
  facts
    .byType(types.trailEvent)
    .filter(event => event.region === api.region && event.account === api.account)
    .filter(({ config }) => textAt(config, 'EventSource') === source)
    .filter(({ config }) => !noChange.test(textAt(config, 'EventName') ?? ''))
    .map(({ config }) => ({
      at: textAt(config, 'EventTime') ?? '',
      names: (listAt(config, 'Resources') ?? []).flatMap(one => textAt(one, 'ResourceName') ?? []),
    }))

const isNamed = (names: readonly string[], api: LocatedResource, id: string): boolean =>
  names.some(name => name === id || name === api.arn || name.split(/[/:]/).includes(id))

const newest = (changes: readonly Change[]): string | null =>
  changes
    .map(({ at }) => at)
    .reduce<string | null>((last, at) => (last === null || at > last ? at : last), null)

/** How a read of CloudTrail may name what it was about. */
const asks = (api: LocatedResource, id: string): readonly Call[] =>
  [source, id, api.arn].map(target => call('LookupEvents', target, api))

export const changeOf = (facts: Facts, api: LocatedResource, id: string): Api['changed'] => {
  const asked = asks(api, id)
  const [first = call('LookupEvents', '*', api), ...others] = asked
  if (!asked.some(one => facts.wasRead(one))) return unobserved(...gapsOf(facts, first, ...others))
  const changes = changesAt(facts, api)
  const at = newest(changes.filter(({ names }) => isNamed(names, api, id)))
  const stray = newest(changes.filter(({ names }) => names.length === 0))
  if (stray !== null && (at === null || stray > at)) {
    const message = `CloudTrail tells of a change of an API of ${api.region} at ${stray}, but not of which one.`
    return unobserved(gapAbout(first, 'unrecognised', message))
  }
  const observed = Date.parse(facts.snapshot.head.observedAt)
  return known({ at, since: new Date(observed - kept).toISOString() })
}
