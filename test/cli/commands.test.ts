import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AwsCall } from '#lab/aws/endpoint.ts'
import { withDenied } from '#lab/aws/policy.ts'
import type { Lab } from '#lab/lab.ts'
import type { World } from '#lab/world.ts'
import type { ScanResult } from '#scan.ts'
import { lockedWorld } from '../e2e/mixed-world.ts'
import { type Ended, originproof } from '../e2e/run.ts'
import { formsOf, secretsOf } from '../e2e/secrets.ts'
import { broken, forwardingNothing, openedToAll, withoutObligation } from './altered.ts'
import { startOriginproof } from './running.ts'
import { account, listenAtOrigin, type Origin, threeSites, type Watched, watched } from './three-sites.ts'

const role = `arn:aws:iam::${account}:role/scanner`
const secretKey = 'canary-of-the-callers-own-secret-key'
const env = { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: secretKey }

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

const withOthers = async (): Promise<void> => {
  const locked = await start(lockedWorld)
  await run('locked', ['scan', ...at(locked.lab), '--no-probe'])
  const denied = await start(lockedWorld, h =>
    withDenied(h, new Set(['elastic-load-balancing-v2:DescribeRules'])),
  )
  await run('denied', ['scan', ...at(denied.lab), '--no-probe', '--fail-on', 'high'])
  const faulty = await start(world, broken(world))
  await run('broken', ['scan', ...at(faulty.lab), '--no-probe', '--output', 'broken'], {
    ORIGINPROOF_DEBUG: '1',
  })
}

/** Writes a file made of one of the scan; answers its name. */
const altered = async (name: string, from: string, alter: (text: string) => string): Promise<string> => {
  await writeFile(join(folder, name), alter(await file('report', from)))
  return name
}

const checkProofs = async (): Promise<void> => {
  const result = join('report', 'result.json')
  const opened = await altered('opened.ndjson', 'snapshot.ndjson', openedToAll)
  const passing = await altered('passing.ndjson', 'snapshot.ndjson', forwardingNothing)
  const cut = await altered('cut.json', 'result.json', withoutObligation)
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

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'originproof-commands-'))
  await writeFile(join(folder, 'config.json'), JSON.stringify({ sealKeyFile: join(folder, 'seal.key') }))
  origin = await listenAtOrigin()
  world = threeSites(origin.port)
  await Promise.all([withWorld(), withOthers()])
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
