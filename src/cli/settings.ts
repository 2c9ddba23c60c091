/** The settings of a run: flags first, then the config file, then the defaults. */
import { Ajv } from 'ajv'
import { messageOf, UserFault } from '#base/fault.ts'
import { suggestion } from '#rulebook/nearest.ts'
import type { Profile } from '#rulebook/rule.ts'
import * as check from './checks.ts'
import { type FailOn, failOnChoices } from './exit-code.ts'
import { type Format, formats } from './formats.ts'
import { ruleProfiles } from './program.ts'
import { readJson } from './read-file.ts'

export interface Settings {
  readonly profile?: string
  readonly roleArn?: string
  readonly externalId?: string
  readonly region?: readonly string[]
  readonly endpointUrl?: string
  readonly dnsServer?: string
  readonly manifests?: readonly string[]
  /** True for the file that kubectl would use. */
  readonly kubeconfig?: string | true
  readonly context?: string
  readonly format?: readonly Format[]
  readonly output?: string
  readonly failOn: FailOn
  readonly rules?: string
  readonly ruleProfile: (typeof ruleProfiles)[number]
  /** False sends nothing. */
  readonly probe: 'safe' | 'all' | false
  readonly dryRun: boolean
  readonly probeAllow: readonly string[]
  /** Reads values to find secrets that stand in clear. */
  readonly findPlaintext: boolean
  /** Hosts outside AWS that may be probed, being the account's own by the user's word; config file only. */
  readonly ownedHosts: readonly string[]
  /** Hosts outside AWS that the user answers for, so that a scan is complete without a verdict on them; config file only. */
  readonly acceptedHosts: readonly string[]
  readonly caFile?: string
  readonly saveSnapshot?: string
  /** File of the key that makes fingerprints comparable from scan to scan; config file only. */
  readonly sealKeyFile?: string
  /** File in which values seen by earlier scans are remembered, by fingerprint; false remembers nothing. */
  readonly history?: string | false
  /** Changes of single rules on top of the profile's; config file only. */
  readonly adjust?: Profile['adjust']
}

const text = { type: 'string', minLength: 1 } as const
const texts = { type: 'array', items: text, minItems: 1 } as const

/** What a config file may hold: the long options in camel case, the seal key, and hosts that the user vouches for. */
const configSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    $schema: text,
    profile: text,
    roleArn: text,
    externalId: text,
    region: texts,
    endpointUrl: text,
    dnsServer: text,
    manifests: texts,
    kubeconfig: text,
    context: text,
    format: { type: 'array', items: { enum: formats }, minItems: 1 },
    output: text,
    failOn: { enum: failOnChoices },
    rules: text,
    ruleProfile: { enum: ruleProfiles },
    probe: { enum: ['safe', 'all', false] },
    dryRun: { type: 'boolean' },
    probeAllow: texts,
    findPlaintext: { type: 'boolean' },
    ownedHosts: texts,
    acceptedHosts: texts,
    caFile: text,
    saveSnapshot: text,
    sealKeyFile: text,
    history: { anyOf: [text, { const: false }] },
    // Its contents are checked with the rules that they name.
    adjust: { type: 'object' },
  },
} as const

/** The values of a config pass the checks of the flags. */
const checkValues = (config: Partial<Settings>, file: string): Partial<Settings> => {
  try {
    config.region?.forEach(check.region)
    config.probeAllow?.forEach(check.cidr)
    config.ownedHosts?.forEach(check.hostName)
    config.acceptedHosts?.forEach(check.hostName)
    if (config.roleArn) check.roleArn(config.roleArn)
    if (config.endpointUrl) check.httpUrl(config.endpointUrl)
    if (config.dnsServer) check.dnsServer(config.dnsServer)
    return config
  } catch (thrown) {
    throw new UserFault(`The config ${file} is wrong: ${messageOf(thrown)}`)
  }
}

const readConfig = async (file: string): Promise<Partial<Settings>> => {
  const config = await readJson(file, 'the config')
  const accepts = new Ajv({ strict: true }).compile<Partial<Settings>>(configSchema)
  if (accepts(config)) return checkValues(config, file)
  const [error] = accepts.errors ?? []
  const place = error?.instancePath ? ` at ${error.instancePath}` : ''
  const extra = error?.params as
    | { additionalProperty?: string; allowedValues?: readonly unknown[] }
    | undefined
  if (extra?.additionalProperty)
    throw new UserFault(
      `The config ${file} has an unknown setting "${extra.additionalProperty}"${place}${suggestion(extra.additionalProperty, Object.keys(configSchema.properties))}.`,
    )
  const allowed = extra?.allowedValues ? `: ${extra.allowedValues.join(', ')}` : ''
  throw new UserFault(`The config ${file} is wrong${place}: it ${error?.message}${allowed}.`)
}

const defaults = {
  failOn: 'high',
  ruleProfile: 'recommended',
  probe: 'safe',
  dryRun: false,
  probeAllow: [],
  findPlaintext: false,
  ownedHosts: [],
  acceptedHosts: [],
} as const

/** Commander reports `--probe` and `--history` as true when nothing was said of either. */
const given = (options: Readonly<Record<string, unknown>>): Partial<Settings> =>
  Object.fromEntries(
    Object.entries(options).filter(
      ([key, value]) => value !== undefined && !(['probe', 'history'].includes(key) && value === true),
    ),
  )

export const settingsOf = async (options: Readonly<Record<string, unknown>>): Promise<Settings> => {
  const config = typeof options.config === 'string' ? await readConfig(options.config) : {}
  return { ...defaults, ...config, ...given(options) }
}
