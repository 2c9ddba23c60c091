/** What is wrong with an Authorization value, told without telling any of it, and as the real nginx answers it. */
import { describe, expect, it } from 'vitest'
import { freePorts } from '#lab/live/server.ts'
import { basicAuthFacts } from '#snapshot/basic-auth.ts'
import { ask, nginx, skipped, start } from '../prove/kubernetes/real-nginx.ts'

const password = 'correct horse battery staple'
const basic = (plain: string): string => `Basic ${Buffer.from(plain).toString('base64')}`
const right = basic(`edge:${password}`)

/** Made with `openssl passwd -apr1`, `openssl passwd -1`, SHA-1 by hand and the C library's crypt. */
const hashes = [
  ['apr1', '$apr1$Xk3vQ9aB$z4O.gvqJCtDT8Co2ert/u0'],
  ['MD5 crypt', '$1$Xk3vQ9aB$kMgvoBfc84sYvR1i2wTDY1'],
  ['SHA', '{SHA}q/eq1kOINtvlJqojGr3i0O73TUI='],
  ['SSHA', '{SSHA}46BnfOtjjVkV2IM1YrlQPStNxk5zYWx0c2FsdA=='],
  ['bcrypt', '$2y$05$abcdefghijklmnopqrstuuFiPhXf1sVd3pCCRO.uVh34H/qI/ZsuS'],
  ['plain text', `{PLAIN}${password}`],
] as const
const sha512 =
  '$6$Xk3vQ9aB$j1UsPz5hMzAXyiLNhWhA3XylGMpummZ5FhDc/8Lxg77pIA9d5HZVDaOti1PnooOanm7T0aOYlwIgmTD.AuaJ8/'
const sha = `edge:${hashes[2][1]}`

const values: readonly (readonly [string, string, readonly string[]])[] = [
  ['the right value', right, []],
  ['the word Basic in capitals, and two blanks', right.replace('Basic ', 'BASIC  '), []],
  ['a value without padding', basic(`edge:${password}`).replace(/=+$/, ''), []],
  ['another user', basic(`admin:${password}`), ['user-mismatch']],
  ['a user in capitals', basic(`Edge:${password}`), ['user-mismatch']],
  ['another password', basic('edge:wrong'), ['password-mismatch']],
  ['an empty password', basic('edge:'), ['password-mismatch']],
  ['a line break behind the password', basic(`edge:${password}\n`), ['trailing-newline']],
  ['a line break of Windows', basic(`edge:${password}\r\n`), ['trailing-newline']],
  ['a line break behind another password', basic('edge:wrong\n'), ['password-mismatch']],
  ['no prefix', right.slice('Basic '.length), ['prefix-missing']],
  [
    'no prefix, and another user',
    basic('admin:x').slice('Basic '.length),
    ['prefix-missing', 'user-mismatch'],
  ],
  ['another scheme', right.replace('Basic', 'Bearer'), ['prefix-missing']],
  ['plain text behind the prefix', `Basic edge:${password}`, ['not-encoded']],
  ['no colon', basic('edge'), ['not-encoded']],
  ['nothing behind the prefix', 'Basic ', ['prefix-missing']],
]

describe('an Authorization value beside an htpasswd file', () => {
  it.each(hashes)('fits a hash of the kind %s', (_, hash) => {
    const facts = basicAuthFacts(right, `# people\nother:{PLAIN}x\nedge:${hash}:a comment\n`)
    expect(facts).toMatchObject({ entries: 2, fits: true, defects: [] })
    const wrong = basicAuthFacts(basic('edge:wrong'), `edge:${hash}`)
    expect(wrong).toMatchObject({ fits: false, defects: ['password-mismatch'] })
  })

  it.each(values)('tells apart what is wrong: %s', (_, value, defects) => {
    const facts = basicAuthFacts(value, sha)
    expect(facts.fits).toBe(defects.length === 0)
    // Another scheme is another way of missing the prefix: what stands behind it is not read.
    expect(facts.defects.slice(0, defects.length)).toEqual(defects)
  })

  it('says that it does not compute a hash, and nothing about the password', () => {
    const facts = basicAuthFacts(right, `edge:${sha512}`)
    expect(facts).toEqual({ entries: 1, fits: null, defects: ['unsupported-hash'] })
  })

  it('tells the bits of a password that fits, and no part of any value', () => {
    const facts = basicAuthFacts(right, sha)
    expect(facts.bits).toBeGreaterThan(10)
    expect(basicAuthFacts(basic('edge:wrong'), sha)).not.toHaveProperty('bits')
    for (const [, value] of values)
      expect(JSON.stringify(basicAuthFacts(value, sha))).not.toMatch(/horse|edge/)
  })

  it.skipIf(nginx === null)(`is let in by the real nginx exactly where it fits${skipped}`, async () => {
    const [port = 0] = await freePorts(1)
    const locations = hashes.map(
      (_, i) => `location /${i}/ { auth_basic x; auth_basic_user_file @dir@/h${i}; try_files /none @in; }`,
    )
    const http = `server { listen 127.0.0.1:${port}; ${locations.join('\n')} location @in { return 299; } }`
    const files = Object.fromEntries(hashes.map(([, hash], i) => [`h${i}`, `# x\nedge:${hash}\n`]))
    const running = await start({ http, files })
    try {
      for (const [i, [kind, hash]] of hashes.entries()) {
        for (const [name, value] of values) {
          const live = await ask(port, { path: `/${i}/`, headers: [['Authorization', value]] })
          expect(basicAuthFacts(value, `edge:${hash}\n`).fits, `${kind}: ${name}`).toBe(live.status === 299)
        }
      }
    } finally {
      await running.stop()
    }
  })
})
