/** Gates and values sent, for tests of verdicts. */
import { known } from '#base/known.ts'
import { admit, cloudFront4, fixed, forward, otherwise, rule, seal, sent, strong, token } from './build.ts'

export const gated = (...more: ReturnType<typeof rule>[]) => [
  ...more,
  rule(50, [token(strong)], forward()),
  otherwise(fixed(403)),
]

export const sends = (text = strong) => [{ name: 'X-Token', value: sent(text, [[strong, seal(strong)]]) }]

export const fromCloudFront = { ingress: known([admit(cloudFront4)]) }
