import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { known } from '#base/known.ts'
import { editSorts } from '#prove/fix/edits.ts'
import type { IngressRule, LoadBalancer, OriginHeader, TargetHost, Topology } from '#topology/model.ts'
import {
  aclRule,
  admit,
  alb,
  app,
  behavior,
  cloudFront4,
  customerList,
  fixed,
  forward,
  group,
  header,
  linkTo,
  listener,
  notStatement,
  otherStrong,
  otherwise,
  path,
  rule,
  seal,
  secretHeader,
  sent,
  strong,
  subnet,
  token,
  topologyOf,
  webAcl,
} from '../build.ts'
import { rulesArbitrary } from '../random.ts'
import { solved } from './fixing.ts'

const sends = (text = strong): readonly OriginHeader[] => [
  { name: 'X-Token', value: sent(text, [[text, seal(text)]]) },
]

const httpsOnly = { protocolPolicy: 'https-only', headers: sends() }

/** The one solution of a topology with one open link. */
const solutionOf = (topology: Topology) => {
  const solutions = [...solved(topology).values()]
  expect(solutions.length).toBeLessThanOrEqual(1)
  return solutions[0] ?? null
}

const solution = (lb: LoadBalancer, spec: Parameters<typeof linkTo>[1] = httpsOnly) =>
  solutionOf(topologyOf([linkTo(lb, spec)]))

const sortsOf = (found: ReturnType<typeof solution>) => found?.edits.map(e => e.sort)

const gated = (priority = 10) => rule(priority, [token(strong)], forward())

test('a default action beside a gate that CloudFront takes is denied', () => {
  const main = listener([gated(), otherwise(forward())])
  const found = solution(alb([main]))
  expect(sortsOf(found)).toEqual(['deny-default'])
  expect(found?.fix.smallest).toBe(true)
  expect(found?.fix.closes).toEqual(['internet', 'tenant'])
  expect(found?.fix.edits[0]?.commands).toEqual([
    `aws elbv2 modify-listener --region eu-west-1 --listener-arn ${main.ref.arn} --default-actions 'Type=fixed-response,FixedResponseConfig={StatusCode=403,ContentType=text/plain}'`,
  ])
})

test('a default action that CloudFront needs moves behind the header', () => {
  const found = solution(alb([listener([rule(7, [path('/old/*')], fixed()), otherwise(forward())])]))
  expect(sortsOf(found)).toEqual(['require-header'])
  const commands = found?.fix.edits[0]?.commands.join('\n') ?? ''
  expect(commands).toContain('--priority 8 ')
  expect(commands).toContain('$ENV.ORIGIN_TOKEN')
})

test('without a secret to ask for, the network closes what it can and the rest is said', () => {
  const lb = alb([listener([otherwise(forward())])], {
    ingress: known([admit('0.0.0.0/0')]),
  })
  const found = solution(lb, { protocolPolicy: 'https-only' })
  expect(sortsOf(found)).toEqual(['cloudfront-only-ingress'])
  expect(found?.fix).toMatchObject({ closes: ['internet'], leaves: ['tenant'] })
  const [add, remove] = found?.fix.edits[0]?.commands ?? []
  expect(add).toContain(`PrefixListIds=[{PrefixListId=${cloudFront4.id}}]`)
  expect(add).toContain('FromPort=443,ToPort=443')
  expect(remove).toMatch(/--group-id sg-0a1 --security-group-rule-ids sgr-\d+$/)
})

test('a rule for others that CloudFront does not need is removed', () => {
  const lb = alb([listener([otherwise(forward())])], {
    ingress: known([admit(cloudFront4), admit('198.51.100.0/24')]),
  })
  const found = solution(lb, { protocolPolicy: 'https-only' })
  expect(sortsOf(found)).toEqual(['revoke-ingress'])
  expect(found?.fix.leaves).toEqual(['tenant'])
})

test('a rule that nobody but strangers uses is denied, or asks for the header where CloudFront uses it', () => {
  const rules = [rule(5, [path('/api/*')], forward()), gated(), otherwise(fixed())]
  expect(sortsOf(solution(alb([listener(rules)])))).toEqual(['require-header'])
  const elsewhere = [behavior({ pathPattern: '/shop/*', isDefault: false })]
  const denied = solution(alb([listener(rules)]), { ...httpsOnly, behaviors: elsewhere })
  expect(sortsOf(denied)).toEqual(['deny-rule'])
})

test('a gate with a wildcard accepts only what CloudFront sends', () => {
  const loose = seal('Zk3*')
  const headers = [{ name: 'X-Token', value: sent(strong, [['Zk3*', loose]]) }]
  const lb = alb([listener([rule(10, [header('X-Token', loose)], forward()), otherwise(fixed())])])
  const found = solution(lb, { ...httpsOnly, headers })
  expect(sortsOf(found)).toEqual(['require-header'])
  expect(found?.fix.edits[0]?.text).toContain('accept no other value of X-Token')
})

test('a weak value beside the one that CloudFront sends is dropped', () => {
  const lb = alb([listener([rule(10, [token(strong, 'test')], forward()), otherwise(fixed())])])
  const found = solution(lb)
  expect(sortsOf(found)).toEqual(['drop-header-value'])
  expect(found?.fix.edits[0]?.commands.join()).toContain('if length == 2 then del(.[1])')
})

test('a listener that CloudFront does not use goes as a whole where several of its rules are open', () => {
  const open = [rule(1, [path('/a*')], forward()), rule(2, [path('/b*')], forward()), otherwise(forward())]
  const second = listener(open, { port: 80, protocol: 'HTTP' })
  const found = solution(alb([listener([gated(), otherwise(fixed())]), second]))
  expect(sortsOf(found)).toEqual(['delete-listener'])
  expect(found?.fix.edits[0]?.commands).toEqual([
    `aws elbv2 delete-listener --region eu-west-1 --listener-arn ${second.ref.arn}`,
  ])
})

test('two open rules need two edits, and the proof that no one edit does is kept', () => {
  const rules = [
    rule(1, [path('/a*')], forward()),
    rule(2, [path('/b*')], forward()),
    gated(),
    otherwise(fixed()),
  ]
  const found = solution(alb([listener(rules)]))
  expect(sortsOf(found)).toEqual(['require-header', 'require-header'])
  expect(found?.fix.smallest).toBe(true)
})

test('a denying rule that comes too late changes places', () => {
  const rules = [
    rule(1, [token(strong)], forward()),
    rule(2, [path('/x/*')], forward()),
    rule(3, [path('/x/*')], fixed()),
    otherwise(fixed()),
  ]
  const found = solution(alb([listener(rules)]), { protocolPolicy: 'https-only', headers: sends() })
  expect(sortsOf(found)).toEqual(['swap-rules'])
  const [, second, third] = rules.map(r => r.ref.arn)
  expect(found?.fix.edits[0]?.commands).toEqual([
    `aws elbv2 set-rule-priorities --region eu-west-1 --rule-priorities RuleArn=${second},Priority=3 RuleArn=${third},Priority=2`,
  ])
})

test('a web ACL rule that counts blocks', () => {
  const acl = webAcl('allow', [aclRule('no token', 'count', notStatement(secretHeader(strong)))])
  const gate = seal(strong, 'waf:EXACTLY')
  const value = { ...sent(strong), meets: [`waf:EXACTLY|${gate.sealed}`] }
  const headers = [{ name: 'x-token', value }]
  const lb = alb([listener([otherwise(forward())])], { webAcl: known(acl) })
  const found = solution(lb, { ...httpsOnly, headers })
  expect(sortsOf(found)).toEqual(['web-acl-blocks'])
  expect(found?.fix.edits[0]?.commands.join('\n')).toContain('.Action = {Block: {}}')
})

test('the other way to the same targets is closed as well', () => {
  const lb = alb([listener([gated(), otherwise(fixed())])])
  const other = alb([listener([otherwise(forward())])])
  const found = solutionOf(topologyOf([linkTo(lb, httpsOnly)], {}, other))
  expect(sortsOf(found)).toEqual(['deny-default'])
  expect(found?.fix.edits[0]?.text).toContain(other.ref.name)
})

test('what another distribution needs is not taken away', () => {
  const lb = alb([listener([gated(), otherwise(forward())])])
  const links = [linkTo(lb, httpsOnly), linkTo(lb, { protocolPolicy: 'https-only' })]
  const found = [...solved(topologyOf(links)).values()]
  for (const { fix } of found) expect(fix.closes).toEqual(['internet'])
})

test('distributions with tokens of their own each keep theirs', () => {
  const lb = alb([listener([otherwise(forward())])])
  const links = [linkTo(lb, httpsOnly), linkTo(lb, { ...httpsOnly, headers: sends(otherStrong) })]
  const found = [...solved(topologyOf(links)).values()]
  expect(found).toHaveLength(2)
  for (const { edits, fix } of found) {
    expect(edits.map(e => e.sort)).toEqual(['require-header'])
    expect(fix.edits[0]?.commands[0]).toBe('export ORIGIN_TOKEN ORIGIN_TOKEN_2')
  }
})

test('a shared prefix list that lets strangers in is replaced by CloudFront’s', () => {
  const offices = customerList(known(['203.0.113.0/24', '13.124.199.0/24', '130.176.0.0/18']))
  const lb = alb([listener([gated(), otherwise(forward(group('other')))])], {
    ingress: known([admit(offices)]),
  })
  expect(solution(lb)).toBeNull()
  const open = alb([listener([otherwise(forward())])], { ingress: known([admit(offices)]) })
  expect(sortsOf(solution(open, { protocolPolicy: 'https-only' }))).toEqual(['cloudfront-only-ingress'])
})

test('nothing is proposed where only guessing would help', () => {
  const lb = alb([listener([rule(10, [token('test')], forward()), otherwise(fixed())])], {
    ingress: known([admit(cloudFront4)]),
  })
  expect(solution(lb, { ...httpsOnly, headers: sends('test') })).toBeNull()
})

test('code at the edge that may take the header off keeps a gate from being proposed', () => {
  const lb = alb([listener([otherwise(forward())])], { ingress: known([admit(cloudFront4)]) })
  const runs = (event: string, originChange: 'never' | 'possible') =>
    solution(lb, {
      ...httpsOnly,
      behaviors: [
        behavior({
          functions: [
            {
              arn: 'arn:aws:cloudfront::111122223333:function/rewrite',
              event,
              originChange: known(originChange),
              carriesHeaders: false,
              note: '',
            },
          ],
        }),
      ],
    })
  expect(sortsOf(runs('viewer-request', 'never'))).toEqual(['require-header'])
  expect(runs('viewer-request', 'possible')).toBeNull()
  expect(runs('origin-request', 'never')).toBeNull()
})

const machine = (ingress: readonly IngressRule[]): TargetHost => ({
  ref: { ...app.ref, arn: 'arn:aws:ec2:eu-west-1:111122223333:instance/i-app', name: 'i-app' },
  ids: ['i-app', '10.0.0.7'],
  publicAddresses: ['198.51.100.7'],
  securityGroupIds: ['sg-0b2'],
  ingress: known(ingress),
  subnet: known(subnet()),
})

test('a target with an address of its own is closed where its load balancer keeps its way', () => {
  const open = admit('0.0.0.0/0', 80, 80, 'sg-0b2')
  const withHost = (...rules: readonly IngressRule[]) => {
    const own = { ...app, hosts: known([machine([open, ...rules])]) }
    const rest = [rule(10, [token(strong)], forward(own)), otherwise(fixed())]
    return solution(alb([listener(rest)]))
  }
  const found = withHost(admit({ group: 'sg-0a1' }, 80, 80, 'sg-0b2'))
  expect(sortsOf(found)).toEqual(['revoke-ingress'])
  expect(found?.fix.edits[0]?.commands[0]).toContain('--group-id sg-0b2')
  expect(sortsOf(withHost())).not.toEqual(['revoke-ingress'])
})

test('an instance that is an origin admits CloudFront only', () => {
  const host = machine([admit('0.0.0.0/0', 443, 443, 'sg-0b2')])
  const link = linkTo(alb([]), { protocolPolicy: 'https-only' })
  const target = {
    kind: 'instance' as const,
    ref: host.ref,
    addresses: ['198.51.100.7'],
    names: ['origin.example.com'],
    hosts: known([host]),
  }
  const found = solutionOf(topologyOf([{ ...link, target }]))
  expect(sortsOf(found)).toEqual(['cloudfront-only-ingress'])
  expect(found?.fix).toMatchObject({ closes: ['internet'], leaves: ['tenant'] })
})

test('CONTRIBUTING lists every sort of edit, in order of preference', () => {
  const text = readFileSync(new URL('../../../CONTRIBUTING.md', import.meta.url), 'utf8')
  const table = editSorts.map(({ name, says }) => `| \`${name}\` | ${says} |`).join('\n')
  expect(text).toContain(table)
})

/** Set PROVE_RUNS for a longer search; a failure prints its seed. */
const runs = Math.min(Number(process.env.PROVE_RUNS ?? 60), 20_000)

test('what is proposed for any listener closes it, serves CloudFront and has nothing to spare', () => {
  let proposed = 0
  fc.assert(
    fc.property(rulesArbitrary, rulesArbitrary, fc.boolean(), (rules, more, gate) => {
      const own = gate ? [rule(1, [token(strong)], forward()), ...rules.map(later)] : rules
      const lb = alb([listener(own), listener(more, { port: 80, protocol: 'HTTP' })])
      proposed += solved(topologyOf([linkTo(lb, httpsOnly)])).size
    }),
    { numRuns: runs },
  )
  expect(proposed).toBeGreaterThan(0)
})

const later = (r: ReturnType<typeof rule>) =>
  r.priority === 'default' ? r : { ...r, priority: r.priority + 1 }
