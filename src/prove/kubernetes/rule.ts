/** What a rule of a load balancer leads to inside a cluster, and what that means for the link. */
import type { Link, Rule } from '#topology/model.ts'
import { forwardsOf } from '../backend.ts'
import type { Door } from '../door.ts'
import type { Obligation, Reason, Witness } from '../exposure.ts'
import type { Prover } from '../prover.ts'
import { obligationFor } from '../rule-gate.ts'
import { distinctReasons, notModelled } from '../uncertainty.ts'
import { type Approach, arrivalOf } from './arrival.ts'
import { type Behind, controllerBehind } from './behind.ts'
import { insideOf } from './inside.ts'
import { bothThrough } from './through.ts'
import type { Inside } from './way.ts'

/** What proving notes down on its way. */
export interface Notes {
  readonly obligations: Obligation[]
  readonly reasons: Reason[]
  readonly reliesOn: string[]
  logins: number
}

/** Assumption: the cluster runs what was read of it. */
const clusterAsRead = 'cluster-as-read'

const memo = new WeakMap<Behind, Map<string, Inside>>()

/** Null where the rule leads to no controller that was read. */
export const insideOfRule = (prover: Prover, link: Link, door: Door, rule: Rule): Inside | null => {
  const forwards = forwardsOf(rule)
  const used = forwards.filter(f => f.weight > 0)
  const groups = (used.length > 0 ? used : forwards).map(f => f.group)
  const behind = controllerBehind(prover.behind, groups, prover.index.balancers)
  if (behind === null) return null
  const arrival = arrivalOf(approachOf(door, groups), behind.at)
  const key = JSON.stringify([link.id, arrival])
  const own = memo.get(behind) ?? new Map<string, Inside>()
  memo.set(behind, own)
  const inside = own.get(key) ?? insideOf(link, behind, arrival)
  own.set(key, inside)
  return inside
}

const approachOf = ({ entry, balancer, reach }: Door, groups: Approach['groups']): Approach => ({
  balancer,
  groups,
  by:
    entry.way.kind === 'host'
      ? 'host'
      : entry.way.kind === 'direct' && entry.balancer === balancer
        ? 'own-address'
        : 'other',
  clients: reach.kind === 'open' ? reach.sources.possible : reach.possible,
})

export const noteRefusal = (
  door: Door,
  rule: Rule,
  { text, lines, login }: Extract<Inside, { kind: 'refuses' }>,
  notes: Notes,
): void => {
  notes.obligations.push(obligationFor(door, rule, login ? 'AUTH' : 'CLUSTER_REFUSES', text, lines))
  notes.reliesOn.push(clusterAsRead)
  if (login) notes.logins++
}

/** A request that passes the rule need not pass the controller. Null where none does for sure, with the reasons noted. */
export const throughBoth = (
  prover: Prover,
  link: Link,
  outer: { readonly witness: Witness; readonly guessed: boolean },
  inside: Inside,
  notes: Notes,
): { readonly witness: Witness; readonly guessed: boolean } | null => {
  if (inside.kind === 'refuses') return null
  const found = bothThrough(outer.witness, inside.ways, witness => prover.reaches(link, witness))
  if (found !== null) return { ...found, guessed: found.guessed || outer.guessed }
  notes.reasons.push(...distinctReasons([...inside.reasons, ...(inside.ways.length > 0 ? [unmet] : [])]))
  return null
}

const unmet = notModelled(
  'Paths of the ingress controller ask for nothing, but no request was found that passes the load balancer and one of them for sure.',
)
