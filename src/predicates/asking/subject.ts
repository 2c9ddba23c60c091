/** What a rule can be about. */
import type { Known } from '#base/known.ts'
import type { Certificate, Distribution, Link, LoadBalancer, Ref, SigningKey } from '#topology/model.ts'

export const subjectKinds = ['link', 'distribution', 'load-balancer', 'certificate', 'signing-key'] as const
export type SubjectKind = (typeof subjectKinds)[number]

export type JudgedSubject =
  /** A distribution, one of its origins, and the behaviours that use it. */
  | { readonly kind: 'link'; readonly link: Link }
  | { readonly kind: 'distribution'; readonly distribution: Distribution }
  /** One that some link leads to. */
  | { readonly kind: 'load-balancer'; readonly loadBalancer: LoadBalancer }
  /** One that a viewer or a linked load balancer's listener is shown; where it was not read, its holder stands for it. */
  | { readonly kind: 'certificate'; readonly certificate: Known<Certificate>; readonly holder: Ref }
  /** A public key of an account; where keys were not read, each distribution that trusts a key group stands for its own. */
  | { readonly kind: 'signing-key'; readonly key: Known<SigningKey>; readonly holder: Ref }

export type SubjectOf<K extends SubjectKind> = Extract<JudgedSubject, { readonly kind: K }>
