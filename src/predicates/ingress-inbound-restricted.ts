/** Does the Ingress keep the controller from opening its load balancer to everybody, and do the real groups bear it out? */
import { addressFamily, coversAll } from '#base/ip-set.ts'
import type { BalancerIngress, Cluster, IngressRule, LoadBalancer } from '#topology/model.ts'
import { type Answer, cite, citeObject, every, no, ofKnown, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { groupMembers, madeOf } from './reading/balancer-groups.ts'

const listIn = (text: string | undefined): readonly string[] =>
  (text ?? '').split(',').flatMap(item => (item.trim() === '' ? [] : [item.trim()]))

/** What the class sets goes before what the object asks for. */
const inboundOf = ({ params, annotations }: BalancerIngress) => ({
  groups: listIn(annotations['security-groups']),
  cidrs: params?.inboundCidrs.length ? params.inboundCidrs : listIn(annotations['inbound-cidrs']),
  lists: params?.prefixLists.length ? params.prefixLists : listIn(annotations['security-group-prefix-lists']),
})

/** A silent member of a group gets what another one asks for. */
const speakerFor = (ingress: BalancerIngress, cluster: Cluster): BalancerIngress => {
  const speaks = (one: BalancerIngress): boolean => Object.values(inboundOf(one)).some(l => l.length > 0)
  return speaks(ingress) ? ingress : (groupMembers(ingress, cluster).find(speaks) ?? ingress)
}

const coversEverybody = (cidrs: readonly string[]): boolean => coversAll(cidrs, 4) || coversAll(cidrs, 6)

/** An address that cannot be read may be anybody's. */
const isEverybody = (cidrs: readonly string[]): boolean =>
  coversEverybody(cidrs) || cidrs.some(c => addressFamily(c.replace(/\/.*$/, '')) === null)

const isWeb = ({ protocol }: IngressRule): boolean => ['tcp', '6', '-1'].includes(protocol)

/** What the security groups of the load balancer really admit, taken together. */
const really = (lb: LoadBalancer): Answer =>
  ofKnown(lb.ingress, rules => {
    const wide = rules.filter(isWeb).flatMap(rule => {
      const { peer } = rule
      if (peer.kind === 'group') return []
      if (peer.kind !== 'prefix-list') return [{ rule, cidrs: [peer.cidr], gaps: [] }]
      const { entries } = peer.list.known ? peer.list.value : { entries: peer.list }
      return [{ rule, cidrs: entries.known ? entries.value : [], gaps: entries.known ? [] : entries.gaps }]
    })
    if (coversEverybody(wide.flatMap(w => w.cidrs)))
      return no(
        ...wide
          .filter(w => w.cidrs.length > 0)
          .slice(0, 3)
          .map(w =>
            cite(w.rule.ref, `${w.rule.groupId} of load balancer ${lb.ref.name} admits ${peerText(w.rule)}`),
          ),
      )
    const gaps = wide.flatMap(w => w.gaps)
    return gaps.length > 0 ? unseen(gaps) : yes(cite(lb.ref, `load balancer ${lb.ref.name} admits some only`))
  })

const peerText = ({ peer }: IngressRule): string =>
  peer.kind === 'prefix-list' ? peer.prefixListId : peer.kind === 'group' ? peer.groupId : peer.cidr

export const ingressInboundRestricted = predicate<'balancer-ingress'>({
  question:
    'Does the Ingress keep the controller from opening its load balancer to everybody, and do the real groups bear it out?',
  subjects: ['balancer-ingress'],
  ask: ({ ingress: asked, cluster }, _, { topology }) => {
    const ingress = speakerFor(asked, cluster)
    const { groups, cidrs, lists } = inboundOf(ingress)
    const { name } = ingress.ref
    const made = madeOf(asked, topology)
    const borneOut = (text: string): Answer => every([yes(citeObject(ingress, text)), ...made.map(really)])
    if (groups.length > 0) {
      const ignored = [...cidrs, ...lists]
      const bringing = `${name} brings its own security groups ${groups.join(', ')}`
      if (ignored.length === 0) return borneOut(bringing)
      const text = `${name} sets security-groups, so that its ${ignored.join(', ')} is ignored`
      // Groups of its own may be as narrow as what is ignored.
      return made.length > 0 ? borneOut(bringing) : no(citeObject(ingress, text))
    }
    if (isEverybody(cidrs)) return no(citeObject(ingress, `${name} admits ${cidrs.join(', ')}`))
    if (cidrs.length + lists.length > 0)
      return borneOut(`${name} admits ${[...cidrs, ...lists].join(', ')} only`)
    return no(
      citeObject(
        ingress,
        `${name} says nothing of who may connect, and the controller's default is everybody`,
      ),
    )
  },
})
