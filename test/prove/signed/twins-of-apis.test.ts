/** Signed content behind an API: an origin that leaves the stage to the viewer leads to each of them. */
import { expect, test } from 'vitest'
import { proveLinks } from '#prove/prove.ts'
import type { Link } from '#topology/model.ts'
import { aWorld } from '../../judge/build.ts'
import { anApi, host } from '../api-gateway/build.ts'
import { behavior } from '../build.ts'

const to = (stage: string | null, signed: boolean) => {
  const behaviors = [behavior({ signed })]
  const target: Link['target'] = {
    ...{ kind: 'api', api: anApi(), stage, via: 'default-endpoint', names: [host] },
  }
  const origin = { domainName: host, originPath: stage === null ? '' : `/${stage}` }
  return { origin, behaviors, distribution: { behaviors }, target }
}

/** Each link of a distribution of its own. */
const twinsOf = (...links: readonly ReturnType<typeof to>[]) => {
  const { topology } = aWorld(links)
  const apart = topology.links.map((link, i): Link => {
    const id = `E${i}EXAMPLE`
    const ref = { ...link.distribution.ref, arn: `arn:aws:cloudfront::111122223333:distribution/${id}` }
    return { ...link, id: `${id}/origin`, distribution: { ...link.distribution, id, ref } }
  })
  return proveLinks({ ...topology, links: apart })[0]?.twins.found.map(t => [t.outcome, t.unsignedPath])
}

test('a distribution that leads to all stages has a twin of one that asks for a signature on a stage', () => {
  const found = twinsOf(to('prod', true), to(null, false))
  expect(found).toEqual([['certain', expect.stringMatching(/^\/prod\//)]])
})

test('a distribution that leads to another stage has none', () => {
  expect(twinsOf(to('prod', true), to('dev', false))).toEqual([])
})
