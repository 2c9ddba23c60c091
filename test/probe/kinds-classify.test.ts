/** What the answers of S3, Lambda, API Gateway and bare machines mean for a link. */
import { describe, expect, it } from 'vitest'
import { known } from '#base/known.ts'
import { classifyLink } from '#probe/classify.ts'
import type { NoResponse, ProbeRequest, ProbeResponse } from '#probe/exchange.ts'
import { planProbes } from '#probe/plan.ts'
import { serviceAnswer } from '#probe/service-answer.ts'
import type { LinkExposure, Obligation } from '#prove/exposure.ts'
import type { Link } from '#topology/model.ts'
import { answered, exposed, page, pageText, response, silent, witness } from './fixtures.ts'
import {
  bucket,
  bucketHost,
  bucketLink,
  everything,
  externalLink,
  functionLink,
  instanceLink,
} from './kinds.ts'

type Answer = ProbeResponse | NoResponse
type Answers = (request: ProbeRequest) => Answer

const stored = [
  ['server', 'AmazonS3'],
  ['etag', '"abc"'],
  ['last-modified', 'Wed, 21 Oct 2026 07:28:00 GMT'],
] as const
const object = response(200, pageText('object'), [...stored, ['content-length', '2000']])
const headed = { ...response(200, ''), headers: object.headers }
const s3 = (status: number, error?: string): ProbeResponse => ({
  ...response(status, error === undefined ? '' : `<Error><Code>${error}</Code></Error>`),
  ...(error !== undefined && { error }),
})
const denied: Answers = ({ method }) => (method === 'HEAD' ? s3(403) : s3(403, 'AccessDenied'))

/** Everything from plan to verdict: `edge` answers what goes through the edge, `direct` the rest. */
const judged = (exposure: LinkExposure, edge: Answers, direct: Answers) => {
  const plan = planProbes({ exposures: [exposure], options: { ...everything, seed: 's' } })
  const exchanges = plan.map(request => {
    const through = request.role === 'P' || request.role === 'N1-edge'
    const answer = (through ? edge : direct)(request)
    return typeof answer === 'string' ? silent(request, answer) : answered(request, answer)
  })
  const { verdict, code } = classifyLink(exposure.link, exposure, exchanges, everything)
  return `${verdict} ${code}`
}

/** The edge serves one object, as S3 stores it. */
const serves =
  (path: string): Answers =>
  request =>
    request.path === path ? object : s3(403, 'AccessDenied')
const closed = (of: Link = bucketLink()) => exposed(of)

describe('a bucket', () => {
  it('that denies the object that the edge serves is blocked', () => {
    expect(judged(closed(), serves('/robots.txt'), denied)).toBe('blocked s3-gate')
  })

  it('that serves it to everybody is confirmed by HEAD alone: entity tag, date and length', () => {
    const direct: Answers = r => (r.path === '/robots.txt' ? headed : s3(403, 'AccessDenied'))
    expect(judged(exposed(bucketLink(), 'open'), serves('/robots.txt'), direct)).toBe('confirmed same-page')
    expect(judged(closed(), serves('/robots.txt'), direct)).toBe('confirmed contradicts-model')
  })

  it('whose object has another length or date is not recognised', () => {
    const other = (name: string, value: string): ProbeResponse => ({
      ...headed,
      headers: headed.headers.map(([n, v]) => [n, n === name ? value : v] as const),
    })
    for (const answer of [
      other('content-length', '2001'),
      other('last-modified', 'Thu, 22 Oct 2026 07:28:00 GMT'),
    ])
      expect(
        judged(closed(), serves('/robots.txt'), r =>
          r.path === '/robots.txt' ? answer : s3(403, 'AccessDenied'),
        ),
      ).toBe('inconclusive different')
  })

  it('is not blocked where the edge serves none of the objects: S3 denies what is not there as well', () => {
    expect(judged(closed(), () => s3(403, 'AccessDenied'), denied)).toBe('inconclusive no-object')
    expect(judged(closed(), () => s3(404, 'NoSuchKey'), denied)).toBe('inconclusive no-object')
  })

  it('is not blocked where the edge shows one page for everything: which object that is, nobody knows', () => {
    expect(judged(closed(), () => object, denied)).toBe('inconclusive shell')
  })

  it('is confirmed all the same where S3 itself tells the page from what is missing', () => {
    const direct: Answers = r => (r.path === '/index.html' ? headed : s3(403, 'AccessDenied'))
    expect(judged(exposed(bucketLink(), 'open'), () => object, direct)).toBe('confirmed same-page')
  })

  it('is not blocked where a function at the edge may ask S3 for another path', () => {
    const [behavior] = bucketLink().distribution.behaviors
    if (behavior === undefined) throw new Error('no behaviour')
    const at = (event: string) => {
      const functions = [
        {
          arn: 'arn:aws:cloudfront::111122223333:function/f',
          event,
          originChange: known('never' as const),
          carriesHeaders: false as const,
          note: '',
        },
      ]
      return closed(
        bucketLink(bucket(), bucketHost, { distribution: { behaviors: [{ ...behavior, functions }] } }),
      )
    }
    expect(judged(at('viewer-request'), serves('/robots.txt'), denied)).toBe('inconclusive rewritten')
    expect(judged(at('origin-request'), serves('/robots.txt'), denied)).toBe('inconclusive rewritten')
    expect(judged(at('viewer-response'), serves('/robots.txt'), denied)).toBe('blocked s3-gate')
  })

  it('that sends the visitor to another region is a reason, never a refusal', () => {
    const moved = { ...s3(301, 'PermanentRedirect'), bucketRegion: 'eu-central-1' }
    expect(judged(closed(), serves('/robots.txt'), () => moved)).toBe('inconclusive region-redirect')
    expect(
      judged(closed(), serves('/robots.txt'), () => ({ ...s3(307), bucketRegion: 'eu-central-1' })),
    ).toBe('inconclusive region-redirect')
  })

  it('that says what it does not hold lets everybody list, and is not blocked', () => {
    const direct: Answers = r => (r.role === 'N1-direct' ? s3(404, 'NoSuchKey') : s3(403))
    expect(judged(closed(), serves('/robots.txt'), direct)).toBe('inconclusive no-such-object')
  })

  it('that is not there, or unwell, is a reason', () => {
    expect(judged(closed(), serves('/robots.txt'), () => s3(404, 'NoSuchBucket'))).toBe(
      'inconclusive no-such-bucket',
    )
    expect(judged(closed(), serves('/robots.txt'), () => s3(503, 'SlowDown'))).toBe(
      'inconclusive service-error',
    )
    expect(judged(closed(), serves('/robots.txt'), () => s3(403, 'InvalidObjectState'))).toBe(
      'inconclusive service-error',
    )
  })

  it('that refuses without the words of S3 is a reason: only an answer to HEAD has none', () => {
    expect(judged(closed(), serves('/robots.txt'), () => s3(403))).toBe('inconclusive service-error')
  })

  it('without a website is turned away at the website', () => {
    const of = closed(bucketLink(bucket('files', { website: { known: false, gaps: [] } })))
    const direct: Answers = r => (r.connect.port === 80 ? s3(404, 'NoSuchWebsiteConfiguration') : denied(r))
    expect(judged(of, serves('/robots.txt'), direct)).toBe('blocked s3-gate')
  })

  it('proven open for other objects than the edge serves: the refusal of these says nothing', () => {
    const open = exposed(bucketLink(), 'open', {
      witness: witness({ connect: bucketHost, host: bucketHost, sni: bucketHost, path: '/public/x' }),
    })
    expect(judged(open, serves('/index.html'), denied)).toBe('inconclusive other-path')
    expect(judged(open, serves('/public/x'), denied)).toBe('blocked contradicts-model')
  })

  it('proven open to certain addresses: being turned away here says nothing', () => {
    const document = { Statement: [{ Condition: { IpAddress: { 'aws:SourceIp': '198.51.100.0/24' } } }] }
    const of = bucketLink(bucket('files', { policy: known({ ref: bucket().ref, document }) }))
    const open = exposed(of, 'open', {
      witness: witness({ connect: bucketHost, host: bucketHost, sni: bucketHost, path: '/robots.txt' }),
    })
    expect(judged(open, serves('/robots.txt'), denied)).toBe('inconclusive other-source')
  })

  it('that does not prove by its certificate to be S3 is a reason', () => {
    expect(judged(closed(), serves('/robots.txt'), () => 'tls-failed')).toBe('inconclusive tls-failed')
  })
})

describe('a function URL', () => {
  const refused = { ...response(403, '{"Message":"Forbidden"}'), error: 'AccessDeniedException' }
  const missing = response(404, pageText('missing'))
  const edge: Answers = r => (r.role === 'N1-edge' ? missing : page)

  it('that asks for a signature is blocked', () => {
    expect(judged(exposed(functionLink()), edge, () => refused)).toBe('blocked iam-gate')
  })
  it('whose function answers is confirmed', () => {
    expect(judged(exposed(functionLink(), 'open'), edge, edge)).toBe('inconclusive same-for-any-path')
    const direct: Answers = r => (r.role === 'N1-direct' ? missing : page)
    expect(judged(exposed(functionLink(), 'open'), edge, direct)).toBe('confirmed same-page')
  })
  it('whose function itself refuses was reached: that is no refusal of Lambda', () => {
    expect(judged(exposed(functionLink()), edge, () => response(403, 'no'))).toBe(
      'inconclusive same-for-any-path',
    )
  })
  it('that is throttled or fails is a reason', () => {
    expect(judged(exposed(functionLink()), edge, () => response(429, ''))).toBe('inconclusive service-error')
    expect(judged(exposed(functionLink()), edge, () => response(502, ''))).toBe('inconclusive service-error')
  })
  it('of which another URL was not read is not blocked', () => {
    const of = functionLink()
    const unread: Link =
      of.target.kind === 'function-url'
        ? { ...of, target: { ...of.target, siblings: { known: false, gaps: [] } } }
        : of
    expect(judged(exposed(unread), edge, () => refused)).toBe('inconclusive urls-unknown')
  })
})

describe('an instance', () => {
  const closing: Obligation = {
    kind: 'NET_UNREACHABLE',
    entryPoint: 'arn:aws:test:eu-west-1:111122223333:instance/i-1',
    family: 4,
    listener: null,
    rule: null,
    lines: [1],
    text: '',
  }
  const proven = (obligation: Obligation) =>
    exposed(instanceLink(), 'closed', { certificate: { obligations: [obligation], reliesOn: [] } })
  const edge: Answers = r => (r.role === 'N1-edge' ? response(404, pageText('missing')) : page)

  it('is blocked where nothing is accepted, as the proof says of it or of this port', () => {
    expect(judged(proven(closing), edge, () => 'connect-timeout')).toBe('blocked net-closed')
    const onPort = { ...closing, listener: `${closing.entryPoint}:443` }
    expect(judged(proven(onPort), edge, () => 'refused')).toBe('blocked net-closed')
  })
  it.each([
    ['of another machine', { ...closing, entryPoint: 'arn:aws:test:eu-west-1:111122223333:instance/i-2' }],
    ['of another port', { ...closing, listener: `${closing.entryPoint}:8443` }],
    ['of the other address family', { ...closing, family: 6 as const }],
  ])('is not blocked where the proof speaks %s', (_, obligation) => {
    expect(judged(proven(obligation), edge, () => 'connect-timeout')).toBe('inconclusive connect-timeout')
  })
  it('whose application is down is a reason', () => {
    expect(judged(exposed(instanceLink()), edge, () => response(503, 'down'))).toBe(
      'inconclusive origin-error',
    )
  })
})

describe('a host outside AWS', () => {
  const edge: Answers = r => (r.role === 'N1-edge' ? response(404, pageText('missing')) : page)
  it('that shows the page of the edge is confirmed, without any proof', () => {
    const direct: Answers = r => (r.role === 'N1-direct' ? response(404, pageText('missing')) : page)
    expect(judged(exposed(externalLink(true), 'unknown'), edge, direct)).toBe('confirmed same-page')
  })
  it('that refuses is inconclusive: nothing says who refused, and why', () => {
    expect(judged(exposed(externalLink(true), 'unknown'), edge, () => response(403, 'no'))).toBe(
      'inconclusive app-refusal',
    )
    expect(judged(exposed(externalLink(true), 'unknown'), edge, () => 'refused')).toBe('inconclusive refused')
  })
  it('that is nobody we know is not probed', () => {
    expect(judged(exposed(externalLink(false), 'unknown'), edge, edge)).toBe('not-probed external')
  })
})

describe('API Gateway', () => {
  const [request] = planProbes({ exposures: [exposed(bucketLink())], options: { mode: 'safe', seed: 's' } })
  const meaning = (status: number, error?: string) => {
    if (request === undefined) throw new Error('nothing planned')
    const found = serviceAnswer('api', request, { ...response(status, ''), ...(error && { error }) })
    return found === null ? null : found.kind === 'page' ? 'page' : found.code
  }
  it.each([
    [403, 'MissingAuthenticationTokenException', 'apigw-gate'],
    [403, 'ForbiddenException', 'apigw-gate'],
    [403, 'AccessDeniedException', 'apigw-gate'],
    [401, 'UnauthorizedException', 'apigw-gate'],
    [401, 'ForbiddenException', null],
    [403, undefined, null],
    [200, 'ForbiddenException', null],
    [429, undefined, 'service-error'],
    [504, undefined, 'service-error'],
  ])('%i %s means %s', (status, error, code) => {
    expect(meaning(status, error)).toBe(code)
  })
})
