import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { type Lab, startLab } from '#lab/lab.ts'
import { readSnapshot } from '#snapshot/read.ts'
import { shopCluster } from '../collect/kubernetes/cluster.ts'
import { allSecrets, controller, htpasswd, routes, shop } from '../collect/kubernetes/shop.ts'
import { lockedWorld } from '../e2e/mixed-world.ts'
import { originproof } from '../e2e/run.ts'
import { formsOf } from '../e2e/secrets.ts'

const env = { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'laboratory' }

let folder = ''
let lab: Lab

const put = async (name: string, text: string): Promise<void> => {
  await mkdir(dirname(join(folder, name)), { recursive: true })
  await writeFile(join(folder, name), text)
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'originproof-kubernetes-'))
  lab = await startLab({ ...lockedWorld, kubernetes: shopCluster })
  await put('kubeconfig', lab.kubeconfig ?? '')
  await put('k8s/base/controller.yaml', controller)
  await put('k8s/shop.yml', shop)
  await put('k8s/broken.yaml', 'a: "open\n---\na: 1\n')
  await put('k8s/notes.txt', 'kind: Ingress')
  await put('k8s/.hidden/x.yaml', 'a: "open')
  await put(
    'config.json',
    JSON.stringify({ manifests: ['k8s/shop.yml'], kubeconfig: 'kubeconfig', context: 'lab' }),
  )
})
afterAll(async () => {
  await lab.close()
  await rm(folder, { recursive: true, force: true })
})

const collect = async (args: readonly string[], input?: string) => {
  const account = [
    '--endpoint-url',
    lab.endpoint,
    '--dns-server',
    lab.dnsServer,
    '--region',
    'eu-west-1',
    '--region',
    'us-east-1',
  ]
  const ended = await originproof(['collect', '-o', 'snapshot.ndjson', ...account, ...args], {
    env,
    cwd: folder,
    ...(input === undefined ? {} : { input }),
  })
  const text = await readFile(join(folder, 'snapshot.ndjson'), 'utf8').catch(() => '')
  await rm(join(folder, 'snapshot.ndjson'), { force: true })
  const all = text === '' ? null : readSnapshot(text, 'snapshot.ndjson')
  const objects = (all?.resources ?? []).filter(r => r.type.startsWith('Kubernetes::'))
  return { ...ended, text, gaps: all?.gaps ?? [], objects, resources: all?.resources ?? [] }
}

describe('manifests and a cluster', () => {
  it('stand in one snapshot with the account, and no secret of them does', async () => {
    const { code, text, gaps, objects, resources, stderr } = await collect(
      ['--manifests', 'k8s', '--manifests', '-', '--kubeconfig', 'kubeconfig'],
      routes,
    )
    expect(gaps.map(g => g.message)).toEqual([
      'k8s/broken.yaml line 1 (document 1) cannot be read as YAML: a quote or bracket is not closed.',
    ])
    expect(code).toBe(3)
    expect(resources.some(r => r.type === 'AWS::CloudFront::Distribution')).toBe(true)
    const files = new Set(objects.flatMap(r => (r.source.kind === 'file' ? [r.source.path] : [])))
    expect([...files].sort()).toEqual(['k8s/base/controller.yaml', 'k8s/shop.yml', 'stdin'])
    expect(new Set(objects.map(r => r.region))).toEqual(new Set(['lab', 'manifests']))
    for (const form of [...allSecrets, htpasswd, 'lab-reader'].flatMap(formsOf))
      expect(`${text}${stderr}`).not.toContain(form)
  })

  it('may be named in the config file', async () => {
    const { objects, gaps } = await collect(['--config', 'config.json'])
    expect(gaps).toEqual([])
    expect(new Set(objects.map(r => r.region))).toEqual(new Set(['lab', 'manifests']))
  })

  it.each([
    [
      ['--manifests', 'none.yaml'],
      /^originproof: Cannot read the manifests none\.yaml: there is no such file\./,
    ],
    [['--manifests', 'empty'], /There is no YAML or JSON file in empty: name a folder of manifests/],
    [['--context', 'lab'], /--context chooses in a kubeconfig: give --kubeconfig as well/],
    [['--kubeconfig', 'none'], /Cannot read the kubeconfig none: there is no such file/],
    [['--kubeconfig', 'kubeconfig', '--context', 'prod'], /has no context "prod" with a cluster/],
  ] as const)('%j', async (args, message) => {
    await mkdir(join(folder, 'empty'), { recursive: true })
    const { code, stderr } = await collect(args)
    expect(code).toBe(2)
    expect(stderr).toMatch(message)
  })
})

describe('the printed RBAC', () => {
  it('is YAML for kubectl that allows reading alone, and Secrets by name alone', async () => {
    const { code, stdout } = await originproof([
      'policy',
      '--kubernetes',
      '--secret',
      'shop/users',
      '--secret',
      'b/x',
    ])
    expect(code).toBe(0)
    const objects = parseAllDocuments(stdout).map(d => d.toJS())
    expect(objects.map(o => `${o.kind} ${o.metadata.namespace ?? ''}`)).toEqual([
      'ClusterRole ',
      'ClusterRoleBinding ',
      'Role b',
      'RoleBinding b',
      'Role shop',
      'RoleBinding shop',
    ])
    const verbs = objects.flatMap(o => o.rules ?? []).flatMap((r: { verbs: string[] }) => r.verbs)
    expect(new Set(verbs)).toEqual(new Set(['list', 'get']))
  })

  it.each(['users', 'shop/Users', 'shop/a\nrules: []', 'a/b/c'])('refuses the Secret %j', async secret => {
    const { code, stderr } = await originproof(['policy', '--kubernetes', '--secret', secret])
    expect(code).toBe(2)
    expect(stderr).toContain('is not the name of an object with its namespace, such as shop/shop-users')
  })
})
