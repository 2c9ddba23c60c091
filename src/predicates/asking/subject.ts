/** What a rule can be about. */
import type { Known } from '#base/known.ts'
import type {
  BalancerIngress,
  Certificate,
  Cluster,
  ClusterController,
  ClusterRouter,
  Distribution,
  Ingress,
  Link,
  LoadBalancer,
  ManifestPlace,
  Ref,
  SigningKey,
} from '#topology/model.ts'

export const subjectKinds = [
  'link',
  'distribution',
  'load-balancer',
  'certificate',
  'signing-key',
  'ingress',
  'ingress-controller',
  'balancer-ingress',
  'cluster-route',
  'cluster-router',
] as const
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
  /** An object that an ingress-nginx controller serves, or may serve. */
  | {
      readonly kind: 'ingress'
      readonly ingress: Ingress
      readonly cluster: Cluster
      readonly at: ClusterController
    }
  | { readonly kind: 'ingress-controller'; readonly cluster: Cluster; readonly at: ClusterController }
  /** An object from which the AWS Load Balancer Controller makes a load balancer. */
  | { readonly kind: 'balancer-ingress'; readonly ingress: BalancerIngress; readonly cluster: Cluster }
  /** An IngressRoute of Traefik or an HTTPRoute of a Gateway. */
  | {
      readonly kind: 'cluster-route'
      readonly object: { readonly ref: Ref; readonly place: ManifestPlace | null }
      readonly cluster: Cluster
      readonly at: ClusterRouter
    }
  /** Traefik or a Gateway. */
  | { readonly kind: 'cluster-router'; readonly cluster: Cluster; readonly at: ClusterRouter }

export type SubjectOf<K extends SubjectKind> = Extract<JudgedSubject, { readonly kind: K }>
