/** Runs the real pipeline against a live laboratory, and starts the real command line. */
import { spawn } from 'node:child_process'
import { Resolver } from 'node:dns/promises'
import { loadRules } from '#cli/rules.ts'
import { type Lab, type LabOptions, startLab } from '#lab/lab.ts'
import type { World } from '#lab/world.ts'
import {
  dnsResolver,
  type ManifestFile,
  type ProbeOptions,
  type Scan,
  type ScanOptions,
  scan,
} from '#scan.ts'

const credentials = async () => ({
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'laboratory',
})
const sealKey = Buffer.alloc(32, 7)
const now = new Date('2026-11-20T12:00:00.000Z')

const resolving = (server: string) => {
  const resolver = new Resolver({ timeout: 2_000, tries: 2 })
  resolver.setServers([server])
  return (name: string, family: 4 | 6) => (family === 4 ? resolver.resolve4(name) : resolver.resolve6(name))
}

/** What is probed besides load balancers, and where that goes which the laboratory does not know. */
export type Probing = Partial<Pick<ProbeOptions, 'mode' | 'ownedHosts'>> &
  Partial<Pick<ProbeOptions['transport'], 'route' | 'ca'>>

const scopeIn = (probing: boolean | Probing): Pick<Probing, 'mode' | 'ownedHosts'> => {
  if (typeof probing === 'boolean') return {}
  const { route: _, ca: _ca, ...scope } = probing
  return scope
}

export const judging = async (): Promise<ScanOptions['judge']> => ({
  rulebook: await loadRules(undefined),
  profile: 'recommended',
  toolVersion: '0.1.0',
  snapshotName: 'snapshot.ndjson',
})

/** Options of a scan of the laboratory; probing at full speed where asked for. */
const scanOptions = async (lab: Lab, probing: boolean | Probing): Promise<ScanOptions> => ({
  collect: {
    credentials,
    endpoint: lab.endpoint,
    homeRegion: 'us-east-1',
    sealKey,
    now,
    resolver: dnsResolver({ server: lab.dnsServer }),
    maxAttempts: 2,
    retryDelayMs: 1,
    tool: 'originproof',
  },
  probe: probing
    ? {
        mode: 'safe',
        ...scopeIn(probing),
        seed: 'a fixed seed',
        allow: lab.networks,
        clock: { now: () => now.getTime(), sleep: async () => {} },
        transport: {
          resolve: resolving(lab.dnsServer),
          userAgent: 'originproof',
          ca: (typeof probing === 'object' ? probing.ca : undefined) ?? lab.ca,
          route: (typeof probing === 'object' ? probing.route : undefined) ?? lab.route,
          limits: { requestsPerSecond: 500 },
        },
      }
    : null,
  judge: await judging(),
})

/** Starts a laboratory, scans it once, ends it. */
export const scanWorld = async (
  world: World,
  {
    probing = false,
    findPlaintext = false,
    manifests = [],
    acceptedHosts = [],
    ...options
  }: LabOptions & {
    readonly acceptedHosts?: readonly string[]
    readonly probing?: boolean | ((lab: Lab) => Probing)
    readonly findPlaintext?: boolean
    readonly manifests?: readonly ManifestFile[]
  } = {},
): Promise<Scan> => {
  const lab = await startLab(world, options)
  try {
    const usual = await scanOptions(lab, typeof probing === 'function' ? probing(lab) : probing)
    return await scan({
      ...usual,
      collect: { ...usual.collect, findPlaintext, manifests },
      judge: { ...usual.judge, acceptedHosts },
    })
  } finally {
    await lab.close()
  }
}

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs the command line as a user would, without credentials of this machine. */
export const originproof = (
  args: readonly string[],
  options: {
    readonly env?: Readonly<Record<string, string>>
    readonly cwd?: string
    /** What is piped in. */
    readonly input?: string
  } = {},
): Promise<Ended> => {
  const env = {
    PATH: process.env.PATH,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/nonexistent',
    AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
    ...options.env,
  }
  const child = spawn(process.execPath, [`${process.cwd()}/src/cli/main.ts`, ...args], {
    cwd: options.cwd ?? process.cwd(),
    env,
    timeout: 120_000,
  })
  child.stdin.end(options.input ?? '')
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', part => {
    stdout += part
  })
  child.stderr.on('data', part => {
    stderr += part
  })
  return new Promise(ended => child.on('close', code => ended({ code, stdout, stderr })))
}
