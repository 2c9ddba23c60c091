/** nginx configuration as read at the door: problems with their lines, and snippets without their secrets. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { conditionOf, partsOf } from '#snapshot/nginx/expression.ts'
import { parseNginx } from '#snapshot/nginx/parse.ts'
import { sealSnippet, snippetSecrets } from '#snapshot/nginx/snippet.ts'

const token = 'k7Qm2Zr9Xw4Tn8Vb3Lc6Hd1Js5Pf0GyA'
const words = (text: string) =>
  parseNginx(`${text};`).directives.flatMap(d => [d.name, ...d.args.map(a => a.text)])
const problems = (text: string) => parseNginx(text).problems.map(p => [p.kind, p.line])

describe('the reader of nginx configuration', () => {
  it.each([
    ['a "b c" \'d e\'', ['a', 'b c', 'd e']],
    ['a "b\\"c" \'d\\\'e\' f\\;g', ['a', 'b"c', "d'e", 'f\\;g']],
    ['a b#c', ['a', 'b#c']],
    ['a b} c"d', ['a', 'b}', 'c"d']],
    [`a $\{b}c "x\\ty" \\w`, ['a', `$\{b}c`, 'x\ty', '\\w']],
    ['a "b;c{d"', ['a', 'b;c{d']],
  ])('splits %s as nginx does', (text, expected) => {
    expect(words(text)).toEqual(expected)
  })

  it('knows the line of a directive, whatever stands in front of it', () => {
    const { directives } = parseNginx(
      '# one\n\nif ($a) {\n  # "\n  return\n 403;\n}\nset $x "a\nb";\nset $y c;',
    )
    expect(directives.map(d => d.line)).toEqual([3, 8, 10])
    expect(directives[0]?.block?.map(d => d.line)).toEqual([5])
  })

  it.each([
    ['return 403;\nif ($a) {\n  return 403;\n', ['syntax', 2]],
    ['return 403;\n}\n', ['syntax', 2]],
    ['if ($a) {\n  return 403\n}', ['syntax', 3]],
    ['set $a b;\nset $c d', ['syntax', 2]],
    ['set $a "b;\nset $c d;', ['syntax', 1]],
    ['set $a "b"c;', ['syntax', 1]],
    ['\n{ return 403; }', ['syntax', 2]],
    [';', ['syntax', 1]],
  ])('says where nginx gives up: %j', (text, expected) => {
    expect(problems(text)).toEqual([expected])
  })

  it('names the lines with typographic quotes, and reads on', () => {
    const { directives, problems: found } = parseNginx(
      'set $a b;\nif ($a != “x”) { return 403; }\nset $b ‘c’;',
    )
    expect(found.map(p => [p.kind, p.line])).toEqual([
      ['quotes', 2],
      ['quotes', 3],
    ])
    expect(directives).toHaveLength(3)
  })

  it('leaves Lua unread, and finds its end by the braces that count', () => {
    const lua =
      'access_by_lua_block {\n  -- }\n  local t = { a = "}" }\n  if x then ngx.exit(403) end\n}\nreturn 403;'
    const { directives, problems: found } = parseNginx(lua)
    expect(found).toEqual([])
    expect(directives.map(d => [d.name, d.line])).toEqual([
      ['access_by_lua_block', 1],
      ['return', 6],
    ])
    const kept = seal(`set_by_lua_block $a { return "${token.slice(0, 8)}" }\nreturn 403;`)
    expect(kept.text).toBe('set_by_lua_block $a {"⟦0⟧" }\nreturn 403;')
    expect(problems('content_by_lua_block { a = { }')).toEqual([['syntax', 1]])
  })

  it('reads any text without an exception, and without a loop', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab $"\'\\{};#\n()=~!'), maxLength: 60 }), text => {
        const { problems: found } = parseNginx(text)
        for (const p of found) expect(p.line).toBeLessThanOrEqual(text.split('\n').length)
      }),
    )
  })
})

describe('expressions and conditions', () => {
  it('splits a value into text and variables, names folded', () => {
    expect(partsOf(`a$B-$\{c_d}e$1`)).toEqual([
      { kind: 'text', text: 'a' },
      { kind: 'variable', name: 'b' },
      { kind: 'text', text: '-' },
      { kind: 'variable', name: 'c_d' },
      { kind: 'text', text: 'e' },
      { kind: 'capture' },
    ])
    expect(['$', 'a$', '${', `$\{a-b}`, 'a $ b'].map(partsOf)).toEqual([null, null, null, null, null])
  })

  it.each([
    ['($a)', 'bare'],
    ['( $a )', 'bare'],
    ['($a = "x")', 'compare'],
    ['($a != x)', 'compare'],
    ['($a !~* "x y")', 'match'],
    ['(-f $request_filename)', 'file'],
    ['(!-d $request_filename)', 'file'],
    ['$a', 'invalid'],
    ['(!$a)', 'invalid'],
    ['($a == x)', 'invalid'],
    ['($a ="x")', 'invalid'],
    ['($a = x y)', 'invalid'],
    ['("x" = $a)', 'invalid'],
    ['($a != )', 'invalid'],
    ['()', 'invalid'],
  ])('takes %s for %s', (text, kind) => {
    const [directive] = parseNginx(`if ${text} { return 403; }`).directives
    expect(conditionOf(directive?.args ?? []).kind).toBe(kind)
  })
})

const seal = (text: string) =>
  sealSnippet(text, s => ({ header: s.header, dialect: s.dialect, length: s.raw.length }))

describe('the secrets of a snippet', () => {
  it.each([
    [`if ($http_cf_token != "${token}") { return 403; }`, 'nginx:=', 'cf-token'],
    [`if ($http_x_origin_verify !~ ^${token}$) { return 403; }`, 'nginx:~', 'x-origin-verify'],
    [`if ($http_x_origin_verify !~* "^${token}$") { return 403; }`, 'nginx:~*', 'x-origin-verify'],
    [`set $want ${token};\nif ($http_cf_token != $want) { return 403; }`, 'nginx:=', '*'],
    [`map $http_cf_token $ok { default 0; "${token}" 1; }`, 'nginx:=', 'cf-token'],
    [`map $http_cf_token $ok { default 0; "~${token}" 1; }`, 'nginx:~', 'cf-token'],
    [`proxy_set_header X-Api-Key "${token}";`, 'value', 'x-api-key'],
    ['if ($http_cf_token != "short") { return 403; }', 'nginx:=', 'cf-token'],
    [`if ($http_referer != "${token}") { return 403; }`, 'nginx:=', 'referer'],
    [`if ($arg_key = ${token}) { set $a 1; }`, 'nginx:=', '*'],
  ])('are found with how they are compared: %s', (text, dialect, header) => {
    expect(snippetSecrets(text).map(s => [s.dialect, s.header])).toEqual([[dialect, header]])
    expect(seal(text).text).not.toContain(token)
    expect(parseNginx(seal(text).text).problems).toEqual([])
  })

  it.each([
    'if ($request_method = POST) { return 403; }',
    'if ($http_user_agent ~* "curl|wget") { return 403; }',
    'if ($http_cf_token = "") { return 403; }',
    'if ($http_cf_token ~ "^$") { return 403; }',
    'set $ok 0;\nif ($ok = 0) { return 403; }',
    'add_header X-Frame-Options DENY;',
    'proxy_set_header X-Real-IP $remote_addr;',
    'proxy_ssl_trusted_certificate /etc/nginx/certificates/internal.pem;',
    'set $proxy_upstream_service_name_of_the_location "default-shop-80";',
    'rewrite ^/old-articles/archive/(.*)$ /new-articles/archive/$1 permanent;',
  ])('are none of everyday configuration: %s', text => {
    expect(seal(text)).toEqual({ text, values: [], problems: [] })
  })

  it('takes a text that nginx cannot read for one secret, and keeps what is wrong with it', () => {
    const sealed = seal(`set $a b;\nif ($http_cf_token != "${token}) { return 403; }`)
    expect(sealed.text).toBe('⟦0⟧')
    expect(sealed.problems.map(p => [p.kind, p.line])).toEqual([['syntax', 2]])
  })

  it('drops comments and keeps lines', () => {
    const sealed = seal(`# ${token}\nset $a "#b"; # ${token}\nreturn 403;`)
    expect(sealed.text.split('\n').map(l => l.trim())).toEqual(['', 'set $a "#b";', 'return 403;'])
  })

  it('leave the door in no form: a token stands nowhere in what is kept', () => {
    const piece = fc.constantFrom(
      `"${token}"`,
      token,
      `'${token}'`,
      `“${token}”`,
      `"Bearer ${token}"`,
      `"a\${b}${token}"`,
      `"^(${token}|other)$"`,
      `($http_x`,
      '$http_cf_token',
      '!=',
      '==',
      '~*',
      ')',
      '{',
      '}',
      ';',
      'if',
      'set',
      'return',
      'map',
      'access_by_lua_block {',
      'add_header',
      'proxy_set_header',
      'more_set_input_headers',
      'default',
      '403',
      '$ok',
      `# ${token}\n`,
      '"',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), pieces => {
        const sealed = seal(pieces.join(' '))
        expect(JSON.stringify(sealed)).not.toContain(token)
      }),
      { numRuns: 1200 },
    )
  })
})
