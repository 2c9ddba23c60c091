import { test } from 'vitest'
import { proveLinks } from '#prove/prove.ts'
import { checkCertificate } from '#prove/check.ts'
import { buildTopology } from '#topology/build.ts'
import { types } from '#snapshot/resource-types.ts'
import { behind, edit, everyone, forwarding } from '../../../fixtures/worlds/bypass/parts.ts'
import { controllerFile, fileOf, ingressText, serviceText, snippet } from '../../../fixtures/worlds/cluster/manifests.ts'
import { withManifests } from './pipeline.ts'

test('try', async () => {
  const alb = behind({ admits: everyone, listeners: [forwarding] })
  const tagged = edit(alb, types.tags, c => ({ ...c, Tags: [{ Key: 'service.k8s.aws/stack', Value: 'ingress-nginx/ingress-nginx-controller' }, { Key: 'elbv2.k8s.aws/cluster', Value: 'prod' }] }))
  for (const annotations of [{}, { 'configuration-snippet': snippet }] as const) {
    const s = await withManifests(tagged, [controllerFile(), fileOf('shop.yaml', ingressText({ annotations }), serviceText())])
    const t = buildTopology(s)
    console.log(JSON.stringify(t.clusters.map(c => ({ ...c, controllers: c.controllers.map(x => ({ lbs: x.loadBalancers, serves: x.serves.map(i => i.ingress.ref.name), services: x.services.map(s2 => s2.name), gaps: x.gaps })), ingresses: c.ingresses.length, services: c.services.length })), null, 1))
    for (const e of proveLinks(t)) for (const v of ['internet', 'tenant'] as const) console.log(e.link.id, v, e[v].verdict, JSON.stringify(e[v].reasons), JSON.stringify(e[v].witness?.route.at(-1)), e[v].witness?.host, e[v].certificate?.obligations.map(o => o.kind + ' ' + o.text).join('|'))
  }
})
