/** What is planned for each kind of origin, and what the policy lets pass. */
import { describe, expect, it } from 'vitest'
import { known } from '#base/known.ts'
import type { Scope } from '#probe/entry.ts'
import type { ProbeRequest } from '#probe/exchange.ts'
import { planProbes } from '#probe/plan.ts'
import { policyFor, refuseAddress, refuseRequest } from '#probe/policy.ts'
import { probeableLink } from '#probe/probeable.ts'
import type { Link } from '#topology/model.ts'
import { exposed, isEdge, link, witness } from './fixtures.ts'
import {
  bucket,
  bucketHost,
  bucketLink,
  everything,
  externalLink,
  functionHost,
  functionLink,
  functionUrl,
  instanceLink,
} from './kinds.ts'

const planned = (of: Link, scope: Scope = everything): readonly ProbeRequest[] =>
  planProbes({ exposures: [exposed(of)], options: { ...scope, seed: 's' } })
const direct = (of: Link, scope?: Scope) => planned(of, scope).filter(r => !isEdge(r))
const why = (of: Link, scope: Scope = everything) => {
  const probeable = probeableLink(of, scope)
  return probeable.probeable ? 'probed' : probeable.code
}

const shared = [
  ['a bucket', bucketLink()],
  [
    'a website',
    bucketLink(bucket('files', { website: known(true) }), 'files.s3-website-eu-west-1.amazonaws.com'),
  ],
  ['a bucket by its global name', bucketLink(bucket(), 'files.s3.amazonaws.com')],
  ['a function', functionLink(functionUrl('zyxwvutsrqponmlkjihgfedcba543210.lambda-url.eu-west-1.on.aws'))],
] as const

describe.each(shared)('%s', (_, of) => {
  it('is asked under the name of each endpoint, and under no other', () => {
    const requests = direct(of)
    expect(requests.length).toBeGreaterThan(1)
    for (const { connect, present } of requests) {
      expect(present.host).toBe(connect.name)
      expect(present.sni).toBe(connect.port === 80 ? null : connect.name)
    }
  })

  it('takes no request whose Host or server name is another, or that names no server', () => {
    const policy = policyFor([of], { scope: everything })
    const [request] = direct(of).filter(r => r.present.sni !== null)
    if (request === undefined) throw new Error('nothing over TLS')
    const { host } = request.present
    const asks = (present: ProbeRequest['present']) => refuseRequest(policy, { ...request, present })?.reason
    expect(asks(request.present)).toBeUndefined()
    for (const present of [
      { host: 'www.example.com', sni: host },
      { host, sni: 'www.example.com' },
      { host, sni: '' },
      { host: 'other.s3.eu-west-1.amazonaws.com', sni: null },
    ])
      expect(asks(present)).toBe('not-sent-unowned')
  })

  it('is planned within the limits, and every request passes the policy', () => {
    const policy = policyFor([of], { scope: everything })
    const requests = planned(of)
    expect(requests.length).toBeLessThanOrEqual(16)
    for (const request of requests) expect(refuseRequest(policy, request)).toBeNull()
  })
})

describe('a bucket', () => {
  it('is asked at the endpoint of its region too, where the origin names the global one', () => {
    const names = new Set(direct(bucketLink(bucket(), 'files.s3.amazonaws.com')).map(r => r.connect.name))
    expect([...names]).toEqual(['files.s3.amazonaws.com', bucketHost])
  })

  it('is asked for the same objects through the edge and directly, below the origin path', () => {
    const of = bucketLink()
    const inFolder: Link = { ...of, origin: { ...of.origin, originPath: '/site' } }
    const paths = (role: ProbeRequest['role']) =>
      new Set(planned(inFolder).flatMap(r => (r.role === role ? [r.path] : [])))
    expect([...paths('W')]).toEqual([...paths('P')].map(path => `/site${path}`))
    expect([...paths('W')]).toContain('/site/index.html')
  })

  it('is asked for the object that the distribution serves at its root, before any other', () => {
    const of = bucketLink(bucket(), bucketHost, { distribution: { defaultRootObject: 'home.html' } })
    expect(planned(of)[0]).toMatchObject({ role: 'P', path: '/home.html' })
    expect(direct(of)[0]).toMatchObject({ role: 'W', path: '/home.html', method: 'HEAD' })
  })

  it('is never asked for a folder, which it would list', () => {
    const paths = direct(bucketLink()).map(r => r.path)
    expect(paths.filter(path => path.endsWith('/') || path.includes('?'))).toEqual([])
  })

  it.each([
    ['of no account that was read', bucketLink(null), 'foreign-bucket'],
    [
      'with dots in its name, for which no certificate verifies',
      bucketLink(bucket('my.files'), 'my.files.s3.eu-west-1.amazonaws.com'),
      'bucket-name-with-dots',
    ],
    [
      'of another partition',
      bucketLink(bucket('files', { ref: { ...bucket().ref, arn: 'arn:aws-cn:s3:::files' } })),
      'partition',
    ],
    ['behind another name', link({ target: bucketLink().target }), 'bucket'],
  ])('%s is not asked', (_, of, code) => {
    expect(why(of)).toBe(code)
    expect(planned(of)).toEqual([])
  })
})

describe('a function', () => {
  it('is asked only with --probe all, at every URL it has', () => {
    expect(why(functionLink(), { mode: 'safe', ownedHosts: [] })).toBe('runs-code')
    const other = 'zyxwvutsrqponmlkjihgfedcba543210.lambda-url.eu-west-1.on.aws'
    const names = direct(functionLink(functionUrl(other))).map(r => r.connect.name)
    expect(new Set(names)).toEqual(new Set([functionHost, other]))
  })

  it('is refused by a policy of safe probes, whatever a plan says', () => {
    const [request] = direct(functionLink())
    if (request === undefined) throw new Error('not planned')
    expect(refuseRequest(policyFor([functionLink()]), request)?.reason).toBe('not-sent-unowned')
  })
})

describe('an instance', () => {
  it('is asked at its own addresses of either family', () => {
    const requests = direct(instanceLink(['203.0.113.7', '2001:db8::7']))
    const asked = new Set(requests.map(r => `${r.connect.name} ${r.connect.family} ${r.connect.port}`))
    expect(asked).toEqual(new Set(['203.0.113.7 4 443', '2001:db8::7 6 443']))
  })

  it('without a public address is not asked', () => {
    expect(why(instanceLink([]))).toBe('internal')
  })
})

describe('a host outside AWS', () => {
  const listed = { mode: 'safe', ownedHosts: ['ORIGIN.example.com.'] } as const

  it.each([
    ['that no zone of the account holds', externalLink(false), everything, 'external'],
    ['that a zone of the account gives its address', externalLink(true), everything, 'probed'],
    ['that the user vouches for, however it is written', externalLink(false), listed, 'probed'],
    [
      'whose parent name the user vouches for',
      externalLink(false, 'a.origin.example.com'),
      listed,
      'external',
    ],
    ['that a zone holds but gives no address', externalLink(true, undefined, []), everything, 'external'],
  ] as const)('%s', (_, of, scope, code) => {
    expect(why(of, scope)).toBe(code)
  })

  it("that is a name of a service of AWS is not asked, also by the user's word: it might be anybody's", () => {
    for (const name of ['x.s3.amazonaws.com', functionHost, 'abc.execute-api.eu-west-1.amazonaws.com'])
      expect(why(externalLink(true, name), { mode: 'all', ownedHosts: [name] })).toBe('foreign-service')
  })

  it('is connected to only where its zone says that it is, though the name resolves elsewhere now', () => {
    const policy = policyFor([externalLink(true)])
    const by = policy.endpoints.get('origin.example.com')
    expect(by).toEqual(['203.0.113.7'])
    expect(refuseAddress(policy, '8.8.8.8', by as readonly string[])?.reason).toBe('not-sent-unowned')
  })

  it('is asked under names of the account alone', () => {
    const hosts = new Set(direct(externalLink(true)).map(r => r.present.host))
    expect([...hosts].filter(host => !host.endsWith('.invalid'))).toEqual([
      'origin.example.com',
      'shop.example.com',
    ])
  })
})

describe('origins that are one', () => {
  it('two links to one bucket share its pace and its budget', () => {
    const two = [bucketLink(), bucketLink(bucket(), bucketHost, { id: 'E2/app' })]
    const { origins } = policyFor(two)
    expect(new Set(origins.values()).size).toBe(1)
    const many = Array.from({ length: 20 }, (_, i) => bucketLink(bucket(), bucketHost, { id: `E${i}/app` }))
    const requests = planProbes({
      exposures: many.map(l => exposed(l)),
      options: { mode: 'safe', seed: 's' },
    })
    expect(requests.length).toBeLessThanOrEqual(60)
    expect(requests.length).toBeGreaterThan(30)
  })

  it('two names of one machine share them as well', () => {
    const { origins } = policyFor([
      externalLink(true),
      { ...externalLink(true, 'b.example.com'), id: 'E2/app' },
    ])
    expect(new Set(origins.values()).size).toBe(1)
  })

  it('a witness of the proof is asked as it is, at any endpoint of the bucket', () => {
    const host = 'files.s3.dualstack.eu-west-1.amazonaws.com'
    const of = exposed(bucketLink(), 'open', {
      witness: witness({
        connect: host,
        host,
        sni: host,
        family: 6,
        path: '/x',
        headers: [['referer', 'https://a.example/']],
      }),
    })
    const request = planProbes({ exposures: [of], options: { mode: 'safe', seed: 's' } }).find(
      r => r.connect.name === host,
    )
    expect(request).toMatchObject({ connect: { family: 6, port: 443 }, path: '/x', method: 'GET' })
    if (request) expect(refuseRequest(policyFor([of.link]), request)).toBeNull()
  })
})
