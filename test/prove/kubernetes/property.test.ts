/** Random small programs of `if`, `set` and `return`: the evaluator and the real nginx agree on every request. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { freePorts } from '#lab/live/server.ts'
import { type Answer, answer } from '#prove/kubernetes/nginx/answer.ts'
import { compileSnippet } from '#prove/kubernetes/nginx/compile.ts'
import { emptyProgram, type Program } from '#prove/kubernetes/nginx/program.ts'
import type { NginxRequest } from '#prove/kubernetes/nginx/request.ts'
import { programVerdict } from '#prove/kubernetes/nginx/verdict.ts'
import { ask, joinsHeaders, nginx, skipped, start } from './real-nginx.ts'

const words = ['', '0', '1', 'abc', 'ABC', 'a b', 'abcabc', 'x0', 'a$', '"', 'a;b', '{']
const names = ['a', 'b', 'cf-token']
const locals = ['$u', '$v']

const quoted = (text: string): string => {
  const inner = text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')
  return `"${inner}"`
}
const word = fc.constantFrom(...words.filter(w => !w.includes('$')))
const variable = fc.constantFrom(
  ...names.map(n => `$http_${n.replace('-', '_')}`),
  ...locals,
  '$arg_q',
  '$request_method',
  '$host',
  '$uri',
)
const piece = fc
  .tuple(
    fc.constantFrom(
      'a',
      'b',
      'c',
      '0',
      '.',
      '[a-c]',
      '[^a-z]',
      '[A-C0]',
      '\\d',
      '\\w',
      '\\W',
      '\\.',
      '\\$',
      '(ab|c)',
      '(?:x|0)',
      '(?<n>b)',
      '\\bx',
    ),
    fc.constantFrom('', '', '', '*', '+', '?', '{2}', '{1,2}', '*?'),
  )
  .map(([atom, count]) => (atom.startsWith('\\b') ? atom : `${atom}${count}`))
const composed = fc
  .tuple(fc.constantFrom('', '^'), fc.array(piece, { minLength: 1, maxLength: 3 }), fc.constantFrom('', '$'))
  .map(([start, pieces, end]) => {
    // nginx takes a group name once for each expression.
    const [first, ...more] = pieces
    return `${start}${first}${more.map(p => p.replace('?<n>', '')).join('')}${end}`
  })
const pattern = fc.oneof(fc.constantFrom('^abc$', '^(abc|x0)$', '^$', '.', '^[A-Z]{3}$', 'q?0'), composed)
const value = fc.oneof(
  word.map(quoted),
  variable,
  fc.tuple(word, variable).map(([w, v]) => `"${w.replaceAll('"', '\\"')}\${${v.slice(1)}}"`),
)
const condition = fc.oneof(
  variable,
  fc.tuple(variable, fc.constantFrom('=', '!='), value).map(p => p.join(' ')),
  fc
    .tuple(variable, fc.constantFrom('~', '~*', '!~', '!~*'), pattern)
    .map(([v, op, p]) => `${v} ${op} ${quoted(p).replaceAll('\\\\', '\\')}`),
)
const set = fc.tuple(fc.constantFrom(...locals), value).map(([v, w]) => `set ${v} ${w};`)
const end = fc.constantFrom('return 403;', 'return 404;', 'return 401;', 'break;')
const simple = fc.oneof({ weight: 2, arbitrary: set }, { weight: 1, arbitrary: end })
const branch = fc
  .tuple(condition, fc.array(simple, { minLength: 1, maxLength: 2 }))
  .map(([c, body]) => `if (${c}) { ${body.join(' ')} }`)
const program = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: branch },
      { weight: 2, arbitrary: set },
      { weight: 1, arbitrary: fc.constant('break;') },
    ),
    {
      minLength: 1,
      maxLength: 5,
    },
  )
  // Both local variables are always defined, as nginx wants it.
  .map(lines => ['set $u "";', 'set $v "0";', ...lines].join('\n'))

const asked = fc.record({
  method: fc.constantFrom('GET', 'POST', 'HEAD'),
  query: fc.constantFrom('', 'q=abc', 'Q=1', 'r=1&q=0', 'q'),
  path: fc.constantFrom('', 'abc', 'x0'),
  headers: fc.array(fc.tuple(fc.constantFrom(...names, 'CF-Token', 'cf_token'), fc.constantFrom(...words)), {
    maxLength: 3,
  }),
})

const compiled = (text: string): Program => {
  const made = compileSnippet({ text, values: [], problems: [] }, 'snippet', 'location')
  expect(made.invalid, text).toEqual([])
  return { ...emptyProgram, location: made.statements }
}

/** One location for each program, in front of one backend, as ingress-nginx has it. */
const configuration = (programs: readonly string[], port: number, backend: number): string => `
  server { listen 127.0.0.1:${backend}; location / { return 299; } }
  server { listen 127.0.0.1:${port};
    ${programs.map((text, i) => `location /${i}/ {\n${text}\nproxy_pass http://127.0.0.1:${backend};\n}`).join('\n')}
    location / { return 200; }
  }`

const told = (a: Answer): string => (a.kind === 'refused' ? String(a.status) : a.kind)

describe.skipIf(nginx === null)(`the evaluator beside the real nginx${skipped}`, () => {
  it('answers every request to random programs as nginx does', { timeout: 60_000 }, async () => {
    const programs = fc.sample(program, { numRuns: 400, seed: 5 })
    const [port = 0, backend = 0] = await freePorts(2)
    const running = await start({ http: configuration(programs, port, backend) })
    try {
      const requests = fc.sample(fc.array(asked, { minLength: 4, maxLength: 4 }), { numRuns: 400, seed: 6 })
      const seen = new Map<string, number>()
      for (const [i, text] of programs.entries()) {
        const made = compiled(text)
        const answers = (requests[i] ?? []).map(async r => {
          const path = `/${i}/${r.path}`
          const request: NginxRequest = {
            method: r.method,
            host: 'localhost',
            path,
            query: r.query,
            headers: r.headers.map(([n, v]) => [n, v.trim()] as const),
            address: '127.0.0.1',
            scheme: 'http',
          }
          const model = told(answer(made, { request, version: { joinsHeaders }, authorized: null }))
          const live = await ask(port, { ...r, path: r.query === '' ? path : `${path}?${r.query}` })
          const shown = live.status === 299 ? 'passes' : String(live.status)
          seen.set(shown, (seen.get(shown) ?? 0) + 1)
          expect(model, `${text}\n${JSON.stringify(r)}`).toBe(shown)
        })
        await Promise.all(answers)
      }
      // The programs decide differently: a model that always says the same would fail.
      expect([...seen.keys()].toSorted()).toEqual(['401', '403', '404', 'passes'])
    } finally {
      await running.stop()
    }
  })

  it('says open only with a request that nginx lets through, and closed only where none of many gets in', {
    timeout: 60_000,
  }, async () => {
    const programs = fc.sample(program, { numRuns: 300, seed: 11 })
    const [port = 0, backend = 0] = await freePorts(2)
    const running = await start({ http: configuration(programs, port, backend) })
    const verdicts = new Map<string, number>()
    try {
      const tries = fc.sample(asked, { numRuns: 12, seed: 12 })
      for (const [i, text] of programs.entries()) {
        const prefix = `/${i}/`
        const aim = {
          host: { prefer: ['localhost'], all: [], none: [] },
          path: { prefer: [prefix, `${prefix}abc`, `${prefix}x0`], all: [], none: [] },
        }
        const found = programVerdict(compiled(text), aim, { kind: 'addresses', cidrs: ['127.0.0.1'] })
        verdicts.set(found.verdict, (verdicts.get(found.verdict) ?? 0) + 1)
        if (found.verdict === 'open') {
          const value = (name: string): string => String(found.values.get(name) ?? '')
          const path = value('uri') || prefix
          // A path or host that nobody limits here may leave the location: the ingress model limits it.
          if (!path.startsWith(prefix)) continue
          const q = value('arg_q')
          const live = await ask(port, {
            method: value('request_method') || 'GET',
            host: value('host') || 'localhost',
            path: q === '' ? path : `${path}?q=${q}`,
            headers: names
              .map(n => [n, value(`http_${n.replace('-', '_')}`)] as const)
              .filter(([, v]) => v !== ''),
          })
          expect(live.status, `${text}\n${JSON.stringify([...found.values])}`).toBe(299)
        } else if (found.verdict === 'closed') {
          const lives = await Promise.all(
            tries.map(r =>
              ask(port, {
                ...r,
                path: r.query === '' ? `${prefix}${r.path}` : `${prefix}${r.path}?${r.query}`,
              }),
            ),
          )
          expect(
            lives.map(l => l.status),
            text,
          ).not.toContain(299)
        }
      }
    } finally {
      await running.stop()
    }
    expect(verdicts.get('open') ?? 0).toBeGreaterThan(30)
    expect(verdicts.get('closed') ?? 0).toBeGreaterThan(10)
  })
})
