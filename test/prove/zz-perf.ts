import { proveLinks } from '../../src/prove/prove.ts'
import * as b from './build.ts'

let seq = 0
const big = (n: number, gated: boolean) => {
  const rules = [] as any[]
  for (let i = 0; i < n; i++)
    rules.push(
      b.rule(
        i + 1,
        [b.host(`h${i}.example.com`), ...(gated ? [b.token(b.strong)] : [b.path(`/p${i}/*`)])],
        b.forward(b.group('g' + i + '-' + ++seq)),
      ),
    )
  rules.push(b.otherwise(gated ? b.fixed(403) : b.forward()))
  return rules
}
for (const [n, links, gated] of [
  [5, 1, true],
  [5, 1, false],
  [100, 1, true],
  [100, 1, false],
  [100, 200, true],
  [100, 200, false],
] as const) {
  const rules = big(n, gated)
  const t0 = performance.now()
  const ls = Array.from({ length: links }, _ =>
    b.linkTo(
      b.alb(
        [b.listener(big(n, gated)), b.listener([b.otherwise(b.redirect())], { port: 80, protocol: 'HTTP' })],
        {
          ipAddressType: 'dualstack',
          ingress: { known: true, value: [b.admit('0.0.0.0/0', 0, 65535), b.admit('::/0', 0, 65535)] },
        },
      ),
      {
        aliases: Array.from({ length: 10 }, (_, i) => `h${i}.example.com`),
        headers: [{ name: 'X-Token', value: b.sent(b.strong, [[b.strong, b.seal(b.strong)]]) }],
      },
    ),
  )
  const topo = b.topologyOf(ls)
  const t1 = performance.now()
  const r = proveLinks(topo)
  const t2 = performance.now()
  console.log(
    n,
    links,
    gated,
    'build',
    (t1 - t0) | 0,
    'prove',
    (t2 - t1).toFixed(1),
    r[0]!.internet.verdict,
    r[0]!.tenant.verdict,
    r[0]!.internet.certificate?.obligations.length,
  )
}
console.log(process.cpuUsage())
