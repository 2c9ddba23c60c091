/** The worlds of every rule. */
import type { Cases } from '../test-rule.ts'
import { albCases } from './alb.ts'
import { edgeCases } from './edge.ts'
import { networkCases } from './network.ts'
import { tlsCases } from './tls.ts'
import { tokenCases } from './token.ts'
import { viewerCases } from './viewer.ts'

export const allCases: Cases = {
  ...edgeCases,
  ...tokenCases,
  ...albCases,
  ...networkCases,
  ...tlsCases,
  ...viewerCases,
}
