import { describe, expect, it } from 'vitest'
import { known } from '#base/known.ts'
import type { Seen } from '#prove/kubernetes/nginx/access.ts'
import { traefikVerdicts } from '#prove/kubernetes/traefik/routes.ts'
import { sealRule } from '#snapshot/traefik/seal-rule.ts'
import type { IngressRoute, Middleware, MiddlewareKind, TraefikRouter } from '#topology/model/traefik.ts'
import { missing, ref, seal } from '../build/values.ts'

const token = 'wT4kq9ZcV7mB2xR8nL5pD1sF6hJ3gY0a'
const anyone: Seen = { kind: 'addresses', cidrs: ['0.0.0.0/0'] }
const unseen: Seen = { kind: 'unknown', reason: 'whose address Traefik sees was not observed' }

const router = (rule: string, more: Partial<TraefikRouter> = {}): TraefikRouter => ({
  match: sealRule(rule, s => seal(s.raw, s.dialect)),
  syntax: 'v3',
  priority: null,
  middlewares: [],
  services: [{ name: 'shop', port: '80' }],
  ...more,
})

const object = (routes: readonly TraefikRouter[], more: Partial<IngressRoute> = {}): IngressRoute => ({
  ref: ref('kubernetes://prod/IngressRoute/shop/web', 'web'),
  place: null,
  namespace: 'shop',
  name: 'web',
  className: null,
  entryPoints: [],
  tls: false,
  routes,
  ...more,
})

const middleware = (name: string, does: MiddlewareKind): Middleware => ({
  ref: ref(`kubernetes://prod/Middleware/shop/${name}`, name),
  place: null,
  namespace: 'shop',
  name,
  does,
})

interface Around {
  readonly middlewares?: readonly Middleware[]
  readonly bits?: number
  readonly secretsUnread?: boolean
  readonly seen?: Seen
  readonly entryPoint?: string
}

const judged = (routes: readonly TraefikRouter[] | readonly IngressRoute[], around: Around = {}) => {
  const objects = routes.map(r => ('match' in r ? null : r)).filter(r => r !== null)
  const routers = routes.map(r => ('match' in r ? r : null)).filter(r => r !== null)
  const secret = { name: 'shop/users', state: 'usable' as const }
  return traefikVerdicts(
    objects.length > 0 ? objects : [object(routers)],
    {
      middlewares: around.middlewares ?? [],
      authSecrets: around.secretsUnread
        ? missing('list secrets')
        : known([around.bits === undefined ? secret : { ...secret, bits: around.bits }]),
    },
    around.entryPoint ?? null,
    around.seen ?? anyone,
  )
}

const verdictsOf = (...of: Parameters<typeof judged>) => judged(...of).map(v => v.verdict)
const through = (name: string) => ({ middlewares: [{ namespace: 'shop', name }] })

describe('routers of Traefik', () => {
  it('are closed where every way to meet the rule asks for a strong header', () => {
    const gated = `Header(\`X-Origin-Verify\`, \`${token}\`)`
    expect(verdictsOf([router(gated)])).toEqual(['closed'])
    expect(verdictsOf([router(`Host(\`a.example.com\`) && ${gated}`)])).toEqual(['closed'])
    expect(verdictsOf([router(`(Host(\`a\`) || Path(\`/x\`)) && ${gated}`)])).toEqual(['closed'])
    expect(verdictsOf([router(`HeaderRegexp(\`X-Origin-Verify\`, \`^${token}$\`)`)])).toEqual(['closed'])
  })

  it('are open with a request where one way does without it', () => {
    const [found] = judged([router(`Host(\`shop.example.com\`) || Header(\`X-A\`, \`${token}\`)`)])
    expect(found).toMatchObject({ verdict: 'open', witness: { host: 'shop.example.com', headers: [] } })
  })

  it('are open where the token is asked not to be there', () => {
    expect(verdictsOf([router(`!Header(\`X-A\`, \`${token}\`)`)])).toEqual(['open'])
  })

  it('are guessable where the value is weak, which the request names by its seal only', () => {
    const [found] = judged([router('Header(`X-Origin-Verify`, `test`)')])
    expect(found?.verdict).toBe('guessable')
    expect(found?.witness?.headers).toEqual([['x-origin-verify', expect.stringMatching(/^\$\{sealed:/)]])
  })

  it('write what everyday headers, methods, paths and parameters ask for', () => {
    const rule = 'Header(`Accept`, `text/html`) && Method(`POST`) && PathPrefix(`/a/`) && Query(`v`, `2`)'
    expect(judged([router(rule)])[0]).toMatchObject({
      verdict: 'open',
      witness: { method: 'POST', path: '/a/?v=2', headers: [['accept', 'text/html']] },
    })
  })

  it('find a host and a path for regular expressions', () => {
    const [found] = judged([router('HostRegexp(`^[a-z]+\\.example\\.com$`) && PathRegexp(`^/v[0-9]/`)')])
    expect(found?.verdict).toBe('open')
    expect(found?.witness?.host).toMatch(/^[a-z]+\.example\.com$/)
    expect(found?.witness?.path).toMatch(/^\/v[0-9]\//)
  })

  it('need a request that no router before them takes', () => {
    const all = router('PathPrefix(`/`)', { priority: 100 })
    const [first, second] = judged([router('Host(`shop.example.com`)'), all])
    expect([first?.verdict, second?.verdict]).toEqual(['unknown', 'open'])
    const own = judged([
      router('Host(`shop.example.com`) && PathPrefix(`/admin`)'),
      router('Host(`shop.example.com`)'),
    ])
    expect(own.map(v => v.verdict)).toEqual(['open', 'open'])
  })

  it('come first with the longer rule where no priority is set, and 0 is none', () => {
    const long = router('Host(`shop.example.com`) && PathPrefix(`/`)', { priority: 0 })
    const [short] = judged([router('Host(`shop.example.com`)'), long])
    expect(short?.verdict).toBe('unknown')
    const [lifted] = judged([router('Host(`shop.example.com`)', { priority: 1000 }), long])
    expect(lifted?.verdict).toBe('open')
  })

  it('of equal priority may either come first', () => {
    const verdicts = verdictsOf([router('Host(`a.example.com`)'), router('Host(`a.example.com`)')])
    expect(verdicts).toEqual(['unknown', 'unknown'])
  })

  it('are closed where the rule contradicts itself', () => {
    expect(verdictsOf([router('Host(`a.example.com`) && Host(`b.example.com`)')])).toEqual(['closed'])
    expect(verdictsOf([router('Path(`/a`) && !PathPrefix(`/`)')])).toEqual(['closed'])
  })

  it('are not contradictory where a header may be sent twice', () => {
    expect(verdictsOf([router('Header(`Accept`, `a`) && Header(`Accept`, `b`)')])).toEqual(['unknown'])
  })

  it('are unknown where the rule cannot be read or a matcher is not known', () => {
    expect(verdictsOf([router('Host(`a`')])).toEqual(['unknown'])
    expect(verdictsOf([router('Moon(`full`)')])).toEqual(['unknown'])
    expect(verdictsOf([router('Host(`*.example.com`)')])).toEqual(['unknown'])
    expect(verdictsOf([router('Path(`/{id:[0-9]+}`)', { syntax: 'v2' })])).toEqual(['unknown'])
  })

  it('take several hosts in the spelling of version 2 only', () => {
    const rule = 'Host(`a.example.com`, `b.example.com`)'
    expect(verdictsOf([router(rule, { syntax: 'v2' })])).toEqual(['open'])
    expect(verdictsOf([router(rule)])).toEqual(['unknown'])
  })

  it('of another entry point than the load balancer leads to do not count', () => {
    const internal = object([router('PathPrefix(`/`)')], { entryPoints: ['internal'] })
    expect(judged([internal], { entryPoint: 'web' })).toEqual([])
    expect(judged([internal]).map(v => v.verdict)).toEqual(['open'])
  })
})

describe('middlewares of Traefik', () => {
  const behind = (name: string) => [router('PathPrefix(`/`)', through(name))]
  const auth = middleware('auth', { kind: 'basic-auth', secret: 'shop/users' })
  const list = (cidrs: readonly string[], direct = true) =>
    middleware('list', {
      kind: 'addresses',
      cidrs,
      of: direct ? { kind: 'connection' } : { kind: 'position', depth: 1 },
    })

  it('close a router with a password that nobody guesses, and no other', () => {
    const with_ = { middlewares: [auth] }
    expect(verdictsOf(behind('auth'), { ...with_, bits: 128 })).toEqual(['closed'])
    expect(verdictsOf(behind('auth'), with_)).toEqual(['unknown'])
    const [weak] = judged(behind('auth'), { ...with_, bits: 20 })
    expect(weak).toMatchObject({ verdict: 'guessable' })
    expect(weak?.witness?.headers).toEqual([['authorization', `Basic $\{password}`]])
  })

  it('that were not read, or whose Secret was not, leave the router unknown', () => {
    expect(verdictsOf(behind('auth'))).toEqual(['unknown'])
    expect(verdictsOf(behind('auth'), { middlewares: [auth], secretsUnread: true })).toEqual(['unknown'])
    const other = middleware('auth', { kind: 'basic-auth', secret: 'shop/none' })
    expect(verdictsOf(behind('auth'), { middlewares: [other], bits: 128 })).toEqual(['unknown'])
    const plugin = middleware('auth', { kind: 'unread', name: 'plugin' })
    expect(verdictsOf(behind('auth'), { middlewares: [plugin] })).toEqual(['unknown'])
  })

  it('that ask for a login make it authenticated', () => {
    const login = middleware('sso', { kind: 'login' })
    expect(verdictsOf(behind('sso'), { middlewares: [login] })).toEqual(['authenticated'])
  })

  it('that list addresses close to those who have none of them', () => {
    const refused = {
      middlewares: [list(['192.0.2.0/24'])],
      seen: { kind: 'addresses', cidrs: ['203.0.113.0/24'] },
    }
    expect(verdictsOf(behind('list'), refused as Around)).toEqual(['closed'])
    const [open] = judged(behind('list'), { middlewares: [list(['203.0.113.0/24'])] })
    expect(open).toMatchObject({
      verdict: 'open',
      witness: { address: expect.stringMatching(/^203\.0\.113\./) },
    })
    expect(verdictsOf(behind('list'), { middlewares: [list(['192.0.2.0/24'])], seen: unseen })).toEqual([
      'unknown',
    ])
    expect(verdictsOf(behind('list'), { middlewares: [list(['192.0.2.0/24'], false)] })).toEqual(['unknown'])
    expect(verdictsOf(behind('list'), { middlewares: [list(['nonsense'])] })).toEqual(['unknown'])
  })

  it('in a chain all count, and a chain that names itself is unknown', () => {
    const chain = middleware('chain', { kind: 'chain', of: [{ namespace: 'shop', name: 'auth' }] })
    expect(verdictsOf(behind('chain'), { middlewares: [chain, auth], bits: 128 })).toEqual(['closed'])
    const loop = middleware('chain', { kind: 'chain', of: [{ namespace: 'shop', name: 'chain' }] })
    expect(verdictsOf(behind('chain'), { middlewares: [loop] })).toEqual(['unknown'])
  })
})
