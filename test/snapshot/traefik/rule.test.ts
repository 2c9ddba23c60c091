import { fc, it as prop } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { parseRule } from '#snapshot/traefik/parse.ts'
import { sealRule } from '#snapshot/traefik/seal-rule.ts'

const raw = (text: string) => sealRule(text, s => s)
const token = 'wT4kq9ZcV7mB2xR8nL5pD1sF6hJ3gY0a'

describe('the rule language of Traefik', () => {
  it('binds && before || and ! before both', () => {
    const parsed = parseRule('Path(`/a`) || !Path(`/b`) && Method("GET")')
    expect(parsed).toMatchObject({
      ok: true,
      rule: {
        kind: 'or',
        of: [
          { name: 'Path' },
          { kind: 'and', of: [{ kind: 'not', of: { name: 'Path' } }, { name: 'Method' }] },
        ],
      },
    })
  })

  it.each([
    ['Host(`a`', '")" is expected'],
    ["Host('a')", 'cannot be read from character 6'],
    ['Host(`a`) Path(`/`)', '"Path" is not expected'],
    ['', 'its end stands where a matcher is expected'],
    ['Host()', '")" stands where a text is expected'],
    ['Host(“a”)', 'cannot be read'],
  ])('says what is wrong with %s', (text, problem) => {
    expect(parseRule(text)).toEqual({ ok: false, problem: expect.stringContaining(problem) })
  })

  it('takes the value of a header out and keeps the length that decides priority', () => {
    const rule = `Host(\`shop.example.com\`) && Header(\`X-Origin-Verify\`, \`${token}\`)`
    expect(raw(rule)).toEqual({
      text: 'Host(`shop.example.com`) && Header(`X-Origin-Verify`, `⟦0⟧`)',
      values: [expect.objectContaining({ raw: token, dialect: 'nginx:=', header: 'x-origin-verify' })],
      length: rule.length,
    })
  })

  it('leaves everyday headers, hosts and paths readable', () => {
    const rule = 'Header(`Accept`, `text/html`) && PathPrefix(`/shop`)'
    expect(raw(rule)).toEqual({ text: rule, values: [], length: rule.length })
  })

  it('takes a token out of the one text of a version 2 query matcher', () => {
    expect(raw(`Query(\`token=${token}\`)`).text).toBe('Query(`⟦0⟧`)')
  })

  it('keeps nothing of a rule that it cannot read', () => {
    const sealed = raw(`Header(\`X-A\`, '${token}')`)
    expect(sealed.text).toBe('⟦0⟧')
    expect(sealed.values).toHaveLength(1)
  })

  prop.prop([fc.string(), fc.string(), fc.string()])('never throws and never lets a token out', (a, b, c) => {
    for (const text of [
      `${a}${token}${b}`,
      `Header(\`X-${c.replaceAll('`', '')}\`, \`${token}\`)${a}`,
      `${a}Header("${b}", "${token}")`,
    ])
      expect(raw(text).text).not.toContain(token)
  })
})
