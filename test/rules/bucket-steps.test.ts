/** The command that binds statements of a bucket's policy to a distribution, run on policies as people write them. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { shellWord } from '#base/shell.ts'
import { fill } from '#rulebook/placeholders.ts'
import { bundledRules } from '../judge/bundled.ts'

const hasJq = spawnSync('jq', ['--version']).status === 0
const distribution = 'arn:aws:cloudfront::111122223333:distribution/E1EXAMPLE'
const other = 'arn:aws:cloudfront::111122223333:distribution/E2EXAMPLE'

const statement = (Principal: unknown, Condition?: unknown) => ({
  ...{ Effect: 'Allow', Principal, Action: 's3:GetObject', Resource: 'arn:aws:s3:::files/*' },
  ...(Condition === undefined ? {} : { Condition }),
})
const cloudFront = { Service: 'cloudfront.amazonaws.com' }

const bound = (Statement: readonly unknown[]): readonly unknown[] => {
  const folder = mkdtempSync(join(tmpdir(), 'originproof-'))
  try {
    writeFileSync(join(folder, 'policy.json'), JSON.stringify({ Version: '2012-10-17', Statement }))
    const rule = bundledRules.rules.find(r => r.id === 's3-bucket-names-distribution')
    const line = rule?.fix.flatMap(step => step.run).find(command => command.startsWith('jq')) ?? 'false'
    const command = fill(line, name => shellWord(name === 'distributionArn' ? distribution : name))
    execFileSync('bash', ['-c', command], { cwd: folder })
    return JSON.parse(readFileSync(join(folder, 'wanted.json'), 'utf8')).Statement
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const only = { ArnLike: { 'AWS:SourceArn': [distribution] } }

it.runIf(hasJq)(
  'statements without a distribution are bound, those that name one and other principals stay',
  () => {
    const named = statement(cloudFront, { StringEquals: { 'AWS:SourceArn': other } })
    const everyone = statement('*')
    expect(bound([statement(cloudFront), named, everyone])).toEqual([
      statement(cloudFront, only),
      named,
      everyone,
    ])
  },
)

it.runIf(hasJq)(
  'a pattern gives way whatever operator and letters it is written with; other conditions stay',
  () => {
    const wide = statement(
      { Service: ['cloudfront.amazonaws.com'] },
      {
        StringLike: { 'aws:SourceArn': 'arn:aws:cloudfront::111122223333:distribution/*' },
        StringEquals: { 'AWS:SourceAccount': '111122223333' },
      },
    )
    expect(bound([wide])).toEqual([
      { ...wide, Condition: { StringEquals: { 'AWS:SourceAccount': '111122223333' }, ...only } },
    ])
  },
)
