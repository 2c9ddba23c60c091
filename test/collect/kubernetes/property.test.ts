import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { recordsOfManifests } from '#collect/kubernetes/manifests.ts'
import { sealResources } from '#snapshot/seal.ts'
import { files } from './shop.ts'

const key = new Uint8Array(32).fill(7)

const fragments = [
  ...[
    '---\n',
    '...\n',
    '- ',
    '{',
    '}',
    '[',
    ']',
    ': ',
    '"',
    "'",
    '|\n',
    '>-\n',
    '&a ',
    '*a',
    '!t ',
    '#',
    '\t',
  ],
  ...[
    '\n',
    '  ',
    '\r\n',
    '%YAML 1.2\n',
    '<<: *a\n',
    '? ',
    'apiVersion: v1\n',
    'kind: Secret\n',
    'kind: List\n',
  ],
  ...[
    'items: ',
    'metadata: ',
    'name: a\n',
    'annotations: ',
    'data: ',
    'spec: ',
    '__proto__: ',
    'constructor: ',
  ],
  ...[
    'nginx.ingress.kubernetes.io/server-snippet: ',
    'match: Header(`',
    '`, `',
    '`)\n',
    '$http_x',
    'é',
    '\u0000',
  ],
]
const yaml = fc.array(fc.oneof(fc.constantFrom(...fragments), fc.string({ maxLength: 8 })), { maxLength: 60 })

test.prop([yaml], { numRuns: 400 })('whatever a manifest is, nothing is thrown', parts => {
  const { records } = recordsOfManifests([{ path: 'a.yaml', text: parts.join('') }])
  expect(() => sealResources(records, key)).not.toThrow()
})

const cuts = fc.array(fc.tuple(fc.nat({ max: 3000 }), fc.nat({ max: 40 }), fc.constantFrom(...fragments)), {
  minLength: 1,
  maxLength: 4,
})

test.prop([cuts], { numRuns: 300 })('whatever is done to real manifests, nothing is thrown', changes => {
  const text = changes.reduce(
    (whole, [at, length, put]) => whole.slice(0, at) + put + whole.slice(at + length),
    files.map(f => f.text).join('---\n'),
  )
  const { records } = recordsOfManifests([{ path: 'a.yaml', text }])
  expect(() => sealResources(records, key)).not.toThrow()
})

const gap = fc.array(fc.constantFrom('', '# a comment', '   '), { maxLength: 4 })
const document = fc.record({
  before: gap,
  inline: fc.boolean(),
  broken: fc.boolean(),
  crlf: fc.boolean(),
})

test.prop([fc.array(document, { minLength: 1, maxLength: 8 })], { numRuns: 300 })(
  'the line of every record is the line on which its object begins',
  documents => {
    const lines: string[] = []
    const expected: [string, number][] = []
    for (const [i, { before, inline, broken, crlf }] of documents.entries()) {
      const end = crlf ? '\r' : ''
      lines.push(`---${end}`, ...before)
      if (broken) lines.push('a: "open')
      else {
        expected.push([`n${i}`, lines.length + 1])
        const head = ['apiVersion: v1', 'kind: Service', `metadata: { name: n${i} }`]
        if (inline) lines.push(`{ ${head.join(', ')} }${end}`)
        else lines.push(...head.map(l => `${l}${end}`))
      }
    }
    const { records } = recordsOfManifests([{ path: 'a.yaml', text: `${lines.join('\n')}\n` }])
    expect(records.map(r => [r.arn.split('/').at(-1), r.source.kind === 'file' && r.source.line])).toEqual(
      expected,
    )
  },
)
