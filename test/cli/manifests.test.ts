/** Manifests in a pull request: judged without an account, at their lines, and never safe by being left out. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Log } from 'sarif'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { token } from '../../fixtures/worlds/bypass/parts.ts'
import { clusterCases } from '../../fixtures/worlds/cluster/cases.ts'
import { ingressText, type ManifestFile } from '../../fixtures/worlds/cluster/manifests.ts'
import { originproof } from '../e2e/run.ts'
import { formsOf } from '../e2e/secrets.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'originproof-manifests-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const filesOf = (title: string): readonly ManifestFile[] => {
  const found = clusterCases.find(c => c.title === title)
  if (found === undefined) throw new Error(`There is no case ${title}.`)
  return found.manifests
}

/** Runs in a folder with these files and nothing else; the environment has no credentials. */
const judged = async (files: readonly ManifestFile[], args: readonly string[] = [], input?: string) => {
  const cwd = await mkdtemp(join(folder, 'run-'))
  for (const { path, text } of files) {
    await mkdir(dirname(join(cwd, path)), { recursive: true })
    await writeFile(join(cwd, path), text)
  }
  const paths = input === undefined ? ['.'] : ['.', '-']
  const ended = await originproof(['manifests', ...paths, ...args], {
    env: {},
    cwd,
    ...(input === undefined ? {} : { input }),
  })
  return { ...ended, read: (name: string) => readFile(join(cwd, name), 'utf8') }
}

const quiet = ['--fail-on', 'critical']
const gated = 'each Ingress has the snippet'

describe('manifests without an account', () => {
  it('are clean where every Ingress checks the token, and the report says what was not looked at', async () => {
    const { code, stdout, stderr } = await judged(filesOf(gated), quiet)
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
      'No AWS account was read: the manifests alone are judged, as those of a cluster behind CloudFront.',
    )
    expect(stdout).not.toMatch(/nothing behind CloudFront|0 accounts/)
  })

  it('with an Ingress that lets strangers in are a finding at its line, and hold no secret', async () => {
    const open = ingressText({ name: 'open', host: 'open.example.com', service: 'blog' })
    const files = [...filesOf(gated), { path: 'deploy/open.yaml', text: `# ours\n${open}` }]
    const run = await judged(files, ['--output', 'out'])
    expect(run.code).toBe(1)
    const log = JSON.parse(await run.read('out/report.sarif')) as Log
    const results = log.runs[0]?.results?.filter(r => r.ruleId?.includes('ingress-requires-token')) ?? []
    const places = results.map(r => r.locations?.[0]?.physicalLocation)
    expect(places.map(p => [p?.artifactLocation?.uri, p?.region?.startLine])).toEqual([
      ['deploy/open.yaml', 2],
    ])
    const result = JSON.parse(await run.read('out/result.json'))
    expect([result.accounts, result.links]).toEqual([[], []])
    const written = ['out/report.sarif', 'out/result.json', 'out/report.html', 'out/snapshot.ndjson']
    const all = [run.stdout, run.stderr, ...(await Promise.all(written.map(run.read)))].join('\n')
    for (const form of formsOf(token)) expect(all).not.toContain(form)
  })

  it('whose controller is elsewhere are not judged, and that is said with their line', async () => {
    const { code, stdout } = await judged(filesOf(gated).slice(1), quiet)
    expect(code).toBe(3)
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
      'Ingress shop/shop in deploy/shop.yaml line 1 is served by no controller that was read: add the manifests of its controller, such as the output of helm template.',
    )
  })

  it('may come from standard input beside those of a folder', async () => {
    const [controller, ...apps] = filesOf(gated)
    const { code } = await judged(apps, quiet, controller?.text ?? '')
    expect(code).toBe(0)
  })

  it.each([
    ['a document that cannot be read', 'kind: Ingress\nspec: [\n'],
    [
      'a route that no rule judges',
      'apiVersion: traefik.io/v1alpha1\nkind: IngressRouteTCP\nmetadata: { name: a, namespace: shop }\nspec: { routes: [{ match: "HostSNI(`*`)", services: [{ name: shop, port: 80 }] }] }\n',
    ],
    [
      'a route of a Gateway that is elsewhere',
      'apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: { name: a, namespace: shop }\nspec: { parentRefs: [{ name: edge }], rules: [{ backendRefs: [{ name: blog, port: 80 }] }] }\n',
    ],
  ])('with %s are incomplete', async (_, text) => {
    const { code } = await judged([...filesOf(gated), { path: 'deploy/more.yaml', text }], quiet)
    expect(code).toBe(3)
  })

  it('without anything that lets requests in say that nothing was judged', async () => {
    const text = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: shop, namespace: shop }\n'
    const { code, stderr } = await judged([{ path: 'deploy/shop.yaml', text }])
    expect(code).toBe(0)
    expect(stderr).toContain('objects read: 1, none of which lets requests in')
  })

  it.each([
    ['a pipe whose command failed', '', ''],
    ['values of a chart', 'replicas: 2\n', '# nothing\n'],
  ])('that are %s cannot be judged', async (_, text, input) => {
    const { code, stdout, stderr } = await judged([{ path: 'values.yaml', text }], [], input)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(/There is no Kubernetes object in these manifests: name rendered ones/)
  })

  it.each([
    [['manifests'], /missing required argument/],
    [['manifests', 'none.yaml'], /Cannot read the manifests none\.yaml: there is no such file/],
  ] as const)('%j cannot run', async (args, message) => {
    const ended = await originproof(args, { env: {}, cwd: folder })
    expect(ended.code).toBe(2)
    expect(ended.stderr).toMatch(message)
  })
})
