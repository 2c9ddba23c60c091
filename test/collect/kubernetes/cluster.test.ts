import { describe, expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { messageOf, UserFault } from '#base/fault.ts'
import { startJournal } from '#collect/journal.ts'
import { openCluster } from '#collect/kubernetes/api.ts'
import { readCluster } from '#collect/kubernetes/cluster.ts'
import { rbacManifest } from '#collect/kubernetes/rbac.ts'
import { resources } from '#collect/kubernetes/resources.ts'
import { type KubernetesCall, serveKubernetes } from '#lab/kubernetes/api-server.ts'
import { freePorts, listen } from '#lab/live/server.ts'
import { readOnce, shopCluster } from './cluster.ts'

const arns = (records: readonly { readonly arn: string }[]) =>
  records.map(r => r.arn.replace('kubernetes://lab/', '')).sort()

const everything = [
  ...['ConfigMap/ingress-nginx/settings', 'DaemonSet/edge/traefik', 'Deployment/ingress-nginx/controller'],
  ...[
    'Gateway/edge/edge',
    'GatewayClass/-/edge',
    'HTTPRoute/shop/shop',
    'Ingress/blog/blog',
    'Ingress/docs/docs',
  ],
  ...['Ingress/shop/shop', 'IngressClass/-/nginx', 'IngressClassParams/-/alb', 'IngressRoute/shop/shop'],
  ...['Middleware/shop/login', 'Namespace/-/shop', 'Secret/shop/users', 'Service/shop/shop'],
]

const callsOf = async () => {
  const calls: KubernetesCall[] = []
  await readOnce(shopCluster, { onCall: call => calls.push(call) })
  return calls
}

const kubeconfigOf = (server: string, more: object = {}) =>
  JSON.stringify({
    'current-context': 'c',
    clusters: [{ name: 'c', cluster: { server, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'u', user: { token: 'kubeconfig-token' } }],
    contexts: [{ name: 'c', context: { cluster: 'c', user: 'u' } }],
    ...more,
  })

describe('a cluster', () => {
  it('is read with all that decides, and nothing more', async () => {
    const { resources: found, reads, gaps } = await readOnce(shopCluster)
    expect(gaps).toEqual([])
    expect(arns(found)).toEqual(everything)
    expect(found.every(r => r.account === '' && r.region === 'lab')).toBe(true)
    expect(found.map(r => r.source)).toContainEqual({
      kind: 'kubernetes',
      cluster: 'lab',
      resource: 'ingresses.networking.k8s.io',
    })
    expect(reads.map(r => `${r.operation} ${r.target} ${r.count}`).sort()).toEqual([
      ...['GetConfigMap ingress-nginx/settings 1', 'GetSecret shop/users 1', 'ListDaemonSet * 1'],
      ...[
        'ListDeployment * 1',
        'ListGRPCRoute * 0',
        'ListGateway * 1',
        'ListGatewayClass * 1',
        'ListHTTPRoute * 1',
        'ListIngress * 3',
      ],
      ...['ListIngressClass * 1', 'ListIngressClassParams * 1', 'ListIngressRoute * 1'],
      ...[
        'ListIngressRouteTCP * 0',
        'ListIngressRouteUDP * 0',
        'ListMiddleware * 1',
        'ListNamespace * 1',
        'ListService * 1',
      ],
      ...['ListTCPRoute * 0', 'ListTLSRoute * 0', 'ListTargetGroupBinding * 0', 'ListTraefikService * 0'],
    ])
    const text = JSON.stringify(found)
    for (const dropped of ['managedFields', 'private', 'cHJpdmF0ZQ', 'resourceVersion'])
      expect(text).not.toContain(dropped)
  })

  it('is read the same page by page, with one call for each page', async () => {
    const calls: KubernetesCall[] = []
    const paged = await readOnce(shopCluster, { pageSize: 1, onCall: call => calls.push(call) })
    expect(arns(paged.resources)).toEqual(everything)
    expect(calls.filter(c => c.resource === 'ingresses.networking.k8s.io').map(c => c.from)).toEqual([
      '',
      '1',
      '2',
    ])
  })

  it('is asked for nothing that the printed RBAC does not allow, and for all that it allows', async () => {
    const roles = parseAllDocuments(rbacManifest([{ namespace: 'shop', name: 'users' }])).map(d => d.toJS())
    const rules = roles.flatMap(role => role.rules ?? [])
    const allowed = rules.flatMap((rule: { apiGroups: string[]; resources: string[]; verbs: string[] }) =>
      rule.apiGroups.flatMap(group =>
        rule.resources.flatMap(plural =>
          rule.verbs.map(verb => `${verb} ${group === '' ? plural : `${plural}.${group}`}`),
        ),
      ),
    )
    const asked = new Set((await callsOf()).map(c => `${c.verb} ${c.resource}`))
    expect([...asked].filter(call => !allowed.includes(call))).toEqual([])
    expect(allowed.filter(call => !asked.has(call) && !call.endsWith('.containo.us'))).toEqual([])
    const secrets = rules.filter((rule: { resources: string[] }) => rule.resources.includes('secrets'))
    expect(secrets).toEqual([expect.objectContaining({ verbs: ['get'], resourceNames: ['users'] })])
  })

  it('that does not know a kind has none of it', async () => {
    const plain = shopCluster.filter(o => !/gateway|traefik|elbv2/.test(o.apiVersion))
    for (const status of [undefined, 403]) {
      // Where the groups cannot be listed, a kind that is not served answers 404.
      const refuse = (call: KubernetesCall) => (call.resource === 'apis' ? status : undefined)
      const { gaps, reads } = await readOnce(plain, { refuse })
      expect(gaps).toEqual([])
      expect(reads.find(r => r.operation === 'ListHTTPRoute')).toMatchObject({ target: '*', count: 0 })
    }
  })

  it('that serves an older version of the Gateway API is read by it', async () => {
    const older = shopCluster.map(o =>
      o.kind === 'HTTPRoute' ? { ...o, apiVersion: 'gateway.networking.k8s.io/v1beta1' } : o,
    )
    const onlyOlder = older.filter(o => o.kind === 'HTTPRoute')
    const { resources: found, gaps } = await readOnce(onlyOlder)
    expect(gaps).toEqual([])
    expect(found.map(r => r.config.apiVersion)).toEqual(['gateway.networking.k8s.io/v1beta1'])
  })

  it('that has not the named ConfigMap or Secret says so by a read of nothing', async () => {
    const { reads, gaps } = await readOnce(shopCluster.filter(o => !['ConfigMap', 'Secret'].includes(o.kind)))
    expect(gaps).toEqual([])
    expect(reads.filter(r => r.operation.startsWith('Get')).map(r => [r.target, r.count])).toEqual([
      ['ingress-nginx/settings', 0],
      ['shop/users', 0],
    ])
  })
})

describe('a kind that may not be read', () => {
  const refusable = resources.map(r => [`${r.verb} ${r.plural}`, r] as const)

  it.each(refusable)(
    '%s is a gap that names what RBAC must allow, and no read',
    async (_, { plural, kind, verb }) => {
      const refuse = (call: KubernetesCall) => (call.resource.split('.')[0] === plural ? 403 : undefined)
      const { resources: found, reads, gaps } = await readOnce(shopCluster, { refuse })
      const operation = `${verb === 'list' ? 'List' : 'Get'}${kind}`
      const own = gaps.filter(g => g.operation === operation)
      expect(own).toEqual([
        expect.objectContaining({
          code: 'denied',
          service: 'kubernetes',
          region: 'lab',
          action: expect.stringMatching(new RegExp(`^${verb} ${plural}(?:\\.[a-z0-9.]+)?$`)),
          message: expect.stringContaining('RBAC does not allow it'),
        }),
      ])
      expect(reads.filter(r => r.operation === operation)).toEqual([])
      expect(found.filter(r => r.config.kind === kind)).toEqual([])
    },
  )

  it.each([
    ['deployments', 'GetConfigMap'],
    ['ingresses', 'GetSecret'],
    ['middlewares', 'GetSecret'],
  ])('%s leaves open what %s should read', async (plural, operation) => {
    const refuse = (call: KubernetesCall) => (call.resource.split('.')[0] === plural ? 403 : undefined)
    const { gaps } = await readOnce(shopCluster, { refuse })
    expect(gaps.filter(g => g.operation === operation)).toEqual([
      expect.objectContaining({ code: 'not-read', target: '*' }),
    ])
  })
})

describe('a cluster in trouble', () => {
  const once = (status: number, resource: string, from = '') => {
    let left = 1
    return (call: KubernetesCall) =>
      call.resource === resource && call.from === from && left-- > 0 ? status : undefined
  }

  it.each([429, 500, 503])('that answers %i once is asked again', async status => {
    const { gaps, resources: found } = await readOnce(shopCluster, { refuse: once(status, 'services') })
    expect([gaps, arns(found)]).toEqual([[], everything])
  })

  it('whose list expires between two pages is listed anew, once', async () => {
    const ingresses = 'ingresses.networking.k8s.io'
    const anew = await readOnce(shopCluster, { pageSize: 1, refuse: once(410, ingresses, '2') })
    expect([anew.gaps, arns(anew.resources)]).toEqual([[], everything])
    const refuse = (call: KubernetesCall) =>
      call.resource === ingresses && call.from === '2' ? 410 : undefined
    const never = await readOnce(shopCluster, { pageSize: 1, refuse })
    expect(never.gaps.filter(g => g.operation === 'ListIngress')).toHaveLength(1)
    expect(arns(never.resources).filter(a => a.startsWith('Ingress/'))).toEqual([])
  })

  it('that refuses the credentials, or is not there, leaves a gap for every list', async () => {
    const lists = resources.filter(r => r.verb === 'list').length
    const { url, close } = await serveKubernetes(shopCluster)
    for (const [server, code] of [
      [url, 'denied'],
      [`http://127.0.0.1:${(await freePorts(1))[0]}`, 'unreachable'],
    ] as const) {
      const journal = startJournal()
      await readCluster({ text: kubeconfigOf(server), file: '/config' }, journal)
      const own = journal.gaps.filter(g => g.code === code && g.operation.startsWith('List'))
      expect(new Set(own.map(g => g.operation)).size).toBe(lists)
      expect([journal.reads, journal.resources]).toEqual([[], []])
      expect(JSON.stringify(journal.gaps)).not.toContain('kubeconfig-token')
    }
    await close()
  })

  it('that never answers, or answers with something else, does not hold up or break the reading', async () => {
    const silent = await listen(() => undefined)
    const api = await openCluster(
      { text: kubeconfigOf(`http://127.0.0.1:${silent.port}`), file: '/config' },
      50,
    )
    await expect(api.list('apps', 'v1', 'deployments', '')).rejects.toMatchObject({ name: 'TimeoutError' })
    await silent.close()
    const odd = await listen((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"items": "none"}')
    })
    const journal = startJournal()
    await readCluster({ text: kubeconfigOf(`http://127.0.0.1:${odd.port}`), file: '/config' }, journal)
    expect(journal.reads).toEqual([])
    expect(new Set(journal.gaps.map(g => g.code))).toEqual(new Set(['malformed', 'not-read']))
    await odd.close()
  })
})

describe('a kubeconfig', () => {
  it.each([
    ['token: [private', {}, /^The kubeconfig \/config cannot be used/],
    [kubeconfigOf('https://127.0.0.1:1', { 'current-context': '' }), {}, /choose one with --context/],
    [kubeconfigOf('https://127.0.0.1:1'), { context: 'prod' }, /no context "prod" with a cluster/],
    [kubeconfigOf('https://127.0.0.1:1', { clusters: [] }), {}, /no context "c" with a cluster/],
  ])('that cannot be used is refused in one sentence', async (text, more, message) => {
    const refusal: unknown = await openCluster({ text, file: '/config', ...more }).catch(fault => fault)
    expect(refusal).toBeInstanceOf(UserFault)
    expect(messageOf(refusal)).toMatch(message)
    expect(messageOf(refusal)).not.toMatch(/private|kubeconfig-token/)
  })
})
