/** Does the Ingress keep the controller from opening its security group to everybody? */
import { addressFamily, coversAll } from '#base/ip-set.ts'
import type { BalancerIngress, Cluster } from '#topology/model.ts'
import { citeObject, no, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { groupMembers } from './reading/balancer-groups.ts'

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

const isEverybody = (cidrs: readonly string[]): boolean =>
  coversAll(cidrs, 4) ||
  coversAll(cidrs, 6) ||
  cidrs.some(c => addressFamily(c.replace(/\/.*$/, '')) === null)

export const ingressInboundRestricted = predicate<'balancer-ingress'>({
  question: 'Does the Ingress keep the controller from opening its security group to everybody?',
  subjects: ['balancer-ingress'],
  ask: ({ ingress: asked, cluster }) => {
    const ingress = speakerFor(asked, cluster)
    const { groups, cidrs, lists } = inboundOf(ingress)
    const { name } = ingress.ref
    if (groups.length > 0) {
      const ignored = [...cidrs, ...lists]
      return ignored.length > 0
        ? no(
            citeObject(ingress, `${name} sets security-groups, so that its ${ignored.join(', ')} is ignored`),
          )
        : yes(citeObject(ingress, `${name} brings its own security groups ${groups.join(', ')}`))
    }
    if (isEverybody(cidrs)) return no(citeObject(ingress, `${name} admits ${cidrs.join(', ')}`))
    if (cidrs.length + lists.length > 0)
      return yes(citeObject(ingress, `${name} admits ${[...cidrs, ...lists].join(', ')} only`))
    return no(
      citeObject(
        ingress,
        `${name} says nothing of who may connect, and the controller's default is everybody`,
      ),
    )
  },
})
