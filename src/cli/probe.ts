/** The probe as the settings want it, and its plan as text. */
import { randomUUID } from 'node:crypto'
import { Resolver } from 'node:dns/promises'
import type { ProbeOptions, ProbeRequest, ScanPlan } from '#scan.ts'
import { version } from './package-files.ts'
import type { Progress } from './progress.ts'
import { readText } from './read-file.ts'
import type { Settings } from './settings.ts'

/** Resolves anew before every connection, as owning an address is a matter of the moment. */
const resolveWith = (server: string | undefined) => {
  const resolver = new Resolver({ timeout: 2_000, tries: 2 })
  if (server !== undefined) resolver.setServers([server])
  return (name: string, family: 4 | 6): Promise<readonly string[]> =>
    family === 4 ? resolver.resolve4(name) : resolver.resolve6(name)
}

export const probeOptions = async (
  settings: Settings,
  mode: ProbeOptions['mode'],
  progress: Progress,
): Promise<ProbeOptions> => {
  const run = randomUUID()
  return {
    mode,
    ownedHosts: settings.ownedHosts,
    seed: run,
    allow: settings.probeAllow,
    transport: {
      resolve: resolveWith(settings.dnsServer),
      userAgent: `originproof/${await version()} (run ${run.slice(0, 8)}; authorised check of the account's own origins)`,
      ...(settings.caFile && { ca: await readText(settings.caFile, 'the certificate authorities') }),
    },
    onProgress: ({ done, total }) => progress.detail(`${done} of ${total} requests`),
  }
}

const line = ({ link, recipe, role, connect, present, method, path, headers }: ProbeRequest): string => {
  const scheme = present.sni === null ? 'http' : 'https'
  const extra = headers.map(([name, value]) => ` ${name}: ${value}`).join(',')
  return `${link}  ${recipe}/${role}  connect ${connect.name}:${connect.port} (IPv${connect.family})  ${method} ${scheme}://${present.host}${path}${extra ? ` with${extra}` : ''}\n`
}

/** One line per request: where the socket goes, what is claimed there, and no secret. Then why links are not asked. */
export const describePlan = ({ requests, unasked }: ScanPlan): string => {
  const links = new Set(requests.map(r => r.link)).size
  const left = unasked.map(({ link, reason }) => `${link}  not asked: ${reason}\n`)
  const rest = unasked.length === 0 ? '' : ` Not asked: ${unasked.length}.`
  return `${requests.map(line).join('')}${left.join('')}${requests.length} requests for ${links} links would be sent.${rest}\n`
}
