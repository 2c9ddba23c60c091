/** Manifests that nobody should write: told of, and never a crash, a guess, or silence. */
import { describe, expect, it } from 'vitest'
import { recordsOfManifests } from '#collect/kubernetes/manifests.ts'
import { sealResources } from '#snapshot/seal.ts'

const key = new Uint8Array(32).fill(7)
const read = (text: string) => {
  const { records, gaps } = recordsOfManifests([{ path: 'a.yaml', text }])
  return { sealed: JSON.stringify(sealResources(records, key)), gaps: gaps.map(g => g.message), records }
}

const ingress = (spec: string, annotations = '{}'): string =>
  `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: a, namespace: b, annotations: ${annotations} }\nspec: ${spec}\n`
const ingressRoute = (match: string): string =>
  `apiVersion: traefik.io/v1alpha1\nkind: IngressRoute\nmetadata: { name: a }\nspec: { routes: [{ match: "${match}" }] }\n`

describe('a manifest', () => {
  it('whose anchor holds itself is told of', () => {
    const { records, gaps } = read(ingress('&x { rules: [*x] }'))
    expect(records).toEqual([])
    expect(gaps).toEqual([expect.stringContaining('anchors')])
  })

  it.each(['utf16le', 'latin1'] as const)('in %s is told of instead of being passed over', encoding => {
    const text = Buffer.from(ingress('{} # \u00e4'), encoding).toString('utf8')
    const { records, gaps } = read(text)
    expect(records).toEqual([])
    expect(gaps).toEqual([expect.stringContaining('UTF-8')])
  })

  it('that is joined of files with byte order marks loses no object of them', () => {
    const [first, second] = [ingress('{}'), ingress('{}').replace('name: a,', 'name: c,')]
    for (const text of [`\ufeff${first}---\n\ufeff${second}`, `\ufeff${first}\ufeff---\n${second}`])
      expect(read(text).records.map(r => r.arn.split('/').at(-1))).toEqual(['a', 'c'])
  })

  it('of very many keys is read without comparing each with every other', () => {
    const keys = Array.from({ length: 30_000 }, (_, i) => `  k${i}: "1"\n`).join('')
    expect(read(`${ingress('{}')}x:\n${keys}`).records).toHaveLength(1)
    expect(read(`${ingress('{}')}x:\n${keys}  k7: "2"\n`).gaps).toEqual([
      'a.yaml line 30006 (document 1) cannot be read as YAML: a key stands twice in one mapping.',
    ])
  })

  it('whose keys differ as YAML and are one key as JSON is refused as a cluster refuses it', () => {
    expect(read(`${ingress('{}')}x: { 1: a, "1": b }\n`).gaps).toEqual([
      expect.stringContaining('a key stands twice'),
    ])
    expect(read(`a: &a { x: 1 }\nb: &b { y: 1 }\nc: { <<: *a, <<: *b }\n${ingress('{}')}`).gaps).toEqual([])
  })

  it('with blocks or parentheses without end is read without a crash', () => {
    const snippet = `{ nginx.ingress.kubernetes.io/configuration-snippet: "${'if ($a = b) { '.repeat(5000)}" }`
    expect(read(ingress('{}', snippet)).sealed).toContain('nested too deeply')
    for (const match of ['('.repeat(20_000), `${'!'.repeat(20_000)}Host(\`a\`)`])
      expect(read(ingressRoute(match)).records).toHaveLength(1)
  })

  it('that holds a template is left out, and said to be', () => {
    const { records, gaps } = read(ingress('{ rules: [{ host: "{{ .Values.host }}" }] }'))
    expect(records).toEqual([])
    expect(gaps).toEqual(['The Ingress in a.yaml line 1 (document 1) holds a template: render it first.'])
  })

  it('with other braces is no template', () => {
    const log = `{ nginx.ingress.kubernetes.io/server-snippet: "if ($a ~ '^x{2}{{3}}') { return 403; }" }`
    expect(read(ingress('{}', log)).gaps).toEqual([])
  })

  it('that says something else than another one of the same object is told of, with both lines', () => {
    const { gaps } = read(`${ingress('{}')}---\n${ingress('{ rules: [] }')}---\n${ingress('{}')}`)
    expect(gaps).toEqual([
      'The Ingress b/a in a.yaml line 6 (document 2) says something else than the one in a.yaml line 1 (document 1): name the manifests of one environment only.',
    ])
  })
})

it('header values of every kind of route are sealed', () => {
  const token = 'wT4kq9ZcV7mB2xR8nL5pD1sF6hJ3gY0a'
  const { sealed, records } = read(
    `apiVersion: gateway.networking.k8s.io/v1
kind: GRPCRoute
metadata: { name: a }
spec: { rules: [{ matches: [{ headers: [{ name: x-origin-token, value: ${token} }] }] }] }
---
${ingressRoute(`HostSNI(\`*\`) && ALPN(\`${token}\`)`).replace('IngressRoute', 'IngressRouteTCP')}`,
  )
  expect(records).toHaveLength(2)
  expect(sealed).not.toContain(token)
})
