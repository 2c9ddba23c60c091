/** The requests that settle one link: controls through the edge, then every door asked directly without the secret. */
import type { LinkExposure } from '#prove/exposure.ts'
import { type Draft, direct, edge, requestsPerLink, type Setting, viewerHost } from './draft.ts'
import { controlPath, missingPath, originPath } from './edge-path.ts'
import type { Door, Entry } from './entry.ts'
import { wrongToken } from './gate-header.ts'
import { askKey, sendableWitness, witnessRequest } from './witness-request.ts'
import { seededWord } from './words.ts'

/** Most requests of the SNI and Host matrix. */
const matrixSize = 10

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
export const distinct = (drafts: readonly Draft[]): readonly Draft[] => {
  const asked = new Set<string>()
  return drafts.filter(d => asked.size < asked.add(askKey(d)).size)
}

const negatives = (setting: Setting, main: Door, exposure: LinkExposure): readonly Draft[] => {
  const { link, entry, seed } = setting
  const word = (purpose: string) => seededWord(seed, `${link.id} ${purpose}`, 24, 'lower')
  const missing = missingPath(link, word('path'))
  const token = wrongToken(exposure, entry, seed)
  const tlsDoor = main.scheme === 'https' ? main : entry.doors.find(d => d.scheme === 'https')
  return [
    ...(missing === null
      ? []
      : [
          edge(setting, 'N1-edge', missing),
          direct(setting, main, {
            recipe: 'control',
            role: 'N1-direct',
            path: originPath(link, missing),
          }),
        ]),
    ...(entry.shared
      ? []
      : [direct(setting, main, { recipe: 'control', role: 'N2', host: `${word('host')}.invalid` })]),
    // Even a wrong token shows its length and alphabet, so never in clear text.
    ...(token === null || tlsDoor === undefined
      ? []
      : [direct(setting, tlsDoor, { recipe: 'R2', role: 'N3', headers: [token] })]),
  ]
}

const ordinary = (setting: Setting, main: Door): readonly Draft[] => [
  direct(setting, main, { recipe: 'R1', role: 'W' }),
  ...(setting.entry.shared
    ? []
    : [direct(setting, main, { recipe: 'R1', role: 'W', host: viewerHost(setting.link) })]),
]

/**
 * The requests for a link, most telling first and both ends of the positive control around the rest, at most `most`.
 * Empty where the edge shows no page of this origin to compare with.
 */
export const planLink = (
  exposure: LinkExposure,
  entry: Entry,
  seed: string,
  most: number,
): readonly Draft[] => {
  const { link, internet } = exposure
  const witness = sendableWitness(internet.witness)
  const path = controlPath(link, witness?.path ?? null)
  if (path === null) return []
  const setting: Setting = { link, entry, seed, path }
  const { doors } = entry
  const [main, ...otherDoors] = doors
  const asks = distinct([
    ...(witness === null ? [] : [{ link: link.id, ...witnessRequest(witness, doors) }]),
    ...ordinary(setting, main),
    ...negatives(setting, main, exposure),
    ...otherDoors.map(d => direct(setting, d, { recipe: 'R3', role: 'W' })),
    ...(takesAnyName(entry) ? matrix(setting, doors.find(d => d.scheme === 'https') ?? main) : []),
  ])
  const room = Math.max(0, Math.min(most, requestsPerLink) - 2)
  return [edge(setting, 'P'), ...asks.slice(0, room), edge(setting, 'P')]
}

/** Elsewhere a name that is not the origin's own might be somebody else's. */
const takesAnyName = ({ kind }: Entry): boolean => kind === 'load-balancer' || kind === 'instance'
