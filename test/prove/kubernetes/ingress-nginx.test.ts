/** Every fixture of ingress-nginx, told by the model and answered by the real nginx. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePorts } from '#lab/live/server.ts'
import type { NginxProcess } from '#lab/nginx/process.ts'
import { nginxConfigOf, rendersSnippets } from '#lab/nginx/render.ts'
import { locationProgram } from '#prove/kubernetes/ingress-nginx/render.ts'
import { inOrder, serversOf } from '#prove/kubernetes/ingress-nginx/servers.ts'
import { settingsOf } from '#prove/kubernetes/ingress-nginx/settings.ts'
import { ingressVerdicts, type PathVerdict } from '#prove/kubernetes/ingress-nginx/verdicts.ts'
import { type Answer, type Asking, refusesWithout } from '#prove/kubernetes/nginx/answer.ts'
import { basicAuthFacts } from '#snapshot/basic-auth.ts'
import { accessFixtures } from '../../../fixtures/ingress-nginx/access.ts'
import { controllerFixtures } from '../../../fixtures/ingress-nginx/controller.ts'
import { type IngressFixture, host as mainHost, token } from '../../../fixtures/ingress-nginx/fixture.ts'
import { snippetFixtures } from '../../../fixtures/ingress-nginx/snippets.ts'
import { arrival, controllerOf, ingressesOf, textsOf } from './model-of.ts'
import { type Ask, ask, joinsHeaders, nginx, type Reply, skipped, start } from './real-nginx.ts'
import { rawByName, sealedToken } from './seal.ts'
import { backendOf, sourceOf } from './source-of.ts'

const fixtures = [...snippetFixtures, ...controllerFixtures, ...accessFixtures]
const headerOf = (f: IngressFixture): string => f.header ?? 'cf-token'
const sentBy = (f: IngressFixture): string => f.value ?? token

const judged = (fixture: IngressFixture): readonly PathVerdict[] =>
  ingressVerdicts(controllerOf(fixture), ingressesOf(fixture), arrival).paths

describe('the verdicts for the fixtures of ingress-nginx', () => {
  it('are at least forty fixtures, each with a name of its own', () => {
    expect(fixtures.length).toBeGreaterThanOrEqual(40)
    expect(new Set(fixtures.map(f => f.name)).size).toBe(fixtures.length)
  })

  it.each(fixtures)('$name', fixture => {
    const told = Object.fromEntries(judged(fixture).map(p => [`${p.host} ${p.path}`, p.verdict]))
    expect(told).toEqual(fixture.verdicts)
  })

  it('never hold a token, whatever they say', () => {
    for (const fixture of fixtures) {
      const said = JSON.stringify(ingressVerdicts(controllerOf(fixture), ingressesOf(fixture), arrival))
      expect(said, fixture.name).not.toContain(sentBy(fixture))
      expect(said, fixture.name).not.toContain(token)
    }
  })
})

/** Real requests for one path: the witness's own, or everything a stranger would try. */
const pathOf = (p: PathVerdict): string => p.path.replace('v[0-9]+', 'v1').replace('(.*)', 'x')
const hostOf = (p: PathVerdict): string =>
  p.host === '_' ? 'unnamed.invalid' : p.host.startsWith('*.') ? `x${p.host.slice(1)}` : p.host

const strangers = (fixture: IngressFixture, p: PathVerdict): readonly Ask[] => {
  const [header, value] = [headerOf(fixture), sentBy(fixture)]
  const path = pathOf(p)
  const target = { host: hostOf(p), path }
  const wrong = [
    '',
    'wrong',
    '0',
    value.slice(1),
    `x${value}`.slice(0, value.length),
    value.split('').toReversed().join(''),
  ]
  return [
    target,
    ...wrong.map(v => ({ ...target, headers: [[header, v]] as const })),
    {
      ...target,
      headers: [
        [header, 'wrong'],
        [header, 'wronger'],
      ] as const,
    },
    { ...target, headers: [['cf_token', value]] as const },
    { ...target, headers: [['X-Forwarded-For', '198.51.100.9']] as const },
    { ...target, headers: [['Authorization', 'Basic ZWRnZTplZGdl']] as const },
    { ...target, method: 'POST' },
    { ...target, method: 'OPTIONS' },
    { ...target, path: `${path}?cf-token=1&preview=1` },
    { ...target, path: path.endsWith('/') ? `${path}health` : `${path}/health` },
  ]
}

const reaches = (reply: Reply): boolean => reply.reached !== null

describe.skipIf(nginx === null)(`the verdicts beside the real nginx${skipped}`, () => {
  const ports = new Map<IngressFixture, number>()
  const running: NginxProcess[] = []
  const portOf = (f: IngressFixture): number => ports.get(f) ?? 0

  beforeAll(async () => {
    const valid = fixtures.filter(f => f.invalid !== true)
    const all = await freePorts(valid.length + 1)
    const backend = all.at(-1) ?? 0
    for (const [i, f] of valid.entries()) ports.set(f, all[i] ?? 0)
    const rendered = valid.map(f => nginxConfigOf(sourceOf(f), portOf(f), backend))
    const http = [backendOf(backend), ...rendered.map(r => r.http)].join('\n')
    running.push(await start({ http, files: Object.assign({}, ...rendered.map(r => r.files)) }))
  }, 30_000)

  afterAll(async () => {
    await Promise.all(running.map(r => r.stop()))
  })

  it.each(fixtures.filter(f => f.invalid === true))(
    'nginx refuses the configuration: $name',
    async fixture => {
      const [port = 0, backend = 0] = await freePorts(2)
      const config = nginxConfigOf(sourceOf(fixture), port, backend)
      await expect(start(config)).rejects.toThrow('nginx did not start: it refuses its configuration')
      const told = judged(fixture).flatMap(p => p.doubts.map(d => d.reason))
      expect(told.join()).toContain('nginx refuses this configuration')
    },
  )

  it.each(fixtures.filter(f => f.invalid !== true))(
    'a stranger gets what the verdict says: $name',
    async fixture => {
      const port = portOf(fixture)
      const raw = new Map([...rawByName(textsOf(fixture)), [`Basic $\{password}`, sentBy(fixture)]])
      for (const p of judged(fixture)) {
        const label = `${p.host} ${p.path} ${p.verdict}`
        if (p.witness !== null) {
          const { witness } = p
          const spoofed = witness.address !== null && !witness.address.startsWith('127.')
          const headers = witness.headers.map(([n, v]) => [n, raw.get(v) ?? v] as const)
          const all = spoofed ? [...headers, ['X-Forwarded-For', witness.address ?? ''] as const] : headers
          const from = witness.address !== null && !spoofed ? { from: witness.address } : {}
          const reply = await ask(port, { ...witness, headers: all, ...from })
          expect(reply.reached, `${label} ${JSON.stringify(witness)}`).toBe(p.service?.name)
          if (p.verdict === 'guessable') {
            const tries = await Promise.all(strangers(fixture, p).map(a => ask(port, a)))
            expect(tries.some(reaches), label).toBe(false)
          }
        } else if (p.verdict === 'closed' || p.verdict === 'authenticated') {
          const tries = await Promise.all(strangers(fixture, p).map(a => ask(port, a)))
          expect(tries.filter(reaches), label).toEqual([])
        }
      }
    },
  )

  it.each(fixtures.filter(f => f.invalid !== true))(
    'no, a wrong and the right token get what the model says: $name',
    async fixture => {
      const [header, value] = [headerOf(fixture), sentBy(fixture)]
      const [first] = judged(fixture)
      const program = programOf(fixture)
      if (first === undefined || program === null) throw new Error('a fixture without a path')
      const target: Ask = { host: hostOf(first), path: pathOf(first) }
      const asking: Asking = {
        request: {
          method: 'GET',
          host: hostOf(first),
          path: pathOf(first),
          query: '',
          headers: [],
          address: '127.0.0.1',
          scheme: 'http',
        },
        version: { joinsHeaders },
        authorized: authorized(fixture),
      }
      const model = refusesWithout(header, sealedToken(value, textsOf(fixture)), program, asking)
      const live = {
        without: await ask(port(fixture), target),
        wrong: await ask(port(fixture), { ...target, headers: [[header, 'Wrong-Value-1']] }),
        right: await ask(port(fixture), { ...target, headers: [[header, value]] }),
      }
      agree('without', model.without, live.without)
      agree('right', model.right, live.right)
      // The model speaks of every wrong token: refused is then true of this one; passing may need another one.
      if (model.wrong.kind === 'refused') agree('wrong', model.wrong, live.wrong)
      expect(model.right?.kind).toBe(fixture.right ?? 'passes')
    },
  )

  const port = (f: IngressFixture): number => portOf(f)
})

const agree = (what: string, model: Answer | null, live: Reply): void => {
  if (model === null || model.kind === 'unknown') return
  if (model.kind === 'passes')
    expect([what, live.reached === null], String(live.status)).toEqual([what, false])
  else expect([what, live.reached, live.status]).toEqual([what, null, model.status])
}

const authorized = (fixture: IngressFixture): boolean | null => {
  const [file] = Object.values(fixture.htpasswd ?? {})
  if (file === undefined) return false
  return headerOf(fixture) === 'authorization' ? basicAuthFacts(sentBy(fixture), file).fits : false
}

/** The program of the first path that the verdicts name. */
const programOf = (fixture: IngressFixture) => {
  const controller = controllerOf(fixture)
  const snippets = rendersSnippets(sourceOf(fixture))
  const servers = serversOf(inOrder(ingressesOf(fixture)), snippets)
  const [first] = judged(fixture)
  const server = servers.find(s => s.host === (first?.host ?? mainHost))
  const location = server?.locations.find(l => l.path === first?.path && l.service !== null)
  if (server === undefined || location === undefined) return null
  return locationProgram(server, location, { controller, settings: settingsOf(controller), snippets }).program
}
