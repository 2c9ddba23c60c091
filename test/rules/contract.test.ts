/** What holds for every rule of the repository: its form, its prose, its commands. */
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { predicates } from '#predicates/registry.ts'
import { isEvidencePlaceholder, placeholdersIn } from '#rulebook/placeholders.ts'
import { profilesSchema, ruleSchema } from '#rulebook/schema.ts'
import { leavesOf } from '#rulebook/tree.ts'
import { bundledFiles, bundledRules } from '../judge/bundled.ts'
import { publishedSchemas } from './published-schemas.ts'

const ids = [
  'alb-default-action-denies',
  'alb-every-listener-gated',
  'api-authorizer-sees-token',
  'api-default-endpoint-disabled',
  'api-every-route-authorized',
  'api-key-not-sole-gate',
  'api-parameter-encrypted',
  'api-rotation-scheduled',
  'api-stage-deployed-after-change',
  'certificate-not-expiring',
  'cookie-issuer-authorized',
  'distribution-no-weaker-sister',
  'distribution-waf-attached',
  'distribution-waf-enforcing',
  'edge-function-keeps-origin',
  'gateway-route-gated',
  'ingress-client-ip-trusted',
  'ingress-controller-supported',
  'ingress-credentials-match',
  'ingress-no-ungated-sibling',
  'ingress-requires-token',
  'ingress-snippet-parses',
  'ingress-token-check-rendered',
  'ingress-token-not-in-clear',
  'lambda-url-iam',
  'lambda-url-names-distribution',
  'lbc-condition-effective',
  'lbc-group-restricted',
  'lbc-security-group-closed',
  'lbc-waf-kept',
  'origin-certificate-covers-name',
  'origin-closed-to-internet',
  'origin-closed-to-tenants',
  'origin-exists',
  'origin-header-accepted',
  'origin-header-enforced',
  'origin-header-exact',
  'origin-header-sent',
  'origin-link-encrypted',
  'origin-refuses-direct-requests',
  'origin-security-group-cloudfront-only',
  'origin-security-group-minimal-ports',
  'origin-tls-floor',
  's3-bucket-cloudfront-only',
  's3-bucket-names-distribution',
  's3-origin-access-control',
  's3-origin-bucket-owned',
  's3-origin-not-website',
  'signed-content-has-no-unsigned-twin',
  'signed-content-uses-key-groups',
  'signing-key-fresh',
  'signing-key-in-use',
  'signing-key-strong',
  'staging-distribution-as-strict',
  'tenant-keeps-web-acl',
  'token-fresh',
  'token-not-echoed',
  'token-not-in-clear',
  'token-not-shared-with-third-party',
  'token-retired',
  'token-rotation-works',
  'token-strong',
  'token-unique',
  'traefik-client-ip-trusted',
  'viewer-https-required',
  'viewer-tls-floor',
]

const { rules, profiles } = bundledRules
const textOf = (path: string): string => bundledFiles.find(f => f.path === path)?.text ?? ''

it('the inventory of rules is the one that was agreed', () => {
  expect(rules.map(rule => rule.id)).toEqual(ids)
})

it('the published schemas are those that the rulebook checks with (node test/rules/write-schemas.ts)', () => {
  for (const [path, schema] of Object.entries(publishedSchemas))
    expect(JSON.parse(textOf(path))).toEqual(JSON.parse(JSON.stringify(schema)))
})

it('every rule and profile file is valid by the published schema', () => {
  const ajv = new Ajv({ strict: true, strictTypes: false, allErrors: true })
  const [isRule, isProfiles] = [ajv.compile(ruleSchema), ajv.compile(profilesSchema)]
  for (const { path } of rules)
    expect([path, isRule(JSON.parse(textOf(path))), isRule.errors]).toEqual([path, true, null])
  expect(isProfiles(JSON.parse(textOf('rules/profiles.json')))).toBe(true)
})

it('profiles hold what their description says', () => {
  const inProfile = (name: string) => rules.filter(r => r.profiles.includes(name)).map(r => r.id)
  expect(profiles.map(p => p.name)).toEqual(['recommended', 'strict', 'passive'])
  const probed = ['origin-refuses-direct-requests', 'token-not-echoed']
  expect(inProfile('recommended')).toEqual(ids)
  expect(inProfile('strict')).toEqual(ids)
  expect(inProfile('passive')).toEqual(ids.filter(id => !probed.includes(id)))
})

it('every predicate is used by some rule', () => {
  const used = rules.flatMap(r => [...(r.when ? leavesOf(r.when) : []), ...leavesOf(r.require)])
  expect([...new Set(used.map(leaf => leaf.predicate))].sort()).toEqual(Object.keys(predicates).sort())
})

it('a link has one finding that speaks for it: the orders of verdicts are distinct', () => {
  const orders = rules.flatMap(r => (r.verdict ? [r.verdict.order] : []))
  expect(new Set(orders).size).toBe(orders.length)
  expect(rules.filter(r => r.verdict && r.cause)).toEqual([])
})

it('causes come in an order that never breaks the gate: send, enforce, then deny', () => {
  const order = (id: string): number => rules.find(r => r.id === id)?.cause?.order ?? Number.NaN
  expect(order('origin-header-sent')).toBeLessThan(order('origin-header-enforced'))
  expect(order('origin-header-enforced')).toBeLessThan(order('alb-default-action-denies'))
  expect(order('origin-header-enforced')).toBeLessThan(order('alb-every-listener-gated'))
})

describe.each(rules)('$id', rule => {
  const blocks = [...rule.help.matchAll(/^ *```(\w*)\n([\s\S]*?)^ *```$/gm)].map(([, language, text]) => ({
    language,
    text,
  }))

  it('has prose with a first paragraph and the three sections', () => {
    const headings = [...rule.help.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading)
    expect(headings).toEqual(['Why it matters', 'How it is decided', 'How to fix'])
    expect(rule.help).toMatch(/^# .+\n\n[A-Z`*].+\n/)
  })

  it('says of every outcome when it comes up', () => {
    for (const outcome of ['violated', 'satisfied', 'unknown'])
      if (
        !(outcome === 'unknown' && rule.id === 'token-not-echoed') &&
        !(
          outcome === 'satisfied' &&
          [
            'origin-exists',
            'origin-header-accepted',
            'token-retired',
            'token-unique',
            'origin-tls-floor',
          ].includes(rule.id)
        )
      )
        expect(rule.help).toContain(`**${outcome}**`)
  })

  it('shows how to mend it with the AWS CLI and with Terraform', () => {
    expect(blocks.map(b => b.language)).toEqual(expect.arrayContaining(['sh', 'hcl']))
    expect(rule.fix.length).toBeGreaterThan(0)
  })

  it('is worded as sentences, the title true when all is well', () => {
    for (const text of [rule.title, rule.message, ...rule.fix.map(s => s.say)])
      expect(text).toMatch(/^[A-Z`{].*[.]$/)
  })

  it('has references to pages of AWS, and for clusters of those who make what runs there', () => {
    const others =
      rule.surface === 'kubernetes'
        ? [
            'kubernetes.io',
            'gateway-api.sigs.k8s.io',
            'kubernetes-sigs.github.io',
            'doc.traefik.io',
            'kubernetes.github.io',
            'nginx.org',
          ]
        : []
    for (const url of rule.references)
      expect(['docs.aws.amazon.com', ...others]).toContain(new URL(url).hostname)
  })

  it('puts placeholders where a shell word can stand, never inside quotes', () => {
    for (const line of rule.fix.flatMap(s => s.run)) {
      const outside = line.replaceAll(/'[^']*'|"[^"]*"/g, '')
      expect(placeholdersIn(outside)).toEqual(placeholdersIn(line))
    }
  })

  it('keeps secrets off the command line', () => {
    const commands = [...rule.fix.flatMap(s => s.run), ...blocks.map(b => b.text ?? '')]
    for (const text of commands) expect(text).not.toMatch(/--[\w-]+[ =]"?\$\{?(ORIGIN_)?TOKEN/)
  })
})

it('placeholders of evidence are used in commands only', () => {
  const texts = rules.flatMap(r => [r.message, ...r.fix.map(s => s.say)])
  expect(texts.flatMap(placeholdersIn).filter(isEvidencePlaceholder)).toEqual([])
})
