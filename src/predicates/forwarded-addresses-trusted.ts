/** Does nobody outside write the client address that a list of addresses of Traefik is held against? */
import type { ClusterRouter, ForwardedHeaders, LoadBalancer, Topology } from '#topology/model.ts'
import { type Answer, cite, citeObject, every, no, ofKnown, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { believesStrangers } from './reading/believed.ts'
import { type AddressList, addressListsOf } from './reading/traefik-lists.ts'

const believesAnybody = ({ everybody, cidrs }: ForwardedHeaders): boolean =>
  everybody || believesStrangers(cidrs)

const mode = 'routing.http.xff_header_processing.mode'

/** Whether the load balancer writes the address of whoever asks it at the end of the header. */
const appends = (lb: LoadBalancer, list: string): Answer => {
  const { name } = lb.ref
  if (lb.kind !== 'application')
    return no(cite(lb.ref, `load balancer ${name} writes no X-Forwarded-For, so that whoever asks it does`))
  return ofKnown(lb.attributes, attributes => {
    const said = attributes[mode] ?? 'append'
    return said === 'append'
      ? yes(cite(lb.ref, `load balancer ${name} writes the last address of X-Forwarded-For`))
      : no(
          cite(
            lb.ref,
            `${mode} of load balancer ${name} is ${said}, so that whoever asks it writes the address that ${list} goes by`,
          ),
        )
  })
}

const frontsOf = (at: ClusterRouter, { loadBalancers }: Topology): readonly LoadBalancer[] =>
  loadBalancers.filter(
    lb =>
      at.loadBalancers.includes(lb.ref.arn) ||
      (lb.listeners.known ? lb.listeners.value : [])
        .flatMap(l => (l.rules.known ? l.rules.value : []))
        .flatMap(r => r.actions)
        .flatMap(a => (a.kind === 'forward' ? a.groups : []))
        .some(({ group }) => group.known && at.targetGroups.includes(group.value.ref.arn)),
  )

/** Of a header that private networks alone are believed to write. */
const answerOf = ({ middleware, of }: AddressList, fronts: readonly LoadBalancer[]): Answer => {
  const { name } = middleware.ref
  if (of.kind === 'connection')
    return yes(citeObject(middleware, `${name} goes by the address of the connection`))
  if (of.kind === 'position' && of.depth > 1)
    return no(
      citeObject(
        middleware,
        `${name} goes by address ${of.depth} from the end of X-Forwarded-For, which whoever asks the load balancer writes`,
      ),
    )
  return every([
    yes(citeObject(middleware, `${name} goes by the last address of X-Forwarded-For`)),
    ...fronts.map(lb => appends(lb, name)),
  ])
}

export const forwardedAddressesTrusted = predicate<'cluster-router'>({
  question:
    'Does nobody outside write the client address that a list of addresses of Traefik is held against?',
  subjects: ['cluster-router'],
  ask: ({ at }, _, { topology }) => {
    if (at.gaps.length > 0) return unseen(at.gaps)
    const lists = addressListsOf(at)
    const forwarded = at.routing.kind === 'traefik' ? at.routing.forwarded : []
    const believing = forwarded.filter(f => f.everybody || f.cidrs.length > 0)
    const byHeader = lists.filter(l => l.of.kind !== 'connection')
    if (byHeader.length === 0 || believing.length === 0)
      return yes(citeObject(at, `${at.ref.name} takes no address from headers`))
    const strange = believing.filter(believesAnybody)
    if (strange.length > 0)
      return no(
        ...byHeader.map(({ middleware }) =>
          citeObject(middleware, `${middleware.ref.name} goes by an address of X-Forwarded-For`),
        ),
        ...strange.map(f =>
          citeObject(
            at,
            `entry point ${f.entryPoint} of ${at.ref.name} believes ${f.everybody ? 'everybody (forwardedHeaders.insecure)' : f.cidrs.join(', ')}`,
          ),
        ),
      )
    return every(byHeader.map(list => answerOf(list, frontsOf(at, topology))))
  },
})
