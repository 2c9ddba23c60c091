/** The requests that settle one link: controls through the edge, then every door asked directly without the secret. */
import type { LinkExposure } from '#prove/exposure.ts'
import type { Link } from '#topology/model.ts'
import { controlPath, missingPath, originPath } from './edge-path.ts'
import { type Door, doorsOf, type LoadBalancers, ownDoor } from './entry.ts'
import type { ProbeRequest } from './exchange.ts'
import { wrongToken } from './gate-header.ts'
import { askKey, sendableWitness, witnessRequest } from './witness-request.ts'
import { seededWord } from './words.ts'

/** A request without its id, which is its place in the plan. */
export type Draft = Omit<ProbeRequest, 'id'>

/** Most requests for one link. */
export const requestsPerLink = 16
/** Most requests of the SNI and Host matrix. */
const matrixSize = 10

/** The first alias that names one host; the distribution's own name where there is none. */
const viewerHost = (link: Link): string =>
  link.distribution.aliases.find(a => !a.includes('*')) ?? link.distribution.domainName

interface Setting {
  readonly link: Link
  readonly loadBalancers: LoadBalancers
  readonly seed: string
  /** Viewer path of the controls. */
  readonly path: string
}

type Claims = Pick<Draft, 'recipe' | 'role'> &
  Partial<Pick<Draft, 'path' | 'headers'>> & { readonly host: string; readonly sni?: string }

/** Through the edge: HTTPS is answered under every viewer protocol policy. */
const edge = ({ link, path }: Setting, role: 'P' | 'N1-edge', asked: string = path): Draft => {
  const host = viewerHost(link)
  return {
    link: link.id,
    recipe: 'control',
    role,
    connect: { name: link.distribution.domainName, port: 443, family: 4 },
    present: { host, sni: host },
    method: 'GET',
    path: asked,
    headers: [],
  }
}

const direct = (setting: Setting, door: Door, claims: Claims): Draft => ({
  link: setting.link.id,
  recipe: claims.recipe,
  role: claims.role,
  connect: { name: door.name, port: door.port, family: door.family },
  present: {
    host: claims.host,
    sni: door.scheme === 'http' ? null : (claims.sni ?? setting.link.origin.domainName),
  },
  method: 'GET',
  path: claims.path ?? originPath(setting.link, setting.path),
  headers: claims.headers ?? [],
})

/** SNI and Host apart: what a gate by name lets through. */
const matrix = (setting: Setting, door: Door): readonly Draft[] => {
  const own = setting.link.origin.domainName
  const alias = viewerHost(setting.link)
  // An address as Host passes by every host-header rule; which one does not matter.
  const address = '192.0.2.1'
  const hosts = [
    { sni: alias, host: alias },
    { sni: '', host: alias },
    { sni: own, host: door.name },
    { sni: '', host: address },
    { sni: alias, host: own },
    { sni: own, host: address },
    { sni: '', host: own },
    { sni: alias, host: door.name },
  ]
  return hosts
    .map(claims => direct(setting, door, { recipe: 'R5', role: 'W', ...claims }))
    .slice(0, matrixSize)
}

/** Without the later of two requests that ask the same thing. */
const distinct = (drafts: readonly Draft[]): readonly Draft[] => {
  const asked = new Set<string>()
  return drafts.filter(d => asked.size < asked.add(askKey(d)).size)
}

const negatives = (setting: Setting, main: Door, doors: readonly Door[]): readonly Draft[] => {
  const { link, loadBalancers, seed } = setting
  const word = (purpose: string) => seededWord(seed, `${link.id} ${purpose}`, 24, 'lower')
  const missing = missingPath(link, word('path'))
  const token = wrongToken(link, loadBalancers, seed)
  const tlsDoor = main.scheme === 'https' ? main : doors.find(d => d.scheme === 'https')
  const own = link.origin.domainName
  return [
    ...(missing === null
      ? []
      : [
          edge(setting, 'N1-edge', missing),
          direct(setting, main, {
            recipe: 'control',
            role: 'N1-direct',
            host: own,
            path: originPath(link, missing),
          }),
        ]),
    direct(setting, main, { recipe: 'control', role: 'N2', host: `${word('host')}.invalid` }),
    // Even a wrong token shows its length and alphabet, so never in clear text.
    ...(token === null || tlsDoor === undefined
      ? []
      : [direct(setting, tlsDoor, { recipe: 'R2', role: 'N3', host: own, headers: [token] })]),
  ]
}

const ordinary = (setting: Setting, main: Door): readonly Draft[] => [
  direct(setting, main, { recipe: 'R1', role: 'W', host: setting.link.origin.domainName }),
  direct(setting, main, { recipe: 'R1', role: 'W', host: viewerHost(setting.link) }),
]

/**
 * The requests for a link, most telling first and both ends of the positive control around the rest, at most `most`.
 * Empty where the edge shows no page of this origin to compare with.
 */
export const planLink = (
  { link, internet }: LinkExposure,
  loadBalancers: LoadBalancers,
  seed: string,
  most: number,
): readonly Draft[] => {
  const witness = sendableWitness(internet.witness)
  const path = controlPath(link, witness?.path ?? null)
  if (path === null) return []
  const setting: Setting = { link, loadBalancers, seed, path }
  const doors = loadBalancers.flatMap(lb => doorsOf(link, lb).doors)
  const main = doors[0] ?? { name: loadBalancers[0].dnsName, ...ownDoor(link), family: 4 }
  const otherDoors = doors
    .filter(d => d !== main)
    .map(d => direct(setting, d, { recipe: 'R3', role: 'W', host: link.origin.domainName }))
  const asks = distinct([
    ...(witness === null ? [] : [{ link: link.id, ...witnessRequest(witness, loadBalancers) }]),
    ...ordinary(setting, main),
    ...negatives(setting, main, doors),
    ...otherDoors,
    ...matrix(setting, doors.find(d => d.scheme === 'https') ?? main),
  ])
  const room = Math.max(0, Math.min(most, requestsPerLink) - 2)
  return [edge(setting, 'P'), ...asks.slice(0, room), edge(setting, 'P')]
}
