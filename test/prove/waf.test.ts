import { describe, expect, test } from 'vitest'
import { known } from '#base/known.ts'
import { evaluateWebAcl } from '#prove/waf/evaluate.ts'
import { anyWafRequest } from '#prove/waf/request.ts'
import { transformed } from '#prove/waf/transform.ts'
import type { WebAcl } from '#topology/model.ts'
import {
  aclRule,
  alb,
  andStatement,
  bytes,
  forward,
  listener,
  managed,
  notStatement,
  orStatement,
  otherwise,
  seal,
  secretHeader,
  sent,
  single,
  strong,
  uriPath,
  webAcl,
} from './build.ts'
import { exposed } from './sound.ts'
import { always, decide, gate, right, type Said } from './waf-parts.ts'

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
