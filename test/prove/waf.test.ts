import { describe, expect, test } from 'vitest'
import { known } from '#base/known.ts'
import { splitTarget } from '#prove/alb/request.ts'
import { evaluateWebAcl } from '#prove/waf/evaluate.ts'
import { anyWafRequest, wafRequestOf } from '#prove/waf/request.ts'
import { transformed } from '#prove/waf/transform.ts'
import type { WebAcl } from '#topology/model.ts'
import type { Value } from '#topology/sealed.ts'
import {
  aclRule,
  alb,
  andStatement,
  bytes,
  fixed,
  forward,
  listener,
  managed,
  missing,
  notStatement,
  orStatement,
  otherwise,
  path,
  rule,
  seal,
  secretHeader,
  sent,
  single,
  size,
  strong,
  uriPath,
  webAcl,
} from './build.ts'
import { exposed, verdicts, whyUnknown } from './sound.ts'

interface Said {
  readonly target?: string
  readonly headers?: readonly (readonly [string, Value])[]
  readonly source?: string
}

const decide = (acl: WebAcl, said: Said = {}): string => {
  const request = {
    source: said.source ?? '198.51.100.7',
    port: 443,
    tls: true,
    method: 'GET',
    host: 'www.example.com',
    ...splitTarget(said.target ?? '/'),
    headers: (said.headers ?? []).map(([name, value]) => ({ name, value })),
  }
  return evaluateWebAcl(acl, wafRequestOf(request)).decision
}
const always = (acl: WebAcl): string => evaluateWebAcl(acl, anyWafRequest).decision

const gate = (text = strong) => aclRule('gate', 'block', notStatement(secretHeader(text)))
const right = [['X-Token', seal(strong, 'waf:EXACTLY')]] as const
const wrong = [['X-Token', 'wrong']] as const

describe('conformance vectors', () => {
  test('vector 23: Block Not ByteMatch blocks a request without the header', () => {
    const acl = webAcl('allow', [gate()])
    expect(decide(acl)).toBe('block')
    expect(decide(acl, { headers: wrong })).toBe('block')
    expect(decide(acl, { headers: right })).toBe('allow')
    expect(always(acl)).toBe('block')
  })
  test('vector 24: a size condition beside it lets a missing header pass', () => {
    const acl = webAcl('allow', [
      aclRule(
        'gate',
        'block',
        andStatement(size(single('x-token'), 'GT', 0), notStatement(secretHeader(strong))),
      ),
    ])
    expect(decide(acl)).toBe('allow')
    expect(decide(acl, { headers: wrong })).toBe('block')
    expect(always(acl)).toBe('unknown')
  })
  test('vector 25: an earlier Allow on a path passes', () => {
    const acl = webAcl('allow', [aclRule('api', 'allow', bytes(uriPath, '/api', 'STARTS_WITH')), gate()])
    expect(decide(acl, { target: '/api/x' })).toBe('allow')
    expect(decide(acl, { target: '/web' })).toBe('block')
  })
  test('vector 26: a rule group that is overridden to Count passes', () => {
    const group = { RuleGroupReferenceStatement: { ARN: 'arn:group' } }
    const ruleGroups = { 'arn:group': known([gate()]) }
    expect(
      decide(webAcl('allow', [aclRule('group', 'group', group)], { ruleGroups }), { headers: wrong }),
    ).toBe('block')
    expect(
      decide(webAcl('allow', [aclRule('group', 'count', group)], { ruleGroups }), { headers: wrong }),
    ).toBe('allow')
    const single = {
      RuleGroupReferenceStatement: {
        ARN: 'arn:group',
        RuleActionOverrides: [{ Name: 'gate', ActionToUse: { Count: {} } }],
      },
    }
    expect(
      decide(webAcl('allow', [aclRule('group', 'group', single)], { ruleGroups }), { headers: wrong }),
    ).toBe('allow')
  })
  test('vector 27: a label of a counting rule is seen by later rules', () => {
    const label = { LabelMatchStatement: { Scope: 'LABEL', Key: 'bad' } }
    const acl = webAcl('allow', [
      aclRule('mark', 'count', bytes(uriPath, '/bad'), ['bad']),
      aclRule('act', 'block', label),
    ])
    expect(decide(acl, { target: '/bad' })).toBe('block')
    expect(decide(acl, { target: '/good' })).toBe('allow')
  })
  test('vector 28: CONTAINS_WORD ends a word at anything but letters, digits and underscores', () => {
    const acl = webAcl('allow', [aclRule('word', 'block', bytes(single('x-h'), 'k9', 'CONTAINS_WORD'))])
    expect(decide(acl, { headers: [['X-H', 'x-k9-y']] })).toBe('block')
    expect(decide(acl, { headers: [['X-H', 'xk9y']] })).toBe('allow')
  })
  test('vector 29: without a transformation case counts', () => {
    const acl = (transform: string) =>
      webAcl('allow', [aclRule('exact', 'block', bytes(single('x-h'), 'abc', 'EXACTLY', transform))])
    expect(decide(acl('NONE'), { headers: [['X-H', 'Abc']] })).toBe('allow')
    expect(decide(acl('LOWERCASE'), { headers: [['X-H', 'Abc']] })).toBe('block')
  })
  const forwardedSet = (position = 'FIRST') => ({
    IPSetReferenceStatement: {
      ARN: 'arn:set',
      IPSetForwardedIPConfig: {
        HeaderName: 'X-Forwarded-For',
        Position: position,
        FallbackBehavior: 'NO_MATCH',
      },
    },
  })
  const ipSets = { 'arn:set': known(['203.0.113.0/24']) }
  test('vector 30: a forwarded-address rule is skipped where the header is missing', () => {
    const acl = webAcl('allow', [aclRule('ip', 'block', forwardedSet())], { ipSets })
    expect(decide(acl)).toBe('allow')
    expect(decide(acl, { headers: [['X-Forwarded-For', '203.0.113.9, 10.0.0.1']] })).toBe('block')
  })
  test('vector 30: inside Not that is not documented (U-10)', () => {
    const acl = webAcl('allow', [aclRule('ip', 'block', notStatement(forwardedSet()))], { ipSets })
    expect(decide(acl)).toBe('unknown')
  })
})

describe('statements', () => {
  const blocks = (
    statement: Readonly<Record<string, unknown>>,
    said: Said = {},
    more: Partial<WebAcl> = {},
  ): string => decide(webAcl('allow', [aclRule('rule', 'block', statement)], more), said)

  test('And, Or and Not compose in three values', () => {
    const geo = { GeoMatchStatement: { CountryCodes: ['DE'] } }
    const no = bytes(uriPath, '/elsewhere')
    expect(blocks(andStatement(geo, no))).toBe('allow')
    expect(blocks(orStatement(geo, notStatement(no)))).toBe('block')
    expect(blocks(geo)).toBe('unknown')
  })
  test('a transformation that is not known is unknown, never ignored', () => {
    expect(blocks(bytes(uriPath, '/', 'EXACTLY', 'SHA256'))).toBe('unknown')
  })
  test('a header that is sent twice is unknown where the ways to look at it differ (U-09)', () => {
    const said = {
      headers: [
        ['X-H', 'good'],
        ['X-H', 'bad'],
      ],
    } as const
    expect(blocks(bytes(single('x-h'), 'bad'), said)).toBe('unknown')
    expect(blocks(bytes(single('x-h'), 'ugly'), said)).toBe('allow')
  })
  test('regular expressions follow both models (U-22)', () => {
    const regex = (RegexString: string) => ({
      RegexMatchStatement: { RegexString, FieldToMatch: uriPath, TextTransformations: [] },
    })
    expect(blocks(regex('^/admin'), { target: '/admin' })).toBe('block')
    expect(blocks(regex('^/admin'), { target: '/admin/x' })).toBe('unknown')
    expect(blocks(regex('^/admin'), { target: '/x' })).toBe('allow')
    expect(blocks(regex('(?=x)'), { target: '/x' })).toBe('unknown')
  })
  test('IP sets compare the peer; a set that was not read is unknown', () => {
    const set = { IPSetReferenceStatement: { ARN: 'arn:set' } }
    expect(blocks(set, {}, { ipSets: { 'arn:set': known(['198.51.100.0/24']) } })).toBe('block')
    expect(blocks(set, { source: '10.0.0.1' }, { ipSets: { 'arn:set': known(['198.51.100.0/24']) } })).toBe(
      'allow',
    )
    expect(blocks(set)).toBe('unknown')
  })
  test('a rate is never a gate and never in the way', () => {
    const rate = { RateBasedStatement: { Limit: 100, AggregateKeyType: 'IP' } }
    expect(blocks(rate)).toBe('allow')
    expect(decide(webAcl('block', [aclRule('rate', 'allow', rate)]))).toBe('unknown')
  })
  test('managed groups may block anything and gate nothing', () => {
    expect(decide(webAcl('allow', [aclRule('common', 'group', managed())]))).toBe('unknown')
    expect(decide(webAcl('allow', [aclRule('common', 'count', managed())]))).toBe('allow')
    expect(decide(webAcl('block', [aclRule('common', 'group', managed())]))).toBe('block')
  })
  test('a secret compared with what AWS WAF cannot read whole gates nothing where that counts as a match (B39)', () => {
    const anywhere = (OversizeHandling: string) =>
      bytes(
        { Headers: { MatchPattern: { All: {} }, MatchScope: 'VALUE', OversizeHandling } },
        seal(strong, 'waf:CONTAINS'),
        'CONTAINS',
      )
    const acl = (handling: string) => webAcl('block', [aclRule('token', 'allow', anywhere(handling))])
    expect(always(acl('NO_MATCH'))).toBe('block')
    expect(always(acl('CONTINUE'))).toBe('block')
    expect(always(acl('MATCH'))).toBe('unknown')
    expect(always(acl('SOMETHING_NEW'))).toBe('unknown')
  })
  test('a secret behind a transformation that is not known gates nothing', () => {
    const acl = (transform: string) =>
      webAcl('allow', [
        aclRule(
          'gate',
          'block',
          notStatement(bytes(single('x-token'), seal(strong, 'waf:EXACTLY'), 'EXACTLY', transform)),
        ),
      ])
    expect(always(acl('SHA256'))).toBe('block')
    expect(always(acl('ROT13'))).toBe('unknown')
  })
  test('a guess that a transformation would change is not sure to be one (B34)', () => {
    const acl = (text: string) =>
      webAcl('block', [
        aclRule(
          'token',
          'allow',
          bytes(single('x-token'), seal(text, 'waf:EXACTLY+LOWERCASE'), 'EXACTLY', 'LOWERCASE'),
        ),
      ])
    const guess = (text: string) => ({ headers: [['X-Token', seal(text, 'waf:EXACTLY+LOWERCASE')]] as const })
    expect(decide(acl('abc'), guess('abc'))).toBe('allow')
    expect(decide(acl('ABC'), guess('ABC'))).toBe('unknown')
  })
  test('a rule that also looks at a forwarded address is not applied without the header (U-10)', () => {
    const forwarded = {
      IPSetReferenceStatement: {
        ARN: 'arn:set',
        IPSetForwardedIPConfig: { HeaderName: 'X-Forwarded-For', Position: 'ANY', FallbackBehavior: 'MATCH' },
      },
    }
    const ipSets = { 'arn:set': known(['203.0.113.0/24']) }
    const either = orStatement(notStatement(secretHeader(strong)), forwarded)
    const acl = webAcl('allow', [aclRule('gate', 'block', either)], { ipSets })
    expect(always(acl)).toBe('unknown')
    expect(decide(acl)).toBe('unknown')
  })
  test('transformations before parsing make parameters unknown', () => {
    const statement = (PreParseTextTransformations: readonly object[]) => ({
      ByteMatchStatement: {
        ...(bytes({ SingleQueryArgument: { Name: 'a' } }, '1').ByteMatchStatement as object),
        PreParseTextTransformations,
      },
    })
    expect(blocks(statement([]), { target: '/?a=1' })).toBe('block')
    expect(blocks(statement([{ Type: 'URL_DECODE', Priority: 0 }]), { target: '/?a=1' })).toBe('unknown')
  })
  test('labels are those of the web ACL or group that sets them', () => {
    const label = { LabelMatchStatement: { Scope: 'LABEL', Key: 'bad' } }
    const mark = aclRule('mark', 'count', bytes(uriPath, '/'), ['bad'])
    const ruleGroups = {
      'arn:group': known([mark]),
      'arn:both': known([mark, aclRule('act', 'block', label)]),
    }
    const group = (arn: string) => aclRule('group', 'group', { RuleGroupReferenceStatement: { ARN: arn } })
    const act = aclRule('act', 'block', label)
    expect(decide(webAcl('allow', [group('arn:group'), act], { ruleGroups }))).toBe('unknown')
    expect(decide(webAcl('allow', [group('arn:both')], { ruleGroups }))).toBe('block')
    expect(decide(webAcl('allow', [act], { ruleGroups }))).toBe('allow')
  })
  test('country, network and heuristics are neither a gate nor out of the way', () => {
    for (const kind of [
      'GeoMatchStatement',
      'AsnMatchStatement',
      'SqliMatchStatement',
      'XssMatchStatement',
    ]) {
      expect(blocks({ [kind]: {} })).toBe('unknown')
      expect(always(webAcl('allow', [aclRule('x', 'block', { [kind]: {} })]))).toBe('unknown')
    }
  })
  test('a puzzle in front of the gate takes nothing from the gate (B40)', () => {
    const puzzle = aclRule('puzzle', 'challenge', bytes(uriPath, '/', 'STARTS_WITH'))
    const stops = (acl: WebAcl) => evaluateWebAcl(acl, anyWafRequest).stops
    expect(stops(webAcl('allow', [puzzle, gate()]))).toBe(true)
    expect(stops(webAcl('allow', [puzzle]))).toBe(false)
    expect(decide(webAcl('allow', [puzzle, gate()]), { headers: right })).toBe('challenge')
    expect(
      exposed(alb([listener([otherwise(forward())])], { webAcl: known(webAcl('allow', [puzzle, gate()])) }), {
        headers: [{ name: 'X-Token', value: sent(strong) }],
      }).internet.verdict,
    ).toBe('closed')
  })
  test('a puzzle is neither a pass nor a block', () => {
    expect(
      decide(webAcl('allow', [aclRule('puzzle', 'challenge', notStatement(secretHeader(strong)))])),
    ).toBe('challenge')
  })
  test('labels that were not read, or of managed groups, may be set', () => {
    const label = (Key: string) => aclRule('act', 'block', { LabelMatchStatement: { Scope: 'LABEL', Key } })
    const { labels: _, ...silent } = aclRule('mark', 'count', bytes(uriPath, '/'))
    expect(decide(webAcl('allow', [silent, label('bad')]))).toBe('unknown')
    const bot = 'awswaf:managed:aws:bot-control:bot'
    expect(decide(webAcl('allow', [aclRule('bots', 'count', managed()), label(bot)]))).toBe('unknown')
    expect(decide(webAcl('allow', [label(bot)]))).toBe('allow')
  })
  test('an action or statement this version does not know is unknown', () => {
    expect(decide(webAcl('allow', [aclRule('x', 'unrecognised', bytes(uriPath, '/'))]))).toBe('unknown')
    expect(blocks({ TelepathyStatement: {} })).toBe('unknown')
  })
  test('transformations are exact or not known', () => {
    expect(transformed('/%61', ['URL_DECODE'])).toBe('/a')
    expect(transformed('/a/./b//c/../d', ['NORMALIZE_PATH'])).toBe('/a/b/d')
    expect(transformed('a  b', ['COMPRESS_WHITE_SPACE'])).toBe('a b')
    expect(transformed('AbC', ['NONE', 'LOWERCASE'])).toBe('abc')
    expect(transformed('a+b', ['URL_DECODE'])).toBeNull()
    expect(transformed('&lt;', ['HTML_ENTITY_DECODE'])).toBeNull()
    expect(transformed('plain', ['HTML_ENTITY_DECODE'])).toBe('plain')
  })
})

describe('web ACLs in front of a load balancer', () => {
  const behind = (acl: WebAcl, more: Parameters<typeof alb>[1] = {}) =>
    alb([listener([otherwise(forward())])], { webAcl: known(acl), ...more })
  const spec = { headers: [{ name: 'X-Token', value: sent(strong) }] }

  test('a header that the web ACL enforces closes the link', () => {
    const exposure = exposed(behind(webAcl('allow', [gate(), aclRule('common', 'group', managed())])), spec)
    expect(verdicts(exposure)).toEqual(['closed', 'closed'])
    expect(exposure.internet.certificate?.obligations.map(o => o.kind)).toContain('WAF_BLOCKS')
  })
  test('so does an Allow for the secret in front of a blocking default', () => {
    const acl = webAcl('block', [aclRule('token', 'allow', secretHeader(strong))])
    expect(exposed(behind(acl), spec).internet.verdict).toBe('closed')
  })
  test('B30: a gate that only counts is open', () => {
    const acl = webAcl('allow', [aclRule('gate', 'count', notStatement(secretHeader(strong)))])
    expect(exposed(behind(acl), spec).internet.verdict).toBe('open')
  })
  test('B31: an Allow in front of the gate is found and used', () => {
    const acl = webAcl('allow', [aclRule('api', 'allow', bytes(uriPath, '/api', 'STARTS_WITH')), gate()])
    expect(exposed(behind(acl), spec).internet.witness?.path).toBe('/api')
  })
  test('B31: one for a header that everybody can send is guessable', () => {
    const acl = webAcl('allow', [
      aclRule('bots', 'allow', bytes(single('user-agent'), 'Bot', 'CONTAINS')),
      gate(),
    ])
    const { internet } = exposed(behind(acl), spec)
    expect(internet.verdict).toBe('guessable')
    expect(internet.witness?.headers).toEqual([['user-agent', 'Bot']])
  })
  test('B32: a gate that a missing header passes is open', () => {
    const acl = webAcl('allow', [
      aclRule(
        'gate',
        'block',
        andStatement(size(single('x-token'), 'GT', 0), notStatement(secretHeader(strong))),
      ),
    ])
    expect(exposed(behind(acl), spec).internet.verdict).toBe('open')
  })
  test('B33: a short search string is guessable', () => {
    const { internet } = exposed(behind(webAcl('allow', [gate('abc')])), spec)
    expect(internet.verdict).toBe('guessable')
    expect(internet.witness?.headers[0]?.[1]).toMatch(/^\$\{sealed:[0-9a-f]{8}\}$/)
  })
  test('B35: a gate for one host or path leaves the others', () => {
    const scoped = (field: object, text: string) =>
      webAcl('allow', [
        aclRule(
          'gate',
          'block',
          andStatement(bytes({ ...field }, text, 'STARTS_WITH'), notStatement(secretHeader(strong))),
        ),
      ])
    expect(exposed(behind(scoped(uriPath, '/')), spec).internet.verdict).not.toBe('closed')
    const host = exposed(behind(scoped(single('host'), 'site')), spec).internet
    expect(host.verdict).toBe('open')
    expect(host.witness?.host).not.toMatch(/^site/)
  })
  test('B37: an IP set that believes X-Forwarded-For is met by typing an address', () => {
    const statement = {
      IPSetReferenceStatement: {
        ARN: 'arn:set',
        IPSetForwardedIPConfig: { HeaderName: 'X-Office', Position: 'FIRST', FallbackBehavior: 'NO_MATCH' },
      },
    }
    const acl = webAcl('block', [aclRule('office', 'allow', statement)], {
      ipSets: { 'arn:set': known(['203.0.113.7/32']) },
    })
    const { internet } = exposed(behind(acl), spec)
    expect(internet.verdict).toBe('guessable')
    expect(internet.witness?.headers).toEqual([['X-Office', '203.0.113.7']])
  })
  test('B38: a gate that fails open is no proof, nor is one whose attributes were not read', () => {
    const acl = webAcl('allow', [gate()])
    expect(
      exposed(behind(acl, { attributes: known({ 'waf.fail_open.enabled': 'true' }) })).internet.verdict,
    ).toBe('unknown')
    expect(
      whyUnknown(exposed(behind(acl, { attributes: missing('DescribeLoadBalancerAttributes') })).internet),
    ).toEqual(['gap'])
  })
  test('a managed group that may block keeps an open listener from a witness, and proves nothing', () => {
    expect(exposed(behind(webAcl('allow', [aclRule('common', 'group', managed())]))).internet.verdict).toBe(
      'unknown',
    )
  })
  test('a web ACL that was not read is unknown', () => {
    const lb = alb([listener([otherwise(forward())])], { webAcl: missing('GetWebACLForResource') })
    expect(whyUnknown(exposed(lb).internet)).toEqual(['gap'])
  })
  test('B36: a rule that rewrites is judged before and after (U-07)', () => {
    const rewriting = { ...rule(1, [path('/old/*')], forward()), transforms: true }
    const lb = (acl: WebAcl) => alb([listener([rewriting, otherwise(fixed(403))])], { webAcl: known(acl) })
    const onPath = webAcl('allow', [aclRule('path', 'block', bytes(uriPath, '/new', 'STARTS_WITH'))])
    expect(whyUnknown(exposed(lb(onPath)).internet)).toContain('U-07')
    expect(exposed(lb(webAcl('allow', [gate()]))).internet.verdict).toBe('closed')
  })
})
