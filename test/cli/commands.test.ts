import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AwsCall, AwsHandler, Broken } from '#lab/aws/endpoint.ts'
import { withDenied, withFaults } from '#lab/aws/policy.ts'
import { forbidden, forward, header, rule } from '#lab/build/rules.ts'
import { buildWorld } from '#lab/build/site.ts'
import { type Lab, startLab } from '#lab/lab.ts'
import type { World } from '#lab/world.ts'
import { operations, type ScanResult } from '#scan.ts'
import { lockedWorld } from '../e2e/mixed-world.ts'
import { type Ended, originproof } from '../e2e/run.ts'
import { formsOf, secretsOf } from '../e2e/secrets.ts'
import { startOriginproof } from './running.ts'

const account = '111122223333'
const role = `arn:aws:iam::${account}:role/scanner`
const secretKey = 'canary-of-the-callers-own-secret-key'
const env = { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: secretKey }

/** Two locked sites in two regions, and one that is open on a port where the test itself listens. */
const threeSites = (port: number): World => {
  const site = (name: string, region: string, open: boolean) => {
    const token = `canary-${name}-Zb7Qm4XzR7uTnBv0sLd8WkYcE2aJfHg6`
    return {
      name,
      story: name,
      place: { account, region },
      headers: { 'x-auth-token': token },
      loadBalancer: {
        admits: open
          ? [{ peer: 'world', ports: [1, 65_535] } as const]
          : [{ peer: 'cloudfront', ports: [443, 443] } as const],
        listeners: [
          {
            port: 443,
            protocol: 'HTTPS',
            rules: [rule(10, header('x-auth-token', token), forward())],
            otherwise: forbidden,
          } as const,
          ...(open ? [{ port, protocol: 'HTTP', otherwise: forward() } as const] : []),
        ],
      },
    }
  }
  const world = buildWorld({
    name: 'three sites',
    story: 'Two locked, one open.',
    zone: 'example.com',
    account,
    regions: ['eu-central-1', 'eu-west-1', 'us-east-1'],
    sites: [
      site('gated', 'eu-west-1', false),
      site('abroad', 'us-east-1', false),
      site('open', 'eu-west-1', true),
    ],
  })
  const dns = world.dns.map(e => (e.name.startsWith('open-') ? { ...e, value: '127.0.0.1' } : e))
  return { ...world, dns }
}

interface Origin {
  readonly server: Server
  readonly port: number
  readonly connections: () => number
  /** Fulfilled with the first connection. */
  readonly reached: Promise<void>
}

/** Stands where the open site's load balancer would: every connection is counted and cut. */
const listenAtOrigin = async (): Promise<Origin> => {
  let seen = 0
  const first = Promise.withResolvers<void>()
  const server = createServer(socket => {
    seen += 1
    first.resolve()
    socket.on('error', () => undefined)
    socket.destroy()
  })
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return { server, port: address.port, connections: () => seen, reached: first.promise }
}

interface Watched {
  readonly lab: Lab
  /** Since the last look. */
  readonly calls: () => readonly AwsCall[]
}

const watched = async (world: World, wrap: (handle: AwsHandler) => AwsHandler = h => h): Promise<Watched> => {
  let calls: AwsCall[] = []
  const lab = await startLab(world, {
    aws: handle => {
      const answer = wrap(handle)
      return call => {
        calls.push(call)
        return answer(call)
      }
    },
  })
  return {
    lab,
    calls: () => {
      const seen = calls
      calls = []
      return seen
    },
  }
}

const runs = new Map<string, Ended>()
const ended = (name: string): Ended => {
  const run = runs.get(name)
  if (!run) throw new Error(`no run ${name}`)
  return run
}
const run = async (name: string, args: readonly string[], more: Record<string, string> = {}) => {
  runs.set(name, await originproof(args, { env: { ...env, ...more }, cwd: folder }))
}
const file = (...path: readonly string[]): Promise<string> => readFile(join(folder, ...path), 'utf8')

let folder = ''
let origin: Origin
let world: World
const labs: Lab[] = []
const seen: Record<'whole' | 'assumed' | 'limited', readonly AwsCall[]> = {
  whole: [],
  assumed: [],
  limited: [],
}
let sentByDryRun = Number.NaN

const start = async (...given: Parameters<typeof watched>): Promise<Watched> => {
  const started = await watched(...given)
  labs.push(started.lab)
  return started
}
const at = (lab: Lab) => ['--endpoint-url', lab.endpoint, '--dns-server', lab.dnsServer]

const withWorld = async (): Promise<void> => {
  const { lab, calls } = await start(world)
  await run('scan', [
    ...['scan', ...at(lab), '--no-probe', '--config', 'config.json'],
    ...['--format', 'terminal,json,sarif,html', '--output', 'report', '--save-snapshot', 'saved/here.ndjson'],
  ])
  seen.whole = calls()
  await run('assumed', [
    ...['collect', ...at(lab), '--config', 'config.json', '-o', 'collected/snapshot.ndjson'],
    ...['--role-arn', role, '--external-id', 'of-this-customer'],
  ])
  seen.assumed = calls()
  await run(
    'limited',
    ['scan', '--dns-server', lab.dnsServer, '--no-probe', '--region', 'eu-west-1', '--format', 'sarif'],
    { AWS_ENDPOINT_URL: lab.endpoint, ORIGINPROOF_DEBUG: '1' },
  )
  seen.limited = calls()
  const before = origin.connections()
  await run('dry run', ['scan', ...at(lab), '--dry-run', '--probe-allow', '127.0.0.0/8'])
  sentByDryRun = origin.connections() - before
  const { child, ended: end } = startOriginproof(['scan', ...at(lab), '--probe-allow', '127.0.0.0/8'], {
    env,
    cwd: folder,
  })
  await Promise.race([origin.reached, end])
  child.kill()
  await end
}

/** Answers that are broken, cut, or errors that quote a secret. */
const broken = (handle: AwsHandler): AwsHandler =>
  withFaults(
    handle,
    new Map<string, Broken | { readonly code: string; readonly message: string }>([
      ['cloudfront:GetDistributionConfig', 'malformed'],
      ['ec2:DescribeSubnets', 'truncated'],
      [
        'elastic-load-balancing-v2:DescribeRules',
        { code: 'ValidationError', message: `Condition value '${secretsOf(world)[0]}' is invalid` },
      ],
    ]),
  )

const withOthers = async (): Promise<void> => {
  const locked = await start(lockedWorld)
  await run('locked', ['scan', ...at(locked.lab), '--no-probe'])
  const denied = await start(lockedWorld, h =>
    withDenied(h, new Set(['elastic-load-balancing-v2:DescribeRules'])),
  )
  await run('denied', ['scan', ...at(denied.lab), '--no-probe', '--fail-on', 'high'])
  const faulty = await start(world, broken)
  await run('broken', ['scan', ...at(faulty.lab), '--no-probe', '--output', 'broken'], {
    ORIGINPROOF_DEBUG: '1',
  })
}

/** The saved snapshot with one record changed. */
const changed = async (
  name: string,
  is: (config: Record<string, unknown>) => boolean,
  change: (config: Record<string, unknown>) => Record<string, unknown>,
): Promise<string> => {
  let changes = 0
  const lines = (await file('report', 'snapshot.ndjson')).trimEnd().split('\n')
  const text = lines.map(line => {
    const record = JSON.parse(line) as { record: string; config?: Record<string, unknown> }
    if (!record.config || !is(record.config)) return line
    changes += 1
    return JSON.stringify({ ...record, config: change(record.config) })
  })
  expect(changes, `records changed in ${name}`).toBeGreaterThan(0)
  await writeFile(join(folder, name), `${text.join('\n')}\n`)
  return name
}

/** A result whose first certificate lacks its first obligation. */
const withoutObligation = (text: string): string => {
  const whole = JSON.parse(text) as ScanResult
  const at = whole.links.findIndex(l => (l.exposure.internet.certificate?.obligations.length ?? 0) > 0)
  const { internet, ...others } = whole.links[at]?.exposure ?? {}
  const certificate = { ...internet?.certificate, obligations: internet?.certificate?.obligations.slice(1) }
  const exposure = { ...others, internet: { ...internet, certificate } }
  return JSON.stringify({ ...whole, links: whole.links.map((l, i) => (i === at ? { ...l, exposure } : l)) })
}

const checkProofs = async (): Promise<void> => {
  const result = join('report', 'result.json')
  const opened = await changed(
    'opened.ndjson',
    c => c.SecurityGroupRuleId !== undefined && c.PrefixListId !== undefined,
    ({ PrefixListId: _, ...c }) => ({ ...c, CidrIpv4: '0.0.0.0/0' }),
  )
  const passing = await changed(
    'passing.ndjson',
    c => c.RuleArn !== undefined && JSON.stringify(c.Actions).includes('"forward"'),
    c => ({
      ...c,
      Actions: [{ Type: 'fixed-response', Order: 1, FixedResponseConfig: { StatusCode: '404' } }],
    }),
  )
  const cut = 'cut.json'
  await writeFile(join(folder, cut), withoutObligation(await file('report', 'result.json')))
  await run('proof', ['check-proof', result, '--snapshot', join('report', 'snapshot.ndjson')])
  await run('proof, cut', ['check-proof', cut, '--snapshot', join('report', 'snapshot.ndjson')])
  await run('proof, other', ['check-proof', result, '--snapshot', join('broken', 'snapshot.ndjson')])
  await run('proof, opened', ['check-proof', result, '--snapshot', opened])
  await run('proof, passing', ['check-proof', result, '--snapshot', passing])
}

const fromFiles = async (): Promise<void> => {
  const snapshot = join('collected', 'snapshot.ndjson')
  await run('judge', ['judge', '--snapshot', snapshot, '--format', 'json'])
  await run('report', [
    ...['report', '--result', join('report', 'result.json')],
    ...['--format', 'json,sarif,html', '--output', 'again'],
  ])
}

const withoutAccount = async (): Promise<void> => {
  await run('rules', ['rules'])
  await run('rule', ['rules', 'show', 'token-strong'])
  await run('policy', ['policy'])
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'originproof-commands-'))
  await writeFile(join(folder, 'config.json'), JSON.stringify({ sealKeyFile: join(folder, 'seal.key') }))
  origin = await listenAtOrigin()
  world = threeSites(origin.port)
  await Promise.all([withWorld(), withOthers().then(withoutAccount)])
  await Promise.all([checkProofs(), fromFiles()])
}, 240_000)

afterAll(async () => {
  await Promise.all(labs.map(lab => lab.close()))
  origin.server.close()
  await rm(folder, { recursive: true, force: true })
})

const regionsOf = (calls: readonly AwsCall[], service: string): readonly string[] =>
  [...new Set(calls.filter(c => c.service === service).map(c => c.region))].sort()

const head = async (...path: readonly string[]) =>
  JSON.parse((await file(...path)).split('\n')[0] ?? '') as { regions: readonly string[] }

const result = async (text: Promise<string> | string) => JSON.parse(await text) as ScanResult

describe('scan', () => {
  it('reads through --endpoint-url, ends with 1 where an origin is open, and writes every file', async () => {
    const { code, stdout, stderr } = ended('scan')
    expect(code, stderr).toBe(1)
    expect(stdout).toMatch(/open\.example\.com/)
    expect(seen.whole.length).toBeGreaterThan(30)
    expect((await readdir(join(folder, 'report'))).sort()).toEqual([
      'report.html',
      'report.sarif',
      'result.json',
      'snapshot.ndjson',
    ])
  })

  it('writes the same snapshot to --save-snapshot', async () => {
    expect(await readdir(join(folder, 'saved'))).toEqual(['here.ndjson'])
    expect(await file('saved', 'here.ndjson')).toBe(await file('report', 'snapshot.ndjson'))
  })

  it('covers every enabled region unless told otherwise', async () => {
    expect((await head('report', 'snapshot.ndjson')).regions).toEqual([
      'eu-central-1',
      'eu-west-1',
      'us-east-1',
    ])
    expect(regionsOf(seen.whole, 'elastic-load-balancing-v2')).toEqual(['eu-west-1', 'us-east-1'])
  })

  it('keeps to the regions of --region, and says what lies outside them', async () => {
    expect(regionsOf(seen.limited, 'elastic-load-balancing-v2')).toEqual(['eu-west-1'])
    expect(regionsOf(seen.limited, 'ec2')).toEqual(['eu-west-1'])
    expect(seen.limited.some(c => c.operation === 'DescribeRegions')).toBe(false)
    expect(ended('limited').stdout).toMatch(/us-east-1, which was not scanned/)
  })

  it('reads through AWS_ENDPOINT_URL too, and gives one format to stdout as it is', () => {
    const { code, stdout, stderr } = ended('limited')
    expect(code, stderr).toBe(1)
    const sarif = JSON.parse(stdout) as { version: string; runs: { results: unknown[] }[] }
    expect(sarif.version).toBe('2.1.0')
    expect(sarif.runs[0]?.results.length).toBeGreaterThan(0)
  })

  it('ends with 0 where every origin is locked', () => {
    expect(ended('locked').code, ended('locked').stderr).toBe(0)
  })

  it('ends with 3 where nothing is open but something could not be read, and names the permission', () => {
    expect(ended('denied').code, ended('denied').stderr).toBe(3)
    expect(ended('denied').stdout).toContain('elasticloadbalancing:DescribeRules')
  })
})

describe('scan --dry-run', () => {
  it('prints every request that a scan would send, ends with 0 and sends none', () => {
    const { code, stdout, stderr } = ended('dry run')
    expect(code, stderr).toBe(0)
    expect(stdout).toMatch(new RegExp(`connect \\S+:${origin.port} .*GET http://`))
    expect(stdout).toMatch(/\d+ requests for \d+ links would be sent\.\n$/)
    expect(sentByDryRun).toBe(0)
  })

  it('unlike the scan itself, which does reach the origin', () => {
    expect(origin.connections()).toBeGreaterThan(0)
  })
})

describe('a role', () => {
  it('is assumed at the same endpoint, with its external id, and then reads everything', () => {
    expect(ended('assumed').code, ended('assumed').stderr).toBe(0)
    const assuming = seen.assumed.filter(c => c.operation === 'AssumeRole')
    expect(assuming.map(c => c.input)).toEqual([
      expect.objectContaining({ RoleArn: role, ExternalId: 'of-this-customer' }),
    ])
    const others = seen.assumed.filter(c => c.operation !== 'AssumeRole')
    expect(new Set(others.map(c => c.accessKeyId))).toEqual(new Set([`ASIA${account}`]))
  })
})

describe('collect, then judge', () => {
  it('comes to the same findings as scan', async () => {
    expect(ended('judge').code, ended('judge').stderr).toBe(1)
    const [judged, scanned] = [
      await result(ended('judge').stdout),
      await result(file('report', 'result.json')),
    ]
    expect(judged.findings).toEqual(scanned.findings)
    expect(judged.findings.length).toBeGreaterThan(3)
    expect(judged.links).toEqual(scanned.links)
  })
})

describe('report', () => {
  it.each(['report.html', 'report.sarif', 'result.json'])('renders %s again, byte by byte', async name => {
    expect(ended('report').code, ended('report').stderr).toBe(0)
    expect((await file('again', name)) === (await file('report', name)), `${name} is the same`).toBe(true)
  })
})

describe('check-proof', () => {
  it('ends with 0 for a result and its own snapshot', () => {
    const { code, stdout } = ended('proof')
    expect(code, stdout).toBe(0)
    expect(stdout).toMatch(/^[1-9]\d* certificates and [1-9]\d* requests checked: all hold\.\n$/)
  })

  it('ends with 1 and names the link once a security group admits everyone', () => {
    const { code, stdout } = ended('proof, opened')
    expect(code, stdout).toBe(1)
    expect(stdout).toMatch(/\(internet\): /)
  })

  it.each(['proof, cut', 'proof, other'])(
    'ends with 1 for a proof that is not whole, or of another snapshot: %s',
    name => {
      const { code, stdout } = ended(name)
      expect(code, stdout).toBe(1)
    },
  )

  it('ends with 1 once a rule no longer forwards', () => {
    const { code, stdout } = ended('proof, passing')
    expect(code, stdout).toBe(1)
    expect(stdout).toMatch(/does not reach the backend/)
  })
})

describe('without an account', () => {
  it('rules lists every rule, and shows one with its text', () => {
    expect(ended('rules').stdout).toMatch(/^token-strong +\w+ +\S/m)
    expect(ended('rules').code).toBe(0)
    expect(ended('rule').stdout).toMatch(/^token-strong \(/)
    expect(ended('rule').stdout).toMatch(/\nMappings: /)
  })

  it('policy allows exactly what collecting calls', () => {
    const policy = JSON.parse(ended('policy').stdout) as { Statement: { Action: readonly string[] }[] }
    expect(new Set(policy.Statement.flatMap(s => s.Action))).toEqual(new Set(operations.map(o => o.action)))
  })
})

describe('secrets', () => {
  const secrets = () => [secretKey, ...secretsOf(world), ...secretsOf(lockedWorld)]
  const leaks = (text: string): readonly string[] => {
    const lower = text.toLowerCase()
    return secrets().filter(s => formsOf(s).some(form => lower.includes(form.toLowerCase())))
  }

  it('never reach stdout or stderr, whatever the command, the fault, and ORIGINPROOF_DEBUG', () => {
    expect(secrets().length).toBeGreaterThan(6)
    expect([1, 3]).toContain(ended('broken').code)
    for (const [name, { stdout, stderr }] of runs) expect(leaks(stdout + stderr), name).toEqual([])
  })

  it('never reach a file, also when answers are broken', async () => {
    for (const place of ['report', 'again', 'saved', 'collected', 'broken'])
      for (const name of await readdir(join(folder, place)))
        expect(leaks(await file(place, name)), join(place, name)).toEqual([])
  })

  it('leave broken answers as gaps that name the call', async () => {
    const { coverage } = await result(file('broken', 'result.json'))
    const gaps = coverage.gaps.map(g => `${g.operation} ${g.code}`)
    expect(gaps).toContain('GetDistributionConfig malformed')
    expect(gaps.some(g => g.startsWith('DescribeRules '))).toBe(true)
  })
})
