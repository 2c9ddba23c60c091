/** What is asked for of paths that need a signature, and what the answers mean. */
import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { classifyLink } from '#probe/classify.ts'
import type { NoResponse, ProbeRequest, ProbeResponse } from '#probe/exchange.ts'
import { planProbes } from '#probe/plan.ts'
import { policyFor, refuseRequest } from '#probe/policy.ts'
import type { LinkExposure, Verdict } from '#prove/exposure.ts'
import { proveLinks } from '#prove/prove.ts'
import type { Behavior, Link } from '#topology/model.ts'
import { straying, topologyOf } from '../prove/build.ts'
import { answered, distribution, exposed, gateAnswer, link, page, response, silent } from './fixtures.ts'
import { bucket, bucketHost, bucketLink, everything } from './kinds.ts'

type Answer = ProbeResponse | NoResponse
type Answers = (request: ProbeRequest) => Answer

const [fallback] = distribution().behaviors as [Behavior]
const guarded: Behavior = { ...fallback, pathPattern: '/private/*', isDefault: false, signed: true }
const signedAll: Behavior = { ...fallback, signed: true }

const balanced = (...behaviors: readonly Behavior[]): Link =>
  link({ distribution: { behaviors, errorPages: [] } })
const stored = (...behaviors: readonly Behavior[]): Link =>
  bucketLink(bucket(), bucketHost, { distribution: { behaviors, errorPages: [] } })

/** With the twins that the search finds. */
const exposedTwins = (of: Link, verdict: Verdict = 'closed'): LinkExposure => ({
  ...exposed(of, verdict),
  twins: proveLinks(topologyOf([of]))[0]?.twins ?? exposed(of).twins,
})

const planOf = (of: Link) =>
  planProbes({ exposures: [exposedTwins(of)], options: { ...everything, seed: 's' } })
const asked = (of: Link, role: string) => planOf(of).filter(r => r.role === role)

const throughEdge = ({ role }: ProbeRequest) => ['P', 'N1-edge', 'S-edge', 'S-twin'].includes(role)
const missing: ProbeResponse = { ...response(403, '', [['server', 'CloudFront']]), error: 'MissingKey' }
const delivered = (answer: ProbeResponse): ProbeResponse => ({
  ...answer,
  headers: [...answer.headers, ['x-cache', 'Miss from cloudfront']],
})

const judged = (of: Link, edge: Answers, direct: Answers, verdict: Verdict = 'closed') => {
  const exposure = exposedTwins(of, verdict)
  const exchanges = planProbes({ exposures: [exposure], options: { ...everything, seed: 's' } }).map(
    request => {
      const answer = (throughEdge(request) ? edge : direct)(request)
      return typeof answer === 'string' ? silent(request, answer) : answered(request, answer)
    },
  )
  return classifyLink(of, exposure, exchanges, everything)
}
const signature = (...args: Parameters<typeof judged>) => {
  const found = judged(...args).signature
  return found && `${found.verdict} ${found.code}`
}
const always =
  (answer: Answer): Answers =>
  () =>
    answer

/** Unsigned pages as usual, and what is said of a path that needs a signature and of its other spelling. */
const signedAnswers =
  (edge: Answer, twin: Answer = missing): Answers =>
  ({ role }) =>
    role === 'S-edge' ? edge : role === 'S-twin' ? twin : role === 'N1-edge' ? response(404, 'none') : page

describe('what is asked', () => {
  it('a made-up path of the pattern, through the edge and at each door, and one other spelling of it', () => {
    const of = balanced(guarded, fallback)
    const [path = ''] = asked(of, 'S-edge').map(r => r.path)
    expect(path).toMatch(/^\/private\/[a-z]{24}$/)
    expect(asked(of, 'S-direct').map(r => r.path)).toEqual([path])
    const [other = '', ...more] = asked(of, 'S-twin').map(r => r.path)
    expect([other, more]).toEqual([expect.stringMatching(/^\/private%2F[a-z]{24}$/), []])
  })

  it('no other spelling where a signed behaviour takes that too', () => {
    expect(asked(balanced(guarded, signedAll), 'S-twin')).toEqual([])
  })

  it('of a pattern without a slash a spelling that only a reading takes that decodes nothing', () => {
    const of = balanced({ ...guarded, pathPattern: '/private*' }, fallback)
    expect(asked(of, 'S-twin')[0]?.path).toMatch(/^\/\S*%[67][0-9A-F]\S*[a-z]{24}$/)
  })

  it('of one object the twin itself, as no other is like it', () => {
    const of = stored({ ...guarded, pathPattern: '/private/report.pdf' }, fallback)
    expect(asked(of, 'S-twin').map(r => r.path)).toEqual(['/private%2Freport.pdf'])
  })

  it('nothing of it where no behaviour asks for a signature', () => {
    expect(planOf(balanced(fallback)).filter(r => r.role.startsWith('S-'))).toEqual([])
  })

  it('no path of a pattern that an earlier one takes', () => {
    const first: Behavior = { ...fallback, pathPattern: '/private/*', isDefault: false }
    expect(asked(balanced(first, guarded, fallback), 'S-edge')).toEqual([])
  })

  it('an object that a pattern names by HEAD, and controls where no signature is asked for', () => {
    const of = stored({ ...guarded, pathPattern: '/index.html' }, fallback)
    expect(asked(of, 'S-direct').map(r => `${r.method} ${r.path}`)).toEqual(['HEAD /index.html'])
    expect(asked(of, 'P')[0]?.path).toBe('/robots.txt')
  })

  test.prop([
    fc.array(fc.stringMatching(/^\/[a-z]{1,5}(?:\/\*|\*|\/\?{1,3})$/), { maxLength: 8 }),
    fc.boolean(),
  ])(
    'whatever the patterns, it stays within the limits, carries nothing, and passes the policy',
    (patterns, all) => {
      const of = balanced(
        ...patterns.map(pathPattern => ({ ...guarded, pathPattern })),
        all ? signedAll : fallback,
      )
      const plan = planOf(of)
      expect(plan.length).toBeLessThanOrEqual(16)
      expect(plan.filter(r => r.role.startsWith('S-')).length).toBeLessThanOrEqual(6)
      for (const request of plan.filter(r => r.role.startsWith('S-'))) {
        expect(request.headers).toEqual([])
        expect(refuseRequest(policyFor([of]), request)).toBeNull()
      }
    },
  )
})

describe('what the answers mean', () => {
  const of = balanced(guarded, fallback)
  const gate = always(gateAnswer)

  it('a missing key everywhere and a gate at the origin: refused', () => {
    expect(signature(of, signedAnswers(missing), gate)).toBe('blocked signature-required')
    expect(judged(of, signedAnswers(missing), gate).signature?.reason).toContain('spelled otherwise')
  })

  it("the origin's answer at the edge: served", () => {
    expect(signature(of, signedAnswers(delivered(page)), gate)).toBe('confirmed served-unsigned')
  })

  it.each([
    [
      'a page that may stand for the refusal',
      { ...of, distribution: { ...of.distribution, errorPages: [403] } },
    ],
    ['error pages that were not read', link({ distribution: { behaviors: [guarded, fallback] } })],
    [
      'a function that may answer itself',
      balanced({ ...guarded, functions: [straying('viewer-request')] }, fallback),
    ],
  ])('a success with %s says nothing', (_, changed) => {
    expect(signature(changed, signedAnswers(delivered(page)), gate)).toBe('inconclusive not-refused-for-key')
  })

  it("a success that is not the origin's says nothing", () => {
    const own = { ...page, headers: [...page.headers, ['x-cache', 'Error from cloudfront'] as const] }
    expect(signature(of, signedAnswers(own), gate)).toBe('inconclusive not-refused-for-key')
  })

  it('any refusal but for the key says nothing, and neither does one that an application names so', () => {
    const denied: ProbeResponse = { ...missing, error: 'AccessDenied' }
    const feigned: ProbeResponse = { ...missing, headers: [['server', 'nginx']] }
    for (const answer of [denied, feigned, response(403, ''), response(404, ''), response(302, '')])
      expect(signature(of, signedAnswers(answer), gate)).toBe('inconclusive not-refused-for-key')
    expect(signature(of, signedAnswers('timeout'), gate)).toBe('inconclusive timeout')
  })

  it('a spelling that is not refused for the key stays open, whatever it brings', () => {
    for (const answer of [delivered(page), response(403, ''), response(404, '')])
      expect(signature(of, signedAnswers(missing, answer), gate)).toBe('inconclusive twin-unsigned')
  })

  it('a spelling that the edge passes on to S3, whether or not there is such an object: the way around is shown', () => {
    const s3 = (error: string, status = 403): ProbeResponse => ({
      ...response(status, '', [['server', 'AmazonS3']]),
      error,
    })
    const bucketOf = stored(guarded, fallback)
    const refusing = always(s3('AccessDenied'))
    const object: ProbeResponse = { ...page, headers: [['server', 'AmazonS3']] }
    for (const answer of [s3('AccessDenied'), s3('NoSuchKey', 404), object]) {
      const found = judged(bucketOf, signedAnswers(missing, answer), refusing).signature
      expect(found).toMatchObject({ verdict: 'confirmed', code: 'spelled-around' })
      expect(found?.spellings).toMatchObject([{ answer: 'passed', path: expect.stringContaining('%2F') }])
    }
    // Neither where CloudFront or somebody else may speak, nor where the plain path is not refused for the key.
    const others = [
      s3('SlowDown', 503),
      { ...s3('AccessDenied'), headers: [] },
      delivered(page),
      'timeout',
    ] as const
    for (const answer of others) {
      const found = judged(bucketOf, signedAnswers(missing, answer), refusing).signature
      expect([found?.verdict, found?.spellings]).toEqual(['inconclusive', []])
    }
    expect(signature(bucketOf, signedAnswers('timeout', s3('AccessDenied')), refusing)).toBe(
      'inconclusive timeout',
    )
  })

  it('a spelling that is refused for the key: said so, for whoever reads paths', () => {
    const found = judged(of, signedAnswers(missing), gate).signature
    expect(found?.spellings).toMatchObject([{ answer: 'refused', path: expect.stringContaining('%2F') }])
  })

  it('an origin that shows its pages directly and answers the path too: the signature is gone around', () => {
    const open: Answers = ({ role }) => (role === 'N1-direct' || role === 'N2' ? response(404, 'none') : page)
    const found = judged(of, signedAnswers(missing), open, 'open')
    expect(found.verdict).toBe('confirmed')
    expect(found.signature).toMatchObject({ verdict: 'confirmed', code: 'served-directly' })
  })

  it('an origin that refuses this path but is open by proof: not called refused', () => {
    expect(signature(of, signedAnswers(missing), gate, 'open')).toBe('inconclusive origin-open')
  })

  it('an origin that does not refuse the path for what it is: not called refused', () => {
    const direct: Answers = ({ role }) => (role === 'S-direct' ? response(404, 'no such page') : gateAnswer)
    const found = judged(of, signedAnswers(missing), direct)
    expect([found.verdict, found.signature?.verdict]).toEqual(['inconclusive', 'inconclusive'])
  })

  it('more patterns than are asked for: not called refused', () => {
    const many = 'abcdefgh'.split('').map(x => ({ ...guarded, pathPattern: `/${x}/*` }))
    expect(signature(balanced(...many, fallback), signedAnswers(missing), gate)).toBe(
      'inconclusive pattern-not-asked',
    )
  })

  it('no doubt about signatures where none is asked for', () => {
    expect(judged(balanced(fallback), signedAnswers(missing), gate)).not.toHaveProperty('signature')
  })
})

describe('an edge that asks for a signature everywhere', () => {
  it('is no reason to doubt a gate, and the reason says so', () => {
    const found = judged(balanced(signedAll), always(missing), always(gateAnswer))
    expect(found).toMatchObject({ verdict: 'blocked', code: 'gate' })
    expect(found.reason).toContain('MissingKey')
  })

  it('leaves open what S3 refuses, as no object is known; what is proven closed is refused all the same', () => {
    const s3: Answers = ({ method }) => ({
      ...response(403, ''),
      ...(method === 'GET' && { error: 'AccessDenied' }),
    })
    const closed = judged(stored(signedAll), always(missing), s3)
    expect([closed.verdict, closed.code]).toEqual(['inconclusive', 'control-signed'])
    expect(closed.signature?.verdict).toBe('blocked')
    expect(signature(stored(signedAll), always(missing), s3, 'unknown')).toBe('inconclusive no-object')
  })

  it('cannot make a page of any answer', () => {
    expect(judged(balanced(signedAll), always(missing), always(page), 'open').verdict).toBe('inconclusive')
  })
})
