import { proveLinks } from '#prove/prove.ts'
import * as b from './build.ts'

const L = 'abcdefghij'
const run = (name: string, rules: any[]) => {
  const lb = b.alb(
    [b.listener([b.otherwise(b.forward())], { mutualTls: 'verify' }), b.listener(rules, { port: 8443 })],
    {
      ipAddressType: 'dualstack',
      ingress: { known: true, value: [b.admit('0.0.0.0/0', 0, 65535), b.admit('::/0', 0, 65535)] },
    },
  )
  const t = performance.now()
  const c = process.cpuUsage()
  const e = proveLinks(b.topologyOf([b.linkTo(lb)]))[0]!
  console.log(
    name,
    (performance.now() - t) | 0,
    'ms cpu',
    (process.cpuUsage(c).user / 1000) | 0,
    e.internet.verdict,
    e.tenant.verdict,
    e.internet.witness?.path,
    e.internet.witness?.host,
    JSON.stringify(e.internet.reasons).slice(0, 300),
  )
}
const many = (f: (i: number) => any[]) => [
  ...Array.from({ length: 100 }, (_, i) => b.rule(i + 1, f(i), b.fixed(403))),
  b.otherwise(b.forward()),
]
run(
  'stars path',
  many(i => [b.path(`*${L[i % 10]}*${L[((i / 10) | 0) % 10]}*`)]),
)
run(
  'stars path+host',
  many(i => [b.path(`*${L[i % 10]}*${L[((i / 10) | 0) % 10]}*`), b.host(`*${L[i % 7]}*.${L[i % 5]}*`)]),
)
run(
  'methods everywhere',
  many(i => [b.method('GET', 'HEAD', 'POST'), b.path(`/*${L[i % 10]}*`, '/'), b.host(`*.*`)]),
)
run('required long', [
  ...Array.from({ length: 99 }, (_, i) =>
    b.rule(i + 1, [b.path(`/x*${L[i % 10]}*${L[((i / 10) | 0) % 10]}*${L[i % 3]}?`)], b.fixed(403)),
  ),
  b.rule(100, [b.path('/x*a*b*c*d*e*')], b.forward()),
  b.otherwise(b.fixed(403)),
])
run(
  'regex',
  many(i => [b.pathRegex(`^/(a|b)*${L[i % 10]}(a|b){${5 + (i % 10)}}$`)]),
)
run(
  'regex nested',
  many(i => [b.pathRegex(`((a*)*b|${L[i % 10]}+)*c{${i % 9}}`)]),
)
run('all forwards hidden', [
  ...Array.from({ length: 99 }, (_, i) =>
    b.rule(
      i + 1,
      [b.path(`/*${L[i % 10]}`, `/${L[i % 10]}*`, '/', '/?*')],
      i % 2 ? b.fixed(403) : b.forward(),
    ),
  ),
  b.otherwise(b.fixed(403)),
])
const A = 'xabcdefghijklmnopqrstuvwyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-_~$&+@:!(),='
run('hidden: all letters', [
  ...[...A].slice(0, 98).map((c, i) => b.rule(i + 1, [b.path(`/*${c}*z`, `/*${c}*`)], b.fixed(403))),
  b.rule(100, [b.path('/????????????')], b.forward()),
  b.otherwise(b.fixed(403)),
])
run('hidden2', [
  ...[...A]
    .slice(0, 60)
    .map((c, i) =>
      b.rule(i + 1, [b.path(`/*${c}*${A[(i + 1) % 60]}*${A[(i + 2) % 60]}`, `/*${c}*${c}`)], b.fixed(403)),
    ),
  b.rule(100, [b.path('/????????????')], b.forward()),
  b.otherwise(b.fixed(403)),
])
run('hidden3', [
  ...Array.from({ length: 50 }, (_, i) =>
    b.rule(
      i + 1,
      [b.path(`/*${A[i % 6]}?????${A[((i / 6) | 0) % 6]}*`, `/*${A[(i * 7) % 6]}????${A[i % 5]}`)],
      b.fixed(403),
    ),
  ),
  ...Array.from({ length: 50 }, (_, i) => b.rule(51 + i, [b.path('/' + '?'.repeat(10 + i))], b.forward())),
  b.otherwise(b.fixed(403)),
])
run('hidden4', [
  ...Array.from({ length: 60 }, (_, i) => b.rule(i + 1, [b.path(`/*${A[i]}`, `/?*${A[i]}??`)], b.fixed(403))),
  ...Array.from({ length: 40 }, (_, i) => b.rule(61 + i, [b.path('/*' + '?'.repeat(i))], b.forward())),
  b.otherwise(b.fixed(403)),
])
run('hidden5', [
  ...Array.from({ length: 60 }, (_, i) =>
    b.rule(i + 1, [b.path(`*a*`), b.host(`*${A[i]}*.${A[i]}*`), b.method('GET')], b.fixed(403)),
  ),
  ...Array.from({ length: 40 }, (_, i) =>
    b.rule(61 + i, [b.path('/*' + 'a'.repeat(i)), b.method('GET'), b.host('*.*')], b.forward()),
  ),
  b.otherwise(b.fixed(403)),
])
