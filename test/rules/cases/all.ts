/** The worlds of every rule. */
import type { Cases } from '../test-rule.ts'
import { albCases } from './alb.ts'
import { edgeCases } from './edge.ts'
import { edgeControlCases } from './edge-controls.ts'
import { kubernetesCases } from './kubernetes.ts'
import { kubernetesRouteCases } from './kubernetes-routes.ts'
import { lambdaCases } from './lambda.ts'
import { networkCases } from './network.ts'
import { s3Cases } from './s3.ts'
import { tlsCases } from './tls.ts'
import { acceptedCases } from './token-accepted.ts'
import { headerCases } from './token-header.ts'
import { tokenLifeCases } from './token-life.ts'
import { valueCases } from './token-value.ts'
import { viewerCases } from './viewer.ts'

export const allCases: Cases = {
  ...edgeCases,
  ...edgeControlCases,
  ...headerCases,
  ...acceptedCases,
  ...valueCases,
  ...tokenLifeCases,
  ...albCases,
  ...networkCases,
  ...kubernetesCases,
  ...kubernetesRouteCases,
  ...lambdaCases,
  ...s3Cases,
  ...tlsCases,
  ...viewerCases,
}
