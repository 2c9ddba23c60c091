/** Links that share targets, for tests of sister distributions. */
import { known } from '#base/known.ts'
import { proveLinks } from '#prove/prove.ts'
import type { Sisters } from '#prove/sister.ts'
import type { Behavior, Distribution, Link, Topology } from '#topology/model.ts'
import {
  alb,
  fixed,
  forward,
  group,
  linkTo,
  listener,
  otherwise,
  rule,
  seal,
  sent,
  strong,
  token,
  topologyOf,
  webAcl,
} from './build.ts'

export const sends = [{ name: 'X-Token', value: sent(strong, [[strong, seal(strong)]]) }]

export const edge = known(webAcl('allow', []))

export const other = known(
  webAcl('allow', [], { ref: { ...webAcl('allow', []).ref, arn: 'arn:acl/other' }, name: 'other' }),
)

export const gated = (name = 'app') =>
  alb([listener([rule(50, [token(strong)], forward(group(name))), otherwise(fixed(403))])])

export interface Spec extends Partial<Distribution> {
  readonly uses?: readonly Behavior[]
}

export const to = (
  lb: ReturnType<typeof gated>,
  { uses, ...distribution }: Spec = {},
  headers = sends,
): Link =>
  linkTo(lb, {
    headers,
    distribution: { webAcl: edge, ...(uses && { behaviors: uses }), ...distribution },
    ...(uses && { behaviors: uses }),
  })

export const sistersOf = (links: readonly Link[], more: Partial<Topology> = {}): Sisters => {
  const [found] = proveLinks(topologyOf(links, more))
  if (!found) throw new Error('no link')
  return found.sisters
}

export const said = ({ found }: Sisters) =>
  found.flatMap(s => s.differences.map(d => [s.kind, s.name, d.weaker, d.text]))

export const nobody: Sisters = { found: [], more: 0, asStrict: 0, reasons: [] }
