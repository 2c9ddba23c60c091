/** Solves the fixes of a topology and holds each of them to what it claims. */
import { expect } from 'vitest'
import { canonicalJson } from '#base/canonical.ts'
import { interpretListener, type Outcome } from '#prove/alb/interpret.ts'
import type { AlbRequest } from '#prove/alb/request.ts'
import { checkCertificate } from '#prove/check.ts'
import type { LinkExposure, Vantage } from '#prove/exposure.ts'
import { edgeOf } from '#prove/fix/edge.ts'
import type { Edit } from '#prove/fix/edit.ts'
import { editsAt } from '#prove/fix/edits.ts'
import { type Solution, solveFixes } from '#prove/fix/fix.ts'
import { estateOf, servesAlike } from '#prove/fix/served.ts'
import { spotOf } from '#prove/fix/spot.ts'
import { proveLinks } from '#prove/prove.ts'
import type { Link, LoadBalancer, Topology } from '#topology/model.ts'

const vantages: readonly Vantage[] = ['internet', 'tenant', 'inside']
const badness = [undefined, 'closed', 'authenticated', 'unknown', 'guessable', 'open']

const applied = (topology: Topology, edits: readonly Edit[]): Topology =>
  edits.reduce((t, edit) => edit.apply(t), topology)

/** Every solution of a topology, checked. */
export const solved = (topology: Topology): ReadonlyMap<string, Solution> => {
  const before = proveLinks(topology)
  const solutions = solveFixes(topology, before)
  for (const [id, solution] of solutions) holds(topology, before, id, solution)
  return solutions
}

const holds = (topology: Topology, before: readonly LinkExposure[], id: string, solution: Solution): void => {
  const { edits, fix } = solution
  const after = applied(topology, edits)
  const proven = proveLinks(after)
  const [was, now] = [before, proven].map(all => all.find(e => e.link.id === id))
  expect(fix.closes.length).toBeGreaterThan(0)
  for (const vantage of fix.closes) {
    const certificate = now?.[vantage]?.certificate
    expect(['open', 'guessable']).toContain(was?.[vantage]?.verdict)
    expect(['closed', 'authenticated']).toContain(now?.[vantage]?.verdict)
    expect(now && certificate && checkCertificate(after, now.link, vantage, certificate)).toEqual([])
  }
  for (const vantage of fix.leaves) expect(['open', 'guessable']).toContain(now?.[vantage]?.verdict)
  before.forEach((exposure, i) => {
    for (const vantage of vantages)
      expect(badness.indexOf(proven[i]?.[vantage]?.verdict)).toBeLessThanOrEqual(
        badness.indexOf(exposure[vantage]?.verdict),
      )
  })
  expectNeeded(topology, id, solution)
  if (was && fix.smallest && edits.length > 1) expectNoSingle(topology, was, solution)
  for (const link of topology.links)
    expectServed(
      link,
      after.links.find(l => l.id === link.id),
    )
  expect(canonicalJson(fix)).not.toMatch(/[0-9a-f]{32}/)
}

/** Without any one of the edits, one of the vantages is not closed. */
const expectNeeded = (topology: Topology, id: string, { edits, fix }: Solution): void => {
  for (const edit of edits) {
    const fewer = applied(
      topology,
      edits.filter(e => e !== edit),
    )
    const exposure = proveLinks(fewer).find(e => e.link.id === id)
    const shut = fix.closes.every(v => ['closed', 'authenticated'].includes(exposure?.[v]?.verdict ?? ''))
    expect(shut).toBe(false)
  }
}

/** No edit alone does what the fix does. */
const expectNoSingle = (topology: Topology, { link, ...before }: LinkExposure, { fix }: Solution): void => {
  const edge = edgeOf(topology)
  const base = estateOf(topology)
  for (const witness of fix.closes.flatMap(v => before[v]?.witness ?? [])) {
    for (const edit of editsAt(spotOf(topology, witness), edge)) {
      const after = edit.apply(topology)
      if (!servesAlike(base, estateOf(after), edge)) continue
      const exposure = proveLinks(after).find(e => e.link.id === link.id)
      expect(fix.closes.every(v => exposure?.[v]?.verdict === 'closed')).toBe(false)
    }
  }
}

// ---- CloudFront's requests, one by one ----

const balancersOf = ({ target }: Link): readonly LoadBalancer[] =>
  target.kind === 'load-balancer' ? [target.loadBalancer, ...target.others] : []

/** Examples of what CloudFront sends to the listeners of a load balancer. */
const examples = ({ origin, distribution, behaviors }: Link): readonly Omit<AlbRequest, 'port' | 'tls'>[] => {
  const hosts = [origin.domainName, distribution.domainName, ...distribution.aliases].filter(
    h => !h.includes('*'),
  )
  const paths = behaviors.flatMap(b =>
    b.isDefault ? ['/', '/a', '/ab/b', '/index.html'] : [b.pathPattern.replaceAll('*', 'x')],
  )
  return hosts.flatMap(host =>
    paths.flatMap(path =>
      behaviors
        .flatMap(b => b.allowedMethods)
        .map(method => ({
          source: '130.176.0.1',
          method,
          host,
          path: origin.originPath + path,
          query: [],
          headers: origin.headers,
        })),
    ),
  )
}

/** Target groups by ARN: who stands behind them may change. */
const ending = (outcome: Outcome): unknown =>
  outcome.kind === 'forward' ? outcome.groups.map(g => (g.known ? g.value.ref.arn : g.gaps)) : outcome

const expectServed = (link: Link, after: Link | undefined): void => {
  const [old, now] = [balancersOf(link), after ? balancersOf(after) : []]
  old.forEach((lb, i) => {
    for (const listener of lb.listeners.known ? lb.listeners.value : []) {
      if (![link.origin.httpPort, link.origin.httpsPort].includes(listener.port)) continue
      if (link.origin.protocolPolicy === 'https-only' && listener.port !== link.origin.httpsPort) continue
      const same = now[i]?.listeners.known
        ? now[i].listeners.value.find(l => l.port === listener.port)
        : undefined
      expect(same).toBeDefined()
      const tls = ['HTTPS', 'TLS'].includes(listener.protocol)
      for (const example of examples(link)) {
        const request = { ...example, port: listener.port, tls }
        const outcome = same && interpretListener(same, request).outcome
        expect(outcome && ending(outcome)).toEqual(ending(interpretListener(listener, request).outcome))
      }
    }
  })
}
