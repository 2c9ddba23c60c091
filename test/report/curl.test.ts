import { execFileSync } from 'node:child_process'
import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { commandLine, curlOf } from '#report/curl.ts'
import { request } from '#report/terminal/request.ts'
import type { Witness } from '#report/terms.ts'
import { albName, sealedText, witness } from './parts.ts'

/** What a shell hands to `curl` when it runs the text. */
const argumentsIn = (script: string, secrets: Readonly<Record<string, string>> = {}): readonly string[] => {
  const shown = execFileSync('sh', ['-c', `curl() { printf '%s\\0' "$@"; }\n${script}\n`], {
    env: secrets,
    encoding: 'utf8',
  })
  return shown.split('\0').slice(0, -1)
}
const line = (w: Witness): string => {
  const command = curlOf(w)
  if (command === null) throw new Error('the witness fits a command line')
  return commandLine(command)
}

describe('the curl command of a witness', () => {
  it('connects to the load balancer and claims the name of the origin', () => {
    expect(line(witness('shop'))).toBe(
      `curl --insecure --connect-to ::${albName('shop')}:443 https://shop.example.com/`,
    )
  })

  it('needs no --connect-to where the name is the address', () => {
    expect(line(witness('shop', { connect: 'shop.example.com' }))).toBe(
      'curl --insecure https://shop.example.com/',
    )
  })

  it('claims a Host of its own beside the name in the handshake', () => {
    expect(argumentsIn(line(witness('shop', { host: 'www.example.com' })))).toEqual([
      '--insecure',
      '--connect-to',
      `::${albName('shop')}:443`,
      '-H',
      'Host: www.example.com',
      'https://shop.example.com/',
    ])
  })

  it('uses the address itself where no name is sent in the handshake', () => {
    expect(argumentsIn(line(witness('shop', { connect: '2001:db8::1', family: 6, sni: null })))).toEqual([
      '--insecure',
      '-6',
      '-H',
      'Host: shop.example.com',
      'https://[2001:db8::1]/',
    ])
  })

  it('says plain HTTP, other ports and other methods', () => {
    expect(
      argumentsIn(
        line(
          witness('shop', {
            scheme: 'http',
            sni: null,
            port: 8080,
            method: 'HEAD',
            host: 'shop.example.com:8080',
          }),
        ),
      ),
    ).toEqual(['--head', '--connect-to', `::${albName('shop')}:8080`, 'http://shop.example.com:8080/'])
    expect(line(witness('shop', { method: 'PURGE' }))).toContain('--request PURGE')
  })

  it('sends an empty Host and an empty header as such, which takes a semicolon', () => {
    expect(argumentsIn(line(witness('shop', { host: '', headers: [['x-empty', '']] })))).toEqual(
      expect.arrayContaining(['Host;', 'x-empty;']),
    )
  })

  it('keeps paths that curl would rewrite', () => {
    expect(line(witness('shop', { path: '/a/../b' }))).toContain('--path-as-is')
    expect(line(witness('shop', { path: '/[a]{b}' }))).toContain('--globoff')
    expect(argumentsIn(line(witness('shop', { path: '/a#b' })))).toEqual(
      expect.arrayContaining(['--request-target', '/a#b', 'https://shop.example.com/']),
    )
    expect(argumentsIn(line(witness('shop', { path: '*' })))).toEqual(
      expect.arrayContaining(['--request-target', '*']),
    )
  })

  it('leaves secrets to variables, one for each different value', () => {
    const w = witness('shop', {
      headers: [
        ['x-a', sealedText('aaaa1111')],
        ['x-b', `Bearer ${sealedText('bbbb2222')}s`],
        ['x-c', `$${sealedText('aaaa1111')}"`],
      ],
    })
    expect(curlOf(w)?.secrets).toEqual([
      { variable: 'ORIGIN_TOKEN', sealed: 'sealed:aaaa1111' },
      { variable: 'ORIGIN_TOKEN_2', sealed: 'sealed:bbbb2222' },
    ])
    expect(line(w)).toContain('-H "x-a: $ORIGIN_TOKEN"')
    expect(argumentsIn(line(w), { ORIGIN_TOKEN: '$(id) "one"', ORIGIN_TOKEN_2: "two'" })).toEqual(
      expect.arrayContaining(['x-a: $(id) "one"', "x-b: Bearer two's", 'x-c: $$(id) "one""']),
    )
  })

  it.each([
    ['a line break in a header', { headers: [['x', 'a\r\nb']] }],
    ['a header name that curl would read as a file', { headers: [['@/etc/passwd', '']] }],
    ['a host that is an option', { connect: '-o/tmp/x y' }],
    ['control characters in the path', { path: '/\u001b[31m' }],
    ['letters outside ASCII in the path', { path: '/\u202ex' }],
    ['a method that is no token', { method: 'GET /' }],
  ] satisfies readonly (readonly [string, Partial<Witness>])[])('is not written for %s', (_, over) => {
    expect(curlOf(witness('shop', over))).toBeNull()
  })
})

describe('the command on the terminal', () => {
  const printable = fc.string({
    unit: fc.integer({ min: 0x20, max: 0x7e }).map(c => String.fromCharCode(c)),
    maxLength: 120,
  })
  const path = fc.string({
    unit: fc.integer({ min: 0x21, max: 0x7e }).map(c => String.fromCharCode(c)),
    maxLength: 120,
  })

  test.prop([printable, path, fc.integer({ min: 40, max: 120 })], { numRuns: 60 })(
    'means the same to the shell, whatever header and path hold',
    (value, rest, width) => {
      const asked = witness('shop', {
        headers: [
          ['x-a', value],
          ['x-b', `${value}${sealedText('aaaa1111')}`],
        ],
        path: `/${rest}`,
      })
      const command = curlOf(asked)
      if (command === null) throw new Error('printable text fits a command line')
      const lines = request({ width, color: false }, asked).slice(1)
      const expected = command.words.slice(1).map(w => w.replaceAll(sealedText('aaaa1111'), 'secret'))
      expect(argumentsIn(lines.join('\n'), { ORIGIN_TOKEN: 'secret' })).toEqual(expected)
    },
  )

  it('is left out where it is too long to be pasted', () => {
    const asked = witness('shop', { path: `/${'a'.repeat(65_536)}` })
    expect(request({ width: 80, color: false }, asked).join('\n')).toContain('does not fit a command line')
  })
})
