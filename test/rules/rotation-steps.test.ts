/** The commands that rotate a token, run in a shell against stand-ins of the AWS CLI that keep what they are given. */
import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { shellWord } from '#base/shell.ts'
import { fill, placeholdersIn } from '#rulebook/placeholders.ts'
import { bundledRules } from '../judge/bundled.ts'

/** The AWS CLI as far as the steps use it: each thing is a file, and every argument is noted. */
const cli = `#!/usr/bin/env bash
printf '%s\\n' "$@" >> "$STATE/argv"
case "$1 $2" in
  'elbv2 describe-rules') jq '{Rules: [{Conditions: .}]}' "$STATE/conditions" ;;
  'elbv2 modify-rule') cp conditions.json "$STATE/conditions" ;;
  'wafv2 get-web-acl') jq '{WebACL: ., LockToken: "lock"}' "$STATE/acl" ;;
  'wafv2 update-web-acl') cp web-acl.json "$STATE/acl" ;;
  'cloudfront get-distribution-config') cat "$STATE/distribution" ;;
  'cloudfront update-distribution') jq '{ETag: "E2", DistributionConfig: .}' wanted.json > "$STATE/distribution" ;;
  'ssm describe-parameters') echo '{"Parameters": [{"Name": "/edge/token", "Type": "SecureString", "KeyId": "alias/edge"}]}' ;;
  'ssm put-parameter') cp value.json "$STATE/parameter" ;;
  'ssm delete-parameter') ;;
  'secretsmanager put-secret-value') cp value.json "$STATE/secret" ;;
  'secretsmanager list-secret-version-ids') echo v2 ;;
  'secretsmanager update-secret-version-stage') ;;
  *) echo "unexpected: $1 $2" >&2; exit 1 ;;
esac
`

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true })
})

const hasJq = spawnSync('jq', ['--version']).status === 0
const [old, fresh] = ['old-value-of-the-header', 'a'.repeat(64)]
const base64 = (text: string): string => Buffer.from(text).toString('base64')

const ids: Readonly<Record<string, string>> = {
  ...{ targetRegion: 'eu-west-1', region: 'eu-west-1', storeRegion: 'eu-west-1' },
  ...{ rule: "arn:with a blank and '", webAcl: 'arn:acl', header: "X-Auth-Token'; touch escaped; '" },
  ...{ sender: 'E1EXAMPLE', senderOrigin: "odd 'origin' $(touch escaped)" },
  ...{ secret: 'arn:secret', parameter: '/edge/token', function: 'arn:f' },
  ...{ gateSecret: 'arn:secret', gateParameter: '/edge/token' },
}

const lineOf = (line: string): string => fill(line, name => shellWord(ids[name] ?? ''))

const linesOf = (id: string, part: string): readonly string[] => {
  const rule = bundledRules.rules.find(r => r.id === id)
  return (rule?.fix ?? []).flatMap(step => step.run).filter(line => line.includes(part))
}

/** A shell in which the new value is set, over a gate that holds `state`. */
const shellOver = (state: Readonly<Record<string, unknown>>) => {
  const folder = mkdtempSync(join(tmpdir(), 'rotation-'))
  folders.push(folder)
  writeFileSync(join(folder, 'aws'), cli)
  chmodSync(join(folder, 'aws'), 0o755)
  for (const [name, value] of Object.entries(state)) writeFileSync(join(folder, name), JSON.stringify(value))
  const env = { ...process.env, PATH: `${folder}:${process.env.PATH}`, STATE: folder, ORIGIN_TOKEN: fresh }
  return {
    run: (line = '') => spawnSync('bash', ['-c', lineOf(line)], { env, cwd: folder, encoding: 'utf8' }),
    read: (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8')),
    argv: () => readFileSync(join(folder, 'argv'), 'utf8'),
    files: () => execFileSync('ls', [folder], { encoding: 'utf8' }),
  }
}

const header = { Name: ids.header?.toLowerCase() }
const transforms = [{ Priority: 0, Type: 'NONE' }]
const comparing = (value: string) => ({
  ByteMatchStatement: {
    SearchString: base64(value),
    FieldToMatch: { SingleHeader: header },
    TextTransformations: transforms,
    PositionalConstraint: 'EXACTLY',
  },
})
const regex = {
  RegexMatchStatement: {
    RegexString: '^old',
    FieldToMatch: { SingleHeader: header },
    TextTransformations: transforms,
  },
}
const fromOffice = { IPSetReferenceStatement: { ARN: 'arn:office' } }
const either = (...Statements: readonly object[]) => ({ OrStatement: { Statements } })
const acl = (Statement: object) => ({
  ...{ Name: 'gate', Id: 'id', DefaultAction: { Allow: {} }, ARN: 'arn:acl' },
  Rules: [{ Name: 'gate', Priority: 0, Statement: { NotStatement: { Statement } }, Action: { Block: {} } }],
})
const gateIn = (state: {
  readonly Rules: readonly {
    readonly Statement: { readonly NotStatement: { readonly Statement: unknown } }
  }[]
}): unknown => state.Rules[0]?.Statement.NotStatement.Statement

const ruleIds = ['token-fresh', 'token-strong', 'token-retired', 'token-rotation-works'] as const

it.each(bundledRules.rules.filter(r => r.surface === 'token').map(r => r.id))(
  '%s: every command is one that a shell can read',
  id => {
    for (const line of linesOf(id, '')) {
      const text = fill(line, name => shellWord(ids[name] ?? name))
      expect(placeholdersIn(text)).toEqual([])
      expect(spawnSync('bash', ['-n', '-c', text], { encoding: 'utf8' })).toMatchObject({
        status: 0,
        stderr: '',
      })
    }
  },
)

describe.skipIf(!hasJq)('the commands that rotate a token', () => {
  const conditions = [
    { Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: ids.header, Values: [old] } },
    { Field: 'path-pattern', Values: ['/a'], PathPatternConfig: { Values: ['/a'] } },
  ]
  const path = { Field: 'path-pattern', PathPatternConfig: { Values: ['/a'] } }
  const asks = (Values: readonly string[]) => ({
    Field: 'http-header',
    HttpHeaderConfig: { HttpHeaderName: ids.header, Values },
  })

  it.each(['token-fresh', 'token-strong'])('%s: a listener rule accepts both, then the new one alone', id => {
    const shell = shellOver({ conditions })
    const [both, alone, ...more] = linesOf(id, 'modify-rule')
    expect(more).toEqual([])
    expect(shell.run(both)).toMatchObject({ status: 0, stderr: '' })
    expect(shell.read('conditions')).toEqual([asks([fresh, old]), path])
    expect(shell.run(alone)).toMatchObject({ status: 0, stderr: '' })
    expect(shell.read('conditions')).toEqual([asks([fresh]), path])
    expect(shell.argv()).not.toContain(fresh)
    expect(shell.files()).not.toMatch(/escaped|conditions\.json/)
  })

  it.each([
    ['one value', comparing(old), comparing(fresh)],
    ['two values', either(comparing(old), comparing('older')), comparing(fresh)],
    ['a value or an address', either(comparing(old), fromOffice), either(comparing(fresh), fromOffice)],
    ['a pattern', regex, comparing(fresh)],
  ])('a web ACL that asks for %s accepts both, then the new one instead', (_, before, after) => {
    for (const id of ['token-fresh', 'token-strong']) {
      const shell = shellOver({ acl: acl(before) })
      const [both, alone, ...more] = linesOf(id, 'update-web-acl')
      expect(more).toEqual([])
      expect(shell.run(both)).toMatchObject({ status: 0, stderr: '' })
      const between = JSON.stringify(shell.read('acl'))
      expect(between).toContain(base64(fresh))
      for (const kept of ['SearchString', 'RegexString', 'arn:office'])
        for (const [, value] of JSON.stringify(before).matchAll(new RegExp(`"${kept}":"([^"]+)"`, 'g')))
          expect(between).toContain(value)
      expect(shell.run(alone)).toMatchObject({ status: 0, stderr: '' })
      expect(gateIn(shell.read('acl'))).toEqual(after)
      expect(shell.read('acl')).toMatchObject({
        Scope: 'REGIONAL',
        Name: 'gate',
        Id: 'id',
        LockToken: 'lock',
      })
      expect(shell.argv()).not.toContain(fresh)
    }
  })

  it('stop before anything is changed where the web ACL leaves the comparison to a rule group', () => {
    const group = acl({ RuleGroupReferenceStatement: { ARN: 'arn:group' } })
    const shell = shellOver({ acl: group })
    const done = shell.run(linesOf('token-fresh', 'update-web-acl')[0])
    expect(done.status).not.toBe(0)
    expect(done.stderr).toContain('change the rule group')
    expect(shell.read('acl')).toEqual(group)
  })

  it.each(ruleIds)('%s: what is left over goes, what is sent stays', id => {
    const shell = shellOver({ conditions, acl: acl(either(comparing(old), comparing(fresh))) })
    expect(shell.run(linesOf(id, 'update-web-acl').at(-1)).stderr).toBe('')
    expect(gateIn(shell.read('acl'))).toEqual(comparing(fresh))
  })

  it.each(['token-fresh', 'token-strong', 'token-rotation-works'])(
    '%s: a distribution sends the new value',
    id => {
      const sends = (HeaderValue: string) => ({
        Comment: 'kept',
        Origins: {
          Items: [
            { Id: ids.senderOrigin, CustomHeaders: { Items: [{ HeaderName: ids.header, HeaderValue }] } },
            { Id: 'other', CustomHeaders: { Items: [{ HeaderName: ids.header, HeaderValue: old }] } },
            { Id: 'plain', CustomHeaders: { Quantity: 0 } },
          ],
        },
      })
      const shell = shellOver({ distribution: { ETag: 'E1', DistributionConfig: sends(old) } })
      expect(shell.run(linesOf(id, 'update-distribution')[0])).toMatchObject({ status: 0, stderr: '' })
      expect(shell.read('distribution')).toEqual({ ETag: 'E2', DistributionConfig: sends(fresh) })
      expect(shell.argv()).not.toContain(fresh)
      expect(shell.files()).not.toMatch(/escaped|wanted\.json|current\.json/)
    },
  )

  it('store the new value where the old one was, of the same type and under the same key', () => {
    const shell = shellOver({})
    for (const part of ['{secret}', '{parameter}'])
      for (const line of linesOf('token-fresh', part)) expect(shell.run(line).stderr).toBe('')
    const name = { Name: '/edge/token', Type: 'SecureString', KeyId: 'alias/edge' }
    expect(shell.read('parameter')).toEqual({ ...name, Overwrite: true, Value: fresh })
    expect(shell.read('secret')).toEqual({ SecretId: 'arn:secret', SecretString: fresh })
    expect(shell.argv()).not.toContain(fresh)
  })

  it('store the new value beside the one that an authorizer compares with, and leave that as it is', () => {
    const shell = shellOver({})
    const [parameter] = linesOf('token-fresh', '{gateParameter}')
    const [secret] = linesOf('token-fresh', '{gateSecret}')
    for (const line of [parameter, secret]) expect(shell.run(line)).toMatchObject({ status: 0, stderr: '' })
    const next = { Name: '/edge/token-next', Type: 'SecureString', KeyId: 'alias/edge', Value: fresh }
    expect(shell.read('parameter')).toEqual(next)
    const labelled = { SecretId: 'arn:secret', SecretString: fresh, VersionStages: ['ORIGINNEXT'] }
    expect(shell.read('secret')).toEqual(labelled)
    expect(shell.argv()).not.toContain(fresh)
    expect(shell.files()).not.toMatch(/value\.json/)
  })

  it('take away what stood beside it, and nothing else', () => {
    const shell = shellOver({})
    for (const part of ['{gateParameter}', '{gateSecret}'])
      expect(shell.run(linesOf('token-fresh', part).at(-1)).stderr).toBe('')
    expect(shell.argv()).toMatch(/^ssm\ndelete-parameter\n--region\neu-west-1\n--name\n\/edge\/token-next\n/)
    expect(shell.argv()).toMatch(/--version-stage\nORIGINNEXT\n--remove-from-version-id\nv2\n$/)
  })

  it('overwrite what an authorizer compares with only after every sender was seen to send the new value', () => {
    const lines = linesOf('token-fresh', '')
    const order = [
      '.Name + "-next"',
      'cloudfront update-distribution',
      'cloudfront wait distribution-deployed',
      '--exit-status',
      'Values={parameter}',
      'ssm delete-parameter',
    ].map(part => lines.findIndex(line => line.includes(part)))
    expect(order).not.toContain(-1)
    expect(order).toEqual(order.toSorted((a, b) => a - b))
  })

  it('check before the last step that the new value is sent', () => {
    const sends = (HeaderValue: string) => ({
      DistributionConfig: {
        Origins: {
          Items: [
            { Id: ids.senderOrigin, CustomHeaders: { Items: [{ HeaderName: ids.header, HeaderValue }] } },
          ],
        },
      },
    })
    const [check] = linesOf('token-fresh', '--exit-status')
    expect(shellOver({ distribution: sends(fresh) }).run(check)).toMatchObject({
      status: 0,
      stdout: 'true\n',
    })
    expect(shellOver({ distribution: sends(old) }).run(check)).toMatchObject({ status: 1, stdout: 'false\n' })
  })
})
