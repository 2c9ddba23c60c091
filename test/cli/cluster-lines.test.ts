import { expect, it } from 'vitest'
import { clusterLines } from '#cli/cluster-lines.ts'

const live = (loadBalancer: string) => ({ loadBalancer, silent: null })

it('says which nginx answers', () => {
  expect(clusterLines('1.22.1', [live('ingress'), live('ingress-wide')])).toEqual([
    'nginx 1.22.1 answers behind ingress, ingress-wide, with the configuration that ingress-nginx renders from the manifests of the cluster.',
  ])
})

it('says in one line that nginx is not installed, and what that means', () => {
  expect(clusterLines(null, [{ loadBalancer: 'ingress', silent: 'no nginx is run' }])).toEqual([
    'nginx is not installed: the cluster is judged from the model of its manifests, and probes get no answer from it.',
  ])
})

it('says of each load balancer why nobody answers there', () => {
  const silent = 'nginx did not start, for its port is taken'
  expect(clusterLines('1.22.1', [live('ingress'), { loadBalancer: 'ingress-wide', silent }])).toEqual([
    expect.stringMatching(/^nginx 1\.22\.1 answers behind ingress, with /),
    'What is behind ingress-wide is judged from the model of its manifests, and probes get no answer from it: nginx did not start, for its port is taken.',
  ])
  expect(clusterLines('1.22.1', [{ loadBalancer: 'ingress', silent }])).toHaveLength(1)
})
