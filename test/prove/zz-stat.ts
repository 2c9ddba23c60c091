import fc from 'fast-check'
import { proveLinks } from '#prove/prove.ts'
import { bruteForce } from './brute-force.ts'
import * as b from './build.ts'
import { rulesArbitrary } from './random.ts'

const c: Record<string, number> = {}
for (const rules of fc.sample(rulesArbitrary, 1500)) {
  const best = bruteForce(
    rules,
    ({ actions }) =>
      actions.some(
        a => a.kind === 'forward' && a.groups[0]!.group.known && a.groups[0]!.group.value === b.app,
      ) && !actions.some(a => a.kind === 'authenticate' && a.onUnauthenticated === 'deny'),
  )
  const lb = b.alb([
    b.listener([b.otherwise(b.forward())], { mutualTls: 'verify' }),
    b.listener(rules, { port: 8443 }),
  ])
  const e = proveLinks(b.topologyOf([b.linkTo(lb)]))[0]!.internet
  const k =
    best +
    ' ' +
    e.verdict +
    (e.verdict === 'unknown'
      ? ' ' +
        [
          ...new Set(
            e.reasons.map(r =>
              r.kind === 'uncertain' ? r.id : r.kind === 'not-modelled' ? r.message.slice(0, 60) : r.kind,
            ),
          ),
        ].join('|')
      : '')
  c[k] = (c[k] ?? 0) + 1
}
console.log(c)
