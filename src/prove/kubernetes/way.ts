/** What a controller answers strangers who ask for the Services of a link: nothing, or the ways that let them in. */
import type { Reason, RouteStep } from '../exposure.ts'
import type { PathVerdict } from './ingress-nginx/verdicts.ts'
import type { IngressWitness } from './ingress-nginx/witness.ts'

export type Inside =
  | {
      readonly kind: 'refuses'
      /** Some paths ask for a login of their own instead. */
      readonly login: boolean
      readonly text: string
      readonly lines: readonly number[]
    }
  | {
      readonly kind: 'ways'
      /** Ways to the Services of the link that are open or guessable, open ones first. */
      readonly ways: readonly Way[]
      readonly reasons: readonly Reason[]
    }

export interface Way {
  readonly guessable: boolean
  readonly witness: IngressWitness
  /** What it passes in the cluster. */
  readonly step: RouteStep | null
}

export const wayOf = ({ ingress, service, host, path, verdict, witness }: PathVerdict): Way => ({
  guessable: verdict === 'guessable',
  witness: witness ?? { method: 'GET', host, path, headers: [], address: null },
  step:
    ingress === null
      ? null
      : {
          kind: 'cluster',
          arn: ingress.ref.arn,
          line: ingress.ref.line,
          text: `Ingress ${ingress.ref.name} (host ${host === '_' ? 'any' : host}, path ${path}) leads to Service ${service?.name ?? '?'}`,
        },
})
