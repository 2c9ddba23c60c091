import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { createGenerator } from 'ts-json-schema-generator'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from '#base/canonical.ts'
import { jsonReport } from '#report/json.ts'
import { hostileResult, hostileStrings } from './hostile.ts'
import { emptyResult, incompleteResult, largeResult, richResult } from './scan-result.ts'

const root = new URL('../../', import.meta.url)
const schemaFile = new URL('reports/result.schema.json', root)
const schema = JSON.parse(readFileSync(schemaFile, 'utf8'))
const accepts = new Ajv({ allErrors: true, strict: false }).compile(schema)

describe('the JSON report', () => {
  it.each([richResult(), emptyResult(), incompleteResult(), largeResult(20)])(
    'is the result, nothing more and nothing less',
    result => {
      expect(JSON.parse(jsonReport(result))).toEqual(result)
    },
  )

  it.each(Object.entries(hostileStrings))(
    'keeps hostile texts exactly, written so that they are harmless to look at: %s',
    (_, hostile) => {
      const result = hostileResult(hostile)
      expect(canonicalJson(JSON.parse(jsonReport(result))) === canonicalJson(result)).toBe(true)
    },
  )

  it('sorts its keys, so that two reports can be compared line by line', () => {
    const keys = Object.keys(JSON.parse(jsonReport(richResult())))
    expect(keys).toEqual([...keys].sort())
  })
})

describe('the schema of the result', () => {
  it('is what the types say (write it again with `npx vitest run test/report/json.test.ts --update`)', async () => {
    const made = createGenerator({
      path: new URL('src/findings/result.ts', root).pathname,
      tsconfig: new URL('tsconfig.json', root).pathname,
      type: 'ScanResult',
      jsDoc: 'extended',
      skipTypeCheck: true,
    }).createSchema('ScanResult')
    const described = {
      ...made,
      title: 'originproof scan result',
      description: 'See result.md for what the fields mean.',
    }
    const text = execFileSync('biome', ['format', '--stdin-file-path=schema.json'], {
      input: JSON.stringify(described, null, 2),
      encoding: 'utf8',
      cwd: root,
    })
    await expect(text).toMatchFileSnapshot(schemaFile.pathname)
  })

  it.each([richResult(), emptyResult(), incompleteResult(), largeResult(20), hostileResult('<b>')])(
    'accepts a result',
    result => {
      expect(accepts(JSON.parse(jsonReport(result))), JSON.stringify(accepts.errors?.slice(0, 3))).toBe(true)
    },
  )

  const withoutKey = (key: string) =>
    Object.fromEntries(Object.entries(richResult()).filter(([k]) => k !== key))
  it.each(Object.keys(richResult()))('refuses a result without %s', key => {
    expect(accepts(withoutKey(key))).toBe(false)
  })

  it.each([
    ['an unknown verdict', '"guessable"', '"half-open"'],
    ['an unknown severity', '"critical"', '"catastrophic"'],
    ['an unknown vantage', '"tenant"', '"moon"'],
    ['an unknown obligation', '"NON_FORWARD"', '"MAYBE"'],
    ['a misspelt field', '"partOf"', '"part_of"'],
    ['a text where a number belongs', '"port":443', '"port":"443"'],
  ])('refuses %s', (_, from, to) => {
    const changed = JSON.stringify(richResult()).replaceAll(from, to)
    expect(changed).not.toBe(JSON.stringify(richResult()))
    expect(accepts(JSON.parse(changed))).toBe(false)
  })
})

describe('the page about the result', () => {
  it('describes every type and every field of the schema', () => {
    const page = readFileSync(new URL('reports/result.md', root), 'utf8')
    const fields = new Set<string>()
    const walk = (node: unknown): void => {
      if (typeof node !== 'object' || node === null) return
      if ('properties' in node) for (const field of Object.keys(node.properties as object)) fields.add(field)
      Object.values(node).forEach(walk)
    }
    walk(schema)
    expect([...fields].filter(field => !page.includes(`\`${field}\``))).toEqual([])
  })
})
