import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { originproof } from '../e2e/run.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'originproof-bad-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const file = async (name: string, text: string): Promise<string> => {
  await writeFile(join(folder, name), text)
  return join(folder, name)
}

const head = (format: number) =>
  JSON.stringify({
    record: 'head',
    format,
    tool: 'x',
    observedAt: '2026-01-01T00:00:00.000Z',
    accounts: [],
    regions: [],
    sealKey: '',
  })

interface Case {
  readonly what: string
  readonly args: () => Promise<readonly string[]>
  /** What the one sentence must name. */
  readonly says: RegExp
}

const cases: readonly Case[] = [
  {
    what: 'an unknown flag',
    args: async () => ['scan', '--regoin', 'eu-west-1'],
    says: /unknown option '--regoin'[\s\S]*--region/,
  },
  { what: 'an unknown command', args: async () => ['scna'], says: /unknown command 'scna'[\s\S]*scan/ },
  {
    what: 'a region that is none',
    args: async () => ['scan', '--region', 'mars'],
    says: /"mars" is not the name of an AWS region/,
  },
  { what: 'an unknown format', args: async () => ['scan', '--format', 'pdf'], says: /"pdf" is not a format/ },
  {
    what: 'a threshold that is none',
    args: async () => ['scan', '--fail-on', 'bad'],
    says: /critical, high, medium, low, never/,
  },
  {
    what: 'an address range that is none',
    args: async () => ['scan', '--probe-allow', 'home'],
    says: /"home" is not a CIDR/,
  },
  {
    what: 'an endpoint that is no URL',
    args: async () => ['scan', '--endpoint-url', 'localhost'],
    says: /"localhost" is not an http or https URL/,
  },
  {
    what: 'no credentials',
    args: async () => ['scan', '--region', 'eu-west-1', '--no-probe'],
    says: /credentials/i,
  },
  {
    what: 'a profile that does not exist',
    args: async () => ['scan', '--profile', 'nobody', '--no-probe'],
    says: /nobody|credentials|profile/i,
  },
  {
    what: 'a snapshot that is not there',
    args: async () => ['judge', '--snapshot', join(folder, 'none')],
    says: /Cannot read the snapshot .*none/,
  },
  {
    what: 'a snapshot that is not JSON',
    args: async () => ['judge', '--snapshot', await file('text', 'hello\n')],
    says: /text.*(line 1|:1)/,
  },
  {
    what: 'an empty snapshot',
    args: async () => ['judge', '--snapshot', await file('empty', '')],
    says: /empty/,
  },
  {
    what: 'a truncated snapshot',
    args: async () => ['judge', '--snapshot', await file('cut', `${head(1)}\n`)],
    says: /cut.*(truncated|end)/i,
  },
  {
    what: 'a snapshot of a later version',
    args: async () => ['judge', '--snapshot', await file('later', `${head(99)}\n`)],
    says: /later.*(99|later|newer)/,
  },
  {
    what: 'a result that is none',
    args: async () => ['report', '--result', await file('r.json', '{"format":1}')],
    says: /r\.json is not a result/,
  },
  {
    what: 'a result that is not JSON',
    args: async () => ['report', '--result', await file('r.txt', '<html>')],
    says: /r\.txt is not JSON/,
  },
  {
    what: 'a config with an unknown key',
    args: async () => ['scan', '--config', await file('c.json', '{"regoin":"x"}')],
    says: /c\.json.*"regoin"/,
  },
  {
    what: 'a config with a wrong value',
    args: async () => ['scan', '--config', await file('d.json', '{"failOn":"bad"}')],
    says: /d\.json.*failOn.*critical/,
  },
  {
    what: 'a config that changes a rule which there is not',
    args: async () => [
      'judge',
      ...['--snapshot', await file('n.ndjson', '')],
      ...['--config', await file('r.json', '{"adjust":{"token-frehs":{}}}')],
    ],
    says: /the config.*unknown rule "token-frehs"/,
  },
  {
    what: 'a config that is not JSON',
    args: async () => ['scan', '--config', await file('e.json', '{')],
    says: /e\.json is not JSON/,
  },
  {
    what: 'a region in the config that is none',
    args: async () => ['scan', '--config', await file('f.json', '{"region":["mars"]}')],
    says: /f\.json.*"mars" is not the name of an AWS region/,
  },
  {
    what: 'an address range in the config that is none',
    args: async () => ['scan', '--config', await file('g.json', '{"probeAllow":["home"]}')],
    says: /g\.json.*"home" is not a CIDR/,
  },
  {
    what: 'a pattern of hosts in the config instead of one',
    args: async () => ['scan', '--config', await file('i.json', '{"ownedHosts":["*.example.com"]}')],
    says: /i\.json.*"\*\.example\.com" is not the name of one host/,
  },
  {
    what: 'a DNS server in the config that is none',
    args: async () => ['scan', '--config', await file('h.json', '{"dnsServer":"nowhere"}')],
    says: /h\.json.*"nowhere" is not an address with a port/,
  },
  {
    what: 'a DNS server with a port beyond all ports',
    args: async () => ['scan', '--dns-server', '127.0.0.1:99999'],
    says: /"127\.0\.0\.1:99999" is not an address with a port/,
  },
  {
    what: 'a role that is none',
    args: async () => ['scan', '--role-arn', 'nonsense'],
    says: /"nonsense" is not the ARN of a role/,
  },
  {
    what: 'a rule that does not exist',
    args: async () => ['rules', 'show', 'nothing'],
    says: /no rule "nothing"/,
  },
  {
    what: 'a rule that is mistyped',
    args: async () => ['rules', 'show', 'origin-exist'],
    says: /no rule "origin-exist" \(did you mean "origin-exists"\?\)/,
  },
  {
    what: 'no rule to show',
    args: async () => ['rules', 'show'],
    says: /Name a rule/,
  },
  {
    what: 'a setting that is mistyped',
    args: async () => ['scan', '--config', await file('typo.json', '{"failon":"low"}')],
    says: /unknown setting "failon" \(did you mean "failOn"\?\)/,
  },
  {
    what: 'a Secret for a policy of AWS',
    args: async () => ['policy', '--secret', 'shop/edge'],
    says: /give --kubernetes as well/,
  },
  {
    what: 'a folder of rules that is not there',
    args: async () => ['rules', '--rules', join(folder, 'nowhere')],
    says: /Cannot read the rules in .*nowhere/,
  },
  {
    what: 'an output folder that cannot be written',
    args: async () => [
      'judge',
      '--snapshot',
      await file('any', ''),
      '--output',
      join(await file('afile', ''), 'sub'),
    ],
    says: /Cannot write to the output folder .*afile/,
  },
  {
    what: 'certificate authorities that are not there',
    args: async () => ['scan', '--region', 'eu-west-1', '--ca-file', join(folder, 'ca')],
    says: /Cannot read the certificate authorities .*ca/,
  },
]

describe('bad input', () => {
  it.each(cases)('$what: one sentence, exit 2, no stack trace', async ({ args, says }) => {
    const { code, stdout, stderr } = await originproof(await args())
    expect(code).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toMatch(says)
    expect(stderr).not.toMatch(/\n\s+at |node:internal|internal fault/)
    const sentences = stderr
      .split('\n')
      .filter(l => l !== '' && !/^originproof: [A-Z][a-z]+ing |^\(Did you mean/.test(l))
    expect(sentences).toHaveLength(1)
  })

  it('names file and place of a typo in a rule of the user', async () => {
    const rules = await mkdtemp(join(folder, 'rules-'))
    await writeFile(join(rules, 'my-rule.json'), '{"id": "my-rule", "severty": "high"}')
    await writeFile(join(rules, 'my-rule.md'), 'x')
    const { code, stderr } = await originproof(['rules', '--rules', rules])
    expect(code).toBe(2)
    expect(stderr).toMatch(/my-rule\.json/)
    expect(stderr.trim().split('\n')).toHaveLength(1)
  })

  it.skipIf(process.getuid?.() === 0)('refuses a folder without write permission', async () => {
    const closed = await mkdtemp(join(folder, 'closed-'))
    await chmod(closed, 0o500)
    const { code } = await originproof(['judge', '--snapshot', 'x', '--output', closed])
    expect(code).toBe(2)
    expect(await readdir(closed)).toEqual([])
  })
})
