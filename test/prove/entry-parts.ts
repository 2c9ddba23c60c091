/** Gates and ways around them, for tests of entry points. */
import { known } from '#base/known.ts'
import type { Listener, LoadBalancer, Topology } from '#topology/model.ts'
import { admit, fixed, forward, listener, otherwise, rule, seal, sent, strong, token } from './build.ts'
import { all, endpoint } from './ways.ts'

export const headers = [{ name: 'X-Token', value: sent(strong, [[strong, seal(strong)]]) }]

export const gated = (): Listener => listener([rule(5, [token(strong)], forward()), otherwise(fixed(403))])

export const anyone = () => known([admit('0.0.0.0/0', 0, 65_535), admit('::/0', 0, 65_535)])

export const toLb = (lb: LoadBalancer, more: Parameters<typeof endpoint>[1] = {}) =>
  known([endpoint(lb.ref.arn, more)])

export const via = (...items: Topology['accelerators']['items']) => ({
  topology: { accelerators: all(...items) },
})
