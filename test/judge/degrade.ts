/** Takes knowledge out of a world: chosen observed values become unobserved, wherever they stand. */
import type { LinkExposure } from '#prove/exposure.ts'
import type { Link, Topology } from '#topology/model.ts'
import { aGap, lost, noSisters, noTwins, unread, type World } from './build.ts'

/** Told once for each thing that can be lost, in a fixed order. */
export type Loses = (what: 'value' | 'target' | 'way' | 'mutual-tls' | 'verdict') => boolean

type Fields = Readonly<Record<string, unknown>>

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null

/** The same object is rewritten once, so that what two links share is lost to both. */
const rewriter = (loses: Loses) => {
  const done = new Map<unknown, unknown>()
  const rewriteFields = (fields: Fields): unknown => {
    if (fields.known === true && loses('value')) return unread()
    if ('mutualTls' in fields && loses('mutual-tls')) return rewriteEach({ ...fields, mutualTls: 'unknown' })
    if (fields.kind === 'load-balancer' && 'vpcOrigin' in fields && loses('target')) return lost
    if (Array.isArray(fields.others) && fields.others.length > 0 && loses('way'))
      return rewriteEach({ ...fields, others: [], gaps: [aGap('DescribeLoadBalancers')] })
    return rewriteEach(fields)
  }
  const rewriteEach = (fields: Fields): unknown =>
    Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, rewrite(value)]))
  const rewrite = (value: unknown): unknown => {
    if (!isFields(value)) return value
    if (!done.has(value)) done.set(value, Array.isArray(value) ? value.map(rewrite) : rewriteFields(value))
    return done.get(value)
  }
  return rewrite
}

const degradeExposure = (
  exposure: LinkExposure,
  links: ReadonlyMap<string, Link>,
  loses: Loses,
): LinkExposure => {
  const unknown = {
    ...exposure.internet,
    verdict: 'unknown',
    reasons: [{ kind: 'gap', gap: aGap() }],
  } as const
  return {
    link: links.get(exposure.link.id) ?? exposure.link,
    internet: loses('verdict') ? unknown : exposure.internet,
    tenant: loses('verdict') ? unknown : exposure.tenant,
    inside: null,
    sisters: loses('verdict') ? { ...noSisters, reasons: unknown.reasons } : exposure.sisters,
    twins: loses('verdict') ? { ...noTwins, reasons: unknown.reasons } : exposure.twins,
  }
}

export const degrade = (world: World, loses: Loses): World => {
  const topology = rewriter(loses)(world.topology) as Topology
  const links = new Map(topology.links.map(link => [link.id, link]))
  return {
    topology,
    exposures: world.exposures.map(exposure => degradeExposure(exposure, links, loses)),
    probes: world.probes,
  }
}

const mentions = (value: unknown, lines: ReadonlySet<number>): boolean => {
  if (!isFields(value)) return false
  return Object.entries(value).some(([key, inner]) =>
    key === 'line' ? lines.has(Number(inner)) : mentions(inner, lines),
  )
}

const isCited = ({ ref }: Fields, lines: ReadonlySet<number>): boolean =>
  isFields(ref) && lines.has(Number(ref.line))

/** Keeps the resources on the lines, with all that is theirs, and what leads to them; every other observed value is lost. */
export const degradeExcept = (world: World, lines: ReadonlySet<number>): World => {
  const done = new Map<unknown, unknown>()
  const rewrite = (value: unknown): unknown => {
    if (!isFields(value) || isCited(value, lines)) return value
    if (done.has(value)) return done.get(value)
    const lose = value.known === true && isFields(value.value) && !mentions(value.value, lines)
    const kept = Array.isArray(value)
      ? value.map(rewrite)
      : Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, rewrite(inner)]))
    const result = lose ? unread() : kept
    done.set(value, result)
    return result
  }
  const topology = rewrite(world.topology) as Topology
  const links = new Map(topology.links.map(link => [link.id, link]))
  return {
    ...world,
    topology,
    exposures: world.exposures.map(e => ({ ...e, link: links.get(e.link.id) ?? e.link })),
  }
}
