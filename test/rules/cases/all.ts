/** The worlds of every rule. */
import type { Cases } from '../test-rule.ts'
import { albCases } from './alb.ts'
import { apiCases } from './api.ts'
import { cookieIssuerCases } from './cookie-issuer.ts'
import { edgeCases } from './edge.ts'
import { edgeControlCases } from './edge-controls.ts'
import { kubernetesCases } from './kubernetes.ts'
import { kubernetesBalancerCases } from './kubernetes-balancers.ts'
import { kubernetesInboundCases } from './kubernetes-inbound.ts'
import { kubernetesRouteCases } from './kubernetes-routes.ts'
import { lambdaCases } from './lambda.ts'
import { lifeCases } from './life.ts'
import { lifeAgeCases } from './life-age.ts'
import { networkCases } from './network.ts'
import { s3Cases } from './s3.ts'
import { signedCases } from './signed.ts'
import { tlsCases } from './tls.ts'
import { acceptedCases } from './token-accepted.ts'
import { headerCases } from './token-header.ts'
import { tokenLifeCases } from './token-life.ts'
import { tokenPlaceCases } from './token-places.ts'
import { valueCases } from './token-value.ts'
import { viewerCases } from './viewer.ts'

export const allCases: Cases = {
  ...edgeCases,
  ...edgeControlCases,
  ...headerCases,
  ...acceptedCases,
  ...valueCases,
  ...tokenLifeCases,
  ...tokenPlaceCases,
  ...albCases,
  ...networkCases,
  ...kubernetesCases,
  ...kubernetesRouteCases,
  ...kubernetesBalancerCases,
  ...kubernetesInboundCases,
  ...lambdaCases,
  ...apiCases,
  ...lifeAgeCases,
  ...lifeCases,
  ...s3Cases,
  ...signedCases,
  ...cookieIssuerCases,
  ...tlsCases,
  ...viewerCases,
}
