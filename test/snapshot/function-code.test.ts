import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { functionCodeFacts } from '#snapshot/function-code.ts'
import type { ResourceRecord } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { sealResources } from '#snapshot/seal.ts'

const key = Buffer.alloc(32, 7)
const cf = "import cf from 'cloudfront'\n"
const handler = (body: string): string => `function handler(event) { ${body}; return event.request }`

describe('code that surely leaves the origin alone', () => {
  const plain: Readonly<Record<string, string>> = {
    'imports nothing': handler("event.request.uri += 'index.html'"),
    'reads a key value store': `${cf}const kvs = cf.kvs('id')\nasync ${handler("await kvs.get('a')")}`,
    'looks where it runs': cf + handler('console.log(cf.edgeLocation.name)'),
    'uses other modules': `import c from 'crypto'\nconst q = require('querystring')\n${handler('c.createHash')}`,
    'is of runtime 1.0': `var crypto = require('crypto');\n${handler('var x = event.request.headers[name]')}`,
    'only speaks of the helper': `${cf}// cf.updateRequestOrigin({})\n${handler("log('cf.updateRequestOrigin')")}`,
    'has a method of the same name': handler('var cf = {}; other.updateRequestOrigin({ domainName: 1 })'),
    'was compiled': handler('var a = (this && this.__awaiter) || 1; function eval2() {}'),
    'has keys and labels named like functions': handler(
      'eval: for (;;) { break eval }; x = { eval: 1, require: 2 }.eval',
    ),
    'is a script without modules': '<!-- html comment\nfunction handler(event) { return event.request }',
  }
  test.each(Object.entries(plain))('%s', (_, code) =>
    expect(functionCodeFacts(code)).toEqual({ helpers: [], updates: [], doubts: [] }),
  )
})

describe('code that changes the origin', () => {
  test.each([
    ['selectRequestOriginById', "cf.selectRequestOriginById('b')"],
    ['createRequestOriginGroup', 'cf.createRequestOriginGroup({ originIds: [] })'],
    ['selectRequestOriginById', "cf?.selectRequestOriginById('b')"],
    ['selectRequestOriginById', "c\\u0066.s\\u0065lectRequestOriginById('b')"],
  ])('is told by the helper %s it calls', (helper, call) =>
    expect(functionCodeFacts(cf + handler(call))).toEqual({ helpers: [helper], updates: [], doubts: [] }),
  )

  test.each([
    ['{ domainName: host }', 'set', 'kept'],
    ["{ 'domainName': host, timeouts: {} }", 'set', 'kept'],
    ['{ domainName, customHeaders: {} }', 'set', 'set'],
    ['{ timeouts: { readTimeout: 30 } }', 'kept', 'kept'],
    ['{ ...settings }', 'untold', 'untold'],
    ['{ [name]: host }', 'untold', 'untold'],
    ['settings', 'untold', 'untold'],
    ['...settings', 'untold', 'untold'],
    ['', 'untold', 'untold'],
  ])('updateRequestOrigin(%s) has its host %s and its headers %s', (argument, domainName, customHeaders) =>
    expect(functionCodeFacts(cf + handler(`cf.updateRequestOrigin(${argument})`))).toEqual({
      helpers: ['updateRequestOrigin'],
      updates: [{ domainName, customHeaders }],
      doubts: [],
    }),
  )

  test.each([
    ['handed on', `${cf}const u = cf.updateRequestOrigin; ${handler('u({ domainName: "a" })')}`],
    ['imported by name', `import { updateRequestOrigin as u } from 'cloudfront'\n${handler('u({})')}`],
    ['bound', cf + handler('cf.updateRequestOrigin.call(null, { domainName: "a", customHeaders: {} })')],
  ])('says nothing of the settings of a helper that is %s', (_, code) => {
    const { helpers, updates } = functionCodeFacts(code)
    expect(helpers).toEqual(['updateRequestOrigin'])
    expect(updates).toEqual([{ domainName: 'untold', customHeaders: 'untold' }])
  })
})

describe('code of which it cannot be told is in doubt', () => {
  const hostile: Readonly<Record<string, string>> = {
    'no JavaScript': 'function handler(event {',
    'nothing but an opening': '('.repeat(50_000),
    'nested without end': handler(`x = ${'['.repeat(20_000)}${']'.repeat(20_000)}`),
    'a long chain': handler(`x = ${'a.'.repeat(30_000)}b`),
    'far too long': `/*${'x'.repeat(300_000)}*/`,
    'a computed member': cf + handler("cf['update' + 'RequestOrigin']({})"),
    'a literal computed member': cf + handler("cf['updateRequestOrigin']({})"),
    'a private-looking alias': cf + handler('var x = cf; x.updateRequestOrigin({})'),
    'a destructured module': `${cf}const { updateRequestOrigin: u } = cf; ${handler('u({})')}`,
    'a module in an object': cf + handler('({ cf }).cf.updateRequestOrigin({})'),
    'a module as an argument': cf + handler('(x => x.updateRequestOrigin({}))(cf)'),
    'a module in a template': cf + handler('tag`$'.concat('{cf}`')),
    'a default of a parameter': `${cf}function handler(event, c = cf) { c.updateRequestOrigin({}) }`,
    'a namespace': `import * as cf from 'cloudfront'\n${handler('cf.default.updateRequestOrigin({})')}`,
    'a re-export': "export * from 'cloudfront'",
    'a named re-export': "export { default } from 'cloudfront'",
    'an exported module': `${cf}export { cf }\n${handler('')}`,
    'a dynamic import': `async ${handler("(await import('cloudfront')).default.updateRequestOrigin({})")}`,
    'a dynamic import of text': `async ${handler("await import('cloud' + 'front')")}`,
    'require of the module': handler("require('cloudfront').updateRequestOrigin({})"),
    'require of escaped text': handler("require('cloud\\x66ront').updateRequestOrigin({})"),
    'require of computed text': handler("require('cloud' + 'front').updateRequestOrigin({})"),
    'an alias of require': handler("var r = require; r('cloudfront')"),
    'an optional require': handler("require?.('cloudfront')"),
    'require of the global object': handler("globalThis.require('cloudfront')"),
    'a computed global': handler("globalThis['req' + 'uire']('cloudfront')"),
    'a computed this': handler("this['require']('cloudfront')"),
    'a this that is handed on': handler('var self2 = this'),
    'an unknown module': "import x from 'cloudfront2'",
    'an unknown helper': cf + handler('cf.moveOrigin({})'),
    eval: handler("eval('1')"),
    'an indirect eval': handler("(0, eval)('1')"),
    'a function of text': handler("new Function('return 1')()"),
    'a constructor': handler("(() => 1).constructor('return 1')()"),
    'a with statement': 'function handler(event) { with (event) { x() } }',
    'an escaped eval': handler("ev\\u0061l('1')"),
  }
  test.each(Object.entries(hostile))('%s', (_, code) =>
    expect(functionCodeFacts(code).doubts).not.toEqual([]),
  )

  property.prop([fc.string({ maxLength: 400 })])('whatever the text, it ends with an answer', text => {
    for (const code of [text, cf + text, cf + handler(text)])
      expect(Array.isArray(functionCodeFacts(code).doubts)).toBe(true)
  })

  const mentions = [
    'cf',
    '[cf]',
    'f(cf)',
    'cf[x]',
    '() => cf',
    '`$'.concat('{cf}`'),
    'cf.x.y',
    'x = cf',
    '...[cf]',
    'cf ?? 1',
  ]
  property.prop([fc.array(fc.constantFrom(...mentions), { minLength: 1, maxLength: 5 })])(
    'every use of the module but a plain known member is in doubt',
    uses => {
      expect(functionCodeFacts(cf + handler(uses.map(u => `f(${u})`).join('; '))).doubts).not.toEqual([])
    },
  )
})

describe('the code of a function in a snapshot', () => {
  const canary = 'canary-Qm4XzR7uTnBv0sLd8WkYcE2aJfHg6'
  const code = `${cf}${handler(`if (event.request.headers['x'].value !== '${canary}') cf.updateRequestOrigin({ domainName: 'hidden.example.net' })`)}`
  const record = (FunctionCode: unknown): ResourceRecord => ({
    record: 'resource',
    type: types.edgeFunction,
    arn: 'arn:aws:cloudfront::111122223333:function/gate',
    account: '111122223333',
    region: 'us-east-1',
    source: { kind: 'aws', service: 'cloudfront', operation: 'GetFunction' },
    config: { Name: 'gate', FunctionCode },
  })
  const sealed = (FunctionCode: unknown) => sealResources([record(FunctionCode)], key)

  test('is replaced by what it may do', () =>
    expect(sealed(code)[0]?.config).toEqual({
      Name: 'gate',
      FunctionCode: {
        Fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/),
        Length: code.length,
        OriginHelpers: ['updateRequestOrigin'],
        OriginUpdates: [{ DomainName: 'set', CustomHeaders: 'kept' }],
        Doubts: [],
      },
    }))

  test('leaves no literal, identifier or comment of it behind, also where it comes as bytes', () => {
    for (const form of [code, Buffer.from(code), { type: 'Buffer', data: [...Buffer.from(code)] }]) {
      const text = JSON.stringify(sealed(form))
      for (const part of [canary, 'hidden.example.net', 'handler', 'headers'])
        expect(text).not.toContain(part)
    }
  })

  test('is told alike by the same key only', () => {
    const print = (with_: Uint8Array) =>
      JSON.stringify(sealResources([record(code)], with_)[0]?.config.FunctionCode)
    expect(print(key)).toBe(print(key))
    expect(print(key)).not.toBe(print(Buffer.alloc(32, 8)))
  })

  test('stays as it is when sealed again', () => {
    const once = sealed(code)
    expect(sealResources(once, key)).toEqual(once)
  })
})
