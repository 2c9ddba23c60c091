/** Child process: proves load balancers with many rules and checks what comes out, with time and sizes. */
import { checkCertificate } from '#prove/check.ts'
import type { Exposure } from '#prove/exposure.ts'
import { proveLinks } from '#prove/prove.ts'
import type { Link, Rule, Topology } from '#topology/model.ts'
import {
  admit,
  alb,
  cloudFront4,
  cloudFront6,
  fixed,
  forward,
  group,
  host,
  linkTo,
  listener,
  otherwise,
  path,
  rule,
  seal,
  sent,
  strong,
  token,
  topologyOf,
} from '../prove/build.ts'
import { answer, taskOf } from './child.ts'

/**
 * - `gated`: every rule asks for its host, its path and the secret, and the default action refuses.
 * - `mixed`: half of the rules refuse a path in front of a rule that asks for the secret there; the default refuses.
 * - `open`: every rule refuses a path on a host, the default forwards: a request must be found that none of them takes.
 */
type Shape = 'gated' | 'mixed' | 'open'

export interface ProverTask {
  readonly shape: Shape
  readonly rules: number
  readonly loadBalancers: number
}

export interface ProverMeasure {
  /** Seconds of processor time. */
  readonly prove: number
  readonly check: number
  /** Of all certificates together. */
  readonly certificates: number
  readonly bytes: number
  readonly obligations: number
  /** `verdict of the internet/verdict of tenants`, each once. */
  readonly verdicts: string
}

const place = (n: number, i: number) => [host(`h${i}.site${n}.example.com`), path(`/part${i}/*`, `/p?rt${i}`)]

const ruleOf = (shape: ProverTask['shape'], n: number, i: number): Rule => {
  if (shape === 'open') return rule(i + 1, place(n, i), fixed(403))
  if (shape === 'gated') return rule(i + 1, [...place(n, i), token(strong)], forward(group(`app${n}`)))
  return i % 2 === 0
    ? rule(i + 1, place(n, i), fixed(403))
    : rule(i + 1, [path(`/part${i - 1}/*`), token(strong)], forward(group(`app${n}`)))
}

const linkOf = ({ shape, rules }: ProverTask, n: number): Link => {
  const list = Array.from({ length: rules - 1 }, (_, i) => ruleOf(shape, n, i))
  const last = otherwise(shape === 'open' ? forward(group(`app${n}`)) : fixed(403))
  const lb = alb([listener([...list, last])], {
    ipAddressType: 'dualstack',
    ingress: { known: true, value: [admit('0.0.0.0/0'), admit('::/0')] },
  })
  return linkTo(lb, {
    headers: [{ name: 'X-Token', value: sent(strong, [[strong, seal(strong)]]) }],
    aliases: [`www.site${n}.example.com`],
  })
}

const seconds = <T>(work: () => T): readonly [T, number] => {
  const before = process.cpuUsage()
  const result = work()
  const { user, system } = process.cpuUsage(before)
  return [result, (user + system) / 1e6]
}

const task = taskOf<ProverTask>()
const links = Array.from({ length: task.loadBalancers }, (_, n) => linkOf(task, n))
const topology: Topology = topologyOf(links, { prefixLists: [cloudFront4, cloudFront6] })
const [exposures, prove] = seconds(() => proveLinks(topology))
const proven = exposures.flatMap(({ link, internet, tenant }) =>
  [['internet', internet] as const, ['tenant', tenant] as const].flatMap(([vantage, { certificate }]) =>
    certificate ? [{ link, vantage, certificate }] : [],
  ),
)
const [problems, check] = seconds(() =>
  proven.flatMap(p => checkCertificate(topology, p.link, p.vantage, p.certificate)),
)
if (problems.length > 0) throw new Error(`A certificate does not hold: ${problems[0]}`)
const said = ({ verdict }: Exposure): string => verdict
const measure: ProverMeasure = {
  prove,
  check,
  certificates: proven.length,
  bytes: Buffer.byteLength(JSON.stringify(proven.map(p => p.certificate))),
  obligations: proven.reduce((sum, p) => sum + p.certificate.obligations.length, 0),
  verdicts: [...new Set(exposures.map(e => `${said(e.internet)}/${said(e.tenant)}`))].join(' '),
}
answer(measure)
