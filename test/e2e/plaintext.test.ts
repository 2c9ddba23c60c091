/** Tokens in clear, from the command line to the reports. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exitCode } from '#cli/exit-code.ts'
import { operationName, withDenied } from '#lab/aws/policy.ts'
import { type Lab, type LabOptions, startLab } from '#lab/lab.ts'
import { plaintextOperations, type ScanResult } from '#scan.ts'
import { canaries, leakyWorld, tidyWorld, token } from '../collect/plaintext-world.ts'
import { originproof, scanWorld } from './run.ts'
import { formsOf } from './secrets.ts'

const rule = 'token-not-in-clear'
const outcomesIn = (result: ScanResult) => result.rules.find(r => r.id === rule)?.outcomes

describe('a scan that looks for tokens in clear', () => {
  it('names every place', async () => {
    const { result } = await scanWorld(leakyWorld, { findPlaintext: true })
    const finding = result.findings.find(f => f.rule === rule)
    expect(finding?.outcome).toBe('violated')
    const text = finding?.evidence.map(e => e.text).join('\n')
    for (const place of [
      'the code of the CloudFront function/guard',
      'the environment variable ORIGIN_TOKEN of function:app',
      'the environment variable OLD_TOKEN of function:app:3',
      'the unencrypted parameter/shop/token',
      'the parameter OriginToken of stack/shop/',
      'the output Header of stack/shop/',
      'the template of stack/shop/',
      'the user data of instance/',
      'the user data of version 1 of launch-template/',
      'the environment variable app/TOKEN of task-definition/api:1',
      'the command app/2 of task-definition/api:1',
      'the label app/traefik.header of task-definition/api:1',
    ])
      expect(text).toContain(place)
    expect(exitCode(result.summary, 'high')).toBe(1)
  })

  it('is satisfied where no place holds one, and says nothing where nobody asked', async () => {
    const [tidy, unasked] = await Promise.all([
      scanWorld(tidyWorld, { findPlaintext: true }),
      scanWorld(leakyWorld),
    ])
    expect(outcomesIn(tidy.result)).toMatchObject({ satisfied: 1, violated: 0, unknown: 0 })
    expect(outcomesIn(unasked.result)).toMatchObject({ inapplicable: 1, satisfied: 0 })
  })

  it.each([...plaintextOperations.map(o => `${o.service}:${o.operation}`), 'cloudfront:GetFunction'])(
    'is not satisfied once %s is denied',
    async denied => {
      const { result } = await scanWorld(tidyWorld, {
        findPlaintext: true,
        aws: handle => withDenied(handle, new Set([denied])),
      })
      expect(outcomesIn(result)).toMatchObject({ unknown: 1, satisfied: 0, violated: 0 })
      expect(exitCode(result.summary, 'never')).toBe(3)
    },
  )
})

describe('the command line', () => {
  let lab: Lab
  let folder: string
  const called: string[] = []
  const aws: LabOptions['aws'] = handle => call => {
    called.push(operationName(call))
    return handle(call)
  }
  beforeAll(async () => {
    lab = await startLab(leakyWorld, { aws })
    folder = await mkdtemp(join(tmpdir(), 'originproof-plaintext-'))
  })
  afterAll(async () => {
    await lab.close()
    await rm(folder, { recursive: true })
  })
  const account = (): readonly string[] => [
    '--endpoint-url',
    lab.endpoint,
    '--dns-server',
    lab.dnsServer,
    '--find-plaintext',
  ]
  const env = { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'laboratory' }

  it('leaves no value in any file, nor on the terminal', async () => {
    const output = join(folder, 'report')
    const ended = await originproof(['scan', ...account(), '--no-probe', '--output', output], { env })
    expect(ended.code).toBe(1)
    const files = await readdir(output)
    expect(files.length).toBeGreaterThan(3)
    const texts = await Promise.all(files.map(file => readFile(join(output, file), 'utf8')))
    const all = [ended.stdout, ended.stderr, ...texts].join('\n').toLowerCase()
    expect(all).toContain('the unencrypted parameter/shop/token')
    for (const secret of [...canaries, token])
      for (const form of formsOf(secret)) expect(all.includes(form.toLowerCase()), form).toBe(false)
  })

  it('says with --dry-run what would be read, and reads none of it', async () => {
    called.length = 0
    const ended = await originproof(['scan', ...account(), '--dry-run'], { env })
    expect(ended.stdout).toContain('ssm:GetParameters: the values of parameters of type String')
    expect(ended.stdout).toContain('Never read: parameters of type SecureString')
    expect(called).toContain('cloudfront:ListDistributions')
    expect(called.filter(name => /^(?:ecs|cloudformation):|:GetParameters$/.test(name))).toEqual([])
  })

  it('prints the larger policy on request only', async () => {
    const [usual, larger] = await Promise.all([
      originproof(['policy']),
      originproof(['policy', '--find-plaintext']),
    ])
    expect(usual.stdout).not.toContain('ssm:GetParameters')
    expect(larger.stdout).toContain('ssm:GetParameters')
  })
})
